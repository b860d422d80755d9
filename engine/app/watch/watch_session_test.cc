// The watch contract of durability.md 2.6, but for time (W6's clock is the transport's) and W8.
#include "engine/app/watch/watch_session.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/app/watch/cursor.h"
#include "engine/base/error.h"
#include "engine/store/memory/memory_store.h"
#include "tests/testing/append_events.h"

namespace gavel::app {
namespace {

using testing::AppendEvents;
using testing::MakeEvent;

v1::WatchEventsRequest After(int64_t seq) {
  v1::WatchEventsRequest request;
  request.set_after_seq(seq);
  return request;
}

v1::WatchEventsRequest From(const std::string& cursor) {
  v1::WatchEventsRequest request;
  request.set_cursor(cursor);
  return request;
}

class WatchSessionTest : public ::testing::Test {
 protected:
  void Commands(int count, int events_each = 1) {
    for (int i = 0; i < count; ++i) {
      AppendEvents(store_, std::vector<v1::Event>(static_cast<size_t>(events_each),
                                                  MakeEvent("SpecSubmitted", "media", "MEDIA-1")));
    }
  }

  absl::StatusOr<WatchSession> Open(const v1::WatchEventsRequest& request, int64_t oldest_seq = 1) {
    return WatchSession::Open(store_, request, permission_,
                              {.oldest_seq = oldest_seq, .limits = limits_});
  }

  // Every response until the session has caught up.
  std::vector<v1::WatchEventsResponse> Drain(WatchSession& session) {
    std::vector<v1::WatchEventsResponse> responses;
    do {
      auto response = session.Step();
      EXPECT_TRUE(response.ok()) << response.status();
      if (!response.ok()) break;
      if (response->has_value()) responses.push_back(**std::move(response));
    } while (!session.caught_up());
    return responses;
  }

  std::string ReasonOf(const v1::WatchEventsRequest& request, int64_t oldest_seq = 1) {
    return ErrorReasonOf(Open(request, oldest_seq).status());
  }

