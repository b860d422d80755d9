#include "engine/domain/attention.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/story.h"
#include "engine/domain/turn.h"
#include "fmt/format.h"

namespace gavel {
namespace {

using absl::CivilDay;
using enum CommandKind;
using namespace testing;  // NOLINT: the stories are written in its words.
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// `fay: take a position on revision 1`, `facilitator: see that it gets a slot`.
std::vector<std::string> Entries(const v1::Spec& spec) {
  std::vector<std::string> entries;
  for (const v1::Attention& entry : spec.attention()) {
    entries.push_back(fmt::format("{}: {}", entry.role().empty() ? entry.person() : entry.role(),
                                  entry.reason()));
  }
  return entries;
}

absl::Time SinceOf(const v1::Spec& spec, std::string_view who) {
  for (const v1::Attention& entry : spec.attention()) {
    if (entry.person() == who || entry.role() == who) return FromProto(entry.since_time());
  }
  return absl::InfinitePast();
}

struct Row {
  v1::Spec::State state;
  std::vector<std::string> entries;
};

void PrintTo(const Row& row, std::ostream* os) { *os << StateName(row.state); }

class AttentionOfStates : public ::testing::TestWithParam<Row> {};

TEST_P(AttentionOfStates, IsWhatTheTurnSays) {
  Scene scene;
  scene.PlayTo(GetParam().state);
  EXPECT_EQ(Entries(scene.spec), GetParam().entries);
  const v1::Turn turn = TurnOf(scene.situation());
  EXPECT_EQ(turn.people().empty(), scene.spec.attention().empty());
  if (!turn.people().empty()) {
    EXPECT_EQ(turn.action(), scene.spec.attention(0).reason());
  }
}

INSTANTIATE_TEST_SUITE_P(
    States, AttentionOfStates,
    ::testing::Values(Row{v1::Spec::STATE_DRAFT, {"ana: submit it when it is ready"}},
                      Row{v1::Spec::STATE_ASYNC_REVIEW,
                          {"fay: take a position on revision 1",
                           "kim: take a position on revision 1"}},
                      Row{v1::Spec::STATE_CHANGES_REQUESTED,
                          {"ana: mend the findings in a new revision, and submit again"}},
                      Row{v1::Spec::STATE_QUEUED, {"facilitator: see that it gets a slot"}},
                      Row{v1::Spec::STATE_SCHEDULED, {"ana: prepare to present it"}},
                      Row{v1::Spec::STATE_IN_MEETING, {"facilitator: record the outcome"}},
                      Row{v1::Spec::STATE_AUTO_APPROVED, {}}, Row{v1::Spec::STATE_APPROVED, {}},
                      Row{v1::Spec::STATE_REJECTED, {}},
                      Row{v1::Spec::STATE_DEFERRED, {"ana: wait for: the new disks"}},
                      Row{v1::Spec::STATE_WITHDRAWN, {}}, Row{v1::Spec::STATE_SUPERSEDED, {}}),
    [](const auto& row) { return StateName(row.param.state); });

TEST(AttentionTest, WhoHasAnsweredLeavesItAndTheOthersKeepTheirTime) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  const absl::Time since = SinceOf(scene.spec, "kim");
  scene.now += absl::Hours(5);
  scene.Position("fay");
  EXPECT_THAT(Entries(scene.spec), ElementsAre("kim: take a position on revision 1"));
  EXPECT_EQ(SinceOf(scene.spec, "kim"), since);
}

TEST(AttentionTest, AMajorRevisionAsksThoseWhoHadAnsweredAnewAndTheOthersStill) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  const absl::Time since = SinceOf(scene.spec, "kim");
  scene.Position("fay");
  scene.now += absl::Hours(5);
  ASSERT_TRUE(scene.Revise("other bytes", {.facts = "other facts"}).ok());
  EXPECT_THAT(Entries(scene.spec), ElementsAre("fay: take a position on revision 2",
                                               "kim: take a position on revision 2"));
  EXPECT_EQ(SinceOf(scene.spec, "kim"), since);
  EXPECT_GT(SinceOf(scene.spec, "fay"), since + absl::Hours(4));
}

TEST(AttentionTest, TheAuthorsTimeIsThatOfTheReturnWhateverTheyAnswer) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Block("fay", "keys");
  scene.Must("kim", kRequestChanges, "reason: 'x'");
  EXPECT_THAT(Entries(scene.spec),
              ElementsAre("ana: answer 1 blocking concern or add a revision, and submit again"));
  const absl::Time since = SinceOf(scene.spec, "ana");
  scene.now += absl::Hours(30);
  scene.Answer();
  EXPECT_THAT(Entries(scene.spec), ElementsAre("ana: add a revision or answers, and submit again"));
  EXPECT_EQ(SinceOf(scene.spec, "ana"), since);
}

