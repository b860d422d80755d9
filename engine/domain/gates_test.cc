// "The decision rule": staffing, quorum, who counts, and who has to come from outside.

#include "engine/domain/gates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/error.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/scene.h"

namespace gavel {
namespace {

using enum CommandKind;
using testing::AcmeOrg;
using testing::AreaIn;
using ::testing::ElementsAre;
using testing::GroupIn;
using ::testing::IsEmpty;
using testing::MakeOrganisation;
using testing::PersonIn;
using testing::Reason;
using testing::Scene;
using testing::VerdictOf;

std::vector<std::string> Names(const google::protobuf::RepeatedPtrField<std::string>& names) {
  return {names.begin(), names.end()};
}

std::vector<std::string> Assigned(const v1::Spec& spec) {
  std::vector<std::string> people;
  for (const v1::Assignment& each : spec.assignments()) people.push_back(each.person());
  return people;
}

std::vector<std::string> GateIds(const v1::Spec& spec) {
  std::vector<std::string> ids;
  for (const v1::Gate& gate : spec.gates()) ids.push_back(gate.id());
  return ids;
}

void Away(Scene& scene, const std::string& person, const std::string& delegate = "") {
  v1::Absence& absence = *scene.absences[person].add_absences();
  *absence.mutable_from() = ToDate(absl::CivilDay(2026, 11, 1));
  *absence.mutable_to() = ToDate(absl::CivilDay(2026, 12, 31));
  absence.set_delegate(delegate);
}

TEST(GatesTest, AnAreaAsksAsManyAsItsQuorumInTurn) {
  Scene first;
  first.Create("MEDIA-1");
  first.Submit();
  EXPECT_THAT(Names(first.spec.gates(0).people()), ElementsAre("chen", "fay", "kim"));
  EXPECT_EQ(first.spec.gates(0).quorum(), 2);
  EXPECT_THAT(Assigned(first.spec), ElementsAre("fay", "kim"));
  Scene second;
  second.Create("MEDIA-2");
  second.Submit();
  EXPECT_THAT(Assigned(second.spec), ElementsAre("chen", "kim"));
}

TEST(GatesTest, ThoseAtWorkAreAskedFirst) {
  Scene scene;
  Away(scene, "fay");
  scene.Create();
  scene.Submit();
  EXPECT_THAT(Assigned(scene.spec), ElementsAre("chen", "kim"));
}

TEST(GatesTest, TheAuthorsWishComesFirst) {
  Scene scene;
  scene.facts.add_reviewers("chen");
  scene.Create();
  scene.Submit();
  EXPECT_THAT(Assigned(scene.spec), ElementsAre("chen", "fay"));
}

TEST(GatesTest, AuthorsNeverCount) {
  Scene scene;
  scene.facts.add_authors("fay");
  scene.Create();
  scene.Submit();
  EXPECT_THAT(Names(scene.spec.gates(0).people()), ElementsAre("chen", "kim"));
}

TEST(GatesTest, ConsultedAreasAndRuleClausesAreGatesOfTheirOwn) {
  Scene scene;
  scene.facts.add_consulted("security");
  scene.Create();
  scene.verdict.add_areas("platform");
  v1::ReviewerClause& clause = *scene.verdict.add_reviewers();
  clause.set_rule("personal-data");
  clause.set_from("group:security");
  clause.set_count(2);
  scene.Must("ana", kSubmitSpec);
  EXPECT_THAT(GateIds(scene.spec),
              ElementsAre("area:media", "consulted:platform", "consulted:security",
                          "rule:personal-data:group:security"));
  EXPECT_EQ(scene.spec.gates(1).quorum(), 1);
  EXPECT_EQ(scene.spec.gates(3).quorum(), 2);
}

TEST(GatesTest, SupersedingASpecOfAnotherAreaAddsThatAreasGate) {
  Scene scene;
  scene.facts.add_supersedes("PLAT-7");
  v1::Spec& old = scene.superseded.emplace_back();
  old.set_key("PLAT-7");
  old.set_area("platform");
  scene.Create();
  scene.Submit();
  EXPECT_THAT(GateIds(scene.spec), ElementsAre("area:media", "consulted:platform"));
}

TEST(GatesTest, OnePersonCountsInEveryGateTheyBelongTo) {
  Scene scene;
  scene.facts.add_consulted("platform");
  scene.Create();
  scene.Submit();
  scene.Position("fay");
  EXPECT_EQ(scene.spec.gates(0).approvals(), 1);
  EXPECT_EQ(scene.spec.gates(1).approvals(), 1);
  EXPECT_TRUE(scene.spec.gates(1).satisfied());
}

TEST(GatesTest, OnlyAFreshApprovalCounts) {
  for (const char* kind : {"NO_OBJECTION", "NEEDS_DISCUSSION", "ABSTAIN", "RECUSE"}) {
    Scene scene;
    scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
    scene.Position("fay", kind);
    EXPECT_EQ(scene.spec.gates(0).approvals(), 0) << kind;
  }
}

TEST(GatesTest, TooFewReviewersAssignTheSponsorAndLowerTheQuorum) {
  Scene scene;
  scene.facts.add_authors("fay");
  scene.facts.add_authors("kim");
  scene.Create();
  scene.Submit();
  const v1::Gate& gate = scene.spec.gates(0);
  EXPECT_TRUE(gate.sponsor_assigned());
  EXPECT_EQ(gate.policy_quorum(), 2);
  EXPECT_EQ(gate.quorum(), 1);  // chen, reviewer and sponsor in one, is all there is.
  EXPECT_THAT(Assigned(scene.spec), ElementsAre("chen"));
}

TEST(GatesTest, WhereTheSponsorIsAnAuthorTheDeputyIsAssigned) {
  Scene scene;
  scene.facts.add_authors("chen");
  scene.facts.add_authors("kim");
  scene.Create();
  scene.Submit();
  EXPECT_THAT(Names(scene.spec.gates(0).people()), ElementsAre("fay", "gus"));
  EXPECT_EQ(scene.spec.gates(0).quorum(), 2);
}

TEST(GatesTest, WhereTheSponsorIsAwayTheDeputyIsAssigned) {
  v1::Org org = AcmeOrg();
  GroupIn(org, "media-reviewers").clear_members();
  GroupIn(org, "media-reviewers").add_members("kim");
  Scene scene(MakeOrganisation(org));
  Away(scene, "chen");
  scene.Create();
  scene.Submit();
  EXPECT_THAT(Names(scene.spec.gates(0).people()), ElementsAre("kim", "gus"));
}

TEST(GatesTest, WhereEverybodyIsAnAuthorTheSubmitIsRefusedAndNamesTheGate) {
  Scene scene;
  for (const char* author : {"chen", "fay", "kim", "gus"}) scene.facts.add_authors(author);
  scene.Create();
  const absl::Status status = scene.Do("ana", kSubmitSpec);
  EXPECT_EQ(Reason(status), "NO_ELIGIBLE_REVIEWER");
  EXPECT_EQ(ErrorMetadataOf(status)["gate"], "area:media");
  EXPECT_EQ(scene.state(), v1::Spec::STATE_DRAFT);
}

TEST(GatesTest, WhoHasLeftIsNotAsked) {
  v1::Org org = AcmeOrg();
  *PersonIn(org, "fay").mutable_left() = ToDate(absl::CivilDay(2026, 11, 1));
  Scene scene(MakeOrganisation(org));
  scene.Create();
  scene.Submit();
  EXPECT_THAT(Names(scene.spec.gates(0).people()), ElementsAre("chen", "kim"));
}

TEST(GatesTest, OneApprovalComesFromOutsideTheAuthorsTeam) {
  Scene scene;
  scene.facts.clear_authors();
  scene.facts.add_authors("gus");  // Of team platform, like fay.
  v1::Org org = AcmeOrg();
  AreaIn(org, "media").mutable_gate()->set_quorum(1);
  scene.organisation = MakeOrganisation(org);
  scene.Create("MEDIA-1", "gus");  // Asks fay.
  scene.Must("gus", kSubmitSpec);
  ASSERT_THAT(Assigned(scene.spec), ElementsAre("fay"));
  scene.Position("fay");
  EXPECT_TRUE(scene.spec.gates(0).satisfied());
  EXPECT_EQ(scene.state(), v1::Spec::STATE_QUEUED);
  EXPECT_EQ(scene.spec.queue().standing(), "No approval comes from outside the authors' team.");
  scene.Position("kim");
  EXPECT_EQ(scene.state(), v1::Spec::STATE_APPROVED);
}

TEST(GatesTest, WhereNobodyIsFromOutsideTheTeamApproves) {
  v1::Org org = AcmeOrg();
  for (const char* person : {"ana", "chen", "fay", "kim"}) PersonIn(org, person).set_team("one");
  Scene scene(MakeOrganisation(org));
  scene.Create();
  scene.Submit();
  scene.Position("fay");
  scene.Position("kim");
  EXPECT_EQ(scene.state(), v1::Spec::STATE_APPROVED);
}

TEST(GatesTest, ARuleSetAsideTakesItsGateAndItsReviewersWithIt) {
  Scene scene;
  scene.Create();
  v1::RuleResult& rule = *scene.verdict.add_rules();
  rule.set_id("personal-data");
  rule.set_effect(v1::RuleResult::EFFECT_REQUIRE);
  rule.set_applied(true);
  v1::ReviewerClause& clause = *scene.verdict.add_reviewers();
  clause.set_rule("personal-data");
  clause.set_from("group:security");
  clause.set_count(1);
  scene.Must("ana", kSubmitSpec);
  ASSERT_EQ(scene.spec.gates_size(), 2);
  scene.Position("fay");
  scene.Position("kim");
  ASSERT_EQ(scene.state(), v1::Spec::STATE_ASYNC_REVIEW);
  scene.verdict = VerdictOf(v1::REVIEW_MODE_ASYNC);
  scene.Must("chen", kOverrideRule, "rule: 'personal-data' reason: 'Test data only.'");
  EXPECT_THAT(GateIds(scene.spec), ElementsAre("area:media"));
  EXPECT_EQ(scene.state(), v1::Spec::STATE_APPROVED);
}

TEST(GatesTest, AStricterVerdictBringsItsGate) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.verdict.add_areas("security");
  scene.Must("kim", kReevaluateSpec);
  EXPECT_THAT(GateIds(scene.spec), ElementsAre("area:media", "consulted:security"));
  EXPECT_EQ(scene.spec.assignments_size(), 3);
}

TEST(GatesTest, ARuleSetAsideNeverLeadsToAutomaticApproval) {
  Scene scene;
  scene.Create();
  v1::RuleResult& rule = *scene.verdict.add_rules();
  rule.set_id("new-storage");
  rule.set_effect(v1::RuleResult::EFFECT_REQUIRE);
  rule.set_applied(true);
  scene.Must("ana", kSubmitSpec);
  scene.verdict = VerdictOf(v1::REVIEW_MODE_AUTO);
  scene.Must("chen", kOverrideRule, "rule: 'new-storage' reason: 'x'");
  EXPECT_EQ(scene.state(), v1::Spec::STATE_ASYNC_REVIEW);
}

TEST(GatesTest, TheGateWithoutAnyApprovalIsNamed) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  ASSERT_NE(GateWithoutApproval(scene.spec), nullptr);
  EXPECT_EQ(GateWithoutApproval(scene.spec)->id(), "area:media");
  scene.Position("fay");
  EXPECT_EQ(GateWithoutApproval(scene.spec), nullptr);
}

}  // namespace
}  // namespace gavel
