// What may go wrong in the room: nobody comes, somebody else presents, a consent item is not
// agreed on, somebody takes an outcome back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/error.h"
#include "engine/domain/decision.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/scene.h"
#include "gavel/v1/meeting_service.pb.h"
#include "google/protobuf/text_format.h"

namespace gavel {
namespace {

using enum CommandKind;
using ::testing::HasSubstr;
using testing::Reason;
using testing::Scene;

constexpr auto kAssignRole = MeetingCommandKind::kAssignRole;
constexpr auto kRecordAttendance = MeetingCommandKind::kRecordAttendance;
constexpr auto kSubmitPulse = MeetingCommandKind::kSubmitPulse;

template <typename Request>
Request Text(const std::string& text) {
  Request request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
  return request;
}

// MEDIA-1, presented by ana, on a meeting that kim has opened.
Scene Live() {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_SCHEDULED);
  scene.Freeze();
  scene.OpenMeeting();
  return scene;
}

Scene LiveConsentItem() {
  Scene scene = Live();
  scene.meeting.mutable_slots(0)->set_quick(true);
  return scene;
}

void Attend(Scene& scene, std::initializer_list<const char*> people) {
  v1::RecordAttendanceRequest request;
  for (const char* person : people) request.add_attendance()->set_person(person);
  ASSERT_TRUE(scene.Meet("kim", kRecordAttendance, &request).ok());
}

void Away(Scene& scene, const std::string& person, const std::string& delegate) {
  v1::Absence& absence = *scene.absences[person].add_absences();
  *absence.mutable_from() = ToDate(absl::CivilDay(2026, 12, 7));
  *absence.mutable_to() = ToDate(absl::CivilDay(2026, 12, 11));
  absence.set_delegate(delegate);
}

constexpr char kOpen[] = "meeting: '2026-12-10-media'";

TEST(MeetingLiveTest, AnItemOpensWhereItsPresenterOrTheirDelegateIsThere) {
  struct Case {
    std::string name;
    bool away;
    std::vector<const char*> attendance;  // Empty: nobody has been recorded.
    std::string expected;
  };
  for (const Case& each : std::vector<Case>{
           {"nobody was recorded, nobody is away", false, {}, "OK"},
           {"the presenter is there", false, {"kim", "ana"}, "OK"},
           {"the presenter did not come", false, {"kim", "fay"}, "GUARD_FAILED"},
           {"the delegate came", true, {"kim", "bo"}, "OK"},
           {"away, and came all the same", true, {"kim", "ana"}, "OK"},
           {"away, with a delegate, nobody was recorded", true, {}, "OK"},
           {"neither came", true, {"kim", "fay"}, "GUARD_FAILED"},
       }) {
    SCOPED_TRACE(each.name);
    Scene scene = Live();
    if (each.away) Away(scene, "ana", "bo");
    v1::RecordAttendanceRequest request;
    for (const char* person : each.attendance) request.add_attendance()->set_person(person);
    if (!each.attendance.empty()) {
      ASSERT_TRUE(scene.Meet("kim", kRecordAttendance, &request).ok());
    }
    const absl::Status status = scene.Do("kim", kOpenItem, kOpen);
    EXPECT_EQ(Reason(status), each.expected);
    if (status.ok()) continue;
    EXPECT_THAT(std::string(status.message()), HasSubstr("@ana"));
    EXPECT_THAT(std::string(status.message()), HasSubstr("release --no-show"));
  }
}

TEST(MeetingLiveTest, ADelegateHasTheSlotAndDoesNotWriteItsNotes) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_QUEUED);
  Away(scene, "ana", "bo");
  scene.Schedule();
  EXPECT_EQ(scene.meeting.slots(0).presenter(), "bo");
  scene.Freeze();
  scene.OpenMeeting();
  const auto notes =
      Text<v1::WriteNotesRequest>("meeting: '2026-12-10-media' spec: 'MEDIA-1' text: 'Agreed.'");
  EXPECT_EQ(Reason(scene.Meet("bo", MeetingCommandKind::kWriteNotes, &notes)), "OWN_ITEM");
  EXPECT_EQ(Reason(scene.Meet("lee", MeetingCommandKind::kWriteNotes, &notes)), "OK");
}

TEST(MeetingLiveTest, TheSecondNoShowCostsTheQueueAge) {
  Scene scene = Live();
  const absl::Time queued = FromProto(scene.spec.queue().since());
  const std::string no_show = std::string(kOpen) + " reason: 'Nobody came.' no_show: true";
  scene.Must("kim", kReleaseSlot, no_show);
  EXPECT_EQ(scene.state(), v1::Spec::STATE_QUEUED);
  EXPECT_EQ(scene.spec.queue().no_shows(), 1);
  EXPECT_EQ(scene.spec.queue().releases_author(), 1);
  EXPECT_EQ(FromProto(scene.spec.queue().since()), queued);
  scene.Schedule();
  scene.Must("kim", kReleaseSlot, no_show);
  EXPECT_EQ(scene.spec.queue().no_shows(), 2);
  EXPECT_EQ(FromProto(scene.spec.queue().since()), scene.now);
}

