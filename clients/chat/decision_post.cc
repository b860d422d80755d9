#include "clients/chat/decision_post.h"

#include "clients/chat/text.h"
#include "clients/chat/words.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/time_text.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

constexpr size_t kWhyChars = 700;
constexpr size_t kConditionChars = 300;
constexpr int kMaxConditions = 8;

// `rotation is automated before launch (owner bo, due Fri 30 Jan)`
std::string ConditionText(const v1::Condition& condition) {
  std::string who = condition.owner().empty() ? "" : "owner " + CleanLine(condition.owner());
  const std::string due = DateWord(condition.due());
  if (!due.empty()) who += (who.empty() ? "due " : ", due ") + due;
  std::string text = Clip(CleanLine(condition.text()), kConditionChars);
  return who.empty() ? text : fmt::format("{} ({})", text, who);
}

std::string ConditionsText(const v1::Decision& decision) {
  std::string text;
  for (int i = 0; i < decision.conditions_size() && i < kMaxConditions; ++i) {
    text += (i == 0 ? "" : "; ") + ConditionText(decision.conditions(i));
  }
  const int more = decision.conditions_size() - kMaxConditions;
  return more > 0 ? fmt::format("{}; and {} more", text, more) : text;
}

std::string DissentText(const v1::Decision& decision) {
  std::string text;
  for (const v1::Dissent& dissent : decision.dissent()) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", CleanLine(dissent.person()),
                        CleanLine(dissent.text()));
  }
  return text.empty() ? "none" : Clip(text, kWhyChars);
}

// `meeting 2026-12-10-media, recorded by fay; final Fri 11 Dec 15:20 unless contested`
std::string AuthorityText(const v1::Decision& decision, const absl::TimeZone& zone) {
  std::string text = AuthorityWord(decision.authority());
  if (!decision.meeting().empty()) text += " " + decision.meeting();
  if (!decision.decided_by().empty()) {
    text += fmt::format(", recorded by {}", CleanLine(decision.decided_by()));
  }
  if (decision.authority() == v1::Decision::AUTHORITY_MEETING) {
    text += fmt::format("; final {} unless an absent reviewer contests it",
                        TimeText(FromProto(decision.final_time()), zone));
  }
  return text;
}

// What is no longer true of it; empty while it is in force.
std::string ForceText(const v1::Decision& decision) {
  switch (decision.force()) {
    case v1::Decision::FORCE_STAYED:
      return "Stayed: not in force. " + CleanLine(decision.stay_reason());
    case v1::Decision::FORCE_REPLACED:
      return "Replaced by a later decision.";
    case v1::Decision::FORCE_VOID:
      return "Void: taken back.";
    default:
      return "";
  }
}

}  // namespace

void FillDecision(const v1::Decision& decision, const v1::Spec& spec, const absl::TimeZone& zone,
                  Message& message) {
  // The time tells the decisions of two logs apart, should a restored one use an id again.
  message.group_key = fmt::format("decision/{}/{}/{}", spec.key(), decision.id(),
                                  absl::ToUnixMicros(FromProto(decision.decide_time())));
  message.thread = "card/" + spec.key();
  message.time = FromProto(decision.decide_time());
  message.word = OutcomeWord(decision.outcome());
  const std::string force = ForceText(decision);
  if (!force.empty()) message.word = force + " It was: " + message.word;
  message.sentence = ConditionsText(decision);
  message.fields.push_back({"Why", Clip(CleanLine(decision.rationale()), kWhyChars)});
  message.fields.push_back({"Dissent", DissentText(decision)});
  message.fields.push_back({"Authority", AuthorityText(decision, zone)});
  message.milestone = decision.id();
}

}  // namespace gavel::chat
