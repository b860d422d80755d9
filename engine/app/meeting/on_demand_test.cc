// Series on demand: a meeting is planned when something is queued, not before.

#include <gtest/gtest.h>

#include "engine/app/testing/policy_folder.h"
#include "engine/app/testing/queue.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::At;
using testing::Berlin;
using testing::LoneDocument;
using testing::PolicyFolder;
using testing::Queue;
using testing::Service;

class OnDemandTest : public ::testing::Test {
 protected:
  std::vector<v1::Meeting> Meetings() {
    v1::ListMeetingsRequest request;
    request.set_area("media");
    *request.mutable_from_time() = ToProto(testing::Monday());
    const auto response = service_.Do(&MeetingApi::ListMeetings, "kim", request);
    return {response.meetings().begin(), response.meetings().end()};
  }

  void SetAway(const std::string& person, int from_day, int to_day) {
    v1::SetAbsenceRequest request;
    request.set_person(person);
    v1::Absence& absence = *request.mutable_absence();
    for (auto [date, day] :
         {std::pair(absence.mutable_from(), from_day), std::pair(absence.mutable_to(), to_day)}) {
      date->set_year(2026);
      date->set_month(11);
      date->set_day(day);
    }
    service_.Do(&OrgApi::SetAbsence, person, request);
  }

  const PolicyFolder policy_{{{"org.yaml", "starts: 2026-11-26, cadence: weekly",
                               "starts: 2026-11-20, cadence: on_demand"}}};
  Service service_{testing::Monday(), policy_.path()};
};

TEST_F(OnDemandTest, NothingQueuedNothingPlanned) { EXPECT_TRUE(Meetings().empty()); }

TEST_F(OnDemandTest, TheFirstDayThatLeavesTimeForTheFreeze) {
  Queue(service_, "one", LoneDocument("The first of them"));
  ASSERT_EQ(Meetings().size(), 1u);
  // Monday 09:00: the freeze of Wednesday is at 10:00 today.
  EXPECT_EQ(FromProto(Meetings()[0].start_time()), Berlin(At(11, 25, 15, 0)));
  Queue(service_, "two", LoneDocument("The second of them"));
  EXPECT_EQ(Meetings().size(), 1u) << "one meeting ahead is enough";
}

TEST_F(OnDemandTest, WhatAnAgendaLeavesOutGetsTheNextMeeting) {
  for (const char* title : {"One of four", "Two of four", "Three of four", "Four of four"}) {
    Queue(service_, title, LoneDocument(title));
  }
  service_.AdvanceTo(service_.now() + absl::Hours(1));
  const auto meetings = Meetings();
  ASSERT_EQ(meetings.size(), 2u);
  EXPECT_EQ(meetings[0].slots_size(), 3);
  EXPECT_FALSE(meetings[1].planned());
}

TEST_F(OnDemandTest, AfterACancellationWhatWaitsGetsAnotherMeeting) {
  Queue(service_, "one", LoneDocument("The first of them"));
  v1::CancelMeetingRequest request;
  request.set_meeting(Meetings()[0].id());
  request.set_reason("The room is taken.");
  service_.Do(&MeetingApi::CancelMeeting, "kim", request);
  const auto meetings = Meetings();
  ASSERT_EQ(meetings.size(), 2u);
  EXPECT_EQ(FromProto(meetings[1].start_time()), Berlin(At(11, 30, 15, 0))) << "the next week";
}

TEST_F(OnDemandTest, ADayThatSuitsNobodyIsNotProposed) {
  SetAway("ana", 23, 27);
  Queue(service_, "one", LoneDocument("The first of them"));
  ASSERT_EQ(Meetings().size(), 1u);
  EXPECT_EQ(FromProto(Meetings()[0].start_time()), Berlin(At(11, 30, 15, 0)));
}

TEST_F(OnDemandTest, WhatSuitsNoDayInSightIsLookedAtAgainEveryWeek) {
  Queue(service_, "one", LoneDocument("The first of them", "review: {not_before: 2027-02-16}\n"));
  EXPECT_TRUE(Meetings().empty());
  service_.AdvanceTo(absl::CivilMinute(2027, 1, 8, 12, 0));
  v1::ListMeetingsRequest request;
  request.set_area("media");
  *request.mutable_to_time() = ToProto(Berlin(absl::CivilMinute(2027, 3, 1, 0, 0)));
  const auto planned = service_.Do(&MeetingApi::ListMeetings, "kim", request).meetings();
  ASSERT_EQ(planned.size(), 1);
  EXPECT_GE(FromProto(planned[0].start_time()), Berlin(absl::CivilMinute(2027, 2, 16, 15, 0)));
}

}  // namespace
}  // namespace gavel::app
