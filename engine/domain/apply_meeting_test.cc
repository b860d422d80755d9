#include "engine/domain/apply_meeting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "engine/domain/testing/scene.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "gavel/v1/meeting_service.pb.h"
#include "google/protobuf/text_format.h"

namespace gavel {
namespace {

using enum MeetingCommandKind;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Reason;
using testing::RequestOf;
using testing::Scene;

constexpr auto kPlanned = v1::Meeting::STATE_PLANNED;
constexpr auto kFrozen = v1::Meeting::STATE_FROZEN;
constexpr auto kLive = v1::Meeting::STATE_LIVE;
constexpr auto kClosed = v1::Meeting::STATE_CLOSED;
constexpr auto kCancelled = v1::Meeting::STATE_CANCELLED;

template <typename Request>
Request Text(const std::string& text) {
  Request request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
  return request;
}

// A scheduled spec on a meeting in `state`.
Scene Meeting(v1::Meeting::State state) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_SCHEDULED);
  if (state == kPlanned) return scene;
  if (state == kCancelled) {
    v1::Event cancelled;
    cancelled.mutable_meeting_cancelled()->set_reason("NO_ITEMS");
    EXPECT_TRUE(scene.Meet("system", kCancelMeeting, nullptr, cancelled).ok());
    return scene;
  }
  scene.Freeze();
  if (state != kFrozen) scene.OpenMeeting();
  if (state == kClosed) scene.CloseMeeting();
  return scene;
}

// The tables of meetings.md, typed from the page.
struct DesignRow {
  MeetingCommandKind command;
  std::vector<v1::Meeting::State> from;
  std::string who;
};

const std::vector<DesignRow>& Design() {
  static const std::vector<DesignRow> rows = {
      {kOpenMeeting, {kFrozen}, "facilitator, sponsor"},
      {kCloseMeeting, {kLive}, "facilitator, system"},
      {kCancelMeeting, {kPlanned, kFrozen}, "facilitator, sponsor, system"},
      {kReschedule, {kPlanned}, "facilitator, sponsor, system"},
      {kConfirmPresenter, {kPlanned, kFrozen}, "facilitator, presenter"},
      {kSetGo, {kFrozen}, "facilitator"},
      {kGrantUrgent, {kPlanned}, "sponsor"},
      {kAssignRole, {kPlanned, kFrozen, kLive}, "facilitator, system"},
      {kRecordAttendance, {kLive, kClosed}, "facilitator, notetaker"},
      {kAcknowledgePacket, {kFrozen, kLive}, "member"},
      {kWriteNotes, {kLive, kClosed}, "member"},
      {kMarkOffTopic, {kLive}, "member"},
      {kAddActionItem, {kLive, kClosed}, "facilitator, notetaker"},
      {kCompleteActionItem, {kLive, kClosed}, "member"},
      {kPublishMinutes, {kClosed}, "facilitator, system, notetaker"},
      {kSubmitPulse, {kClosed}, "member"},
      {kSendPreview, {kPlanned}, "system"},
      {kPlanAgenda, {kPlanned}, "system"},
      {kSendPacket, {kPlanned}, "system"},
      {kProposeSession, {kPlanned, kFrozen}, "system"},
  };
  return rows;
}

TEST(MeetingTableTest, ListsWhatThePageListsAndRefusesTheRestNamingWhatIsAllowed) {
  ASSERT_EQ(Design().size(), static_cast<size_t>(kMeetingCommandKinds));
  for (const auto state : {kPlanned, kFrozen, kLive, kClosed, kCancelled}) {
    const Scene start = Meeting(state);
    for (const DesignRow& row : Design()) {
      SCOPED_TRACE(fmt::format("{} in {}", MeetingCommandName(row.command), StateName(state)));
      const bool listed = std::find(row.from.begin(), row.from.end(), state) != row.from.end();
      const MeetingTransition* transition = FindMeetingTransition(state, row.command);
      ASSERT_EQ(transition != nullptr, listed);
      if (listed) {
        EXPECT_EQ(RoleNames(transition->who), row.who);
        continue;
      }
      Scene scene = start;
      const absl::Status status = scene.Meet("kim", row.command);
      EXPECT_EQ(Reason(status), "STATE_NOT_ALLOWED");
      const auto allowed = AllowedMeetingCommands(state);
      EXPECT_EQ(ErrorMetadataOf(status)["allowed"],
                allowed.empty() ? "nothing" : fmt::format("{}", fmt::join(allowed, ", ")));
    }
  }
}

