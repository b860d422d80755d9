// What a policy may not take away, and what follows it when it does.

#include <gtest/gtest.h>

#include "engine/app/testing/policies.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::Document;
using testing::Edit;
using testing::LivePolicyOf;
using testing::Publish;
using testing::PublishOf;
using testing::Service;
using testing::TryPublish;

// An area of its own, with or without a meeting.
v1::PolicySource WithLegal(const v1::PolicySource& source, bool meets) {
  const std::string series =
      meets ? "    series:\n      weekly: {on: wed, at: \"11:00\", starts: 2026-11-25, cadence: "
              "weekly}\n"
            : "";
  return Edit(source, "org.yaml", "  security:                 # consulted only",
              "  legal:\n    name: Legal\n    prefix: LEG\n    sponsor: eli\n    deputy: dee\n"
              "    facilitators: [fay, lee]\n    notetakers: [fay, lee]\n"
              "    gate: {group: security, quorum: 1, owner: dee}\n" +
                  series + "  security:                 # consulted only");
}

std::vector<v1::Meeting> MeetingsOf(Service& service, const std::string& area) {
  v1::ListMeetingsRequest request;
  request.set_area(area);
  const auto answer = service.Do(&MeetingApi::ListMeetings, "ana", request);
  return {answer.meetings().begin(), answer.meetings().end()};
}

TEST(PolicyReferencesTest, AnAreaThatOpenSpecsConsultStays) {
  Service service;
  const v1::PolicySource without = LivePolicyOf(service).source();
  Publish(service, WithLegal(without, false));
  const std::string key = service.Submit(
      "ana", "a.md",
      Document("A dedicated database", "postgres/dedicated-xl", "ana", "consulted: [legal]\n"));
  const absl::Status status = TryPublish(service, PublishOf(service, without));
  EXPECT_EQ(ErrorReasonOf(status), "POLICY_INVALID");
  EXPECT_NE(status.message().find("`legal`"), std::string_view::npos) << status.message();
  EXPECT_NE(status.message().find(key), std::string_view::npos) << status.message();

  v1::WithdrawSpecRequest withdraw;
  withdraw.set_spec(key);
  withdraw.set_etag(service.Get(key).etag());
  service.Do(&SpecApi::WithdrawSpec, "ana", withdraw);
  EXPECT_TRUE(TryPublish(service, PublishOf(service, without)).ok());
}

TEST(PolicyReferencesTest, AnAreaWithSpecsOfItsOwnStaysForGood) {
  Service service;
  const v1::PolicySource without = LivePolicyOf(service).source();
  Publish(service, WithLegal(without, true));
  v1::CreateSpecRequest create;
  create.set_repository("github.com/acme/legal");
  create.set_path("a.md");
  create.set_content("# Terms\n\nWords.\n");
  create.set_area("legal");
  const std::string key = service.Do(&SpecApi::CreateSpec, "ana", create).spec().key();
  EXPECT_EQ(key, "LEG-1");
  const absl::Status status = TryPublish(service, PublishOf(service, without));
  EXPECT_EQ(ErrorReasonOf(status), "POLICY_INVALID");
  EXPECT_NE(status.message().find("LEG-1"), std::string_view::npos) << status.message();
}

TEST(PolicyReferencesTest, MeetingsComeAndGoWithTheirArea) {
  Service service;
  const v1::PolicySource without = LivePolicyOf(service).source();
  Publish(service, WithLegal(without, true));
  const std::vector<v1::Meeting> planned = MeetingsOf(service, "legal");
  ASSERT_GE(planned.size(), 7u);
  Publish(service, without);
  for (const v1::Meeting& meeting : planned) {
    const v1::Meeting after = service.GetMeeting(meeting.id());
    if (FromProto(after.cut_off_time()) <= service.now()) continue;
    EXPECT_EQ(after.state(), v1::Meeting::STATE_CANCELLED) << meeting.id();
  }
  // Nothing of the area is left to fire.
  service.AdvanceTo(service.now() + absl::Hours(24 * 30));
}

