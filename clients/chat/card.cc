#include "clients/chat/card.h"

#include <algorithm>

#include "clients/chat/decision_post.h"
#include "clients/chat/text.h"
#include "clients/chat/words.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/weight.h"
#include "engine/domain/planning/wording.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

constexpr size_t kTitleChars = 160;
constexpr size_t kSummaryChars = 600;
constexpr size_t kFieldChars = 300;

std::string Title(const v1::Spec& spec) {
  return Clip(fmt::format("{} {}", spec.key(), CleanLine(spec.title())), kTitleChars);
}

bool IsOnAgenda(const v1::Slot& slot) {
  return slot.state() == v1::Slot::STATE_PLANNED || slot.state() == v1::Slot::STATE_OPEN ||
         slot.state() == v1::Slot::STATE_DONE;
}

// `Thu 10 Dec 15:00 (Europe/Berlin), item 2 of 2`; empty without a slot.
std::string SlotText(const SpecState& state) {
  if (!state.meeting) return "";
  int items = 0;
  int item = 0;
  for (const v1::Slot& slot : state.meeting->slots()) {
    if (!IsOnAgenda(slot)) continue;
    ++items;
    if (slot.spec() == state.spec.key()) item = items;
  }
  if (item == 0) return "";
  return fmt::format("{}, item {} of {}",
                     ZonedTimeText(FromProto(state.meeting->start_time()), state.zone), item,
                     items);
}

std::string TurnText(const SpecState& state) {
  const v1::Turn& turn = state.turn;
  if (turn.people().empty()) return "nobody";
  std::string text = JoinNames(turn.people());
  if (!turn.action().empty()) text += ": " + CleanLine(turn.action());
  if (turn.has_due_time()) {
    text += fmt::format(" (due {})", TimeText(FromProto(turn.due_time()), state.zone));
  }
  return text;
}

// `1 blocking “key rotation”, 2 questions`; empty where none is open.
std::string ConcernsText(const v1::Spec& spec) {
  int blocking = 0;
  int questions = 0;
  std::string names;
  for (const v1::Concern& concern : spec.concerns()) {
    if (concern.status() != v1::Concern::STATUS_OPEN) continue;
    if (concern.severity() == v1::Concern::SEVERITY_QUESTION) ++questions;
    if (concern.severity() != v1::Concern::SEVERITY_BLOCKING) continue;
    ++blocking;
    names += fmt::format("{}“{}”", names.empty() ? " " : ", ", CleanLine(concern.title()));
  }
  std::string text = blocking > 0 ? fmt::format("{} blocking{}", blocking, names) : "";
  if (questions > 0) text += (text.empty() ? "" : ", ") + CountText(questions, "question");
  return text;
}

// Why a rule approved, why none did, or who decided instead.
Field ReasonField(const SpecState& state) {
  const v1::Spec& spec = state.spec;
  const v1::Decision* decision = spec.decisions().empty() ? nullptr : &*spec.decisions().rbegin();
  if (decision != nullptr && spec.state() == v1::Spec::STATE_AUTO_APPROVED) {
    const std::string rest =
        decision->final() ? "final"
                          : fmt::format("anyone reviewing can pull it in until {}",
                                        TimeText(FromProto(decision->final_time()), state.zone));
    return {"Approved by", fmt::format("rule {}, seen by no person; {}", decision->rule(), rest)};
  }
  const bool by_people =
      spec.state() == v1::Spec::STATE_APPROVED || spec.state() == v1::Spec::STATE_REJECTED;
  if (decision != nullptr && by_people) {
    return {"Decided by", fmt::format("{}: {}", AuthorityWord(decision->authority()),
                                      CleanLine(decision->rationale()))};
  }
  const bool open = StageOf(spec.state()) != v1::Spec::STAGE_DECISION;
  if (!open || spec.verdict().summary().empty()) return {};
  return {spec.verdict().author_gate() ? "Back to the author" : "Why not automatic",
          CleanLine(spec.verdict().summary())};
}

void AddField(Message& message, const std::string& label, const std::string& value) {
  if (!value.empty()) message.fields.push_back({label, Clip(value, kFieldChars)});
}

std::string Footer(const v1::Spec& spec) {
  const int words = spec.revisions().empty() ? 0 : spec.revisions().rbegin()->words();
  return fmt::format("{} · revision {} · {} min read", JoinNames(spec.authors()),
                     spec.revisions_size(), ReadingMinutes(words));
}

