// Every kind of value in a front matter: the status of its fact, and what is said about it.
#include "rules/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "engine/base/error.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

absl::StatusOr<Document> Read(const std::string& text) {
  const auto policy = WorkedPolicy();
  return ReadDocument(text, {.policy = policy.get(),
                             .default_area = "media",
                             .default_author = "bo",
                             .path = "specs/x.md"});
}

Document MustRead(const std::string& text) {
  auto document = Read(text);
  EXPECT_TRUE(document.ok()) << document.status();
  return document.ok() ? *std::move(document) : Document();
}

struct ValueRow {
  const char* name;
  const char* from;  // Replaced in the boring spec.
  std::string to;
  std::vector<std::string> codes;  // Of findings, besides the missing section.
  std::function<v1::FactStatus(const v1::Facts&)> fact;
  v1::FactStatus status;
};
void PrintTo(const ValueRow& row, std::ostream* os) { *os << row.name; }

using F = v1::Facts;
v1::FactStatus Class(const F& f) { return f.classification().status(); }
v1::FactStatus Personal(const F& f) { return f.personal().status(); }
v1::FactStatus Cost(const F& f) { return f.monthly_cost().status(); }
v1::FactStatus Deps(const F& f) { return f.dependencies().status(); }
v1::FactStatus Regions(const F& f) { return f.regions().status(); }
v1::FactStatus Reversible(const F& f) { return f.reversible().status(); }
v1::FactStatus Blast(const F& f) { return f.blast_radius().status(); }
v1::FactStatus Category(const F& f) { return f.category().status(); }
v1::FactStatus System(const F& f) { return f.system().status(); }

constexpr auto kKnown = v1::FACT_STATUS_KNOWN;
constexpr auto kMissing = v1::FACT_STATUS_MISSING;
constexpr auto kUnknown = v1::FACT_STATUS_STATED_UNKNOWN;
constexpr auto kInvalid = v1::FACT_STATUS_INVALID;
constexpr char kData[] = "data: {classification: internal, personal: false}\n";
constexpr char kRange[] = "{low: 400, high: 900}";
constexpr char kCost[] = "cost:\n  monthly_usd: {low: 400, high: 900}\n";
constexpr char kChange[] = "change: {reversible: true, blast_radius: low}\n";
constexpr char kDeps[] =
    "dependencies:\n  - {use: postgres/standard-m, for: ledger reads}\n  - {use: k8s/standard}\n";

class FrontMatterValues : public testing::TestWithParam<ValueRow> {};

