// What every kind of message says, in every service's form.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clients/chat/alert_post.h"
#include "clients/chat/card.h"
#include "clients/chat/chat_testing.h"
#include "clients/chat/irc_text.h"
#include "clients/chat/local_text.h"
#include "clients/chat/meeting_post.h"
#include "clients/chat/minutes_post.h"
#include "clients/chat/slack_render.h"
#include "clients/chat/text.h"
#include "tests/testing/golden.h"

namespace gavel::chat {
namespace {

constexpr char kBase[] = "https://gavel.example";

std::vector<Message> Messages(const SpecState& state) {
  return SpecMessages(state, absl::UnixEpoch(), kBase);
}

SpecState ScheduledSpec() {
  SpecState state = ReviewedSpec();
  state.spec.set_state(v1::Spec::STATE_SCHEDULED);
  state.spec.set_meeting("2026-12-10-media");
  state.meeting = FrozenMeeting().meeting;
  AddBlock(state.spec);
  v1::Concern& question = *state.spec.add_concerns();
  question.set_severity(v1::Concern::SEVERITY_QUESTION);
  question.set_status(v1::Concern::STATUS_OPEN);
  state.turn.clear_people();
  state.turn.add_people("bo");
  state.turn.set_action("present it");
  *state.turn.mutable_due_time() = ToProto(December(10, 15, 0));
  return state;
}

SpecState DecidedSpec() {
  SpecState state = ReviewedSpec();
  state.turn.Clear();
  AddMeetingDecision(state.spec);
  return state;
}

SpecState AutoApprovedSpec() {
  SpecState state = ReviewedSpec();
  state.turn.Clear();
  state.spec.set_state(v1::Spec::STATE_AUTO_APPROVED);
  v1::Decision& decision = *state.spec.add_decisions();
  decision.set_id("d1");
  decision.set_authority(v1::Decision::AUTHORITY_RULE);
  decision.set_outcome(v1::DECISION_OUTCOME_APPROVED);
  decision.set_rule("auto/standard-tiers");
  *decision.mutable_decide_time() = ToProto(December(8, 9, 12));
  *decision.mutable_final_time() = ToProto(December(10, 17, 0));
  return state;
}

Message Cancelled() {
  MeetingState state = FrozenMeeting();
  state.meeting.set_state(v1::Meeting::STATE_CANCELLED);
  state.meeting.set_cancel_reason("NO_ITEMS");
  *state.meeting.mutable_close_time() = ToProto(December(8, 10, 0));
  state.next = December(17, 15, 0);
  v1::MeetingCancelled cancelled;
  cancelled.set_approved_without(2);
  return CancelledMessage(state, cancelled, kBase);
}

// A meeting that came to one decision and did not reach the other item.
Message Minutes() {
  MeetingState state = FrozenMeeting();
  state.meeting.set_state(v1::Meeting::STATE_CLOSED);
  *state.meeting.mutable_minutes_time() = ToProto(December(11, 10, 0));
  state.meeting.add_action_items()->set_text("Write the rotation runbook");
  v1::Slot& slot = *state.meeting.mutable_slots(0);
  slot.set_state(v1::Slot::STATE_DONE);
  slot.mutable_outcome()->set_kind(v1::Outcome::KIND_APPROVE);
  slot.mutable_outcome()->set_text("Writing a thumbnail twice is harmless.");
  return MinutesMessage(state, kBase);
}

v1::Event AreaEvent() {
  v1::Event event;
  event.set_seq(7301);
  event.set_area("media");
  event.set_meeting("2026-12-10-media");
  *event.mutable_time() = ToProto(December(8, 12, 0));
  return event;
}

Message Moved() {
  v1::Event event = AreaEvent();
  v1::MeetingMoved& moved = *event.mutable_meeting_moved();
  *moved.mutable_meeting()->mutable_start_time() = ToProto(December(11, 14, 0));
  *moved.mutable_meeting()->mutable_end_time() = ToProto(December(11, 15, 0));
  moved.set_reason("the room is being painted");
  return MovedMessage(FrozenMeeting(), event, kBase);
}

Message Alert() {
  v1::Event event = AreaEvent();
  v1::HealthAlert& alert = *event.mutable_health_alert_raised()->mutable_alert();
  alert.set_kind("backlog");
  alert.set_text("the median wait has been above 2 meetings for 4 weeks");
  alert.add_specs("MEDIA-47");
  alert.add_specs("MEDIA-51");
  alert.add_proposals("a rule for config changes would have removed 4 of 9 specs");
  alert.add_proposals("one longer week");
  return AlertMessage(event);
}

Message Breaker() {
  v1::Event event = AreaEvent();
  v1::BreakerOpened& opened = *event.mutable_breaker_opened();
  opened.set_rule("auto/standard-tiers");
  opened.set_reason("2 of 12 audited approvals should have been reviewed");
  opened.add_specs("MEDIA-12");
  return BreakerMessage(event);
}

Message Session() {
  v1::Event event = AreaEvent();
  event.mutable_extra_session_proposed()->add_specs("MEDIA-47");
  event.mutable_extra_session_proposed()->set_sponsor("chen");
  return SessionMessage(event);
}

// Each message in the four forms that people get.
std::string Forms(const Message& message) {
  return LocalText(message) + "\n\n--- irc\n" + IrcText(message, false) +
         "\n\n--- slack-webhook\n" + SlackWebhookBody(message, false)["text"].get<std::string>() +
         "\n\n--- slack\n" + SlackBody(message, false).dump(2) + "\n";
}

TEST(MessagesTest, EveryKindReadsWellInEveryService) {
  ExpectGolden("chat/card_async_review.txt", Forms(Messages(ReviewedSpec()).at(0)));
  const std::vector<Message> scheduled = Messages(ScheduledSpec());
  ASSERT_EQ(scheduled.size(), 2u);
  ExpectGolden("chat/card_scheduled.txt", Forms(scheduled[0]));
  ExpectGolden("chat/concern.txt", Forms(scheduled[1]));
  ExpectGolden("chat/card_auto_approved.txt", Forms(Messages(AutoApprovedSpec()).at(0)));
  const std::vector<Message> decided = Messages(DecidedSpec());
  ASSERT_EQ(decided.size(), 2u);
  ExpectGolden("chat/card_approved.txt", Forms(decided[0]));
  ExpectGolden("chat/decision.txt", Forms(decided[1]));
  ExpectGolden("chat/packet.txt", Forms(PacketMessage(FrozenMeeting(), kBase)));
  ExpectGolden("chat/meeting_cancelled.txt", Forms(Cancelled()));
  ExpectGolden("chat/meeting_moved.txt", Forms(Moved()));
  ExpectGolden("chat/minutes.txt", Forms(Minutes()));
  ExpectGolden("chat/alert.txt", Forms(Alert()));
  ExpectGolden("chat/breaker.txt", Forms(Breaker()));
  ExpectGolden("chat/extra_session.txt", Forms(Session()));
}

TEST(MessagesTest, EveryKindHasAWordThatLeadsBackToIt) {
  for (int i = 0; i <= static_cast<int>(MessageKind::kPerson); ++i) {
    const auto kind = static_cast<MessageKind>(i);
    EXPECT_EQ(ParseKind(KindName(kind)), kind);
  }
  EXPECT_FALSE(ParseKind("unknown"));
}

TEST(MessagesTest, ACodeIsNeverWhatPeopleRead) {
  for (const char* code : {"NO_ITEMS", "LATE", "QUORUM", "NOT_OPENED"}) {
    MeetingState state = FrozenMeeting();
    state.meeting.set_cancel_reason(code);
    EXPECT_EQ(TextOf(CancelledMessage(state, {}, kBase)).find(code), std::string::npos);
  }
}

TEST(MessagesTest, ADraftThatWasNeverSubmittedIsNobodysBusiness) {
  SpecState state = ReviewedSpec();
  state.spec.set_state(v1::Spec::STATE_DRAFT);
  state.spec.set_submitted_revision(0);
  EXPECT_TRUE(Messages(state).empty());
  state.spec.set_state(v1::Spec::STATE_WITHDRAWN);
  EXPECT_TRUE(Messages(state).empty());
}

TEST(MessagesTest, ARulesApprovalIsNeverAnnouncedAsAPersonsDecision) {
  const std::vector<Message> messages = Messages(AutoApprovedSpec());
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].kind, MessageKind::kCard);
  EXPECT_EQ(messages[0].word, "Auto-approved");
}

