// Meetings that get other times keep their id, and with it their entry in everybody's calendar.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/policy/policy_follow.h"
#include "engine/app/testing/policies.h"
#include "engine/app/testing/queue.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::At;
using testing::Berlin;
using ::testing::HasSubstr;
using testing::Service;

constexpr char kMeeting[] = "2026-12-03-media";

class MovedMeetingTest : public ::testing::Test {
 protected:
  v1::Meeting Meeting(const char* id = kMeeting) { return service_.GetMeeting(id); }
  absl::Time Start(const char* id = kMeeting) { return FromProto(Meeting(id).start_time()); }

  void PublishEdit(const std::string& file, std::string_view from, std::string_view to) {
    const auto source = service_.Do(&RulesApi::GetPolicy, "ana", v1::GetPolicyRequest()).source();
    testing::Publish(service_, testing::Edit(source, file, from, to));
  }

  static v1::RescheduleMeetingRequest MoveTo(absl::CivilMinute start) {
    v1::RescheduleMeetingRequest request;
    request.set_meeting(kMeeting);
    *request.mutable_start_time() = ToProto(Berlin(start));
    request.set_reason("The room is taken.");
    return request;
  }

  absl::Status TryMove(const v1::RescheduleMeetingRequest& request,
                       std::string_view person = "kim") {
    v1::RescheduleMeetingResponse response;
    return service_.Call(&MeetingApi::RescheduleMeeting, person, request, &response);
  }

  int MeetingsOfWeek() {
    v1::ListMeetingsRequest request;
    request.set_area("media");
    *request.mutable_from_time() = ToProto(Berlin(At(11, 30)));
    *request.mutable_to_time() = ToProto(Berlin(At(12, 7)));
    return service_.Do(&MeetingApi::ListMeetings, "kim", request).meetings_size();
  }

  Service service_;
};

TEST_F(MovedMeetingTest, AnotherTimeOfTheSeriesMovesWhatIsPlanned) {
  PublishEdit("org.yaml", "weekly: {on: thu, at: \"15:00\"", "weekly: {on: wed, at: \"14:00\"");
  EXPECT_EQ(Start(), Berlin(At(12, 2, 14, 0)));
  EXPECT_EQ(FromProto(Meeting().freeze_time()), Berlin(At(11, 30, 10, 0)));
  EXPECT_EQ(Meeting().state(), v1::Meeting::STATE_PLANNED);
  EXPECT_EQ(Meeting().calendar_sequence(), 1);
  EXPECT_EQ(MeetingsOfWeek(), 1);
}

TEST_F(MovedMeetingTest, AMeetingWhoseAgendaIsBeingPickedStays) {
  service_.AdvanceTo(At(11, 23));  // Past the cut-off of 26 November.
  PublishEdit("org.yaml", "weekly: {on: thu, at: \"15:00\"", "weekly: {on: wed, at: \"14:00\"");
  EXPECT_EQ(Start("2026-11-26-media"), Berlin(At(11, 26, 15, 0)));
  EXPECT_EQ(Start(), Berlin(At(12, 2, 14, 0)));
}

TEST_F(MovedMeetingTest, AHolidayAddedLaterCallsItsMeetingOffInWords) {
  const auto files =
      service_.Do(&RulesApi::GetPolicy, "ana", v1::GetPolicyRequest()).source().files();
  ASSERT_TRUE(files.contains("holidays/de-be.ics"));
  PublishEdit("holidays/de-be.ics", "END:VCALENDAR",
              "BEGIN:VEVENT\r\nUID:party@example.org\r\nDTSTAMP:20260101T000000Z\r\n"
              "DTSTART;VALUE=DATE:20261203\r\nSUMMARY:Company day\r\nEND:VEVENT\r\nEND:VCALENDAR");
  EXPECT_EQ(Meeting().state(), v1::Meeting::STATE_CANCELLED);
  EXPECT_EQ(CancelReasonText(Meeting().cancel_reason()), "the calendar of the area changed");
  EXPECT_EQ(Meeting("2026-12-10-media").state(), v1::Meeting::STATE_PLANNED);
}

TEST_F(MovedMeetingTest, AHolidayBeforeItMovesItsCutOffEarlier) {
  PublishEdit("holidays/de-be.ics", "END:VCALENDAR",
              "BEGIN:VEVENT\r\nUID:party@example.org\r\nDTSTAMP:20260101T000000Z\r\n"
              "DTSTART;VALUE=DATE:20261201\r\nSUMMARY:Company day\r\nEND:VEVENT\r\nEND:VCALENDAR");
  EXPECT_EQ(Start(), Berlin(At(12, 3, 15, 0)));
  EXPECT_EQ(FromProto(Meeting().freeze_time()), Berlin(At(11, 30, 10, 0)));
  EXPECT_EQ(FromProto(Meeting().cut_off_time()), Berlin(At(11, 27, 12, 0)));
}

