// view: a revision's bytes, its concerns and comments, or what the rules said.
#include "clients/cli/commands/commands.h"
#include "clients/cli/output/pager.h"
#include "clients/cli/show/conversation.h"
#include "clients/cli/show/findings.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "engine/base/contains.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/rules_service.pb.h"
#include "gavel/v1/server_service.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

absl::StatusOr<ExitCode> ViewConcerns(Session& session, const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, GetSpec(session, key));
  v1::ListCommentsRequest request;
  request.set_spec(key);
  std::vector<v1::Comment> comments;
  do {
    GAVEL_ASSIGN_OR_RETURN(const auto page, session.Call<v1::ListCommentsResponse>(request));
    comments.insert(comments.end(), page.comments().begin(), page.comments().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  std::vector<const google::protobuf::Message*> messages;
  for (const v1::Concern& concern : spec.concerns()) messages.push_back(&concern);
  for (const v1::Comment& comment : comments) messages.push_back(&comment);
  session.output().JsonArray(messages);
  if (session.output().json()) return ExitCode::kDone;
  const std::string text = ConversationText(session.output(), spec, comments);
  if (text.empty()) session.output().Note(fmt::format("No concerns or comments on {}.", key));
  if (!text.empty()) Page(session, text);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> ViewRules(Session& session, const std::string& key) {
  v1::GetVerdictRequest request;
  request.set_spec(key);
  GAVEL_ASSIGN_OR_RETURN(const int revision, RevisionOf(session));
  request.set_revision(revision);
  GAVEL_ASSIGN_OR_RETURN(const auto answer, session.Call<v1::GetVerdictResponse>(request));
  session.output().Json(answer.verdict());
  for (const std::string& line : answer.lines()) ShowVerdictLine(session.output(), line, 0);
  return ExitCode::kDone;
}

// No server of this version has pages of its own; one that has them lists the feature.
absl::StatusOr<ExitCode> ViewWeb(Session& session, const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(const auto info,
                         session.Call<v1::GetServerInfoResponse>(v1::GetServerInfoRequest()));
  const std::string& server = session.config().server.value;
  if (!Contains(info.features(), std::string("web"))) {
    return absl::FailedPreconditionError(
        fmt::format("{} has no web page; read it here: gavel view {}", server, key));
  }
  return absl::FailedPreconditionError(
      fmt::format("{} {} has a web page that this gavel cannot open yet; update gavel", server,
                  info.version()));
}

// Of the three, at most one.
absl::Status CheckWhat(const Session& session) {
  int count = 0;
  for (const char* flag : {"concerns", "rules", "web"}) count += session.Has(flag) ? 1 : 0;
  if (count < 2) return absl::OkStatus();
  return UsageError("give one of --concerns, --rules and --web");
}

absl::StatusOr<ExitCode> RunView(Session& session) {
  GAVEL_RETURN_IF_ERROR(CheckWhat(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  if (session.Has("web")) return ViewWeb(session, key);
  if (session.Has("concerns")) return ViewConcerns(session, key);
  if (session.Has("rules")) return ViewRules(session, key);
  v1::GetRevisionRequest request;
  request.set_spec(key);
  GAVEL_ASSIGN_OR_RETURN(const int revision, RevisionOf(session));
  request.set_number(revision);
  GAVEL_ASSIGN_OR_RETURN(const auto answer, session.Call<v1::GetRevisionResponse>(request));
  session.output().Json(answer);
  if (session.output().json()) return ExitCode::kDone;
  if (session.output().terminal()) {
    Page(session, answer.content());
  } else {
    session.output().Raw(answer.content());  // The bytes that were submitted.
  }
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> ViewCommands() {
  return {{"view",
           Group::kReview,
           "Read a spec: its text byte for byte, its concerns, or what the rules said.",
           {SpecPositional()},
           {{"--concerns", "", "concerns and comments instead of the text", FlagKind::kSwitch},
            {"--rules", "", "what the rules said instead of the text", FlagKind::kSwitch},
            {"--web", "", "its web page, where the server has one", FlagKind::kSwitch},
            {"--revision", "N", "this revision instead of the current one"}},
           "gavel view MEDIA-42 --revision 2",
           RunView}};
}

}  // namespace gavel::cli
