#include "clients/cli/words/typed_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include "engine/base/contains.h"
#include "engine/base/error.h"

namespace gavel::cli {
namespace {

struct Word {
  std::string_view api;
  std::string_view typed;
};

constexpr auto kCommands = std::to_array<Word>({
    {"CreateSpec", "`gavel submit --draft`"},
    {"AddRevision", "`gavel submit`"},
    {"SubmitSpec", "`gavel submit`"},
    {"ResubmitSpec", "`gavel submit`"},
    {"RequestChanges", "`gavel request changes`"},
    {"RequestMeeting", "`gavel request meeting`"},
    {"PinToMeeting", "`gavel meeting pin`"},
    {"ReleaseSlot", "`gavel meeting release`"},
    {"PullBackSpec", "`gavel pull-back`"},
    {"OpenItem", "`gavel meeting item`"},
    {"RecordOutcome", "`gavel meeting outcome`"},
    {"RejectSpec", "`gavel decision reject`"},
    {"WithdrawSpec", "`gavel withdraw`"},
    {"DeferSpec", "`gavel defer`"},
    {"ResumeSpec", "`gavel resume`"},
    {"ReopenSpec", "`gavel reopen`"},
    {"PullIn", "`gavel request pull-in`"},
    {"ContestDecision", "`gavel request contest`"},
    {"UndoOutcome", "`gavel meeting undo`"},
    {"AddComment", "`gavel comment`"},
    {"RaiseConcern", "`gavel concern raise`"},
    {"AnswerConcern", "`gavel concern answer`"},
    {"ResolveConcern", "`gavel concern resolve`"},
    {"WithdrawConcern", "`gavel concern withdraw`"},
    {"ChangeConcernSeverity", "`gavel concern downgrade`"},
    {"OverruleConcern", "`gavel concern overrule`"},
    {"TakePosition", "`gavel position`"},
    {"AssignReviewer", "`gavel reviewers … add`"},
    {"ReleaseReviewer", "`gavel reviewers … release`"},
    {"SetPresenter", "`gavel reviewers … presenter`"},
    {"OverrideRule", "`gavel decision override`"},
    {"RecordAudit", "`gavel rules audit record`"},
    {"MeetCondition", "`gavel decision condition`"},
    {"ExtendCondition", "`gavel decision condition`"},
    {"OpenMeeting", "`gavel meeting open`"},
    {"CloseMeeting", "`gavel meeting close`"},
    {"CancelMeeting", "`gavel meeting cancel`"},
    {"RescheduleMeeting", "`gavel meeting reschedule`"},
    {"CreateSession", "`gavel meeting session`"},
    {"ConfirmPresenter", "`gavel meeting confirm`"},
    {"SetGo", "`gavel meeting go|no-go`"},
    {"GrantUrgent", "`gavel meeting urgent`"},
    {"AssignRole", "`gavel meeting role`"},
    {"RecordAttendance", "`gavel meeting attend`"},
    {"AcknowledgePacket", "`gavel meeting read`"},
    {"WriteNotes", "`gavel meeting notes`"},
    {"MarkOffTopic", "`gavel meeting off-topic`"},
    {"AddActionItem", "`gavel meeting action`"},
    {"CompleteActionItem", "`gavel meeting action`"},
    {"PublishMinutes", "`gavel meeting minutes --publish`"},
    {"SubmitPulse", "`gavel meeting pulse`"},
});

// Only what means the same flag in every command.
constexpr auto kFields = std::to_array<Word>({
    {"start_time", "--at"},
    {"length_min", "--length"},
    {"deferral.wake_date", "--until"},
    {"deferral.waits_for", "--for"},
    {"deferral.person", "--person"},
    {"conditions.due", "--due"},
    {"conditions.owner", "--owner"},
    {"conditions", "--condition"},
    {"rationale", "--why"},
    {"criteria", "--done-when"},
    {"absence.from", "FROM"},
    {"absence.to", "TO"},
    {"absence.delegate", "--delegate"},
});

bool IsWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

// The word at the front of `text`, without the full stop that ends a sentence.
std::string_view FirstWord(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), IsWordByte);
  std::string_view word = text.substr(0, static_cast<size_t>(end - text.begin()));
  while (word.ends_with('.')) word.remove_suffix(1);
  return word;
}

std::string_view TypedFor(std::string_view word, std::span<const Word> words) {
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const Word& each) { return each.api == word; });
  return found == words.end() ? "" : found->typed;
}

// One byte or one whole word at a time; a word that the list named before goes with its comma.
std::string Replace(std::string_view message, std::span<const Word> words) {
  constexpr std::string_view kComma = ", ";
  std::string text;
  while (!message.empty()) {
    const std::string_view word = FirstWord(message);
    const std::string_view typed = TypedFor(word, words);
    if (typed.empty()) {
      text += word.empty() ? message.substr(0, 1) : word;
    } else if (text.ends_with(kComma) && text.find(typed) != std::string::npos) {
      text.resize(text.size() - kComma.size());
    } else {
      text += typed;
    }
    message.remove_prefix(std::max<size_t>(word.size(), 1));
  }
  return text;
}

}  // namespace

std::string WithTypedCommands(std::string_view message) { return Replace(message, kCommands); }

std::string WithTypedFields(std::string_view message) { return Replace(message, kFields); }

std::vector<std::string> TypedCommands(const std::vector<std::string>& commands) {
  std::vector<std::string> lines;
  for (const std::string& command : commands) {
    const std::string typed(TypedFor(command, kCommands));
    if (!typed.empty() && !Contains(lines, typed)) lines.push_back(typed);
  }
  return lines;
}

std::string TypedMessage(const absl::Status& status) {
  const std::string message(status.message());
  const std::string reason = ErrorReasonOf(status);
  if (reason == "FIELD_INVALID") return WithTypedFields(message);
  return reason.empty() ? message : WithTypedCommands(message);
}

}  // namespace gavel::cli