TEST_F(MovedMeetingTest, TheFacilitatorMovesAndLengthensOne) {
  v1::RescheduleMeetingRequest request = MoveTo(At(12, 4, 9, 30));
  request.set_length_min(90);
  const v1::Meeting moved = service_.Do(&MeetingApi::RescheduleMeeting, "kim", request).meeting();
  EXPECT_EQ(moved.id(), kMeeting);
  EXPECT_EQ(FromProto(moved.start_time()), Berlin(At(12, 4, 9, 30)));
  EXPECT_EQ(FromProto(moved.end_time()), Berlin(At(12, 4, 11, 0)));
  EXPECT_EQ(FromProto(moved.freeze_time()), Berlin(At(12, 2, 10, 0)));
  EXPECT_EQ(moved.usable_minutes(), 80);
  EXPECT_EQ(moved.calendar_sequence(), 1);
}

TEST_F(MovedMeetingTest, WhatPeopleMovedStaysWhenTheOrganisationIsFollowedAgain) {
  service_.Do(&MeetingApi::RescheduleMeeting, "kim", MoveTo(At(12, 8, 11, 0)));
  ASSERT_TRUE(FollowOrganisation(service_.environment()).ok());
  EXPECT_EQ(Start(), Berlin(At(12, 8, 11, 0)));
  EXPECT_EQ(MeetingsOfWeek(), 0) << "its week has had its meeting";
  PublishEdit("org.yaml", "weekly: {on: thu, at: \"15:00\"", "weekly: {on: wed, at: \"14:00\"");
  EXPECT_EQ(Start(), Berlin(At(12, 8, 11, 0)));
}

struct Refusal {
  const char* name;
  absl::CivilMinute start;
  const char* says;
};
void PrintTo(const Refusal& row, std::ostream* os) { *os << row.name; }

class RefusedMoveTest : public MovedMeetingTest, public ::testing::WithParamInterface<Refusal> {};

TEST_P(RefusedMoveTest, KeepsTheNoticeAndTheCalendar) {
  const absl::Status refused = TryMove(MoveTo(GetParam().start));
  EXPECT_TRUE(absl::IsInvalidArgument(refused)) << refused.ToString();
  EXPECT_THAT(refused.ToString(), HasSubstr(GetParam().says));
  EXPECT_EQ(Start(), Berlin(At(12, 3, 15, 0)));
}

INSTANTIATE_TEST_SUITE_P(
    Times, RefusedMoveTest,
    ::testing::Values(Refusal{"Weekend", At(12, 5, 10, 0),
                              "Sat 5 Dec 2026, which is no business day"},
                      Refusal{"OnAnother", At(12, 10, 15, 30), "overlaps 2026-12-10-media"},
                      Refusal{"YearsAhead", absl::CivilMinute(2029, 1, 11, 15, 0), "a year ahead"},
                      Refusal{"TooSoon", At(11, 24, 10, 0), "less than the usual notice"},
                      Refusal{"Past", At(11, 20, 10, 0), "less than the usual notice"}),
    [](const auto& test) { return test.param.name; });

TEST_F(MovedMeetingTest, RefusalsNameWhatIsMissing) {
  v1::RescheduleMeetingRequest nothing;
  nothing.set_meeting(kMeeting);
  nothing.set_reason("No change.");
  EXPECT_EQ(ErrorReasonOf(TryMove(nothing)), "FIELD_INVALID");
  v1::RescheduleMeetingRequest no_reason = MoveTo(At(12, 4, 10, 0));
  no_reason.clear_reason();
  EXPECT_EQ(ErrorReasonOf(TryMove(no_reason)), "FIELD_INVALID");
  EXPECT_EQ(ErrorReasonOf(TryMove(MoveTo(At(12, 4, 10, 0)), "bo")), "ROLE_MISSING");
  v1::RescheduleMeetingRequest unknown = MoveTo(At(12, 4, 10, 0));
  unknown.set_meeting("2026-12-04-media");
  EXPECT_EQ(ErrorReasonOf(TryMove(unknown)), "MEETING_NOT_FOUND");
}

TEST_F(MovedMeetingTest, ASessionKeepsToTheCalendarAndToOtherMeetings) {
  const auto session = [&](absl::CivilMinute start) {
    v1::CreateSessionRequest request;
    request.set_area("media");
    *request.mutable_start_time() = ToProto(Berlin(start));
    request.set_reason("More to talk about.");
    v1::CreateSessionResponse response;
    return service_.Call(&MeetingApi::CreateSession, "kim", request, &response);
  };
  EXPECT_THAT(session(At(12, 6, 10, 0)).ToString(), HasSubstr("no business day"));
  EXPECT_THAT(session(At(12, 3, 15, 30)).ToString(), HasSubstr("overlaps 2026-12-03-media"));
  EXPECT_TRUE(session(At(12, 3, 16, 0)).ok());
}

TEST_F(MovedMeetingTest, NothingMovesAfterTheCutOff) {
  service_.AdvanceTo(At(11, 30));
  EXPECT_EQ(ErrorReasonOf(TryMove(MoveTo(At(12, 4, 10, 0)))), "GUARD_FAILED");
  service_.AdvanceTo(At(12, 1, 11));  // Empty, and called off.
  EXPECT_EQ(ErrorReasonOf(TryMove(MoveTo(At(12, 4, 10, 0)))), "STATE_NOT_ALLOWED");
}

}  // namespace
}  // namespace gavel::app
