#include "engine/gaveld_flags.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "absl/status/statusor.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel {
namespace {

namespace fs = std::filesystem;

constexpr int kUsageError = 2;

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string DefaultStateDir() {
  if (const std::string state = Environment("XDG_STATE_HOME"); state.starts_with('/')) {
    return state + "/gavel";
  }
  return Environment("HOME") + "/.local/state/gavel";
}

// The policy beside the program as installed, else the one of the source tree it was built from.
std::string DefaultPolicyDir() {
  std::error_code error;
  const fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const fs::path& candidate : {folder / "share/policy", folder / "../share/gavel/policy"}) {
    if (fs::is_directory(candidate, error)) return candidate.lexically_normal().string();
  }
  return GAVEL_POLICY_DIR;
}

// Flags as CLI11 fills them, before they mean anything.
struct RawFlags {
  GaveldFlags flags;
  std::string listen = "127.0.0.1:4283";
  std::string dev_now;
};

void Describe(CLI::App& app, RawFlags& raw) {
  GaveldFlags& flags = raw.flags;
  app.add_option("--listen", raw.listen, "HOST:PORT (port 0: any free one) or unix:PATH")
      ->capture_default_str();
  app.add_option("--address-file", flags.address_file, "Write the bound address here once serving");
  app.add_option("--state", flags.state_dir, "Folder of the database gavel.db")
      ->capture_default_str();
  app.add_option("--policy", flags.policy_dir,
                 "Folder of org.yaml, catalog.yaml and rules.yaml for the first start")
      ->capture_default_str();
  app.add_option("--tokens", flags.tokens_file,
                 "File of `<principal> <sha256 of the token>` lines");
  app.add_option("--audit-key-file", flags.audit_key_file,
                 "File of the secret that draws audits [STATE/audit.key, made once]");
  app.add_flag("--dev", flags.dev,
               "Development: settable clock; believes the metadata `gavel-principal`");
  app.add_option("--dev-now", raw.dev_now, "Start of the development clock, RFC 3339");
  app.add_flag("--release-timer-brake", flags.release_timer_brake,
               "Let everything that is due fire once, however much it is");
  app.add_option("--log-level", flags.log_level, "Least level that is logged")
      ->capture_default_str()
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}));
  app.add_flag("--check-config", flags.check_config, "Check flags, tokens and policy; then exit");
  app.set_version_flag("--version", "gaveld " GAVEL_VERSION);
}

absl::StatusOr<GaveldFlags> Interpret(RawFlags raw) {
  GaveldFlags flags = std::move(raw.flags);
  GAVEL_ASSIGN_OR_RETURN(flags.listen, rpc::ParseListenAddress(raw.listen));
  if (!flags.listen.IsLocal()) {
    return FieldError("listen",
                      fmt::format("{} can be reached from other machines, and this release "
                                  "speaks no TLS yet: tokens would travel in the clear. "
                                  "Listen on 127.0.0.1, [::1] or unix:PATH.",
                                  raw.listen));
  }
  if (!flags.dev && !raw.dev_now.empty()) {
    return FieldError("dev-now", "Only --dev has a clock that can be set.");
  }
  if (!flags.dev && flags.tokens_file.empty()) {
    return FieldError("tokens",
                      "Nobody could sign in. Give --tokens FILE, or --dev to try things.");
  }
  if (!raw.dev_now.empty()) {
    absl::Time time;
    std::string error;
    if (!absl::ParseTime(absl::RFC3339_full, raw.dev_now, &time, &error)) {
      return FieldError("dev-now",
                        fmt::format("`{}` is not a time like 2026-12-01T09:00:00Z.", raw.dev_now));
    }
    flags.dev_now = time;
  }
  if (flags.audit_key_file.empty()) flags.audit_key_file = flags.state_dir + "/audit.key";
  return flags;
}

}  // namespace

FlagsResult ParseGaveldFlags(int argc, const char* const* argv) {
  RawFlags raw;
  raw.flags.state_dir = DefaultStateDir();
  raw.flags.policy_dir = DefaultPolicyDir();
  raw.flags.log_level = "info";
  CLI::App app(
      "gaveld: the Gavel server. Moves tech specs from submission to a recorded decision.");
  Describe(app, raw);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return {.flags = std::nullopt, .exit_code = 0, .text = app.help()};
  } catch (const CLI::CallForVersion& version) {
    return {.flags = std::nullopt, .exit_code = 0, .text = std::string(version.what()) + "\n"};
  } catch (const CLI::ParseError& error) {
    return {.flags = std::nullopt,
            .exit_code = kUsageError,
            .text = fmt::format("gaveld: {}\nRun gaveld --help.\n", error.what())};
  }
  auto flags = Interpret(std::move(raw));
  if (!flags.ok()) {
    return {.flags = std::nullopt,
            .exit_code = kUsageError,
            .text = fmt::format("gaveld: --{}\n", std::string(flags.status().message()))};
  }
  return {.flags = *std::move(flags), .exit_code = 0, .text = ""};
}

}  // namespace gavel
