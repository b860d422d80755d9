// Who owns a concern, who clears it, and what happens when its raiser is gone.

#include "engine/domain/concern.h"

#include <gtest/gtest.h>

#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/scene.h"
#include "engine/domain/turn.h"

namespace gavel {
namespace {

using enum CommandKind;
using testing::AcmeOrg;
using testing::MakeOrganisation;
using testing::PersonIn;
using testing::Reason;
using testing::Scene;

void Blocked(Scene& scene, const std::string& raiser = "fay") {
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Block(raiser);
}

void Leaves(Scene& scene, const std::string& person) {
  v1::Org org = AcmeOrg();
  *PersonIn(org, person).mutable_left() = ToDate(absl::CivilDay(2026, 11, 30));
  scene.organisation = MakeOrganisation(org);
}

TEST(ConcernTest, IsFoundByIdOrByTitleInAnyCase) {
  Scene scene;
  Blocked(scene);
  EXPECT_NE(FindConcern(scene.spec, "c1"), nullptr);
  EXPECT_NE(FindConcern(scene.spec, "KEYS"), nullptr);
  EXPECT_EQ(FindConcern(scene.spec, "key"), nullptr);
}

TEST(ConcernTest, WhenItsRaiserLeavesTheGatesOwnerInheritsIt) {
  Scene scene;
  Blocked(scene);
  Leaves(scene, "fay");
  EXPECT_EQ(OwnerNow(scene.situation(), scene.concern("keys")), "chen");
  EXPECT_EQ(Reason(scene.Do("kim", kResolveConcern, "concern: 'keys'")), "ROLE_MISSING");
  scene.Must("chen", kResolveConcern, "concern: 'keys'");
  EXPECT_EQ(scene.last.front(), "ConcernInherited");
  EXPECT_EQ(scene.concern("keys").owner(), "chen");
  EXPECT_EQ(scene.concern("keys").raiser(), "fay");
}

TEST(ConcernTest, TheOwnerOfTheRaisersOwnGateInherits) {
  Scene scene;
  scene.facts.add_consulted("security");
  Blocked(scene, "eli");
  Leaves(scene, "eli");
  EXPECT_EQ(OwnerNow(scene.situation(), scene.concern("keys")), "dee");
}

TEST(ConcernTest, WhenItsRaiserBecomesAnAuthorTheGatesOwnerInheritsIt) {
  Scene scene;
  Blocked(scene);
  scene.facts.add_authors("fay");
  ASSERT_TRUE(scene.Revise("bytes-2", {.changed_percent = 1}).ok());
  EXPECT_EQ(scene.concern("keys").owner(), "chen");
  EXPECT_EQ(Reason(scene.Do("fay", kResolveConcern, "concern: 'keys'")), "ROLE_MISSING");
}

TEST(ConcernTest, WhereTheGatesOwnerIsAnAuthorTooSomebodyElseInherits) {
  Scene scene;
  Blocked(scene);
  scene.facts.add_authors("fay");
  scene.facts.add_authors("chen");
  ASSERT_TRUE(scene.Revise("bytes-2", {.changed_percent = 1}).ok());
  EXPECT_EQ(scene.concern("keys").owner(), "gus");  // The deputy.
}

TEST(ConcernTest, AnInvitedAuthorCannotQuestionThemselves) {
  Scene scene;
  scene.facts.add_authors("bo");
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Must("ana", kInviteReader, "person: 'bo'");
  EXPECT_EQ(
      Reason(scene.Do("bo", kRaiseConcern, "title: 'a' text: 'b' severity: SEVERITY_QUESTION")),
      "ROLE_MISSING");
}

TEST(ConcernTest, OnlyAReviewerMakesAQuestionABlock) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Must("ana", kInviteReader, "person: 'dee'");
  scene.Must("dee", kRaiseConcern,
             "title: 'keys' text: 'b' criteria: 'c' severity: SEVERITY_QUESTION");
  EXPECT_EQ(Reason(scene.Do("dee", kChangeConcernSeverity,
                            "concern: 'keys' severity: SEVERITY_BLOCKING criteria: 'c'")),
            "ROLE_MISSING");
  scene.Must("fay", kRaiseConcern, "title: 'disks' text: 'b' severity: SEVERITY_QUESTION");
  EXPECT_EQ(Reason(scene.Do("fay", kChangeConcernSeverity,
                            "concern: 'disks' severity: SEVERITY_BLOCKING")),
            "FIELD_INVALID");
  scene.Must("fay", kChangeConcernSeverity,
             "concern: 'disks' severity: SEVERITY_BLOCKING criteria: 'c'");
  EXPECT_TRUE(scene.spec.engaged());
}

TEST(ConcernTest, TheFacilitatorDowngradesWhatItsRaiserLeftLying) {
  const char downgrade[] = "concern: 'keys' severity: SEVERITY_NOTE text: 'No word.'";
  Scene scene;
  Blocked(scene);
  scene.Answer();
  scene.now += absl::Hours(24 * 4);  // Friday: four business days.
  EXPECT_EQ(Reason(scene.Do("kim", kChangeConcernSeverity, downgrade)), "ROLE_MISSING");
  scene.now += absl::Hours(24 * 3);
  EXPECT_EQ(Reason(scene.Do("kim", kChangeConcernSeverity,
                            "concern: 'keys' severity: SEVERITY_BLOCKING")),
            "OK");  // In effect already.
  scene.Must("kim", kChangeConcernSeverity, downgrade);
  EXPECT_FALSE(IsOpenBlock(scene.concern("keys")));
}

TEST(ConcernTest, AnOverruledConcernKeepsItsWords) {
  Scene scene;
  Blocked(scene);
  scene.Queue();
  scene.Must("chen", kOverruleConcern, "concern: 'keys' reason: 'We accept it.'");
  EXPECT_EQ(scene.concern("keys").status(), v1::Concern::STATUS_OVERRULED);
  EXPECT_EQ(scene.concern("keys").text(), "They leak.");
  EXPECT_EQ(scene.concern("keys").resolution(), "We accept it.");
}

TEST(ConcernTest, AnAnswerMayDispute) {
  Scene scene;
  Blocked(scene);
  scene.Answer("keys", /*disputed=*/true);
  EXPECT_TRUE(scene.concern("keys").disputed());
  scene.Answer("keys", /*disputed=*/false);
  EXPECT_FALSE(scene.concern("keys").disputed());
  EXPECT_EQ(scene.concern("keys").replies_size(), 2);
}

}  // namespace
}  // namespace gavel