TEST(MeetingLiveTest, ANoShowIsSeenOnlyInTheMeeting) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_SCHEDULED);
  scene.Freeze();
  EXPECT_EQ(Reason(scene.Do("kim", kReleaseSlot,
                            std::string(kOpen) + " reason: 'Nobody came.' no_show: true")),
            "GUARD_FAILED");
}

TEST(MeetingLiveTest, AConsentItemThatDrawsAConcernGoesBackAtOnce) {
  for (const bool open : {false, true}) {
    SCOPED_TRACE(open ? "being discussed" : "not reached yet");
    Scene scene = LiveConsentItem();
    const absl::Time queued = FromProto(scene.spec.queue().since());
    if (open) scene.OpenItem();
    scene.Must("fay", kRaiseConcern, "title: 'cost' text: 'Who pays?' severity: SEVERITY_QUESTION");
    EXPECT_EQ(scene.state(), v1::Spec::STATE_QUEUED);
    EXPECT_EQ(scene.meeting.slots(0).state(), v1::Slot::STATE_RELEASED);
    EXPECT_EQ(scene.meeting.slots(0).reason(), kQuickStopped);
    EXPECT_EQ(FromProto(scene.spec.queue().since()), queued);
    EXPECT_EQ(scene.spec.queue().releases_author(), 0);
  }
}

TEST(MeetingLiveTest, AStandardItemIsDiscussedWithItsConcern) {
  Scene scene = Live();
  scene.OpenItem();
  scene.Must("fay", kRaiseConcern, "title: 'cost' text: 'Who pays?' severity: SEVERITY_QUESTION");
  EXPECT_EQ(scene.state(), v1::Spec::STATE_IN_MEETING);
  EXPECT_EQ(Reason(scene.Do("system", kReleaseSlot)), "GUARD_FAILED");
}

TEST(MeetingLiveTest, ANoteStopsNoConsentItem) {
  Scene scene = LiveConsentItem();
  scene.Must("fay", kRaiseConcern, "title: 'thanks' text: 'Well done.' severity: SEVERITY_NOTE");
  EXPECT_EQ(scene.state(), v1::Spec::STATE_SCHEDULED);
}

TEST(MeetingLiveTest, WhoeverRunsTheMeetingRunsItsItems) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_SCHEDULED);
  scene.Freeze();
  scene.now = FromProto(scene.meeting.start_time());
  const v1::OpenMeetingRequest open;
  ASSERT_TRUE(scene.Meet("gus", MeetingCommandKind::kOpenMeeting, &open).ok());  // The deputy.
  scene.Must("gus", kOpenItem, kOpen);
  scene.Must("gus", kRecordOutcome,
             std::string(kOpen) + " kind: KIND_CONTINUE rationale: 'Half is done.'");
  EXPECT_EQ(scene.state(), v1::Spec::STATE_QUEUED);
  scene.Must("gus", kUndoOutcome, std::string(kOpen) + " reason: 'Wrong item.'");
  EXPECT_EQ(Reason(scene.Do("dee", kOpenItem, kOpen)), "ROLE_MISSING");
}

TEST(MeetingLiveTest, AFacilitatorWhoIsAnAuthorRecordsNothingAndAnotherOneDoes) {
  Scene scene;
  scene.facts.add_authors("kim");
  scene.PlayTo(v1::Spec::STATE_IN_MEETING);
  const std::string outcome = std::string(kOpen) + " kind: KIND_CONTINUE rationale: 'Later.'";
  EXPECT_EQ(Reason(scene.Do("kim", kRecordOutcome, outcome)), "OWN_SPEC");
  EXPECT_EQ(Reason(scene.Do("lee", kRecordOutcome, outcome)), "OK");
}

TEST(MeetingLiveTest, WhereTheSponsorIsAnAuthorTheDeputyOverrules) {
  Scene scene;
  scene.facts.add_authors("chen");
  scene.PlayTo(v1::Spec::STATE_IN_MEETING);
  scene.Position("kim");
  scene.Block("fay");
  const std::string outcome =
      std::string(kOpen) + " kind: KIND_APPROVE rationale: 'We accept it.' overrule: true";
  EXPECT_EQ(Reason(scene.Do("chen", kRecordOutcome, outcome)), "OWN_SPEC");
  EXPECT_EQ(Reason(scene.Do("kim", kRecordOutcome, outcome)), "GUARD_FAILED");
  scene.Must("gus", kRecordOutcome, outcome);
  EXPECT_EQ(scene.decision().authority(), v1::Decision::AUTHORITY_SPONSOR);
  ASSERT_EQ(scene.decision().dissent_size(), 1);
  EXPECT_EQ(scene.decision().dissent(0).person(), "fay");
}

