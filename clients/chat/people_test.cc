// Messages to people: told once, by the first way that works, at the right time of day.
#include <gtest/gtest.h>

#include <algorithm>

#include "clients/chat/chat_testing.h"
#include "clients/chat/irc_text.h"
#include "clients/chat/local_text.h"
#include "clients/chat/mail.h"
#include "clients/chat/people_worker.h"
#include "clients/chat/person_post.h"
#include "clients/chat/slack_render.h"
#include "tests/testing/golden.h"

namespace gavel::chat {
namespace {

constexpr char kBase[] = "https://gavel.example";
using Kind = SendResult::Kind;

// Stands for SIGKILL.
struct Killed {};

std::shared_ptr<const OpenHours> Office() {
  v1::Calendar calendar;
  calendar.set_zone("Europe/Berlin");
  for (int day = 1; day <= 5; ++day) calendar.add_days(day);
  calendar.set_open_minute(9 * 60);
  calendar.set_close_minute(18 * 60);
  return std::make_shared<const OpenHours>(*OpenHours::Create(calendar));
}

TEST(PersonMessageTest, ReadsWellInEveryService) {
  Message message = PersonMessage({Dee(), Berlin()}, ToldDee(), December(8, 9, 15), kBase);
  std::string forms = LocalText(message) + "\n\n--- irc\n" + IrcText(message, false) +
                      "\n\n--- slack\n" + SlackBody(message, false).dump(2) + "\n";
  ExpectGolden("chat/person_digest.txt", forms);
  message.recipient = "dee@example.org";
  EXPECT_EQ(SubjectOf(message), "Your turn on 2: MEDIA-51 (due today), PLAT-57 (due Fri 11 Dec)");
}

TEST(PersonMessageTest, ALateMessageDoesNotCallYesterdayToday) {
  const Message late = PersonMessage({Dee(), Berlin()}, ToldDee(), December(9, 9, 30), kBase);
  EXPECT_EQ(late.fields[0].label, "MEDIA-51 (was due yesterday)");
  EXPECT_EQ(late.group_key, "person/dee/2026-12-08");
}

TEST(PersonMessageTest, AFloodOfItemsIsCutAndSaysSo) {
  v1::Event event = ToldDee();
  for (int i = 0; i < 30; ++i) {
    *event.mutable_person_notified()->add_items() = event.person_notified().items(0);
  }
  const Message message = PersonMessage({Dee(), Berlin()}, event, December(8, 9, 15), kBase);
  EXPECT_EQ(message.fields.size(), 8u);
  EXPECT_EQ(message.footer.substr(0, 27), "And 24 more: gavel inbox. W");
}

TEST(PersonMessageTest, ATitleCannotMentionAnybody) {
  v1::Event event = ToldDee();
  event.mutable_person_notified()->mutable_items(0)->set_title("<!channel> @everyone\r\nQUIT");
  event.mutable_person_notified()->mutable_items(0)->set_text("<@U024BE7LH> \x01|x");
  const Message message = PersonMessage({Dee(), Berlin()}, event, December(8, 9, 15), kBase);
  const std::string body = SlackBody(message, false).dump();
  EXPECT_EQ(body.find("<!"), std::string::npos) << body;
  EXPECT_EQ(body.find("<@"), std::string::npos) << body;
  EXPECT_EQ(IrcText(message, false).find_first_of("\r\n\x01"), std::string::npos);
}

class PeopleTest : public ChatTest {
 protected:
  PeopleTest() {
    config_.base_url = kBase;
    config_.destinations = {{.name = "slack", .kind = DestinationKind::kSlack},
                            {.name = "mail", .kind = DestinationKind::kEmail}};
    config_.people.told = true;
    config_.people.others.by = {"slack", "mail"};
    source_.people["dee"] = Dee();
    source_.now = December(8, 9, 15);
    EXPECT_TRUE(RunOnce().ok());  // From now on.
  }