TEST(MessagesTest, AnAutomaticApprovalOffersThePullInOnlyWhileItIsPossible) {
  SpecState state = AutoApprovedSpec();
  EXPECT_NE(LocalText(Messages(state)[0]).find("until Thu 10 Dec 17:00"), std::string::npos);
  state.spec.mutable_decisions(0)->set_final(true);
  EXPECT_NE(LocalText(Messages(state)[0]).find("seen by no person; final"), std::string::npos);
}

TEST(MessagesTest, DecisionsFromBeforeTheChannelAreLeftOut) {
  EXPECT_EQ(SpecMessages(DecidedSpec(), December(10, 15, 21), kBase).size(), 1u);
  EXPECT_EQ(SpecMessages(DecidedSpec(), December(10, 15, 20), kBase).size(), 2u);
}

TEST(MessagesTest, AnAnnouncementChangesOnlyWhenTheDecisionStopsHolding) {
  SpecState state = DecidedSpec();
  const std::string before = Fingerprint(Messages(state).at(1));
  v1::Decision& decision = *state.spec.mutable_decisions(0);
  decision.set_final(true);
  decision.mutable_conditions(0)->mutable_met_time()->set_seconds(1);
  state.spec.set_update_seq(48999);
  *state.spec.mutable_update_time() = ToProto(December(20, 9, 0));
  EXPECT_EQ(Fingerprint(Messages(state).at(1)), before);
  decision.set_force(v1::Decision::FORCE_STAYED);
  EXPECT_NE(Fingerprint(Messages(state).at(1)), before);
  EXPECT_EQ(Messages(state).at(1).word.substr(0, 7), "Stayed:");
}

