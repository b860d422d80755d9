// The edge table of the design (rules.md, section 5): documents of the worked organisation and
// their verdicts. Infrastructure counts as looked at (`partial`), or nothing could be approved
// there.
#include "rules/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/compile/policy_files.h"
#include "rules/document.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Names = std::vector<std::string>;

constexpr auto kAuto = v1::REVIEW_MODE_AUTO;
constexpr auto kAsync = v1::REVIEW_MODE_ASYNC;
constexpr auto kSync = v1::REVIEW_MODE_SYNC;
constexpr char kRange[] = "{low: 400, high: 900}";
constexpr char kDeps[] =
    "dependencies:\n  - {use: postgres/standard-m, for: ledger reads}\n  - {use: k8s/standard}\n";
constexpr char kSensitive[] = "review/sensitive-data";

struct EdgeRow {
  const char* name;  // Starts with the row of the table.
  const char* from;
  std::string to;
  bool gate;
  v1::ReviewMode mode;
  Names areas;
  Names fired;
};
void PrintTo(const EdgeRow& row, std::ostream* os) { *os << row.name; }

class EdgeTable : public testing::TestWithParam<EdgeRow> {};

TEST_P(EdgeTable, HasTheVerdictOfTheDesign) {
  const EdgeRow& row = GetParam();
  const v1::Verdict verdict = Decide({.text = Edited(BoringSpec(), row.from, row.to)});
  EXPECT_EQ(verdict.author_gate(), row.gate) << verdict.summary();
  EXPECT_EQ(verdict.mode(), row.mode) << verdict.summary();
  EXPECT_EQ(Names(verdict.areas().begin(), verdict.areas().end()), row.areas) << verdict.summary();
  EXPECT_EQ(FiredOf(verdict), row.fired) << verdict.summary();
}

