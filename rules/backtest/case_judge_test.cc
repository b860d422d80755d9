#include "rules/backtest/case_judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/backtest/test_cases.h"
#include "rules/packed/random_cases.h"

namespace gavel::rules {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

CaseVerdict Judge(const Past& past, const std::shared_ptr<const Policy>& policy) {
  const v1::ReviewCase review = Reviewed(past, *policy);
  CaseJudge judge(std::make_shared<const FastPolicy>(policy));
  return judge.Judge(review.facts(), review.submitted_day());
}

CaseVerdict Judge(const Past& past) { return Judge(past, WorkedPolicy()); }

std::vector<std::string_view> Missing(const CaseVerdict& verdict) {
  std::vector<std::string_view> names;
  for (unsigned i = 0; i < kFieldCount; ++i) {
    if ((verdict.missing >> i & 1) != 0) names.push_back(MissingName(static_cast<Field>(i)));
  }
  return names;
}

std::string Boring(std::string_view from, std::string_view to) {
  return Edited(BoringSpec(), from, to);
}

TEST(CaseJudge, AnAutomaticApprovalIsOne) {
  const CaseVerdict verdict = Judge({});
  EXPECT_EQ(verdict.bucket, Bucket::kAuto);
  EXPECT_EQ(verdict.mode, v1::REVIEW_MODE_AUTO);
  EXPECT_FALSE(verdict.author_gate);
}

TEST(CaseJudge, AKnownReasonIsNoMissingFact) {
  const CaseVerdict tier =
      Judge({.text = Boring("postgres/standard-m", "postgres/dedicated-xl")});
  EXPECT_EQ(tier.bucket, Bucket::kNotAuto);
  EXPECT_THAT(Missing(tier), IsEmpty());
  // The tier decides, whatever the cost.
  const CaseVerdict both = Judge({.text = Edited(Boring("postgres/standard-m", "s3/glacier"),
                                                 "{low: 400, high: 900}", "unknown")});
  EXPECT_EQ(both.bucket, Bucket::kNotAuto);
}

TEST(CaseJudge, AMissingFactThatDecidesCannotBeTold) {
  const CaseVerdict missing =
      Judge({.text = Boring("cost:\n  monthly_usd: {low: 400, high: 900}\n", "")});
  EXPECT_EQ(missing.bucket, Bucket::kCannotTell);
  EXPECT_TRUE(missing.author_gate);
  EXPECT_THAT(Missing(missing), ElementsAre("cost.monthly_usd"));

  const CaseVerdict unknown = Judge({.text = Boring("{low: 400, high: 900}", "unknown")});
  EXPECT_EQ(unknown.bucket, Bucket::kCannotTell);
  EXPECT_FALSE(unknown.author_gate);
  EXPECT_THAT(Missing(unknown), ElementsAre("cost.monthly_usd"));
}

TEST(CaseJudge, DependenciesThatNobodyStatedCannotBeTold) {
  const std::string text = Boring(
      "dependencies:\n  - {use: postgres/standard-m, for: ledger reads}\n"
      "  - {use: k8s/standard}\n",
      "");
  EXPECT_EQ(Judge({.text = text}).bucket, Bucket::kCannotTell);
  EXPECT_THAT(Missing(Judge({.text = text})), Contains("dependencies"));
  // A product in the text is undeclared only until somebody declares it.
  const std::string mentions = Edited(text, "Nothing is written", "It runs on postgres. Nothing");
  EXPECT_EQ(Judge({.text = mentions}).bucket, Bucket::kCannotTell);
  EXPECT_EQ(Judge({.text = mentions}, ShippedPolicy()).bucket, Bucket::kCannotTell);
  // With dependencies stated, it is a reason.
  const std::string undeclared = Boring("Nothing is written", "It needs kafka. Nothing is written");
  EXPECT_EQ(Judge({.text = undeclared}).bucket, Bucket::kNotAuto);
}

TEST(CaseJudge, ADocumentWithoutOurFrontMatterCannotBeTold) {
  for (const auto& policy : {WorkedPolicy(), ShippedPolicy()}) {
    for (const bool facts_unknown : {false, true}) {
      const CaseVerdict verdict = Judge(
          {.text = "# Old proposal\n\nUses cassandra and kafka.\n", .facts_unknown = facts_unknown},
          policy);
      EXPECT_EQ(verdict.bucket, Bucket::kCannotTell);
      EXPECT_THAT(Missing(verdict), Contains("dependencies"));
    }
  }
}

TEST(CaseJudge, AWrongValueOrTheAuthorsWishIsAReason) {
  EXPECT_EQ(Judge({.text = Boring("{low: 400, high: 900}", "plenty")}).bucket, Bucket::kNotAuto);
  EXPECT_EQ(Judge({.text = Boring("regions:", "review: {wants: sync}\nregions:")}).bucket,
            Bucket::kNotAuto);
}

TEST(CaseJudge, WithoutAnAutoRuleNothingThatIsMissingMatters) {
  const auto policy = WorkedWith("state: enforce\n    review_by: 2027-03-31",
                                 "state: shadow\n    review_by: 2027-03-31");
  EXPECT_EQ(Judge({.text = Boring("{low: 400, high: 900}", "unknown")}, policy).bucket,
            Bucket::kNotAuto);
}

// Takes over from `other` what `facts` does not say: any way in which it might be completed.
template <typename Fact>
void Complete(Fact& fact, const Fact& other) {
  const bool open = fact.status() != v1::FACT_STATUS_KNOWN &&
                    fact.status() != v1::FACT_STATUS_INVALID;
  if (open && other.status() == v1::FACT_STATUS_KNOWN) fact = other;
}

v1::Facts Completed(v1::Facts facts, const v1::Facts& other) {
  const bool declared = facts.dependencies().status() == v1::FACT_STATUS_KNOWN;
  Complete(*facts.mutable_category(), other.category());
  Complete(*facts.mutable_system(), other.system());
  Complete(*facts.mutable_dependencies(), other.dependencies());
  Complete(*facts.mutable_classification(), other.classification());
  Complete(*facts.mutable_personal(), other.personal());
  Complete(*facts.mutable_regions(), other.regions());
  Complete(*facts.mutable_monthly_cost(), other.monthly_cost());
  Complete(*facts.mutable_reversible(), other.reversible());
  Complete(*facts.mutable_blast_radius(), other.blast_radius());
  Complete(*facts.mutable_sections(), other.sections());
  Complete(*facts.mutable_coverage(), other.coverage());
  Complete(*facts.mutable_undeclared(), other.undeclared());
  Complete(*facts.mutable_mentions_undeclared(), other.mentions_undeclared());
  Complete(*facts.mutable_system_cost_90d(), other.system_cost_90d());
  // What was undeclared for want of a list is declared now.
  if (!declared) facts.mutable_mentions_undeclared()->clear_values();
  return facts;
}

// What the bucket claims: what is not "cannot tell" stays with people, however it is completed.
TEST(CaseJudgeProperty, NoCompletionApprovesWhatIsNotCannotTell) {
  RandomSource random(7);
  int not_auto = 0, cannot_tell = 0, became_auto = 0;
  for (int round = 0; round < 60; ++round) {
    const auto policy = RandomPolicy(*WorkedPolicy(), random);
    CaseJudge judge(std::make_shared<const FastPolicy>(policy));
    for (int i = 0; i < 100; ++i) {
      v1::EvaluationRecord record = RandomRecord(*policy, random);
      const int32_t day = DayOf(record.as_of());
      const CaseVerdict before = judge.Judge(PackRecord(record), day);
      if (before.bucket == Bucket::kAuto || record.facts().foreign()) continue;
      ++(before.bucket == Bucket::kNotAuto ? not_auto : cannot_tell);
      for (int other = 0; other < 5; ++other) {
        v1::EvaluationRecord completed = record;
        *completed.mutable_facts() =
            Completed(record.facts(), RandomRecord(*policy, random).facts());
        const bool approved = judge.Judge(PackRecord(completed), day).bucket == Bucket::kAuto;
        if (!approved) continue;
        ++became_auto;
        ASSERT_EQ(before.bucket, Bucket::kCannotTell)
            << record.ShortDebugString() << "\ncompleted: " << completed.ShortDebugString();
      }
    }
  }
  EXPECT_GT(not_auto, 100);
  EXPECT_GT(cannot_tell, 100);
  EXPECT_GT(became_auto, 0) << "the property was never put to the test";
}

}  // namespace
}  // namespace gavel::rules
