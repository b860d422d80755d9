// What is not sent at once: quiet hours of routes, and changes of one card.
#include <gtest/gtest.h>

#include "clients/chat/chat_testing.h"
#include "clients/chat/open_hours.h"
#include "clients/chat/worker.h"

namespace gavel::chat {
namespace {

constexpr char kMeeting[] = "2026-12-10-media";

v1::Calendar OfficeCalendar() {
  v1::Calendar calendar;
  calendar.set_zone("Europe/Berlin");
  for (int day = 1; day <= 5; ++day) calendar.add_days(day);
  calendar.set_open_minute(9 * 60);
  calendar.set_close_minute(18 * 60);
  *calendar.add_holidays() = ToDate(absl::CivilDay(2026, 12, 25));
  return calendar;
}

TEST(OpenHoursTest, OpensOnTheNextBusinessDay) {
  const auto hours = OpenHours::Create(OfficeCalendar());
  ASSERT_TRUE(hours.ok());
  struct Row {
    absl::Time time;
    absl::Time open;
  };
  for (const Row& row : {
           Row{December(8, 9, 0), December(8, 9, 0)},
           Row{December(8, 17, 59), December(8, 17, 59)},
           Row{December(8, 18, 0), December(9, 9, 0)},
           Row{December(8, 3, 0), December(8, 9, 0)},
           Row{December(11, 18, 0), December(14, 9, 0)},  // Friday evening.
           Row{December(24, 18, 0), December(28, 9, 0)},  // Over a holiday and a weekend.
           Row{December(25, 12, 0), December(28, 9, 0)},
       }) {
    EXPECT_EQ(hours->NextOpen(row.time), row.open) << row.time;
  }
}

class WaitingTest : public ChatTest {
 protected:
  WaitingTest() {
    source_.specs["MEDIA-51"] = ReviewedSpec();
    source_.meetings[kMeeting] = FrozenMeeting();
    source_.meetings[kMeeting].specs.clear();
  }

  void OnlyInOfficeHours() {
    config_.routes[0].window =
        std::make_shared<const OpenHours>(*OpenHours::Create(OfficeCalendar()));
  }

  void RunAt(absl::Time now) {
    source_.now = now;
    Worker worker(config_, config_.destinations[0], source_, channel_, *memory_, waiter_,
                  {.once = true, .hooks = {.jitter = [] { return 0.0; }}});
    ASSERT_TRUE(worker.Run().ok());
  }