TEST(PolicyReferencesTest, MeetingsFollowAMovedSeries) {
  Service service;
  const auto moved = Edit(LivePolicyOf(service).source(), "org.yaml",
                          "weekly: {on: tue, at: \"10:30\"", "weekly: {on: wed, at: \"10:30\"");
  Publish(service, moved);
  int held = 0;
  for (const v1::Meeting& meeting : MeetingsOf(service, "platform")) {
    if (meeting.state() == v1::Meeting::STATE_CANCELLED) continue;
    if (FromProto(meeting.cut_off_time()) <= service.now()) continue;
    const absl::CivilDay day(
        absl::ToCivilDay(FromProto(meeting.start_time()), absl::UTCTimeZone()));
    EXPECT_EQ(absl::GetWeekday(day), absl::Weekday::wednesday) << meeting.id();
    ++held;
  }
  EXPECT_GE(held, 6);
}

TEST(PolicyReferencesTest, ATierThatAnOpenSpecNamesIsDeprecatedFirst) {
  Service service;
  const v1::PolicySource source = LivePolicyOf(service).source();
  const std::string key =
      service.Submit("ana", "a.md", Document("An archive", "s3/glacier", "ana"));
  const auto without =
      Edit(source, "catalog.yaml", "      glacier: {status: allowed, review_by: 12m}\n", "");
  const absl::Status status = TryPublish(service, PublishOf(service, without));
  EXPECT_EQ(ErrorReasonOf(status), "POLICY_INVALID");
  EXPECT_NE(status.message().find("s3/glacier"), std::string_view::npos) << status.message();
  EXPECT_NE(status.message().find(key), std::string_view::npos);
}

TEST(PolicyReferencesTest, ATierThatALiveEnvelopeNamesStaysAndIsCountedWhenDemoted) {
  Service service;
  const v1::PolicySource source = LivePolicyOf(service).source();
  const std::string key =
      service.Submit("ana", "a.md", Document("On lambda", "lambda/standard", "ana"));
  ASSERT_EQ(StateName(service.Get(key).state()), "AUTO_APPROVED");
  v1::PolicySource without = testing::Tightened(source);
  const size_t from = without.files().at("catalog.yaml").find("  lambda:\n");
  const size_t to = without.files().at("catalog.yaml").find("  kafka:\n");
  without.mutable_files()->at("catalog.yaml").erase(from, to - from);
  const absl::Status status = TryPublish(service, PublishOf(service, without));
  EXPECT_EQ(ErrorReasonOf(status), "POLICY_INVALID") << status.ToString();
  EXPECT_NE(status.message().find("lambda/standard"), std::string_view::npos) << status.message();

  const auto answer = Publish(service, testing::Tightened(source));
  EXPECT_EQ(answer.diff().open_envelopes(), 1);
  EXPECT_EQ(StateName(service.Get(key).state()), "AUTO_APPROVED") << "approval and envelope stand";
}

TEST(PolicyReferencesTest, APersonWhoReviewsLeavesByDateOnly) {
  Service service;
  const v1::PolicySource source = LivePolicyOf(service).source();
  service.Submit("bo", "a.md", Document("A dedicated database", "postgres/dedicated-xl", "bo"));
  const auto gone =
      Edit(source, "org.yaml",
           "  bo:   {name: Bo Lind,     email: bo@example.org,   team: uploads}\n", "");
  const absl::Status status = TryPublish(service, PublishOf(service, gone));
  EXPECT_EQ(ErrorReasonOf(status), "POLICY_INVALID");
  EXPECT_NE(status.message().find("`bo`"), std::string_view::npos) << status.message();
  const auto left = Edit(source, "org.yaml", "email: bo@example.org,   team: uploads}",
                         "email: bo@example.org,   team: uploads, left: 2026-12-31}");
  EXPECT_TRUE(TryPublish(service, PublishOf(service, left)).ok());
}

}  // namespace
}  // namespace gavel::app
