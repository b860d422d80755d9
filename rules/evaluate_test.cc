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

struct HistoryRow {
  const char* name;
  History history;
  Names fired;
};
void PrintTo(const HistoryRow& row, std::ostream* os) { *os << row.name; }
class HistoryBuiltins : public testing::TestWithParam<HistoryRow> {};
TEST_P(HistoryBuiltins, SendToPeople) {
  const v1::Verdict verdict = Decide({.inputs = {.history = GetParam().history}});
  EXPECT_EQ(FiredOf(verdict), GetParam().fired);
  EXPECT_EQ(verdict.mode() == kAuto, GetParam().fired == Names{"auto/standard-tiers"});
}
INSTANTIATE_TEST_SUITE_P(
    Table, HistoryBuiltins,
    testing::Values(
        HistoryRow{"Clear", {}, {"auto/standard-tiers"}},
        HistoryRow{"Rejection", {.recent_rejection = "MEDIA-3"}, {"builtin/recent-rejection"}},
        HistoryRow{"Supersedes", {.supersedes_people = "MEDIA-3"}, {"builtin/supersedes-people"}},
        HistoryRow{"OwnRule", {.own_rules = {"auto/standard-tiers"}}, {"builtin/own-rule"}},
        HistoryRow{"OtherRule", {.own_rules = {"auto/config-only"}}, {"auto/standard-tiers"}},
        HistoryRow{"TwoAutos", {.auto_decisions_7d = 2}, {"auto/standard-tiers"}},
        HistoryRow{"ThreeAutos", {.auto_decisions_7d = 3}, {"builtin/too-many-auto"}}),
    RowName());

TEST(Builtins, AStaleOrganisationApprovesNothing) {
  const v1::Verdict verdict = Decide({.inputs = {.snapshot_stale = true}});
  EXPECT_THAT(FiredOf(verdict), ElementsAre("builtin/snapshot-stale"));
}

TEST(Resolution, AnAuthorMayAskForMoreAndNotForLess) {
  const auto wanting = [](const char* wish, const std::string& text = BoringSpec()) {
    return Decide(
        {.text = Edited(text, "regions:", std::string("review: {wants: ") + wish + "}\nregions:")});
  };
  EXPECT_EQ(wanting("auto").mode(), kAuto);
  const v1::Verdict async = wanting("async");
  EXPECT_EQ(async.mode(), kAsync);
  EXPECT_THAT(FiredOf(async), IsEmpty());
  EXPECT_EQ(async.auto_rule(), "");
  EXPECT_EQ(async.summary(), "Async review in media: the author asked for it.");
  EXPECT_EQ(wanting("async", Edited(BoringSpec(), kRange, "20001")).mode(), kSync);
}

TEST(Resolution, WhatTheSponsorSetsAsideIsRecordedAndNeverApproves) {
  const v1::Verdict verdict =
      Decide({.text = Edited(BoringSpec(), "## Rollback\n", "## Rollback\n\nOr Kafka.\n"),
              .inputs = {.overridden = {"review/undeclared-dependency"}}});
  EXPECT_EQ(verdict.mode(), kAsync);
  EXPECT_THAT(FiredOf(verdict), IsEmpty());
  EXPECT_THAT(verdict.areas(), IsEmpty());
  for (const v1::RuleResult& rule : verdict.rules()) {
    if (rule.id() != "review/undeclared-dependency") continue;
    EXPECT_EQ(rule.suspension(), v1::RuleResult::SUSPENSION_OVERRIDDEN);
  }
  const v1::Verdict gate = Decide({.text = Edited(BoringSpec(), kDeps, ""),
                                   .inputs = {.overridden = {"builtin/dependencies-not-stated"}}});
  EXPECT_FALSE(gate.author_gate());
  EXPECT_EQ(gate.mode(), kAsync);
}

TEST(Resolution, TheSpecsOwnAreaIsNeverConsulted) {
  const v1::Verdict verdict =
      Decide({.text = Edited(Edited(BoringSpec(), "area: media", "area: platform"), "k8s/standard",
                             "k8s/turbo")});
  EXPECT_THAT(verdict.areas(), IsEmpty());
  EXPECT_EQ(
      verdict.summary(),
      "Async review in platform: `k8s/turbo` (tiers of k8s: gpu, standard) is not in the catalog.");
}

TEST(Resolution, AnAsyncRequirementNeverLowersASyncDefault) {
  v1::PolicySource source = ShippedPolicy()->source();
  std::string& rules = (*source.mutable_files())["rules.yaml"];
  const size_t at = rules.find("state: shadow", rules.find("review/sensitive-data"));
  rules.replace(at, 13, "state: enforce");
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(policy.ok()) << policy.status();
  const std::string confidential = Edited(BoringSpec(), "internal,", "confidential,");
  EXPECT_EQ(Decide({.text = confidential}, **policy).mode(), kAsync);
  EXPECT_EQ(Decide({.text = Edited(confidential, "standard-m", "dedicated-xl")}, **policy).mode(),
            kSync);
}

