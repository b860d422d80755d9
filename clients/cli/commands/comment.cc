// comment: a remark on a spec.
#include "clients/cli/commands/commands.h"
#include "clients/cli/document/anchor.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

absl::StatusOr<ExitCode> RunComment(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string text, session.Message());
  if (text.empty()) return UsageError("`gavel comment` needs -m TEXT or -F FILE");
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  v1::AddCommentRequest request;
  request.set_spec(key);
  request.set_text(text);
  request.set_in_reply_to(session.Text("reply-to"));
  GAVEL_ASSIGN_OR_RETURN(const std::optional<v1::Anchor> anchor, AnchorOf(session, key));
  if (anchor.has_value()) *request.mutable_anchor() = *anchor;
  UseRequestId(session, request);
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::AddCommentResponse>(request));
  session.output().Json(response.spec());
  session.output().Note(fmt::format("{} comment m{} on {}",
                                    session.output().Styled(Tone::kGood, "✓"),
                                    response.spec().comment_count(), key));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> CommentCommands() {
  return {{"comment",
           Group::kReview,
           "Comment on a spec, on lines of it or on a section.",
           {SpecPositional()},
           {MessageFlag("the comment, Markdown"),
            FileFlag(),
            {"--line", "N[-M]", "lines of the revision"},
            {"--section", "TITLE", "a section of the revision"},
            {"--revision", "N", "the revision that --line and --section mean; the current one"},
            {"--reply-to", "ID", "the comment or concern answered: m1, c1"},
            RequestIdFlag()},
           "gavel comment MEDIA-42 --line 40-44 -m \"Is this per day?\"",
           RunComment}};
}

}  // namespace gavel::cli
