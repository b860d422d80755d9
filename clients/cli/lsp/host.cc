#include "clients/cli/lsp/host.h"

#include <filesystem>
#include <utility>

#include "absl/time/clock.h"
#include "clients/cli/files.h"
#include "clients/cli/policy/bundle.h"
#include "clients/cli/process.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxPolicyFiles = 1000;

std::string StampOf(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  const auto written = fs::last_write_time(path, error);
  if (error) return {};
  return fmt::format("{}:{}:{}\n", path.string(), size, written.time_since_epoch().count());
}

}  // namespace

absl::StatusOr<lsp::Defaults> LspHost::Configure(const lsp::Settings& settings,
                                                 const std::string& folder) {
  settings_ = settings;
  ++generation_;
  // Its end waits for a call under way, which the editor must not.
  jobs_.Post(
      [old = std::shared_ptr<SpecFollower>(std::move(follower_))]() mutable { old.reset(); });
  const absl::Status status = MakeSetup(arguments_, environment_, settings, folder, setup_);
  if (settings.online) follower_ = std::make_unique<SpecFollower>(setup_, !settings.restricted);
  GAVEL_RETURN_IF_ERROR(status);
  const std::string root =
      setup_.config.repository_root.empty() ? folder : setup_.config.repository_root;
  lsp::Defaults defaults = {.area = setup_.config.area, .author = setup_.config.principal.value};
  if (!root.empty()) {
    const fs::path specs = (fs::path(root) / setup_.config.spec_dir).lexically_normal();
    defaults.spec_folder = (specs.has_filename() ? specs : specs.parent_path()).string();
  }
  return defaults;
}

v1::Date LspHost::Today() { return cli::Today(absl::Now()); }

std::string LspHost::PolicyPath() {
  return settings_.rules.empty() ? FetchedPolicyPath(setup_.config, setup_.environment)
                                 : settings_.rules;
}

std::string LspHost::PolicyStamp() {
  const std::string path = PolicyPath();
  std::error_code error;
  std::string stamp = StampOf(path);
  int files = 0;
  for (fs::recursive_directory_iterator at(path, error), end; !error && at != end;
       at.increment(error)) {
    if (at->is_regular_file(error)) stamp += StampOf(at->path());
    if (++files == kMaxPolicyFiles) break;  // No policy: a folder named by mistake.
  }
  return stamp;
}

absl::StatusOr<lsp::LoadedPolicy> LspHost::LoadPolicy() {
  std::error_code error;
  const std::string path = PolicyPath();
  if (!fs::exists(path, error)) {
    return absl::NotFoundError(
        settings_.rules.empty()
            ? fmt::format("No policy of {} was fetched yet, so only the form of specs is checked. "
                          "Run `gavel check --online`, or set `gavel.rules` to a policy folder.",
                          setup_.config.server.value)
            : fmt::format("There is no policy in {} (`gavel.rules`).", path));
  }
  QuietSession session(setup_);
  GAVEL_ASSIGN_OR_RETURN(PolicyBundle bundle, cli::LoadPolicy(session.get(), Today()));
  return lsp::LoadedPolicy{std::move(bundle.policy), std::move(bundle.label)};
}

bool LspHost::Exists(const std::string& document, const std::string& path) {
  std::error_code error;
  return fs::exists(fs::path(document).parent_path() / path, error);
}

std::string LspHost::FileText(const std::string& path) {
  const auto text = ReadFile(path);
  return text.ok() ? *text : std::string();
}

void LspHost::FetchPolicy() {
  if (!settings_.rules.empty()) return;
  LspSetup setup = setup_;
  setup.arguments.Set("online", {""});
  jobs_.Post([setup = std::move(setup)] {
    QuietSession session(setup);
    // A server out of reach leaves the policy as it was fetched last.
    (void)cli::LoadPolicy(session.get(), cli::Today(absl::Now()));
  });
}

void LspHost::FollowSpec(const std::string& path, const std::string& key, OnSpec on_spec) {
  if (follower_ == nullptr) return;
  follower_->Follow(
      path, key,
      [this, on_spec = std::move(on_spec), generation = generation_](const v1::Spec& spec) {
        mailbox_.Post([this, on_spec, generation, spec] {
          if (generation == generation_) on_spec(spec);
        });
      });
}

// A process of its own: what the command line does and says is then the same in every way.
void LspHost::Submit(const std::string& path, std::function<void(lsp::Submitted)> done) {
  ProcessOptions options = {.arguments = {"/proc/self/exe", "submit", "--yes", "--no-input"},
                            .folder = fs::path(path).parent_path().string()};
  if (!settings_.server.empty()) {
    options.arguments.insert(options.arguments.end(), {"--server", settings_.server});
  }
  if (!settings_.area.empty()) {
    options.arguments.insert(options.arguments.end(), {"--area", settings_.area});
  }
  options.arguments.insert(options.arguments.end(), {"--", path});
  jobs_.Post([this, options, done = std::move(done)] {
    const auto result = RunProcess(options);
    lsp::Submitted submitted;
    submitted.ok = result.ok() && result->exit_code == 0;
    submitted.text =
        result.ok() ? result->out + result->err : std::string(result.status().message());
    mailbox_.Post([done, submitted] { done(submitted); });
  });
}

}  // namespace gavel::cli
