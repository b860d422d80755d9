#include "engine/domain/roles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/scene.h"

namespace gavel {
namespace {

using testing::Acme;
using testing::AcmeOrg;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::MakeOrganisation;
using testing::Morning;
using testing::PersonIn;
using testing::Scene;

std::string Roles(const Scene& scene, const std::string& person) {
  return RoleNames(RolesOf(scene.situation(), person));
}

v1::PersonRecord AwayFrom(absl::CivilDay from, absl::CivilDay to, const std::string& delegate) {
  v1::PersonRecord record;
  v1::Absence& absence = *record.add_absences();
  *absence.mutable_from() = ToDate(from);
  *absence.mutable_to() = ToDate(to);
  absence.set_delegate(delegate);
  return record;
}

const absl::CivilDay kToday(2026, 11, 30);

TEST(RolesTest, FollowFromTheOrganisationAndTheSpec) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_EQ(Roles(scene, "ana"), "member, author, presenter");
  EXPECT_EQ(Roles(scene, "bo"), "member");
  EXPECT_EQ(Roles(scene, "chen"), "member, reviewer, sponsor");
  EXPECT_EQ(Roles(scene, "fay"), "member, reviewer, required reviewer");
  EXPECT_EQ(Roles(scene, "kim"), "member, reviewer, required reviewer, facilitator");
  EXPECT_EQ(Roles(scene, "eli"), "member, auditor");
  EXPECT_EQ(Roles(scene, "gus"), "member, admin");
  EXPECT_EQ(Roles(scene, "ci"), "viewer");
  EXPECT_EQ(Roles(scene, "system"), "system");
  EXPECT_EQ(Roles(scene, "mallory"), "");
}

TEST(RolesTest, AnAuthorIsNeitherReviewerNorSponsorOfTheirSpec) {
  Scene scene;
  scene.facts.clear_authors();
  scene.facts.add_authors("chen");
  scene.Create("MEDIA-1", "chen");
  EXPECT_EQ(Roles(scene, "chen"), "member, author, presenter");
  EXPECT_EQ(Roles(scene, "gus"), "member, sponsor, admin");  // The deputy.
}

TEST(RolesTest, TheDeputySpeaksWhileTheSponsorIsAway) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.absences["chen"] = AwayFrom(kToday, kToday + 3, "");
  EXPECT_EQ(Roles(scene, "gus"), "member, sponsor, admin");
  EXPECT_EQ(ActingSponsor(scene.situation(), "media"), "gus");
  scene.absences["gus"] = AwayFrom(kToday, kToday + 3, "");
  EXPECT_EQ(ActingSponsor(scene.situation(), "media"), "chen");
}

TEST(RolesTest, WhoLeftHasNone) {
  v1::Org org = AcmeOrg();
  *PersonIn(org, "chen").mutable_left() = ToDate(kToday);
  Scene scene(MakeOrganisation(org));
  scene.PlayTo(v1::Spec::STATE_DRAFT);
  EXPECT_EQ(Roles(scene, "chen"), "");
  EXPECT_EQ(ActingSponsor(scene.situation(), "media"), "gus");
}

TEST(RolesTest, WhereBothAnswerForTheirOwnSpecNobodyIsSponsor) {
  Scene scene;
  scene.facts.add_authors("chen");
  scene.facts.add_authors("gus");
  scene.PlayTo(v1::Spec::STATE_DRAFT);
  EXPECT_EQ(ActingSponsor(scene.situation(), "media"), "");
}

TEST(OrganisationTest, ReferencesAreGroupsTeamsAndPeople) {
  const absl::Time now = Morning(kToday);
  EXPECT_THAT(Acme().Members("group:security", now), ElementsAre("dee", "eli"));
  EXPECT_THAT(Acme().Members("team:uploads", now), ElementsAre("ana", "bo"));
  EXPECT_THAT(Acme().Members("ana", now), ElementsAre("ana"));
  EXPECT_THAT(Acme().Members("group:nobody", now), IsEmpty());
}

TEST(OrganisationTest, AnAreaNeedsACalendarThatExists) {
  v1::Org org = AcmeOrg();
  testing::AreaIn(org, "media").mutable_settings()->set_calendar("mars");
  EXPECT_EQ(Organisation::Create(org).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(OrganisationTest, ADelegationIsFollowedOnce) {
  Absences absences;
  EXPECT_EQ(StandIn(absences, "fay", kToday), "fay");
  absences["fay"] = AwayFrom(kToday, kToday, "gus");
  EXPECT_EQ(StandIn(absences, "fay", kToday), "gus");
  EXPECT_EQ(StandIn(absences, "fay", kToday + 1), "fay");
  absences["gus"] = AwayFrom(kToday, kToday, "lee");
  EXPECT_EQ(StandIn(absences, "fay", kToday), "");
}

}  // namespace
}  // namespace gavel