TEST(MessagesTest, TheSameDecisionIdInARestoredLogIsAnotherDecision) {
  SpecState restored = DecidedSpec();
  *restored.spec.mutable_decisions(0)->mutable_decide_time() = ToProto(December(10, 15, 25));
  EXPECT_NE(Messages(restored).at(1).group_key, Messages(DecidedSpec()).at(1).group_key);
}

TEST(MessagesTest, ACommentChangesNoCard) {
  SpecState state = ReviewedSpec();
  const std::string before = Fingerprint(Messages(state).at(0));
  state.spec.set_comment_count(7);
  state.spec.set_update_seq(50000);
  *state.spec.mutable_update_time() = ToProto(December(9, 9, 0));
  EXPECT_EQ(Fingerprint(Messages(state).at(0)), before);
}

// Titles are hostile input.
TEST(EscapingTest, NoTitleMentionsAnybodyOrBreaksOut) {
  struct Row {
    const char* title;
    const char* slack;
  };
  for (const Row& row : {
           Row{"<!channel> read", "&lt;!channel&gt; read"},
           Row{"<@U024BE7LH>", "&lt;@\xE2\x80\x8BU024BE7LH&gt;"},
           Row{"@everyone @here",
               "@\xE2\x80\x8B"
               "everyone @\xE2\x80\x8Bhere"},
           Row{"a & b", "a &amp; b"},
           Row{"x|https://evil.example", "x¦https://evil.example"},
           Row{"`code` ```fence```", "ˋcodeˋ ˋˋˋfenceˋˋˋ"},
           Row{"*bold* _it_ ~no~ snake_case", "∗bold∗ ˍitˍ ∼no∼ snake_case"},
       }) {
    SpecState state = ReviewedSpec();
    state.spec.set_title(row.title);
    const Message card = Messages(state).at(0);
    const std::string head = SlackBody(card, false)["blocks"][0]["text"]["text"];
    EXPECT_EQ(head.substr(0, head.find('\n')),
              std::string("*<https://gavel.example/MEDIA-51|MEDIA-51 ") + row.slack + ">*");
  }
}

TEST(EscapingTest, NoTitleSendsAnIrcCommand) {
  SpecState state = ReviewedSpec();
  state.spec.set_title("hello\r\nQUIT :bye\x01\x02");
  const std::string line = IrcText(Messages(state).at(0), false);
  EXPECT_EQ(line.find_first_of("\r\n\x01\x02"), std::string::npos) << line;
  EXPECT_EQ(line.substr(0, 28), "MEDIA-51 hello QUIT :bye: As");
}

TEST(LimitsTest, TheLongestMessageStaysWithinEveryService) {
  SpecState state = DecidedSpec();
  const std::string amps(20000, '&');
  state.spec.set_title(amps);
  state.spec.set_summary(amps);
  state.spec.mutable_decisions(0)->set_rationale(amps);
  for (int i = 0; i < 20; ++i) {
    state.spec.mutable_decisions(0)->add_conditions()->set_text(amps);
    state.spec.mutable_decisions(0)->add_dissent()->set_text(amps);
  }
  for (const Message& message : Messages(state)) {
    size_t chars = 0;
    const auto body = SlackBody(message, true);
    const auto flat = body.flatten();
    for (const auto& [pointer, value] : flat.items()) {
      if (!value.is_string()) continue;
      const size_t count = CharCount(value.get<std::string>());
      EXPECT_LE(count, 3000u) << pointer;
      chars += count;
    }
    EXPECT_LE(chars, 4100u);  // 4,000 in text and blocks, and the metadata.
    EXPECT_LE(body["blocks"].size(), 5u);
    EXPECT_LE(IrcText(message, true).size(), kIrcTextBytes);
    EXPECT_LE(CharCount(SlackWebhookBody(message, true)["text"].get<std::string>()), 4000u);
  }
}

}  // namespace
}  // namespace gavel::chat