INSTANTIATE_TEST_SUITE_P(
    Table, EdgeTable,
    testing::Values(
        EdgeRow{"Row04UnknownKey",
                "classification:",
                "clasification:",
                true,
                kAsync,
                {"security-privacy"},
                {"builtin/facts-missing", "builtin/front-matter-invalid", kSensitive}},
        EdgeRow{"Row05CaseAndSpace",
                "internal,",
                "\"Internal \",",
                false,
                kAuto,
                {},
                {"auto/standard-tiers"}},
        EdgeRow{"Row06NotInEnum",
                "internal,",
                "secret,",
                true,
                kAsync,
                {"security-privacy"},
                {"builtin/front-matter-invalid", kSensitive}},
        EdgeRow{"Row07Template",
                "internal,",
                "TBD,",
                true,
                kAsync,
                {"security-privacy"},
                {"builtin/facts-missing", kSensitive}},
        EdgeRow{"Row07Alternatives",
                "reversible: true, blast_radius: low",
                "reversible: true|false, blast_radius: high",
                true,
                kSync,
                {"architecture"},
                {"builtin/facts-missing", "review/one-way-door"}},
        EdgeRow{"Row07HollowCost",
                kRange,
                "{low: , high: }",
                true,
                kSync,
                {"architecture"},
                {"builtin/facts-missing", "review/one-way-door"}},
        EdgeRow{"Row08OneAmount", kRange, "400", false, kAuto, {}, {"auto/standard-tiers"}},
        EdgeRow{"Row09LowAboveHigh",
                kRange,
                "{low: 900, high: 400}",
                true,
                kSync,
                {"architecture"},
                {"builtin/front-matter-invalid", "review/one-way-door"}},
        EdgeRow{"Row10Quoted",
                kRange,
                "\"400\"",
                true,
                kSync,
                {"architecture"},
                {"builtin/front-matter-invalid", "review/one-way-door"}},
        EdgeRow{"Row11Largest",
                kRange,
                "92233720368547758.07",
                false,
                kSync,
                {"architecture"},
                {"review/one-way-door"}},
        EdgeRow{"Row12ExactlyTheLimit",
                kRange,
                "{low: 100, high: 2000}",
                false,
                kAuto,
                {},
                {"auto/standard-tiers"}},
        EdgeRow{"Row12OneCentMore", kRange, "{low: 100, high: 2000.01}", false, kAsync, {}, {}},
        EdgeRow{"Row13CostUnknown",
                kRange,
                "unknown",
                false,
                kSync,
                {"architecture"},
                {"review/one-way-door"}},
        EdgeRow{"Row13CostMissing",
                "cost:\n  monthly_usd: {low: 400, high: 900}\n",
                "",
                true,
                kSync,
                {"architecture"},
                {"builtin/facts-missing", "review/one-way-door"}},
        EdgeRow{"Row14NoDependencies",
                kDeps,
                "",
                true,
                kAsync,
                {},
                {"builtin/dependencies-not-stated"}},
        EdgeRow{
            "Row14DependenciesUnknown", kDeps, "dependencies: unknown\n", false, kAsync, {}, {}},
        EdgeRow{"Row15None", kDeps, "dependencies: none\n", false, kAsync, {}, {}},
        EdgeRow{"Row16EmptyList", kDeps, "dependencies: []\n", false, kAsync, {}, {}},
        EdgeRow{"Row17UnknownProduct",
                "k8s/standard",
                "foo/standard",
                false,
                kAsync,
                {"platform"},
                {"builtin/uncataloged-dependency"}},
        EdgeRow{"Row18UnknownTier",
                "postgres/standard-m",
                "postgres/turbo",
                false,
                kAsync,
                {"platform"},
                {"builtin/uncataloged-dependency"}},
        EdgeRow{"Row19NoTier",
                "postgres/standard-m",
                "postgres",
                false,
                kAsync,
                {"platform"},
                {"builtin/uncataloged-dependency"}},
        EdgeRow{"Row20Alias",
                "postgres/standard-m",
                "pg/standard-m",
                false,
                kAuto,
                {},
                {"auto/standard-tiers"}},
        EdgeRow{"Row21PastSunset",
                "postgres/standard-m",
                "dynamo/on-demand",
                false,
                kAsync,
                {"platform"},
                {"builtin/sunset-dependency"}},
        EdgeRow{"Row23Twice",
                "{use: k8s/standard}",
                "{use: k8s/standard}\n  - {use: eks/standard}",
                false,
                kAuto,
                {},
                {"auto/standard-tiers"}},
        EdgeRow{"Row25UnknownRegionPersonal",
                "personal: false}\nregions: [us-east]",
                "personal: true}\nregions: [mars]",
                true,
                kAsync,
                {"security-privacy"},
                {"builtin/front-matter-invalid", kSensitive}},
        EdgeRow{"Row26PersonalNoRegion",
                "personal: false}\nregions: [us-east]",
                "personal: true}",
                true,
                kAsync,
                {"security-privacy"},
                {"builtin/facts-missing", kSensitive}},
        EdgeRow{"Row27EmptySection",
                "## Cost\n",
                "## Cost\n## Other\n",
                true,
                kAsync,
                {},
                {"author/cost-section"}},
        EdgeRow{"Row28Suffix",
                "## Cost\n",
                "### Cost estimate (draft)\n",
                false,
                kAuto,
                {},
                {"auto/standard-tiers"}},
        EdgeRow{"Row29InComment",
                "## Cost\n",
                "<!-- ## Cost -->\n",
                true,
                kAsync,
                {},
                {"author/cost-section"}},
        EdgeRow{"Row30RuleInTable",
                "## Rollback\n",
                "| a |\n---\n\n## Rollback\n",
                false,
                kAuto,
                {},
                {"auto/standard-tiers"}},
        EdgeRow{"Row35RestrictedButStandard",
                "internal,",
                "restricted,",
                false,
                kAsync,
                {"security-privacy"},
                {kSensitive}},
        EdgeRow{"Row36TwoReviews",
                "{classification: internal, personal: false}\nregions: [us-east]\ncost:\n  "
                "monthly_usd: {low: 400, high: 900}",
                "{classification: restricted, personal: false}\nregions: [us-east]\ncost:\n  "
                "monthly_usd: 20001",
                false,
                kSync,
                {"architecture", "security-privacy"},
                {"review/one-way-door", kSensitive}},
        EdgeRow{"Row52MentionInDesign",
                "## Rollback\n",
                "## Rollback\n\nOr Kafka.\n",
                false,
                kAsync,
                {"platform"},
                {"review/undeclared-dependency"}},
        EdgeRow{"Row52MentionNotUsed",
                "## Rollback\n",
                "## Rollback\n\nOr Cassandra.\n",
                false,
                kAuto,
                {},
                {"auto/standard-tiers"}},
        EdgeRow{"Row52MentionInAlternatives",
                "## Rollback\n",
                "## Alternatives considered\n\nOr Kafka.\n\n## Rollback\n",
                false,
                kAuto,
                {},
                {"auto/standard-tiers"}},
        EdgeRow{"Row56ChangesPolicy",
                "category: service-change",
                "category: policy",
                false,
                kSync,
                {},
                {"builtin/changes-rules-or-catalog"}}),
    RowName());

}  // namespace
}  // namespace gavel::rules
