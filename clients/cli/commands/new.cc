// new: a spec file from a template. Offline; never overwrites.
#include <filesystem>

#include "absl/time/clock.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/files.h"
#include "clients/cli/git.h"
#include "clients/cli/session.h"
#include "clients/cli/template.h"
#include "clients/cli/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

// The template of .gavel.yaml lies in the repository: a checkout must not copy other files.
absl::StatusOr<std::string> RepositoryTemplate(const Config& config) {
  const fs::path path = fs::path(config.template_path).lexically_normal();
  if (path.is_absolute() || *path.begin() == "..") {
    return UsageError(".gavel.yaml: template `" + config.template_path +
                      "` is not below the repository");
  }
  return ReadFile((fs::path(config.repository_root) / path).string());
}

absl::StatusOr<std::string> TemplateOf(Session& session) {
  if (session.Has("template")) {
    auto text = ReadFile(session.Text("template"));
    if (!text.ok()) return UsageError(std::string(text.status().message()));
    return text;
  }
  if (!session.config().template_path.empty()) return RepositoryTemplate(session.config());
  return std::string(BuiltInTemplate());
}

absl::StatusOr<ExitCode> RunNew(Session& session) {
  const std::string title = session.Text("TITLE");
  GAVEL_ASSIGN_OR_RETURN(const std::string slug, SlugOf(title));
  GAVEL_ASSIGN_OR_RETURN(const std::string source, TemplateOf(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string author,
                         Git(".").Line({"config", "--get", "user.email"}));
  const fs::path folder =
      session.Has("dir") ? fs::path(session.Text("dir"))
                         : fs::path(session.config().repository_root) / session.config().spec_dir;
  const std::string name = fmt::format("{}-{}.md", Today(absl::Now()).year(), slug);
  const std::string path =
      (fs::current_path() / folder / name).lexically_proximate(fs::current_path()).string();
  GAVEL_RETURN_IF_ERROR(
      WriteNewFile(path, FillTemplate(source, {.title = title,
                                               .area = session.Text("area", session.config().area),
                                               .author = author})));
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