std::string Sentence(const SpecState& state) {
  const v1::Spec& spec = state.spec;
  if (spec.state() == v1::Spec::STATE_AUTO_APPROVED && !spec.decisions().empty()) {
    return fmt::format("By rule {}; no person has read it.", spec.decisions().rbegin()->rule());
  }
  std::string sentence = SlotText(state);
  if (!sentence.empty()) sentence += ".";
  if (!state.turn.people().empty()) {
    if (!sentence.empty()) sentence += " ";
    sentence += fmt::format("Waiting for {}.", TurnText(state));
  }
  return sentence;
}

Message Blank(const SpecState& state, MessageKind kind, const std::string& base_url) {
  Message message;
  message.kind = kind;
  message.topic = "spec/" + state.spec.key();
  message.seq = state.spec.update_seq();
  message.time = FromProto(state.spec.update_time());
  message.area = state.spec.area();
  message.state = state.spec.state();
  message.title = Title(state.spec);
  message.url = SpecUrl(base_url, state.spec.key());
  return message;
}

Message Card(const SpecState& state, const std::string& base_url) {
  const v1::Spec& spec = state.spec;
  Message message = Blank(state, MessageKind::kCard, base_url);
  message.group_key = "card/" + spec.key();
  message.word = StateWord(spec.state());
  message.sentence = Sentence(state);
  message.summary = Clip(CleanLine(spec.summary()), kSummaryChars);
  const std::string slot = SlotText(state);
  AddField(message, "State", slot.empty() ? message.word : message.word + " · " + slot);
  AddField(message, "Whose turn", TurnText(state));
  AddField(message, "Concerns", ConcernsText(spec));
  const Field reason = ReasonField(state);
  AddField(message, reason.label, reason.value);
  if (!message.url.empty()) message.links.push_back({"Read", message.url});
  message.footer = Footer(spec);
  message.milestone =
      fmt::format("{} {} {}", StateName(spec.state()), spec.meeting(), spec.decisions_size());
  return message;
}

std::string ConcernWord(const v1::Concern& concern) {
  switch (concern.status()) {
    case v1::Concern::STATUS_RESOLVED:
      return "Resolved";
    case v1::Concern::STATUS_WITHDRAWN:
      return "Withdrawn";
    case v1::Concern::STATUS_OVERRULED:
      return "Overruled";
    default:
      return concern.has_answer_time() ? "Answered" : "Blocking";
  }
}

Message ConcernReplyFor(const SpecState& state, const v1::Concern& concern,
                        const std::string& base_url) {
  Message message = Blank(state, MessageKind::kConcern, base_url);
  message.group_key = fmt::format("concern/{}/{}", state.spec.key(), concern.id());
  message.thread = "card/" + state.spec.key();
  message.title = fmt::format("{} concern “{}”", state.spec.key(),
                              Clip(CleanLine(concern.title()), kTitleChars / 2));
  message.word = ConcernWord(concern);
  message.sentence = fmt::format("Raised by {}.", CleanLine(concern.raiser()));
  AddField(message, "Harm", CleanLine(concern.text()));
  AddField(message, "Resolved when", CleanLine(concern.criteria()));
  AddField(message, "Closed with", CleanLine(concern.resolution()));
  message.milestone = message.word;
  message.is_news = concern.status() == v1::Concern::STATUS_OPEN;
  return message;
}

}  // namespace

std::vector<Message> SpecMessages(const SpecState& state, absl::Time since,
                                  const std::string& base_url) {
  const v1::Spec& spec = state.spec;
  if (spec.submitted_revision() == 0) return {};
  std::vector<Message> messages = {Card(state, base_url)};
  for (const v1::Concern& concern : spec.concerns()) {
    if (concern.severity() != v1::Concern::SEVERITY_BLOCKING) continue;
    messages.push_back(ConcernReplyFor(state, concern, base_url));
  }
  for (const v1::Decision& decision : spec.decisions()) {
    if (decision.authority() == v1::Decision::AUTHORITY_RULE) continue;  // The card says it.
    if (FromProto(decision.decide_time()) < since) continue;
    Message message = Blank(state, MessageKind::kDecision, base_url);
    FillDecision(decision, spec, state.zone, message);
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace gavel::chat
