// new: a spec file from a template. Offline; never overwrites.
#include <filesystem>

#include "absl/time/clock.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/document/template.h"
#include "clients/cli/files.h"
#include "clients/cli/repository/git.h"
#include "clients/cli/session.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "rules/fix/spec_template.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

// The template of .gavel.yaml lies in the repository, links resolved: a checkout must not make
// anybody copy other files.
absl::StatusOr<std::string> RepositoryTemplate(const Config& config) {
  std::error_code error;
  const fs::path root = fs::weakly_canonical(config.repository_root, error);
  const fs::path path = fs::weakly_canonical(root / config.template_path, error);
  const fs::path below = path.lexically_relative(root);
  if (error || below.empty() || *below.begin() == "..") {
    return UsageError(".gavel.yaml: template `" + config.template_path +
                      "` is not below the repository");
  }
  auto text = ReadFile(path.string());
  if (!text.ok())
    return UsageError(".gavel.yaml: template: " + std::string(text.status().message()));
  return text;
}

struct Template {
  std::string text;
  std::string name;  // For messages.
};

absl::StatusOr<Template> TemplateOf(Session& session) {
  if (session.Has("template")) {
    auto text = ReadFile(session.Text("template"));
    if (!text.ok()) return UsageError(std::string(text.status().message()));
    return Template{*std::move(text), session.Text("template")};
  }
  if (!session.config().template_path.empty()) {
    GAVEL_ASSIGN_OR_RETURN(std::string text, RepositoryTemplate(session.config()));
    return Template{std::move(text), session.config().template_path};
  }
  return Template{std::string(rules::SpecTemplate()), "the new spec"};
}

// The address that git commits with; empty where there is none.
absl::StatusOr<std::string> Author() { return Git(".").Line({"config", "--get", "user.email"}); }

absl::StatusOr<ExitCode> RunNew(Session& session) {
  const std::string title = session.Text("TITLE");
  GAVEL_ASSIGN_OR_RETURN(const std::string slug, SlugOf(title));
  GAVEL_ASSIGN_OR_RETURN(const Template source, TemplateOf(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string author, Author());
  const TemplateValues values = {
      .title = title, .area = session.Text("area", session.config().area), .author = author};
  const std::string text = FillTemplate(source.text, values);
  GAVEL_RETURN_IF_ERROR(CheckTemplate(text, values, source.name));
  const fs::path folder =
      session.Has("dir") ? fs::path(session.Text("dir"))
                         : fs::path(session.config().repository_root) / session.config().spec_dir;
  const std::string name = fmt::format("{}-{}.md", Today(absl::Now()).year(), slug);
  const std::string path =
      (fs::current_path() / folder / name).lexically_proximate(fs::current_path()).string();
  GAVEL_RETURN_IF_ERROR(WriteNewFile(path, text));
  session.output().JsonObject({{"path", path}});
  session.output().Line(path);
  session.output().Note("Fill what says TBD, then: gavel check " + path);
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> NewCommands() {
  return {{"new",
           Group::kAuthor,
           "Write a new spec file from the template. Never overwrites.",
           {{"TITLE", "the title, 8 to 120 characters"}},
           {{"--area", "AREA", "the area that decides; `area` of .gavel.yaml by default"},
            {"--template", "FILE", "instead of the built-in one or `template` of .gavel.yaml"},
            {"--dir", "DIR", "where to; the folder of `specs` in .gavel.yaml, else specs/"}},
           "gavel new \"Shared work queue\" --area media",
           RunNew}};
}

}  // namespace gavel::cli