TEST(ApplyMeetingTest, OpensFromAQuarterOfAnHourBeforeItsStart) {
  Scene scene = Meeting(kFrozen);
  const v1::OpenMeetingRequest request;
  scene.now = FromProto(scene.meeting.start_time()) - absl::Minutes(15) - absl::Seconds(2);
  EXPECT_EQ(Reason(scene.Meet("kim", kOpenMeeting, &request)), "GUARD_FAILED");
  EXPECT_EQ(Reason(scene.Meet("kim", kOpenMeeting, &request)), "OK");  // A second later.
  EXPECT_EQ(scene.meeting.state(), kLive);
}

TEST(ApplyMeetingTest, TheDeputyMayOpenAndAReviewerMayNot) {
  Scene scene = Meeting(kFrozen);
  scene.now = FromProto(scene.meeting.start_time());
  const v1::OpenMeetingRequest request;
  EXPECT_EQ(Reason(scene.Meet("fay", kOpenMeeting, &request)), "ROLE_MISSING");
  EXPECT_EQ(Reason(scene.Meet("gus", kOpenMeeting, &request)), "OK");
}

TEST(ApplyMeetingTest, ACancellationSaysWhy) {
  Scene scene = Meeting(kPlanned);
  v1::CancelMeetingRequest request;
  EXPECT_EQ(Reason(scene.Meet("kim", kCancelMeeting, &request)), "FIELD_INVALID");
  request.set_reason("Everybody is ill.");
  EXPECT_EQ(Reason(scene.Meet("kim", kCancelMeeting, &request)), "OK");
  EXPECT_EQ(scene.meeting.cancel_reason(), "Everybody is ill.");
  EXPECT_THAT(MeetingDeadlinesOf(scene.meeting), IsEmpty());
}

TEST(ApplyMeetingTest, ThePresenterWritesNoNotesOfTheirItem) {
  Scene scene = Meeting(kLive);
  const auto request = Text<v1::WriteNotesRequest>("spec: 'MEDIA-1' text: 'All agreed.'");
  EXPECT_EQ(Reason(scene.Meet("ana", kWriteNotes, &request)), "OWN_ITEM");
  EXPECT_EQ(Reason(scene.Meet("bo", kWriteNotes, &request)), "OK");
  EXPECT_EQ(scene.meeting.slots(0).notes(0).author(), "bo");
}

TEST(ApplyMeetingTest, ThePresenterIsNotGivenTheNotes) {
  Scene scene = Meeting(kFrozen);
  const auto ana = Text<v1::AssignRoleRequest>("role: 'notetaker' person: 'ana'");
  EXPECT_EQ(Reason(scene.Meet("kim", kAssignRole, &ana)), "OWN_ITEM");
  const auto lee = Text<v1::AssignRoleRequest>("role: 'notetaker' person: 'lee'");
  EXPECT_EQ(Reason(scene.Meet("kim", kAssignRole, &lee)), "OK");
  EXPECT_EQ(scene.meeting.notetaker(), "lee");
}

TEST(ApplyMeetingTest, WhoPresentsInsteadIsKnownToTheMeeting) {
  Scene scene = Meeting(kFrozen);
  const auto confirm = Text<v1::ConfirmPresenterRequest>("spec: 'MEDIA-1'");
  ASSERT_TRUE(scene.Meet("ana", kConfirmPresenter, &confirm).ok());
  ASSERT_TRUE(scene.meeting.slots(0).presenter_confirmed());
  scene.Must("ana", CommandKind::kSetPresenter, "person: 'bo'");
  EXPECT_EQ(scene.meeting.slots(0).presenter(), "bo");
  EXPECT_FALSE(scene.meeting.slots(0).presenter_confirmed());
}

