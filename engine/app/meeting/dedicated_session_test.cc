// Sessions of their own: for specs that no regular agenda can hold, or that were continued once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/command/event_row.h"
#include "engine/app/testing/queue.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::At;
using testing::Berlin;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::LoneDocument;
using testing::Queue;
using testing::Service;

class DedicatedSessionTest : public ::testing::Test {
 protected:
  DedicatedSessionTest()
      : long_(Queue(service_, "long", LoneDocument("A very long one", "", 9600))),
        short_(Queue(service_, "short", LoneDocument("A short one"))) {}

  static v1::CreateSessionRequest SessionFor(const std::vector<std::string>& keys) {
    v1::CreateSessionRequest request;
    request.set_area("media");
    *request.mutable_start_time() = ToProto(Berlin(At(12, 9, 14, 0)));
    request.set_reason("It is longer than a packet.");
    request.mutable_specs()->Add(keys.begin(), keys.end());
    return request;
  }

  absl::Status TrySession(const v1::CreateSessionRequest& request) {
    v1::CreateSessionResponse response;
    return service_.Call(&MeetingApi::CreateSession, "kim", request, &response);
  }

  // What was proposed at the cut-offs of all meetings, in order.
  std::vector<std::string> Proposed() {
    std::vector<std::string> specs;
    v1::ListMeetingsRequest request;
    request.set_area("media");
    *request.mutable_from_time() = ToProto(testing::Monday());
    const auto response = service_.Do(&MeetingApi::ListMeetings, "kim", request);
    for (const v1::Meeting& meeting : response.meetings()) {
      const auto rows = (*service_.environment().store.Read())
                            ->EventsOf(meeting.name(), "ExtraSessionProposed", 0, 100);
      for (const store::EventRow& row : *rows) {
        const auto event = EventFromRow(row);
        for (const auto& spec : event->extra_session_proposed().specs()) specs.push_back(spec);
      }
    }
    return specs;
  }

  Service service_;
  const std::string long_;
  const std::string short_;
};

TEST_F(DedicatedSessionTest, IsProposedOnceForASpecThatNoAgendaHolds) {
  service_.AdvanceTo(At(12, 14));  // Four cut-offs.
  EXPECT_THAT(Proposed(), ElementsAre(long_));
}

TEST_F(DedicatedSessionTest, IsNotProposedWhereItIsPlanned) {
  service_.Do(&MeetingApi::CreateSession, "kim", SessionFor({long_}));
  service_.AdvanceTo(At(11, 23));
  EXPECT_THAT(Proposed(), IsEmpty());
}

TEST_F(DedicatedSessionTest, TakesOnlyItsSpecsWhateverTheirLength) {
  const v1::Meeting planned =
      service_.Do(&MeetingApi::CreateSession, "kim", SessionFor({long_})).meeting();
  EXPECT_THAT(planned.dedicated_to(), ElementsAre(long_));
  service_.AdvanceTo(FromProto(planned.freeze_time()) + absl::Minutes(1));
  const v1::Meeting frozen = service_.GetMeeting(planned.id());
  EXPECT_EQ(frozen.state(), v1::Meeting::STATE_FROZEN) << frozen.DebugString();
  ASSERT_EQ(frozen.slots_size(), 1);
  EXPECT_EQ(frozen.slots(0).spec(), long_);
  EXPECT_THAT(frozen.not_picked(), IsEmpty()) << "it passes nobody over";
  EXPECT_EQ(service_.GetMeeting("2026-11-26-media").slots(0).spec(), short_);
}

TEST_F(DedicatedSessionTest, IsNotForWhatARegularMeetingTakes) {
  const absl::Status refused = TrySession(SessionFor({short_}));
  EXPECT_TRUE(absl::IsInvalidArgument(refused));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("fits a regular meeting"));
}

TEST_F(DedicatedSessionTest, IsPlannedOncePerSpec) {
  service_.Do(&MeetingApi::CreateSession, "kim", SessionFor({long_}));
  const absl::Status refused = TrySession(SessionFor({long_}));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("has its session already"));
}

TEST_F(DedicatedSessionTest, IsNotForWhatIsNotQueued) {
  EXPECT_TRUE(absl::IsNotFound(TrySession(SessionFor({"MEDIA-99"}))));
  v1::WithdrawSpecRequest withdraw;
  withdraw.set_spec(long_);
  withdraw.set_etag(service_.Get(long_).etag());
  service_.Do(&SpecApi::WithdrawSpec, "ana", withdraw);
  EXPECT_THAT(std::string(TrySession(SessionFor({long_})).message()), HasSubstr("is not queued"));
}

TEST_F(DedicatedSessionTest, ShowsInTheQueueAsItsExpectedMeeting) {
  service_.Do(&MeetingApi::CreateSession, "kim", SessionFor({long_}));
  const v1::ListQueueResponse queue = testing::ListQueue(service_);
  ASSERT_EQ(queue.entries_size(), 2);
  for (const v1::QueueEntry& entry : queue.entries()) {
    if (entry.spec() != long_) continue;
    EXPECT_EQ(entry.forecast().expected(), "2026-12-09-media");
    EXPECT_THAT(entry.standing(), HasSubstr("Has its own session, Wed 9 Dec 14:00."));
  }
}

}  // namespace
}  // namespace gavel::app