TEST(AttentionTest, ALatePositionBringsInTheGatesOwnerUntilItCame) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Position("kim");
  ASSERT_TRUE(scene.Fire("review.escalate").ok());
  EXPECT_THAT(Entries(scene.spec), ElementsAre("fay: take a position on revision 1",
                                               "chen: press for the positions that are late"));
  EXPECT_THAT(TurnOf(scene.situation()).people(), ElementsAre("fay"));
  scene.Block("chen");  // Something else happens.
  EXPECT_EQ(scene.spec.attention_size(), 2);
  scene.Position("fay");
  EXPECT_EQ(SinceOf(scene.spec, "chen"), absl::InfinitePast());
}

TEST(AttentionTest, TheFacilitatorIsToldWhatIsLeftWhenTheWindowCloses) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Position("kim");
  scene.Block("kim");
  scene.now = FromProto(scene.spec.review().window_end()) - absl::Hours(1);
  scene.Answer();
  ASSERT_TRUE(scene.Fire("review.window").ok());
  EXPECT_EQ(scene.state(), v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_THAT(Entries(scene.spec),
              ElementsAre("kim: resolve the answered concern, or say what is still missing",
                          "facilitator: see what is left, as the review window has closed"));
  EXPECT_THAT(TurnOf(scene.situation()).people(), ElementsAre("kim"));
}

TEST(AttentionTest, WhoLeftIsFollowedByTheOwnerOfTheirGate) {
  v1::Org org = AcmeOrg();
  *PersonIn(org, "fay").mutable_left() = ToDate(CivilDay(2026, 12, 1));
  Scene scene(MakeOrganisation(org));
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.now = Morning(CivilDay(2026, 12, 2));
  EXPECT_EQ(scene.spec.attention(0).person(), "fay");
  EXPECT_THAT(PeopleBehind(scene.situation(), scene.spec.attention(0)), ElementsAre("chen"));
  EXPECT_THAT(TurnOf(scene.situation()).people(), ElementsAre("chen", "kim"));
}

TEST(AttentionTest, AnAuthorWhoLeftIsFollowedByTheOthersElseByTheFacilitators) {
  v1::Org org = AcmeOrg();
  *PersonIn(org, "ana").mutable_left() = ToDate(CivilDay(2026, 12, 3));
  Scene scene(MakeOrganisation(org));
  scene.PlayTo(v1::Spec::STATE_CHANGES_REQUESTED);
  scene.now = Morning(CivilDay(2026, 12, 4));
  EXPECT_THAT(PeopleBehind(scene.situation(), scene.spec.attention(0)), ElementsAre("kim", "lee"));
  scene.spec.add_authors("bo");
  EXPECT_THAT(PeopleBehind(scene.situation(), scene.spec.attention(0)), ElementsAre("bo"));
}

TEST(AttentionTest, TheSponsorStepsInWhereNoFacilitatorIsLeft) {
  v1::Org org = AcmeOrg();
  for (const char* person : {"kim", "lee"}) {
    *PersonIn(org, person).mutable_left() = ToDate(CivilDay(2026, 12, 1));
  }
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_QUEUED);
  scene.organisation = MakeOrganisation(org);
  scene.now = Morning(CivilDay(2026, 12, 2));
  EXPECT_THAT(TurnOf(scene.situation()).people(), ElementsAre("chen"));
}

TEST(AttentionTest, ABotIsNeverAsked) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_DRAFT);
  v1::Attention entry;
  entry.set_person("gavel-bot");
  EXPECT_THAT(PeopleBehind(scene.situation(), entry), ElementsAre("kim", "lee"));
}

TEST(AttentionTest, AMetConditionLeavesNobody) {
  Scene scene;
  InMeetingWithApprovals(scene);
  scene.Outcome("APPROVE_WITH_CONDITIONS",
                "conditions { text: 'a' owner: 'bo' due { year: 2027 month: 1 day: 4 } }");
  EXPECT_THAT(Entries(scene.spec), ElementsAre("bo: meet the open conditions"));
  scene.Must("bo", kMeetCondition, "condition: 'k1'");
  EXPECT_THAT(Entries(scene.spec), IsEmpty());
}

}  // namespace
}  // namespace gavel