  absl::Status RunOnce(bool crash_after_send = false) {
    Deliverer::Hooks hooks;
    hooks.jitter = [] { return 0.0; };
    if (crash_after_send) hooks.after_send = [] { throw Killed(); };
    PeopleWorker worker(config_,
                        {{&config_.destinations[0], &slack_}, {&config_.destinations[1], &mail_}},
                        source_, *memory_, waiter_, {.once = true, .hooks = hooks});
    return worker.Run();
  }

  void DieAfterSending() {
    EXPECT_THROW(RunOnce(true).IgnoreError(), Killed);
    ForgetEverythingButTheFile();
  }

  v1::Event& Say(const v1::Event& event) {
    v1::Event& logged = source_.events.emplace_back(event);
    logged.set_seq(source_.head());
    return logged;
  }

  // The same a day later.
  v1::Event& SayTomorrow() {
    v1::Event& event = Say(ToldDee());
    *event.mutable_time() = ToProto(December(9, 9, 15));
    event.mutable_person_notified()->mutable_day()->set_day(9);
    source_.now = December(9, 9, 15);
    return event;
  }

  Config config_;
  FakeSource source_;
  FakeWaiter waiter_;
  FakeChannel slack_{kSlackLike};
  FakeChannel mail_{kMailLike};
};

TEST_F(PeopleTest, ToldOnceToThePersonAlone) {
  Say(ToldDee());
  ASSERT_TRUE(RunOnce().ok());
  ASSERT_TRUE(RunOnce().ok());
  ASSERT_EQ(slack_.shown.size(), 1u);
  EXPECT_EQ(slack_.shown[0].to, "U02DEE");
  EXPECT_EQ(slack_.shown[0].text,
            "Good morning Dee. Your turn on 2: MEDIA-51 (due today) answer needed on “key "
            "rotation”; PLAT-57 (due Fri 11 Dec) take a first position. Waiting for others on 1. "
            "Nothing else.");
  EXPECT_TRUE(mail_.shown.empty());
}

TEST_F(PeopleTest, TheFirstWayThatWorksIsTaken) {
  struct Row {
    const char* name;
    std::vector<SendResult> answers;
    bool has_slack;
    size_t slack;
    size_t mail;
  };
  int day = 8;
  for (const Row& row : {
           Row{"no member id", {}, false, 0, 1},
           Row{"nobody of that id",
               {{.kind = Kind::kRefused, .reason = "user_not_found"}},
               true,
               0,
               1},
           Row{"down for a second", {{.kind = Kind::kNotSent}}, true, 1, 0},
           Row{"down for long",
               {{.kind = Kind::kNotSent}, {.kind = Kind::kNotSent}, {.kind = Kind::kNotSent}},
               true,
               0,
               1},
       }) {
    slack_.shown.clear();
    mail_.shown.clear();
    slack_.answers = row.answers;
    source_.people["dee"].set_slack(row.has_slack ? "U02DEE" : "");
    Say(ToldDee()).mutable_person_notified()->mutable_day()->set_day(++day);
    ASSERT_TRUE(RunOnce().ok()) << row.name;
    EXPECT_EQ(slack_.shown.size(), row.slack) << row.name;
    EXPECT_EQ(mail_.shown.size(), row.mail) << row.name;
  }
}

TEST_F(PeopleTest, AWayInDoubtIsSettledBeforeAnyOtherIsTried) {
  slack_.arrives_unanswered = true;
  slack_.answers = {{.kind = Kind::kUnknown}};
  Say(ToldDee());
  ASSERT_TRUE(RunOnce().ok());
  EXPECT_EQ(slack_.shown.size(), 1u);
  EXPECT_EQ(slack_.finds, 1);
  EXPECT_TRUE(mail_.shown.empty());
}

TEST_F(PeopleTest, KilledBetweenSendingAndRecordingItTellsNobodyTwice) {
  Say(ToldDee());
  DieAfterSending();
  source_.people["dee"].set_slack("U02DEE");
  ASSERT_TRUE(RunOnce().ok());
  EXPECT_EQ(slack_.shown.size(), 1u);
  EXPECT_TRUE(mail_.shown.empty());
}

TEST_F(PeopleTest, AMailThatWasBegunIsNotToldBySlackAsWell) {
  source_.people["dee"].clear_slack();
  Say(ToldDee());
  DieAfterSending();
  source_.people["dee"].set_slack("U02DEE");  // In the meantime.
  ASSERT_TRUE(RunOnce().ok());
  EXPECT_TRUE(slack_.shown.empty());
  EXPECT_EQ(mail_.shown.size(), 2u);  // The same Message-ID: see mail_test.cc.
  EXPECT_EQ(mail_.shown[0].key, mail_.shown[1].key);
}

TEST_F(PeopleTest, ToldByMailItIsNotToldBySlackLater) {
  source_.people["dee"].clear_slack();
  Say(ToldDee());
  ASSERT_TRUE(RunOnce().ok());
  source_.people["dee"].set_slack("U02DEE");
  Say(ToldDee());  // The log again, as after a cursor that was not stored.
  ASSERT_TRUE(RunOnce().ok());
  EXPECT_TRUE(slack_.shown.empty());
  EXPECT_EQ(mail_.shown.size(), 1u);
}

TEST_F(PeopleTest, AfterDowntimeOneMessageTellsAllOfIt) {
  Say(ToldDee());
  v1::PersonNotified& told = *SayTomorrow().mutable_person_notified();
  told.mutable_items()->DeleteSubrange(1, 1);  // Only MEDIA-51, which is late by now.
  told.mutable_items(0)->set_text("answer needed at last");
  ASSERT_TRUE(RunOnce().ok());
  ASSERT_EQ(slack_.shown.size(), 1u);
  EXPECT_EQ(slack_.shown[0].key, "person/dee/2026-12-09");
  EXPECT_NE(slack_.shown[0].text.find("Your turn on 2: MEDIA-51 (was due yesterday) answer needed "
                                      "at last; PLAT-57 (due Fri 11 Dec) take a first position."),
            std::string::npos)
      << slack_.shown[0].text;
}

TEST_F(PeopleTest, WhatMayHaveBeenToldIsNotAddedToTheNextMessage) {
  // As after a crash behind the send: the row and the intent are there.
  const Waiting row{"person/dee", December(9, 9, 15), ToldDee().SerializeAsString()};
  ASSERT_TRUE(memory_->PutWaiting(kPeopleName, row).ok());
  ASSERT_TRUE(memory_->PutIntent("slack", "person/dee/2026-12-08", {"x", 1, waiter_.Now()}).ok());
  SayTomorrow().mutable_person_notified()->mutable_items()->DeleteSubrange(1, 1);
  source_.now = December(9, 9, 0);  // Before the row's time, so that it is still there.
  ASSERT_TRUE(RunOnce().ok());
  source_.now = December(9, 9, 15);
  ASSERT_TRUE(RunOnce().ok());
  ASSERT_EQ(slack_.shown.size(), 1u);
  EXPECT_EQ(slack_.shown[0].text.find("PLAT-57"), std::string::npos) << slack_.shown[0].text;
}

TEST_F(PeopleTest, LateRatherThanNeverButNotAfterAWeek) {
  for (const auto& [now, told] : {std::pair{December(10, 10, 0), 1}, {December(20, 10, 0), 0}}) {
    slack_.shown.clear();
    Say(ToldDee()).mutable_person_notified()->mutable_day()->set_day(told);
    source_.now = now;
    ASSERT_TRUE(RunOnce().ok());
    EXPECT_EQ(static_cast<int>(slack_.shown.size()), told);
    EXPECT_TRUE(memory_->ListWaiting(kPeopleName)->empty());
  }
}

TEST_F(PeopleTest, NothingOutsideTheHoursNotEvenWhenTheClocksChange) {
  config_.people.others.window = Office();
  for (const absl::CivilDay start : {absl::CivilDay(2026, 3, 26), absl::CivilDay(2026, 10, 22)}) {
    const size_t before_all = slack_.shown.size();
    for (absl::CivilHour hour(start); hour < absl::CivilHour(start + 8); hour += 5) {
      source_.now = absl::FromCivil(hour, Berlin());
      const size_t before = slack_.shown.size();
      v1::Event& event = Say(ToldDee());
      *event.mutable_time() = ToProto(source_.now);
      *event.mutable_person_notified()->mutable_day() = ToDate(absl::CivilDay(hour));
      ASSERT_TRUE(RunOnce().ok());
      if (slack_.shown.size() == before) continue;
      EXPECT_GE(hour.hour(), 9);
      EXPECT_LT(hour.hour(), 18);
      const absl::Weekday day = absl::GetWeekday(hour);
      EXPECT_TRUE(day != absl::Weekday::saturday && day != absl::Weekday::sunday);
    }
    EXPECT_GE(slack_.shown.size() - before_all, 5u);  // Every business day, that is.
  }
}

TEST_F(PeopleTest, EverybodyIsToldOnlyWhatTheyWant) {
  struct Row {
    const char* name;
    bool direct;
    const char* step;
    bool my_turn, due, digest;
    size_t told;
  };
  int day = 9;
  for (const Row& row : {
           Row{"digest", false, "turn", false, false, true, 1},
           Row{"no digest", false, "due", true, true, false, 0},
           Row{"my turn", true, "turn", true, false, false, 1},
           Row{"due, not wanted", true, "late", true, false, true, 0},
           Row{"late", true, "late", false, true, false, 1},
       }) {
    slack_.shown.clear();
    v1::Event& event = Say(ToldDee());
    v1::PersonNotified& told = *event.mutable_person_notified();
    told.mutable_day()->set_day(++day);
    told.set_direct(row.direct);
    for (v1::NotifiedItem& item : *told.mutable_items()) item.set_step(row.step);
    PersonPreferences& own = config_.people.named["dee"];
    own = config_.people.others;
    own.my_turn = row.my_turn;
    own.due = row.due;
    own.digest = row.digest;
    ASSERT_TRUE(RunOnce().ok());
    EXPECT_EQ(slack_.shown.size(), row.told) << row.name;
  }
}

TEST_F(PeopleTest, OnePersonWhoCannotBeReachedKeepsNobodyElseWaiting) {
  source_.people["bo"] = Dee();
  source_.people["bo"].set_id("bo");
  source_.people["bo"].set_slack("U01BO");
  config_.people.others.by = {"slack"};
  Say(ToldDee()).mutable_person_notified()->set_person("bo");
  Say(ToldDee());
  for (int i = 0; i < 1; ++i) slack_.answers.push_back({.kind = Kind::kNotSent});
  ASSERT_TRUE(RunOnce().ok());
  ASSERT_EQ(slack_.shown.size(), 2u);
  EXPECT_EQ(slack_.shown[0].to,
            "U02DEE");  // Bo's first attempt failed; dee came before the second.
  EXPECT_EQ(slack_.shown[1].to, "U01BO");
}

TEST_F(PeopleTest, WhoCannotBeToldAnyWayIsSaidInTheLogAndLeftAtThat) {
  source_.people["dee"].clear_slack();
  source_.people["dee"].set_email("dee@example.org\r\nRCPT TO:<evil@example.org>");
  Say(ToldDee());
  v1::Event& stranger = Say(ToldDee());
  stranger.mutable_person_notified()->set_person("nobody");
  ASSERT_TRUE(RunOnce().ok());
  EXPECT_TRUE(slack_.shown.empty());
  EXPECT_TRUE(mail_.shown.empty());
  EXPECT_TRUE(memory_->ListWaiting(kPeopleName)->empty());
}

TEST_F(PeopleTest, AServerThatWasRestoredStartsNoOldNewsAgain) {
  Say(ToldDee());
  ASSERT_TRUE(RunOnce().ok());
  source_.log_id = "log-2";
  ASSERT_TRUE(RunOnce().ok());
  EXPECT_EQ(slack_.shown.size(), 1u);
}

}  // namespace
}  // namespace gavel::chat