TEST(MeetingLiveTest, AnOutcomeSaysWhy) {
  Scene scene = Live();
  scene.OpenItem();
  for (const char* kind : {"APPROVE", "REJECT", "CONTINUE", "REVISE", "DEFER"}) {
    SCOPED_TRACE(kind);
    Scene copy = scene;
    copy.Position("fay");
    EXPECT_EQ(Reason(copy.Do("kim", kRecordOutcome,
                             std::string(kOpen) + " kind: KIND_" + kind +
                                 " deferral { waits_for: 'x' wake_date { year: 2027 month: 2 "
                                 "day: 1 } }")),
              "FIELD_INVALID");
  }
}

TEST(MeetingLiveTest, AConditionIsDueOnADayToCome) {
  Scene scene = Live();
  scene.OpenItem();
  scene.Position("fay");
  const auto with_due = [](const std::string& due) {
    return std::string(kOpen) +
           " kind: KIND_APPROVE_WITH_CONDITIONS rationale: 'x' conditions { text: 'Measure it.' "
           "owner: 'ana' due { " +
           due + " } }";
  };
  EXPECT_EQ(Reason(scene.Do("kim", kRecordOutcome, with_due("year: 2026 month: 12 day: 9"))),
            "FIELD_INVALID");
  EXPECT_EQ(Reason(scene.Do("kim", kRecordOutcome, with_due("year: 2026 month: 12 day: 10"))),
            "OK");
}

TEST(MeetingLiveTest, AConditionWithoutADayIsDueOnABusinessDay) {
  // 10 December and 30 days is Saturday, 9 January.
  Scene scene = Live();
  scene.OpenItem();
  scene.Must("fay", kTakePosition, "revision: 1 kind: KIND_APPROVE conditions: 'Measure it.'");
  scene.Must("kim", kRecordOutcome,
             std::string(kOpen) + " kind: KIND_APPROVE_WITH_CONDITIONS rationale: 'x'");
  ASSERT_EQ(scene.decision().conditions_size(), 1);
  EXPECT_EQ(ToCivilDay(scene.decision().conditions(0).due()), absl::CivilDay(2027, 1, 11));
}

TEST(MeetingLiveTest, AttendanceKnowsWhoIsWho) {
  Scene scene = Live();
  const auto lee = Text<v1::AssignRoleRequest>("role: 'notetaker' person: 'lee'");
  ASSERT_TRUE(scene.Meet("kim", kAssignRole, &lee).ok());
  Attend(scene, {"kim", "lee", "ana", "chen", "fay"});
  std::map<std::string, std::string> seats;
  for (const v1::Attendance& each : scene.meeting.attendance()) seats[each.person()] = each.role();
  EXPECT_EQ(seats, (std::map<std::string, std::string>{{"kim", "facilitator"},
                                                       {"lee", "notetaker"},
                                                       {"ana", "presenter"},
                                                       {"chen", "sponsor"},
                                                       {"fay", "attendee"}}));
  const auto odd = Text<v1::RecordAttendanceRequest>("attendance { person: 'fay' role: 'king' }");
  EXPECT_EQ(Reason(scene.Meet("kim", kRecordAttendance, &odd)), "FIELD_INVALID");
}

TEST(MeetingLiveTest, AttendeesAnswerThePulseOnceFromOneToFive) {
  Scene scene = Live();
  Attend(scene, {"kim", "bo"});
  scene.CloseMeeting();
  const auto six = Text<v1::SubmitPulseRequest>("pulse { useful: 6 heard: 1 on_topic: 1 }");
  EXPECT_EQ(Reason(scene.Meet("bo", kSubmitPulse, &six)), "FIELD_INVALID");
  const auto fine =
      Text<v1::SubmitPulseRequest>("pulse { useful: 5 heard: 4 on_topic: 3 role: 'sponsor' }");
  const absl::Status absent = scene.Meet("fay", kSubmitPulse, &fine);
  EXPECT_EQ(Reason(absent), "GUARD_FAILED");
  EXPECT_THAT(std::string(absent.message()), HasSubstr("attendance list"));
  EXPECT_EQ(Reason(scene.Meet("bo", kSubmitPulse, &fine)), "OK");
  EXPECT_EQ(scene.meeting.pulses(0).role(), "attendee");  // The record's word, not theirs.
  EXPECT_EQ(scene.meeting.pulses(0).heard(), 0);          // Answers are not to be read one by one.
  EXPECT_EQ(Reason(scene.Meet("bo", kSubmitPulse, &fine)), "GUARD_FAILED");
}

}  // namespace
}  // namespace gavel