  BatchLimits limits_;
  WatchPermission permission_ = {
      .may_watch = [] { return absl::OkStatus(); },
      .may_see = [](const store::View&, const v1::Event&) { return true; }};
  store::MemoryStore store_{"log-1"};
};

// W1 ordered, W2 unique, W3 abutting, W4 atomic, W5 resumable: random commands, filter and pages,
// with the stream closed and reopened from its cursor again and again.
TEST_F(WatchSessionTest, ARandomLogArrivesCompleteInOrderAndWhole) {
  limits_.events = 8;
  std::mt19937 random(20261210);
  const std::vector<std::string> types = {"SpecSubmitted", "Queued", "DecisionRecorded"};
  std::vector<int64_t> expected;
  for (int command = 0; command < 300; ++command) {
    std::vector<v1::Event> events;
    for (unsigned i = 0; i <= random() % 8; ++i) {
      events.push_back(MakeEvent(types[random() % types.size()], "media", "MEDIA-1"));
    }
    const int64_t head = AppendEvents(store_, events);
    for (size_t i = 0; i < events.size(); ++i) {
      if (events[i].type() == "DecisionRecorded") continue;
      expected.push_back(head - static_cast<int64_t>(events.size() - i) + 1);
    }
  }

  v1::WatchEventsRequest request;
  request.mutable_filter()->add_types("Queued");
  request.mutable_filter()->add_types("SpecSubmitted");
  std::vector<int64_t> got;
  int64_t through = 0;
  int64_t last_command = 0;
  for (bool done = false; !done;) {
    auto session = Open(request);
    ASSERT_TRUE(session.ok()) << session.status();
    for (int step = 0; step < 3 && !done; ++step) {
      auto response = session->Step();
      ASSERT_TRUE(response.ok());
      done = session->caught_up();
      if (!response->has_value()) continue;
      EXPECT_EQ((*response)->from_seq_exclusive(), through);
      through = (*response)->through_seq();
      for (const auto& event : (*response)->events()) got.push_back(event.seq());
      EXPECT_GT((*response)->events(0).command_seq(), last_command) << "A command was split.";
      last_command = (*response)->events().rbegin()->command_seq();
    }
    request.set_cursor(session->cursor());
  }
  EXPECT_EQ(got, expected);
}

TEST_F(WatchSessionTest, HeartbeatsAbutAndNeverGoBack) {
  Commands(3);
  v1::WatchEventsRequest request = After(0);
  request.mutable_filter()->add_types("DecisionRecorded");
  auto session = *Open(request);
  EXPECT_TRUE(Drain(session).empty());
  const auto first = session.Heartbeat();
  EXPECT_EQ(first.events_size(), 0);
  EXPECT_EQ(first.from_seq_exclusive(), 0);
  EXPECT_EQ(first.through_seq(), 3);
  const auto second = session.Heartbeat();
  EXPECT_EQ(second.from_seq_exclusive(), 3);
  EXPECT_EQ(second.through_seq(), 3);
  Commands(1);
  Drain(session);
  EXPECT_EQ(session.Heartbeat().through_seq(), 4);
}

TEST_F(WatchSessionTest, AHeartbeatBeforeTheFirstStepClaimsNothing) {
  Commands(3);
  auto session = *Open(After(0));
  EXPECT_EQ(session.Heartbeat().through_seq(), 0);
  EXPECT_EQ(Drain(session).at(0).events_size(), 3);
}

TEST_F(WatchSessionTest, MinusOneStartsWithWhatComesFromNowOn) {
  Commands(3);
  auto session = *Open(After(-1));
  EXPECT_TRUE(Drain(session).empty());
  Commands(1);
  const auto responses = Drain(session);
  ASSERT_EQ(responses.size(), 1u);
  EXPECT_EQ(responses[0].from_seq_exclusive(), 3);
  EXPECT_EQ(responses[0].events(0).seq(), 4);
}

TEST_F(WatchSessionTest, AfterSeqStartsRightBehindIt) {
  Commands(3);
  auto session = *Open(After(2));
  const auto responses = Drain(session);
  ASSERT_EQ(responses.size(), 1u);
  ASSERT_EQ(responses[0].events_size(), 1);
  EXPECT_EQ(responses[0].events(0).seq(), 3);
}

TEST_F(WatchSessionTest, PagesGoOnWhereTheLastOneEnded) {
  limits_.events = 4;
  Commands(10, 3);
  auto session = *Open(After(0));
  EXPECT_EQ(Drain(session).size(), 10u);
}

// W10.
TEST_F(WatchSessionTest, APermissionThatIsTakenAwayEndsTheStream) {
  Commands(1);
  permission_.may_watch = [calls = 0]() mutable {
    return ++calls <= 2 ? absl::OkStatus() : absl::PermissionDeniedError("left");
  };
  auto session = *Open(After(0));
  EXPECT_TRUE(session.Step().ok());
  EXPECT_EQ(session.Step().status().code(), absl::StatusCode::kPermissionDenied);
  permission_.may_watch = [] { return absl::PermissionDeniedError("left"); };
  EXPECT_EQ(Open(After(0)).status().code(), absl::StatusCode::kPermissionDenied);
}

// W9.
TEST_F(WatchSessionTest, EachBadCursorHasItsOwnError) {
  Commands(5);
  auto session = *Open(After(3));
  const std::string cursor = session.cursor();
  EXPECT_TRUE(Open(From(cursor)).ok());
  EXPECT_EQ(ReasonOf(From("nonsense")), "CURSOR_INVALID");
  EXPECT_EQ(ReasonOf(From(cursor), /*oldest_seq=*/5), "CURSOR_COMPACTED");
  EXPECT_EQ(ReasonOf(After(0), /*oldest_seq=*/5), "CURSOR_COMPACTED");
  EXPECT_EQ(ReasonOf(After(6)), "CURSOR_IN_FUTURE");
  EXPECT_EQ(ReasonOf(After(-2)), "FIELD_INVALID");

  auto filtered = From(cursor);
  filtered.mutable_filter()->add_areas("media");
  EXPECT_EQ(ReasonOf(filtered), "CURSOR_FILTER_MISMATCH");

  auto both = From(cursor);
  both.set_after_seq(3);
  EXPECT_EQ(ReasonOf(both), "FIELD_INVALID");

  const auto decoded = *DecodeCursor(cursor);
  EXPECT_EQ(ReasonOf(From(
                EncodeCursor({.log_id = "log-1", .seq = 6, .filter_hash = decoded.filter_hash}))),
            "CURSOR_IN_FUTURE");
  store::MemoryStore restored("log-2");
  EXPECT_EQ(ErrorReasonOf(WatchSession::Open(restored, From(cursor), permission_, {}).status()),
            "CURSOR_FROM_OTHER_LOG");
}

}  // namespace
}  // namespace gavel::app