TEST_P(FrontMatterValues, ComeToTheirStatusAndFindings) {
  const ValueRow& row = GetParam();
  const Document document = MustRead(Edited(BoringSpec(), row.from, row.to));
  std::vector<std::string> codes = CodesOf(document.findings);
  std::erase(codes, "GV301");
  EXPECT_EQ(codes, row.codes);
  if (row.fact) {
    EXPECT_EQ(row.fact(document.facts), row.status);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Classes, FrontMatterValues,
    testing::Values(
        ValueRow{"UpperCaseAndSpace", "internal,", "\" Internal \",", {}, Class, kKnown},
        ValueRow{"NotInEnum", "internal,", "secret,", {"GV104"}, Class, kInvalid},
        ValueRow{
            "UnknownKey", "classification:", "clasification:", {"GV102", "GV101"}, Class, kMissing},
        ValueRow{"Template", "internal,", "TBD,", {"GV108"}, Class, kMissing},
        ValueRow{"Alternatives",
                 "internal,",
                 "public|internal|confidential,",
                 {"GV108"},
                 Class,
                 kMissing},
        ValueRow{"EmptyClass", "internal,", ",", {"GV108"}, Class, kMissing},
        ValueRow{"StatedUnknown", "internal,", "unknown,", {}, Class, kUnknown},
        ValueRow{"DataUnknown", kData, "data: unknown\n", {}, Personal, kUnknown},
        ValueRow{"DataMissing", kData, "", {"GV101"}, Class, kMissing},
        ValueRow{"DataIsAList", kData, "data: [internal]\n", {"GV103"}, Class, kInvalid},
        ValueRow{"ClassIsAList", "internal,", "[internal],", {"GV103"}, Class, kInvalid},
        ValueRow{"YamlNo", "personal: false", "personal: no", {"GV104"}, Personal, kInvalid},
        ValueRow{
            "QuotedBool", "personal: false", "personal: \"false\"", {"GV104"}, Personal, kInvalid},
        ValueRow{
            "PersonalUnknown", "personal: false", "personal: unknown", {}, Personal, kUnknown}),
    RowName());

INSTANTIATE_TEST_SUITE_P(
    Costs, FrontMatterValues,
    testing::Values(
        ValueRow{"LowAboveHigh", kRange, "{low: 900, high: 400}", {"GV110"}, Cost, kInvalid},
        ValueRow{"Negative", kRange, "-400", {"GV109"}, Cost, kInvalid},
        ValueRow{"NotANumber", kRange, ".nan", {"GV109"}, Cost, kInvalid},
        ValueRow{"Exponent", kRange, "1e3", {"GV109"}, Cost, kInvalid},
        ValueRow{"Underscore", kRange, "1_000", {"GV109"}, Cost, kInvalid},
        ValueRow{"Quoted", kRange, "\"400\"", {"GV109"}, Cost, kInvalid},
        ValueRow{"Currency", kRange, "400 EUR", {"GV109"}, Cost, kInvalid},
        ValueRow{"OneDecimal", kRange, "400.5", {"GV109"}, Cost, kInvalid},
        ValueRow{"Largest", kRange, "{low: 0, high: 92233720368547758.07}", {}, Cost, kKnown},
        ValueRow{"OneCentMore",
                 kRange,
                 "{low: 0, high: 92233720368547758.08}",
                 {"GV109"},
                 Cost,
                 kInvalid},
        ValueRow{"HollowRange", kRange, "{low: , high: }", {"GV108"}, Cost, kMissing},
        ValueRow{"HighLeftOut", kRange, "{low: 4, high: }", {"GV108"}, Cost, kMissing},
        ValueRow{"HighMissing", kRange, "{low: 4}", {"GV101"}, Cost, kMissing},
        ValueRow{"RangeUnknown", kRange, "unknown", {}, Cost, kUnknown},
        ValueRow{"CostUnknown", kCost, "cost: unknown\n", {}, Cost, kUnknown},
        ValueRow{"CostMissing", kCost, "", {"GV101"}, Cost, kMissing},
        ValueRow{"CostIsANumber", kCost, "cost: 400\n", {"GV103"}, Cost, kInvalid},
        ValueRow{"CostTemplate", kCost, "cost: TBD\n", {"GV108"}, Cost, kMissing}),
    RowName());

INSTANTIATE_TEST_SUITE_P(
    Dependencies, FrontMatterValues,
    testing::Values(
        ValueRow{"DepsMissing", kDeps, "", {"GV101"}, Deps, kMissing},
        ValueRow{"DepsNone", kDeps, "dependencies: none\n", {}, Deps, kKnown},
        ValueRow{"DepsUnknown", kDeps, "dependencies: unknown\n", {}, Deps, kUnknown},
        ValueRow{"DepsEmptyList", kDeps, "dependencies: []\n", {"GV114"}, Deps, kKnown},
        ValueRow{"DepsEmpty", kDeps, "dependencies:\n", {"GV108"}, Deps, kMissing},
        ValueRow{"DepsWord", kDeps, "dependencies: nothing\n", {"GV104"}, Deps, kInvalid},
        ValueRow{"UnknownProduct", "k8s/standard", "foo/standard", {"GV204"}, Deps, kKnown},
        ValueRow{"UnknownTier", "k8s/standard", "k8s/turbo", {"GV204"}, Deps, kKnown},
        ValueRow{"NoTier", "k8s/standard", "k8s", {"GV205"}, Deps, kKnown},
        ValueRow{"UpperCaseProduct", "k8s/standard", "K8s/Standard", {"GV105"}, Deps, kInvalid},
        ValueRow{"Twice",
                 "{use: k8s/standard}",
                 "{use: k8s/standard}\n  - {use: eks/standard}",
                 {"GV206"},
                 Deps,
                 kKnown},
        ValueRow{"NoUse", "{use: k8s/standard}", "{for: x}", {"GV103"}, Deps, kInvalid},
        ValueRow{"WrongQuantity",
                 "{use: k8s/standard}",
                 "{use: k8s/standard, quantity: many}",
                 {"GV105"},
                 Deps,
                 kKnown},
        ValueRow{"BareName", "{use: k8s/standard}", "k8s/standard", {"GV103"}, Deps, kInvalid},
        ValueRow{
            "UsedAndNot", "regions:", "not_used: [kubernetes]\nregions:", {"GV211"}, Deps, kKnown}),
    RowName());

INSTANTIATE_TEST_SUITE_P(
    Others, FrontMatterValues,
    testing::Values(
        ValueRow{"UnknownRegion", "[us-east]", "[us-eats]", {"GV208"}, Regions, kInvalid},
        ValueRow{"RegionIsText", "[us-east]", "us-east", {"GV103"}, Regions, kInvalid},
        ValueRow{"RegionsUnknown", "[us-east]", "unknown", {}, Regions, kUnknown},
        ValueRow{"RegionsMissing", "regions: [us-east]\n", "", {}, Regions, kMissing},
        ValueRow{"ReversibleMaybe",
                 "reversible: true",
                 "reversible: maybe",
                 {"GV104"},
                 Reversible,
                 kInvalid},
        ValueRow{"ChangeUnknown", kChange, "change: unknown\n", {}, Blast, kUnknown},
        ValueRow{"ChangeMissing", kChange, "", {"GV101"}, Reversible, kMissing},
        ValueRow{"BlastMissing", ", blast_radius: low", "", {}, Blast, kMissing},
        ValueRow{
            "UnknownCategory", "service-change", "serv1ce-change", {"GV209"}, Category, kInvalid},
        ValueRow{"CategoryUnknown", "service-change", "unknown", {}, Category, kUnknown},
        ValueRow{
            "SystemElsewhere", "system: uploads", "system: billing", {"GV210"}, System, kKnown},
        ValueRow{"Version2", "spec: 1", "spec: 2", {"GV111"}, nullptr, kKnown},
        ValueRow{"QuotedVersion", "spec: 1", "spec: \"1\"", {"GV111"}, nullptr, kKnown},
        ValueRow{"UnknownArea", "area: media", "area: medai", {"GV201"}, nullptr, kKnown},
        ValueRow{"ConsultedOnlyArea", "area: media", "area: security", {"GV202"}, nullptr, kKnown},
        ValueRow{"ConsultsItself",
                 "area: media",
                 "area: media\nconsulted: [media]",
                 {"GV212"},
                 nullptr,
                 kKnown},
        ValueRow{"ConsultsNobody",
                 "area: media",
                 "area: media\nconsulted: [medai]",
                 {"GV201"},
                 nullptr,
                 kKnown},
        ValueRow{"UnknownAuthor", "\"@ana\"", "\"@anna\"", {"GV203"}, nullptr, kKnown},
        ValueRow{"AuthorByMail", "\"@ana\"", "ANA@example.org", {}, nullptr, kKnown},
        ValueRow{"AuthorWithoutAt", "\"@ana\"", "ana", {"GV105"}, nullptr, kKnown},
        ValueRow{
            "AuthorTwice", "\"@ana\"", "\"@ana\", ana@example.org", {"GV107"}, nullptr, kKnown},
        ValueRow{"NoAuthors", "[\"@ana\"]", "[]", {"GV107"}, nullptr, kKnown},
        ValueRow{"ShortTitle",
                 "title: Order ledger read replica",
                 "title: Order",
                 {"GV106"},
                 nullptr,
                 kKnown},
        ValueRow{"FoldedTitle",
                 "title: Order ledger read replica",
                 "title: >\n  Order ledger\n  read replica",
                 {},
                 nullptr,
                 kKnown},
        ValueRow{"MisspelledKey", "category:", "categroy:", {"GV102"}, Category, kMissing},
        ValueRow{"OwnKey", "category: service-change", "x-team: {a: [1]}", {}, Category, kMissing},
        ValueRow{"OwnKeyInCapitals", "regions:", "x-Team: 1\nregions:", {"GV102"}, nullptr, kKnown},
        ValueRow{"WrongWish",
                 "regions:",
                 "review: {wants: maybe}\nregions:",
                 {"GV104"},
                 nullptr,
                 kKnown},
        ValueRow{"WrongDay",
                 "regions:",
                 "review: {by: 2026-13-01}\nregions:",
                 {"GV113"},
                 nullptr,
                 kKnown},
        ValueRow{"NoDecisions",
                 "open_decisions: none",
                 "open_decisions: []",
                 {"GV107"},
                 nullptr,
                 kKnown},
        ValueRow{"WrongKey", "regions:", "key: media-1\nregions:", {"GV105"}, nullptr, kKnown},
        ValueRow{
            "WrongLink", "regions:", "links: [nowhere]\nregions:", {"GV105"}, nullptr, kKnown}),
    RowName());

TEST(FrontMatter, PointsAtTheValueAndNamesTheFix) {
  const Document document = MustRead(Edited(BoringSpec(), "k8s/standard", "k8s/standrad"));
  const v1::Finding& finding = document.findings.front();
  EXPECT_EQ(finding.code(), "GV204");
  EXPECT_EQ(finding.line(), 14);
  EXPECT_EQ(finding.column(), 11);
  EXPECT_EQ(finding.field(), "front_matter.dependencies[1].use");
  EXPECT_EQ(
      finding.message(),
      "dependencies[1].use: `k8s/standrad` is not in the catalog. Did you mean `k8s/standard`?");
}

TEST(FrontMatter, ShowsAnAliasAndWhatItIs) {
  const Document document = MustRead(Edited(BoringSpec(), "postgres/standard-m", "pg/standard-m"));
  EXPECT_EQ(document.facts.dependencies().dependencies(0).product(), "postgres");
  EXPECT_EQ(document.facts.dependencies().dependencies(0).written(), "pg/standard-m");
  EXPECT_EQ(document.findings.front().message(),
            "dependencies[0].use: `pg/standard-m` is read as `postgres/standard-m`.");
}

TEST(FrontMatter, OneAmountIsLowAndHigh) {
  const Document document = MustRead(Edited(BoringSpec(), "{low: 400, high: 900}", "400"));
  EXPECT_EQ(document.facts.monthly_cost().low_cents(), 40000);
  EXPECT_EQ(document.facts.monthly_cost().high_cents(), 40000);
}

TEST(FrontMatter, ReadsTheWishesOfTheAuthor) {
  const Document document = MustRead(Edited(BoringSpec(), "regions:",
                                            "review: {wants: sync, not_before: 2026-12-01, by: "
                                            "2026-12-18}\nsupersedes: [MEDIA-4]\nregions:"));
  EXPECT_EQ(document.facts.wants(), v1::REVIEW_MODE_SYNC);
  EXPECT_EQ(document.facts.not_before().month(), 12);
  EXPECT_EQ(document.facts.needed_by().day(), 18);
  EXPECT_THAT(document.facts.supersedes(), ElementsAre("MEDIA-4"));
}

TEST(FrontMatter, MentionsAreSettledByDependenciesAndNotUsed) {
  const std::string text =
      Edited(BoringSpec(), "## Rollback\n", "## Rollback\n\nKafka and lambda would do as well.\n");
  EXPECT_THAT(MustRead(text).facts.mentions_undeclared().values(), ElementsAre("kafka", "lambda"));
  EXPECT_THAT(MustRead(Edited(text, "regions:", "not_used: [kafka]\nregions:"))
                  .facts.mentions_undeclared()
                  .values(),
              ElementsAre("lambda"));
}

TEST(CostTable, IsAddedUpAndComparedWithTheFrontMatter) {
  const std::string table =
      "## Cost\n\n| Uses | How | Low, per month | High, per month |\n|---|---|--:|--:|\n"
      "| postgres/standard-m | x | $380 | 800 |\n| **Total** | | **400** | **1,900** |\n\n";
  const Document document = MustRead(Edited(BoringSpec(), "## Cost\n\n", table));
  std::vector<std::string> messages;
  for (const v1::Finding& finding : document.findings) {
    if (finding.field() == "cost") messages.push_back(finding.code() + " " + finding.message());
  }
  EXPECT_THAT(messages,
              ElementsAre(HasSubstr("GV311 Section \"Cost\" gives no price for `k8s/standard`"),
                          HasSubstr("GV312 The low column adds up to 380, the total says 400"),
                          HasSubstr("GV312 The high column adds up to 800, the total says 1,900"),
                          HasSubstr("GV313 The high total is 1,900, cost.monthly_usd says 900")));
}

}  // namespace
}  // namespace gavel::rules