TEST(Merging, TheCatalogsPricesCountWhereTheyAreHigher) {
  const std::string text =
      Edited(BoringSpec(), "{use: k8s/standard}",
             "{use: k8s/standard}\n  - {use: s3/standard}\n  - {use: kafka/shared}");
  const v1::Verdict verdict =
      Decide({.text = text});  // 600 + 900 + 400 + 300, over the limit of 2,000.
  EXPECT_EQ(verdict.mode(), kAsync);
  EXPECT_THAT(verdict.summary(), HasSubstr("2,200 USD by the catalog's prices"));
}

TEST(Merging, ASystemLendsItsDataClass) {
  v1::PolicySource source = WorkedSource();
  std::string& org = (*source.mutable_files())["org.yaml"];
  org = Edited(org, "owner: team:uploads, classification: internal",
               "owner: team:uploads, classification: restricted");
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(policy.ok());
  EXPECT_THAT(FiredOf(Decide({}, **policy)), ElementsAre(kSensitive));
  // Leaving the system out is no way around it: it could be that one.
  const v1::Verdict silent =
      Decide({.text = Edited(BoringSpec(), "system: uploads\n", "")}, **policy);
  EXPECT_THAT(FiredOf(silent), ElementsAre(kSensitive));
  EXPECT_THAT(silent.summary(), HasSubstr("could not tell: data.classification"));
}

TEST(Findings, AnErrorThatAsksReplacesTheWarningThatNotes) {
  const v1::Verdict verdict = Decide({.text = Edited(BoringSpec(), kDeps, "")});
  std::vector<std::string> codes;
  for (const v1::Finding& finding : verdict.findings()) codes.push_back(finding.code());
  EXPECT_THAT(codes, ElementsAre("GV301", "GV220"));
}

TEST(Pins, NameEverythingThatDecided) {
  const v1::Verdict verdict = Decide({.inputs = {.content_hash = "abc"}});
  EXPECT_EQ(verdict.pins().rule_set(), WorkedPolicy()->rule_set_pin());
  EXPECT_EQ(verdict.pins().content(), "abc");
  EXPECT_EQ(verdict.pins().as_of().day(), 22);
  EXPECT_EQ(verdict.pins().facts().size(), 64u);
}

struct HashRow {
  const char* name;
  const char* from;
  const char* to;
  bool changes;
};
void PrintTo(const HashRow& row, std::ostream* os) { *os << row.name; }
class FactsHashes : public testing::TestWithParam<HashRow> {};
TEST_P(FactsHashes, CoverWhatRulesReadAndNothingElse) {
  const auto policy = WorkedPolicy();
  const auto hash = [&](const std::string& text) {
    const auto document = ReadDocument(
        text,
        {.policy = policy.get(), .default_area = "media", .default_author = "bo", .path = ""});
    return document.ok() ? FactsHash(document->facts) : document.status().ToString();
  };
  EXPECT_EQ(hash(Edited(BoringSpec(), GetParam().from, GetParam().to)) != hash(BoringSpec()),
            GetParam().changes);
}
INSTANTIATE_TEST_SUITE_P(
    Table, FactsHashes,
    testing::Values(HashRow{"Area", "area: media", "area: platform", true},
                    HashRow{"Authors", "\"@ana\"", "\"@ana\", \"@bo\"", true},
                    HashRow{"Consulted", "area: media", "area: media\nconsulted: [platform]", true},
                    HashRow{"Category", "service-change", "new-service", true},
                    HashRow{"Tier", "standard-m", "standard-s", true},
                    HashRow{"Class", "internal,", "public,", true},
                    HashRow{"Cost", "high: 900", "high: 901", true},
                    HashRow{"Section", "## Cost\n", "## Price\n", true},
                    HashRow{"Mention", "## Rollback\n", "## Rollback\n\nOr Kafka.\n", true},
                    HashRow{"Wish", "regions:", "review: {wants: sync}\nregions:", true},
                    HashRow{"Supersedes", "regions:", "supersedes: [MEDIA-1]\nregions:", true},
                    HashRow{"Title", "title: Order ledger read replica",
                            "title: Another title here", false},
                    HashRow{"Key", "spec: 1", "spec: 1\nkey: MEDIA-42", false},
                    HashRow{"Links", "spec: 1", "spec: 1\nlinks: [\"https://example.org\"]", false},
                    HashRow{"Labels", "spec: 1", "spec: 1\nlabels: [urgent]", false},
                    HashRow{"Purpose", "for: ledger reads", "for: reads", false},
                    HashRow{"AliasOfTheSame", "postgres/", "pg/", false},
                    HashRow{"Comment", "spec: 1", "spec: 1 # one\n# two", false},
                    HashRow{"BodyText", "nobody has", "no one has", false}),
    RowName());

}  // namespace
}  // namespace gavel::rules