  Config config_ = EverythingTo("here");
  FakeSource source_;
  FakeWaiter waiter_;
  FakeChannel channel_{kSlackLike};
};

TEST_F(WaitingTest, APacketSentAtNightIsPostedInTheMorning) {
  OnlyInOfficeHours();
  source_.Log("", kMeeting).mutable_packet_sent();
  RunAt(December(8, 22, 0));
  EXPECT_TRUE(channel_.shown.empty());
  ForgetEverythingButTheFile();
  RunAt(December(9, 8, 59));
  EXPECT_TRUE(channel_.shown.empty());
  RunAt(December(9, 9, 0));
  EXPECT_EQ(channel_.CountOf(std::string("packet/") + kMeeting), 1);
  RunAt(December(9, 9, 1));
  EXPECT_EQ(channel_.shown.size(), 1u);
  EXPECT_TRUE(memory_->ListWaiting("here")->empty());
}

TEST_F(WaitingTest, APacketOfAMeetingThatIsOffByTheMorningIsNeverPosted) {
  OnlyInOfficeHours();
  source_.Log("", kMeeting).mutable_packet_sent();
  RunAt(December(8, 22, 0));
  source_.meetings[kMeeting].meeting.set_state(v1::Meeting::STATE_CANCELLED);
  source_.Log("", kMeeting).mutable_meeting_cancelled();
  RunAt(December(8, 23, 0));
  ASSERT_EQ(channel_.shown.size(), 1u);  // At once, at night.
  EXPECT_EQ(channel_.shown[0].key, std::string("meeting_cancelled/") + kMeeting);
  RunAt(December(9, 9, 0));
  EXPECT_EQ(channel_.shown.size(), 1u);
}

TEST_F(WaitingTest, AnAlertKeepsWhatItsEventSaid) {
  OnlyInOfficeHours();
  v1::Event& event = source_.Log("");
  event.set_area("media");
  event.mutable_health_alert_raised()->mutable_alert()->set_text("four meetings were cancelled");
  RunAt(December(8, 22, 0));
  ForgetEverythingButTheFile();
  RunAt(December(9, 9, 0));
  ASSERT_EQ(channel_.shown.size(), 1u);
  EXPECT_EQ(channel_.shown[0].text, "The review of media: Alert. Four meetings were cancelled.");
}

TEST_F(WaitingTest, ADecisionAtNightIsShownAtOnceWithTheCardItAnswers) {
  OnlyInOfficeHours();
  source_.Log("MEDIA-51");
  RunAt(December(8, 22, 0));
  EXPECT_TRUE(channel_.shown.empty());
  AddMeetingDecision(source_.specs["MEDIA-51"].spec);
  source_.Log("MEDIA-51");
  RunAt(December(8, 22, 5));
  ASSERT_EQ(channel_.shown.size(), 2u);
  EXPECT_EQ(channel_.shown[1].thread, channel_.shown[0].id);
}

TEST_F(WaitingTest, ASubmitThenFixFlurryIsOnePost) {
  config_.coalesce = {.wait = absl::Seconds(60), .at_most_every = absl::Minutes(5)};
  source_.Log("MEDIA-51");
  RunAt(December(8, 9, 0));
  EXPECT_TRUE(channel_.shown.empty());
  source_.specs["MEDIA-51"].spec.set_state(v1::Spec::STATE_CHANGES_REQUESTED);
  source_.Log("MEDIA-51");
  RunAt(December(8, 9, 0) + absl::Seconds(59));
  EXPECT_TRUE(channel_.shown.empty());
  RunAt(December(8, 9, 1));
  ASSERT_EQ(channel_.shown.size(), 1u);
  EXPECT_EQ(channel_.shown[0].edits, 0);
  EXPECT_NE(channel_.shown[0].text.find("Changes requested"), std::string::npos);
}

// A server whose log grows and whose clock goes on while it is watched.
class BusySource : public FakeSource {
 public:
  absl::Status Watch(const Position& position, const OnResponse& on_response) override {
    const int64_t after =
        position.cursor.empty() ? position.through_seq : std::stoll(position.cursor);
    for (int64_t seq = after + 1; seq <= head(); ++seq) {
      now += absl::Seconds(4);
      SpecState& state = specs["MEDIA-51"];
      state.spec.set_title("Title " + std::to_string(seq));  // Every event changes the card.
      v1::WatchEventsResponse response;
      *response.add_events() = events[static_cast<size_t>(seq - 1)];
      response.set_from_seq_exclusive(seq - 1);
      response.set_through_seq(seq);
      response.set_cursor(std::to_string(seq));
      if (!on_response(response)) return absl::OkStatus();
    }
    return absl::UnavailableError("the server goes away");
  }
};

TEST_F(WaitingTest, AThousandEventsMakeAtMostOneEditInFiveMinutes) {
  config_.coalesce = {.wait = absl::Seconds(60), .at_most_every = absl::Minutes(5)};
  BusySource source;
  source.specs = source_.specs;
  for (int i = 0; i < 1000; ++i) source.Log("MEDIA-51");
  const absl::Time start = source.now;
  Worker worker(config_, config_.destinations[0], source, channel_, *memory_, waiter_,
                {.once = true, .hooks = {.jitter = [] { return 0.0; }}});
  ASSERT_TRUE(worker.Run().ok());
  const auto spans = static_cast<int>((source.now - start) / absl::Minutes(5));
  EXPECT_EQ(spans, 13);
  ASSERT_EQ(channel_.CountOf("card/MEDIA-51"), 1);
  EXPECT_LE(channel_.calls, spans + 1);
  EXPECT_GE(channel_.calls, spans - 1);                 // And a busy card is shown all the same.
  EXPECT_EQ(memory_->ListWaiting("here")->size(), 1u);  // One row, whatever happens.
}

}  // namespace
}  // namespace gavel::chat
