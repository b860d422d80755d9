// concern raise, answer, resolve, withdraw, downgrade, overrule, list.
#include <algorithm>

#include "clients/cli/commands/commands.h"
#include "clients/cli/document/anchor.h"
#include "clients/cli/output/shown_text.h"
#include "clients/cli/show/conversation.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

// The first line of `text`, shortened to a name that people can type.
std::string NameFrom(const std::string& text) {
  constexpr size_t kNameBytes = 60;
  std::string name = text.substr(0, text.find('\n'));
  if (name.size() <= kNameBytes) return name;
  const size_t space = name.rfind(' ', kNameBytes);
  return space == std::string::npos ? name : name.substr(0, space);
}

absl::StatusOr<v1::Concern::Severity> SeverityOf(Session& session) {
  if (session.Has("blocking") && session.Has("note")) {
    return UsageError("give --blocking or --note, not both");
  }
  if (session.Has("note")) return v1::Concern::SEVERITY_NOTE;
  if (!session.Has("blocking")) return v1::Concern::SEVERITY_QUESTION;
  if (!session.Has("done-when")) {
    return UsageError("a blocking concern needs --done-when TEXT: what would resolve it");
  }
  return v1::Concern::SEVERITY_BLOCKING;
}

// The concern that was just spoken of, by its id or name; of two that have the name the newest.
const v1::Concern* FindConcern(const v1::Spec& spec, const std::string& name) {
  const v1::Concern* found = nullptr;
  for (const v1::Concern& concern : spec.concerns()) {
    if (concern.id() == name || concern.title() == name) found = &concern;
  }
  return found;
}

// SendAndShow, and the id of the concern: the next command needs it.
template <typename Response, typename Request>
absl::StatusOr<ExitCode> SendAbout(Session& session, Request request, const std::string& name) {
  UseRequestId(session, request);
  GAVEL_ASSIGN_OR_RETURN(const Response response, session.Call<Response>(std::move(request)));
  GAVEL_ASSIGN_OR_RETURN(const ExitCode code, ShowSpec(session, response.spec()));
  if (const v1::Concern* concern = FindConcern(response.spec(), name); concern != nullptr) {
    session.output().Note(fmt::format("  Concern {} \"{}\" is {}", concern->id(),
                                      OneLine(concern->title()), ConcernState(*concern)));
  }
  return code;
}

absl::StatusOr<ExitCode> RunRaise(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Concern::Severity severity, SeverityOf(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string text, session.Message());
  const std::string name = session.Text("NAME", NameFrom(text));
  if (name.empty()) return UsageError("`gavel concern raise` needs a NAME or -m TEXT");
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  v1::RaiseConcernRequest request;
  request.set_spec(key);
  request.set_title(name);
  request.set_text(text);
  request.set_severity(severity);
  request.set_criteria(session.Text("done-when"));
  GAVEL_ASSIGN_OR_RETURN(const std::optional<v1::Anchor> anchor, AnchorOf(session, key));
  if (anchor.has_value()) *request.mutable_anchor() = *anchor;
  return SendAbout<v1::RaiseConcernResponse>(session, request, name);
}

// The concern that NAME stands for; without NAME, the only open one.
absl::StatusOr<std::string> ConcernName(Session& session, const std::string& key) {
  if (session.Has("NAME")) return session.Text("NAME");
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, GetSpec(session, key));
  std::vector<std::string> open;
  for (const v1::Concern& concern : spec.concerns()) {
    if (concern.status() == v1::Concern::STATUS_OPEN) open.push_back(concern.title());
  }
  if (open.size() == 1) return open.front();
  return UsageError(open.empty()
                        ? key + " has no open concern"
                        : fmt::format("which concern? Open are \"{}\"", fmt::join(open, "\", \"")));
}

// A request about one concern, with the text of -m or -F.
template <typename Request>
absl::StatusOr<Request> RequestAbout(Session& session, std::string* text) {
  GAVEL_ASSIGN_OR_RETURN(*text, session.Message());
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string name, ConcernName(session, key));
  Request request;
  request.set_spec(key);
  request.set_concern(name);
  return request;
}

absl::StatusOr<ExitCode> RunAnswer(Session& session) {
  std::string text;
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestAbout<v1::AnswerConcernRequest>(session, &text));
  if (text.empty()) return UsageError("`gavel concern answer` needs -m TEXT or -F FILE");
  request.set_text(text);
  request.set_disputed(session.Has("dispute"));
  return SendAbout<v1::AnswerConcernResponse>(session, request, request.concern());
}

absl::StatusOr<ExitCode> RunResolve(Session& session) {
  std::string text;
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestAbout<v1::ResolveConcernRequest>(session, &text));
  request.set_text(text);
  return SendAbout<v1::ResolveConcernResponse>(session, request, request.concern());
}

