#include "rules/packed/pack.h"

#include <gtest/gtest.h>

#include <limits>

#include "rules/packed/layout.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

TEST(NameHash, IsTheStartOfSha256) {
  // The test vector of FIPS 180-4.
  EXPECT_EQ(NameHash("abc"), 0xba7816bf8f01cfeaULL);
  EXPECT_EQ(NameHash(""), 0u);
  EXPECT_NE(NameHash("postgres/standard-m"), NameHash("postgres/standard-s"));
}

TEST(Day, CountsFrom1970AndBack) {
  EXPECT_EQ(DayOf(Day(1970, 1, 1)), 0);
  EXPECT_EQ(DayOf(Day(2026, 11, 23)), 20'780);
  EXPECT_EQ(DateOf(20'780).SerializeAsString(), Day(2026, 11, 23).SerializeAsString());
  EXPECT_EQ(DayOf({}), std::numeric_limits<int32_t>::min());
}

TEST(PackFacts, TellsTheFourStatusesApart) {
  v1::Facts facts;
  facts.mutable_category()->set_status(v1::FACT_STATUS_STATED_UNKNOWN);
  facts.mutable_system()->set_status(v1::FACT_STATUS_INVALID);
  facts.mutable_regions()->set_status(v1::FACT_STATUS_KNOWN);
  facts.mutable_personal()->set_status(v1::FACT_STATUS_MISSING);
  const uint32_t statuses = PackFacts(facts).statuses();
  EXPECT_EQ(StatusOf(statuses, PackedFact::kCategory), PackedStatus::kUnknown);
  EXPECT_EQ(StatusOf(statuses, PackedFact::kSystem), PackedStatus::kWrong);
  EXPECT_EQ(StatusOf(statuses, PackedFact::kRegions), PackedStatus::kKnown);
  EXPECT_EQ(StatusOf(statuses, PackedFact::kPersonal), PackedStatus::kMissing);
  EXPECT_EQ(StatusOf(statuses, PackedFact::kReversible), PackedStatus::kMissing);
}

TEST(PackFacts, AValueThatIsNotKnownLeavesNoTrace) {
  v1::Facts facts;
  facts.mutable_monthly_cost()->set_status(v1::FACT_STATUS_STATED_UNKNOWN);
  facts.mutable_monthly_cost()->set_high_cents(400);
  facts.mutable_category()->set_value("service-change");
  const v1::PackedFacts packed = PackFacts(facts);
  EXPECT_EQ(packed.cost_high(), 0);
  EXPECT_EQ(packed.category(), 0u);
}

TEST(PackRecord, KeepsTheCircumstances) {
  v1::EvaluationRecord record;
  record.set_facts_unknown(true);
  record.add_findings()->set_code("GV311");  // A warning: nothing is wrong.
  EXPECT_EQ(PackRecord(record).flags(), uint32_t{kFactsUnknownFlag});
  record.mutable_history()->set_auto_decisions_7d(3);
  record.set_snapshot_stale(true);
  EXPECT_EQ(PackRecord(record).flags(),
            uint32_t{kFactsUnknownFlag | kTooManyAutoFlag | kSnapshotStaleFlag});
}

}  // namespace
}  // namespace gavel::rules