TEST(ApplyMeetingTest, OneUrgentItemPerMeetingAndPerTeamAndQuarter) {
  Scene scene = Meeting(kPlanned);
  const auto request = Text<v1::GrantUrgentRequest>("spec: 'MEDIA-1' reason: 'The launch.'");
  v1::Event team;
  team.mutable_urgent_granted()->set_team("uploads");
  ASSERT_TRUE(scene.Meet("chen", kGrantUrgent, &request, team).ok());
  EXPECT_EQ(scene.planning.urgent_grants(0).quarter(), "2026-Q4");
  EXPECT_THAT(std::string(scene.Meet("chen", kGrantUrgent, &request, team).message()),
              HasSubstr("there is one per meeting"));
  scene.meeting.clear_urgent();
  EXPECT_THAT(std::string(scene.Meet("chen", kGrantUrgent, &request, team).message()),
              HasSubstr("team uploads had its urgent item of 2026-Q4"));
  team.mutable_urgent_granted()->set_team("platform");
  EXPECT_EQ(Reason(scene.Meet("chen", kGrantUrgent, &request, team)), "OK");
}

TEST(ApplyMeetingTest, AnActionItemIsDoneByItsOwner) {
  Scene scene = Meeting(kLive);
  const auto add = Text<v1::AddActionItemRequest>("text: 'Ask the vendor.' owner: 'bo'");
  ASSERT_TRUE(scene.Meet("kim", kAddActionItem, &add).ok());
  const auto done = Text<v1::CompleteActionItemRequest>("item: 'a1'");
  EXPECT_EQ(Reason(scene.Meet("fay", kCompleteActionItem, &done)), "ROLE_MISSING");
  EXPECT_EQ(Reason(scene.Meet("bo", kCompleteActionItem, &done)), "OK");
  EXPECT_TRUE(scene.meeting.action_items(0).has_done_time());
}

TEST(ApplyMeetingTest, AnUnknownItemIsNamedWithThoseThatExist) {
  Scene scene = Meeting(kLive);
  const auto request = Text<v1::MarkOffTopicRequest>("spec: 'MEDIA-9'");
  const absl::Status status = scene.Meet("bo", kMarkOffTopic, &request);
  EXPECT_EQ(Reason(status), "PART_NOT_FOUND");
  EXPECT_THAT(std::string(status.message()), HasSubstr("There: MEDIA-1"));
}

TEST(ApplyMeetingTest, EveryOpenMeetingWaitsForItsNextMoment) {
  EXPECT_EQ(MeetingDeadlinesOf(Meeting(kPlanned).meeting).count("meeting.freeze"), 1u);
  const Scene frozen = Meeting(kFrozen);
  EXPECT_EQ(MeetingDeadlinesOf(frozen.meeting).at("meeting.not-opened"),
            FromProto(frozen.meeting.end_time()));
  const Scene live = Meeting(kLive);
  EXPECT_EQ(MeetingDeadlinesOf(live.meeting).at("meeting.auto-close"),
            FromProto(live.meeting.end_time()) + absl::Hours(1));
  EXPECT_EQ(MeetingDeadlinesOf(Meeting(kClosed).meeting).count("meeting.minutes"), 1u);
}

TEST(ApplyMeetingTest, AnItemThatWasNotReachedGoesBackWithItsAge) {
  Scene scene = Meeting(kLive);
  const absl::Time since = FromProto(scene.spec.queue().since());
  scene.CloseMeeting();
  scene.Must("system", CommandKind::kReleaseSlot);
  EXPECT_EQ(scene.state(), v1::Spec::STATE_QUEUED);
  EXPECT_EQ(FromProto(scene.spec.queue().since()), since);
  EXPECT_EQ(scene.spec.queue().releases_organisation(), 1);
}

}  // namespace
}  // namespace gavel