absl::StatusOr<ExitCode> RunWithdrawConcern(Session& session) {
  std::string text;
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestAbout<v1::WithdrawConcernRequest>(session, &text));
  request.set_text(text);
  return SendAbout<v1::WithdrawConcernResponse>(session, request, request.concern());
}

absl::StatusOr<ExitCode> RunDowngrade(Session& session) {
  std::string text;
  GAVEL_ASSIGN_OR_RETURN(const auto severity,
                         ParseEnum<v1::Concern::Severity>("--to", session.Text("to", "question")));
  GAVEL_ASSIGN_OR_RETURN(auto request,
                         RequestAbout<v1::ChangeConcernSeverityRequest>(session, &text));
  request.set_severity(severity);
  request.set_text(text);
  return SendAbout<v1::ChangeConcernSeverityResponse>(session, request, request.concern());
}

absl::StatusOr<ExitCode> RunOverrule(Session& session) {
  std::string unused;
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestAbout<v1::OverruleConcernRequest>(session, &unused));
  request.set_reason(session.Text("why"));
  return SendAbout<v1::OverruleConcernResponse>(session, request, request.concern());
}

absl::StatusOr<ExitCode> RunList(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, GetSpec(session, key));
  std::vector<const google::protobuf::Message*> messages;
  std::vector<std::vector<std::string>> rows;
  const bool terminal = session.output().terminal();
  for (const v1::Concern& concern : spec.concerns()) {
    messages.push_back(&concern);
    const bool answered = concern.status() == v1::Concern::STATUS_OPEN && concern.has_answer_time();
    rows.push_back({concern.id(), EnumWord(concern.severity()),
                    answered ? "ANSWERED" : EnumWord(concern.status()), concern.title(),
                    concern.raiser(),
                    terminal ? TimeText(concern.raise_time(), absl::LocalTimeZone())
                             : Rfc3339(concern.raise_time())});
  }
  session.output().JsonArray(messages);
  session.output().Table({"ID", "SEVERITY", "STATUS", "NAME", "RAISER", "RAISED"}, rows);
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> ConcernCommands() {
  const Positional spec = SpecPositional();
  const Positional name = {"NAME", "the concern's name or id; without it, the only open one",
                           Arity::kOptional, "CONCERN"};
  const Flag message = MessageFlag("in your words");
  return {
      {"concern raise",
       Group::kReview,
       "Raise a question, or an objection that blocks.",
       {spec,
        {"NAME", "a short name; by default the first words of the text", Arity::kOptional, "TEXT"}},
       {MessageFlag("what is wrong; for a blocking one the harm"),
        FileFlag(),
        {"--blocking", "", "must be resolved before the spec passes", FlagKind::kSwitch},
        {"--note", "", "for the record only", FlagKind::kSwitch},
        {"--done-when", "TEXT", "what would resolve it; a blocking one needs it"},
        {"--line", "N[-M]", "lines of the revision"},
        {"--section", "TITLE", "a section of the revision"},
        {"--revision", "N", "the revision that --line and --section mean; the current one"},
        RequestIdFlag()},
       "gavel concern raise MEDIA-42 \"key rotation\" --blocking -m \"…\" --done-when \"…\"",
       RunRaise},
      {"concern answer",
       Group::kReview,
       "Answer a concern as an author.",
       {spec, name},
       {message,
        FileFlag(),
        {"--dispute", "", "the concern is wrong, and here is why", FlagKind::kSwitch},
        RequestIdFlag()},
       "gavel concern answer MEDIA-42 \"key rotation\" -m \"See revision 3.\"",
       RunAnswer},
      {"concern resolve",
       Group::kReview,
       "Clear my concern.",
       {spec, name},
       {message, FileFlag(), RequestIdFlag()},
       "gavel concern resolve MEDIA-42 \"key rotation\" -m \"Settled.\"",
       RunResolve},
      {"concern withdraw",
       Group::kReview,
       "Take my concern back.",
       {spec, name},
       {message, FileFlag(), RequestIdFlag()},
       "gavel concern withdraw MEDIA-42 \"key rotation\"",
       RunWithdrawConcern},
      {"concern downgrade",
       Group::kReview,
       "Make a concern weigh less.",
       {spec, name},
       {message, FileFlag(), {"--to", "question|note", "how much it weighs; question by default"}},
       "gavel concern downgrade MEDIA-42 \"key rotation\" --to question",
       RunDowngrade},
      {"concern overrule",
       Group::kReview,
       "Set a concern aside as the sponsor.",
       {spec, name},
       {WhyFlag("why")},
       "gavel concern overrule MEDIA-42 \"key rotation\" --why \"…\"",
       RunOverrule},
      {"concern list",
       Group::kReview,
       "List the concerns of a spec.",
       {spec},
       {},
       "gavel concern list MEDIA-42",
       RunList}};
}

}  // namespace gavel::cli
