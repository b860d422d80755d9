#include "clients/chat/alert_post.h"

#include "clients/chat/meeting_words.h"
#include "clients/chat/text.h"
#include "clients/chat/words.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/wording.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

constexpr size_t kTextChars = 600;
constexpr size_t kFieldChars = 500;

Message Blank(const v1::Event& event, MessageKind kind, const std::string& about) {
  Message message;
  message.kind = kind;
  // The time tells two alerts of one kind apart, and the logs before and after a restore.
  message.group_key =
      fmt::format("{}/{}/{}", KindName(kind), about, absl::ToUnixMicros(FromProto(event.time())));
  message.topic = fmt::format("{}/{}", KindName(kind), about);
  message.seq = event.seq();
  message.time = FromProto(event.time());
  message.area = event.area();
  message.milestone = message.group_key;
  return message;
}

using Strings = google::protobuf::RepeatedPtrField<std::string>;

void AddSpecs(const Strings& specs, Message& message) {
  if (!specs.empty()) message.fields.push_back({"Specs", Clip(JoinNames(specs), kFieldChars)});
}

// `1. A rule. 2. One longer week.`; a single one is not numbered.
std::string ProposalsText(const Strings& proposals) {
  std::string text;
  for (int i = 0; i < proposals.size(); ++i) {
    if (proposals.size() > 1) text += fmt::format("{}{}. ", i == 0 ? "" : " ", i + 1);
    text += AsSentence(CleanLine(proposals[i]));
  }
  return text;
}

}  // namespace

Message AlertMessage(const v1::Event& event) {
  const v1::HealthAlert& alert = event.health_alert_raised().alert();
  Message message = Blank(event, MessageKind::kAlert, event.area() + "/" + alert.kind());
  message.title = fmt::format("The review of {}", event.area());
  message.word = "Alert";
  message.sentence = AsSentence(Clip(CleanLine(alert.text()), kTextChars));
  AddSpecs(alert.specs(), message);
  const std::string proposals = ProposalsText(alert.proposals());
  if (!proposals.empty()) message.fields.push_back({"What to try", Clip(proposals, kFieldChars)});
  return message;
}

Message BreakerMessage(const v1::Event& event) {
  const v1::BreakerOpened& opened = event.breaker_opened();
  Message message = Blank(event, MessageKind::kBreaker, opened.rule());
  message.title = "Rule " + CleanLine(opened.rule());
  message.word = "Stopped";
  message.sentence = fmt::format("It approves nothing until a person closes its breaker. {}",
                                 AsSentence(Clip(CleanLine(opened.reason()), kTextChars)));
  AddSpecs(opened.specs(), message);
  message.fields.push_back({"Let it go on", fmt::format("gavel rules breaker close {} -m \"why\"",
                                                        CleanLine(opened.rule()))});
  return message;
}

Message SessionMessage(const v1::Event& event) {
  const v1::ExtraSessionProposed& proposed = event.extra_session_proposed();
  Message message = Blank(event, MessageKind::kSession, event.area());
  message.title = fmt::format("Spec review {}, extra session", event.area());
  message.word = "Proposed";
  message.sentence = fmt::format(
      "{} {} passed over again and again. {} decides, as sponsor: gavel meeting "
      "session {} --at TIME --why \"...\"",
      CountText(proposed.specs_size(), "spec"), proposed.specs_size() == 1 ? "was" : "were",
      CleanLine(proposed.sponsor()), event.area());
  AddSpecs(proposed.specs(), message);
  return message;
}

}  // namespace gavel::chat
