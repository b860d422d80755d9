#include "engine/domain/allowed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/domain/testing/scene.h"

namespace gavel {
namespace {

using enum CommandKind;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Not;
using testing::Scene;

std::vector<std::string> Of(const Scene& scene, const std::string& person) {
  return AllowedCommandsOf(scene.situation(), person);
}

TEST(AllowedTest, OnlyItsRaiserIsToldToResolveAConcern) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_THAT(Of(scene, "fay"), Not(Contains("ResolveConcern")));
  scene.Block("fay");
  EXPECT_THAT(Of(scene, "fay"), AllOf(Contains("ResolveConcern"), Contains("WithdrawConcern"),
                                      Contains("ChangeConcernSeverity")));
  for (const char* other : {"ana", "bo", "chen", "kim", "gus"}) {
    SCOPED_TRACE(other);
    EXPECT_THAT(Of(scene, other), Not(Contains("ResolveConcern")));
    EXPECT_THAT(Of(scene, other), Not(Contains("WithdrawConcern")));
    EXPECT_THAT(Of(scene, other), Not(Contains("ChangeConcernSeverity")));
  }
}

TEST(AllowedTest, AFacilitatorMayDowngradeWhatItsRaiserLeftLying) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Must("fay", kRaiseConcern, "title: 'cost' text: 'Who pays?' severity: SEVERITY_QUESTION");
  scene.Must("ana", kAnswerConcern, "concern: 'cost' text: 'We do.'");
  EXPECT_THAT(Of(scene, "kim"), Not(Contains("ChangeConcernSeverity")));
  scene.now += absl::Hours(24 * 8);
  EXPECT_THAT(Of(scene, "kim"), Contains("ChangeConcernSeverity"));
}

TEST(AllowedTest, ThereIsNothingToAnswerWithoutAConcern) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_THAT(Of(scene, "ana"), Not(Contains("AnswerConcern")));
  scene.Block("fay");
  EXPECT_THAT(Of(scene, "ana"), Contains("AnswerConcern"));
}

TEST(AllowedTest, NobodyIsToldToDecideOnTheirOwnSpec) {
  Scene scene;
  scene.facts.add_authors("kim");
  scene.PlayTo(v1::Spec::STATE_IN_MEETING);
  EXPECT_THAT(Of(scene, "kim"), Not(Contains("RecordOutcome")));
  EXPECT_THAT(Of(scene, "lee"), Contains("RecordOutcome"));
}

TEST(AllowedTest, AConditionIsMetByItsOwner) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_IN_MEETING);
  scene.Position("fay");
  scene.Outcome(
      "APPROVE_WITH_CONDITIONS",
      "conditions { text: 'Measure it.' owner: 'bo' due { year: 2027 month: 1 day: 29 } }");
  EXPECT_THAT(Of(scene, "bo"), Contains("MeetCondition"));
  EXPECT_THAT(Of(scene, "ana"), Not(Contains("MeetCondition")));
  EXPECT_THAT(Of(scene, "kim"), Contains("ExtendCondition"));
  scene.Must("bo", kMeetCondition, "condition: 'k1' note: 'Done.'");
  EXPECT_THAT(Of(scene, "kim"), Not(Contains("ExtendCondition")));
}

}  // namespace
}  // namespace gavel
