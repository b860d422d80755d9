#include "rules/compile/policy_files.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/error.h"
#include "engine/domain/planning/series_numbers.h"
#include "rules/date.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

using testing::HasSubstr;

constexpr char kShadowRule[] = "state: shadow\n    review_by: 2026-12-31";

struct WrongRow {
  const char* name;
  const char* file;
  std::string from, to;
  const char* code;
  const char* says;
};
void PrintTo(const WrongRow& row, std::ostream* os) { *os << row.name; }

// The one line that differs is where the first problem must point.
int LineOf(const std::string& text, const std::string& part) {
  return 1 + static_cast<int>(std::count(
                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find(part)), '\n'));
}

class WrongPolicies : public testing::TestWithParam<WrongRow> {};

TEST_P(WrongPolicies, AreRefusedWithFileLineAndFix) {
  const WrongRow& row = GetParam();
  v1::PolicySource source = WorkedSource();
  std::string& text = (*source.mutable_files())[row.file];
  const int line = LineOf(text, row.from);
  text = Edited(text, row.from, row.to);
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_FALSE(policy.ok());
  EXPECT_EQ(ErrorReasonOf(policy.status()), "POLICY_INVALID");
  const auto violations = FieldViolationsOf(policy.status());
  const auto found =
      std::find_if(violations.begin(), violations.end(), [&](const FieldViolation& violation) {
        return violation.reason == row.code &&
               violation.description.find(row.says) != std::string::npos;
      });
  ASSERT_NE(found, violations.end()) << policy.status();
  EXPECT_THAT(found->field, testing::StartsWith(std::string(row.file) + ":"));
  const int found_line = std::atoi(found->field.substr(found->field.find(':') + 1).c_str());
  EXPECT_NEAR(found_line, line, 8);  // An area's conditions are reported at its first line.
}

constexpr char kOrg[] = "org.yaml";
constexpr char kCatalog[] = "catalog.yaml";
constexpr char kRules[] = "rules.yaml";

INSTANTIATE_TEST_SUITE_P(
    Org, WrongPolicies,
    testing::Values(
        WrongRow{"Kind", kOrg, "kind: Org", "kind: Organisation", "GV504", "`kind: Org`"},
        WrongRow{"Version", kOrg, "version: 1", "version: 2", "GV504", "`version: 1`"},
        WrongRow{"Key", kOrg, "auditors:", "auditers:", "GV502", "Did you mean `auditors`?"},
        WrongRow{"Sponsor", kOrg, "sponsor: chen", "sponsor: cehn", "GV505",
                 "Did you mean `chen`?"},
        WrongRow{"GroupMember", kOrg, "[chen, kim, fay]", "[chen, kim, faye]", "GV505",
                 "Did you mean `fay`?"},
        WrongRow{"Admin", kOrg, "admins: [gus]", "admins: [guss]", "GV505", "Did you mean `gus`?"},
        WrongRow{"GateGroup", kOrg, "group: media-reviewers", "group: media-reviewer", "GV505",
                 "`media-reviewers`"},
        WrongRow{"Prefix", kOrg, "prefix: PLAT", "prefix: MEDIA", "GV506", "another area's"},
        WrongRow{"PrefixForm", kOrg, "prefix: PLAT", "prefix: plat", "GV504", "upper-case"},
        WrongRow{"PersonAndService", kOrg, "  ci:    ", "  ana:   ", "GV506", "a person already"},
        WrongRow{"SponsorIsDeputy", kOrg, "deputy: fay", "deputy: gus", "GV507", "same person"},
        WrongRow{"NoFacilitator", kOrg, "facilitators: [fay]", "facilitators: []", "GV507",
                 "a facilitator"},
        WrongRow{"NoDeputy", kOrg, "    deputy: fay\n", "", "GV507", "a deputy"},
        WrongRow{"OneHost", kOrg, "facilitators: [fay]",
                 "facilitators: [fay]\n    notetakers: [fay]", "GV507", "two people"},
        WrongRow{"Quorum", kOrg, "group: media-reviewers, quorum: 2",
                 "group: media-reviewers, quorum: 4", "GV507", "more than the 3 people"},
        WrongRow{"Freeze", kOrg, "freeze: {bd: 2,", "freeze: {bd: 4,", "GV507",
                 "after the cut-off"},
        WrongRow{"FourSpecs", kOrg, "max_specs: 3", "max_specs: 4", "GV504", "from 1 to 3"},
        WrongRow{"SeriesNumberName", kOrg, "quick_items: 0", "overdue_aftr: 3", "GV502",
                 "Did you mean `overdue_after`?"},
        WrongRow{"SeriesNumberRange", kOrg, "quick_items: 0", "weight_team: 101", "GV504",
                 "0 to 100"},
        WrongRow{"SeriesNumberText", kOrg, "quick_items: 0", "aged_after: soon", "GV504",
                 "1 to 20"},
        WrongRow{"Timeboxes", kOrg, "quick_items: 0", "timebox_most_min: 10", "GV507",
                 "below the shortest, 15"},
        WrongRow{"TooShort", kOrg, "length_min: 60", "length_min: 20", "GV507",
                 "20 minutes hold no item"},
        WrongRow{"GoBeforeFreeze", kOrg, "quick_items: 0", "go_no_go_bd: 3", "GV507",
                 "after the freeze"},
        WrongRow{"AgedAfterOverdue", kOrg, "quick_items: 0", "aged_after: 4", "GV507",
                 "before it is overdue: at most 3"},
        WrongRow{"DayOff", kOrg, "on: thu", "on: sat", "GV507", "No working day"},
        WrongRow{"Zone", kOrg, "Europe/Berlin", "Europe/Berlln", "GV507", "no zone"},
        WrongRow{"Weekday", kOrg, "{on: thu", "{on: thr", "GV504", "Did you mean `thu`?"},
        WrongRow{"Time", kOrg, "at: \"15:00\"", "at: \"25:00\"", "GV504", "A time"},
        WrongRow{"Holidays", kOrg, "holidays/de-be.ics", "holidays/de-bb.ics", "GV501",
                 "Did you mean `holidays/de-be.ics`?"},
        WrongRow{"BuiltinArea", kOrg, "sunset-dependency: platform", "sunset-dependency: plattform",
                 "GV505", "Did you mean `platform`?"},
        WrongRow{"BuiltinName", kOrg, "sunset-dependency:", "sunset-dependencies:", "GV502",
                 "Did you mean `sunset-dependency`?"},
        WrongRow{"SystemOwner", kOrg, "owner: team:uploads", "owner: team:upload", "GV505",
                 "Did you mean `uploads`?"},
        WrongRow{"SectionTwice", kOrg, "[cost, costs]", "[cost, Cost]", "GV506", "listed before"},
        WrongRow{"DuplicateKey", kOrg, "  bo:   {", "  ana:   {", "GV011", "again on line"},
        WrongRow{"Detector", kOrg, "categories:", "detectors: [teraform]\ncategories:", "GV504",
                 "Did you mean `terraform`?"},
        WrongRow{"Calendar", kOrg, "calendar: berlin", "calendar: berlinn", "GV505",
                 "Did you mean `berlin`?"}),
    RowName());

INSTANTIATE_TEST_SUITE_P(
    Catalog, WrongPolicies,
    testing::Values(
        WrongRow{"MappingTier", kCatalog, "resource_type: postgres-database",
                 "resource_type: postgres-database, tier: standard-x", "GV504",
                 "Did you mean `standard-m`?"},
        WrongRow{"TierTwice", kCatalog, "{type: postgres, tier_from: class",
                 "{type: postgres, tier: standard-s, tier_from: class", "GV504", "either `tier`"},
        WrongRow{"NotDependencies", kCatalog, "regions:\n",
                 "not_dependencies: {helm: [x]}\nregions:\n", "GV502", "`helm`"},
        WrongRow{"Status", kCatalog, "glacier: {status: allowed", "glacier: {status: alowed",
                 "GV504", "Did you mean `allowed`?"},
        WrongRow{"Class", kCatalog, "class: queue", "class: queues", "GV504",
                 "Did you mean `queue`?"},
        WrongRow{"AliasOfAnother", kCatalog, "[dynamo]", "[kafka]", "GV506", "name of `kafka`"},
        WrongRow{"StandardWithoutPrice", kCatalog,
                 "shared: {status: standard, max_monthly_usd: 300,", "shared: {status: standard,",
                 "GV503", "`max_monthly_usd`"},
        WrongRow{"StandardForEver", kCatalog, "max_monthly_usd: 300, review_by: 2027-06-30",
                 "max_monthly_usd: 300", "GV503", "`review_by`"},
        WrongRow{"SunsetOfStandard", kCatalog, "{status: deprecated, sunset",
                 "{status: allowed, sunset", "GV507", "deprecated"},
        WrongRow{"Replacement", kCatalog, "replaced_by: postgres/standard-m",
                 "replaced_by: postgres/standard-n", "GV505",
                 "Did you mean `postgres/standard-m`?"},
        WrongRow{"Owner", kCatalog, "owner: team:platform", "owner: team:plattform", "GV505",
                 "Did you mean `platform`?"},
        WrongRow{"SetGroup", kCatalog, "regions: {group: eu}}", "regions: {group: ue}}", "GV505",
                 "region group"},
        WrongRow{"DetectTier", kCatalog, "{small: standard-s", "{small: standard-x", "GV504",
                 "standard-s"},
        WrongRow{"Price", kCatalog, "max_monthly_usd: 300", "max_monthly_usd: 3e2", "GV504",
                 "An amount"}),
    RowName());

INSTANTIATE_TEST_SUITE_P(
    Rules, WrongPolicies,
    testing::Values(
        WrongRow{"Field", kRules, "cost.monthly_usd: {lte", "cost.montly_usd: {lte", "R001",
                 "Did you mean `cost.monthly_usd`?"},
        WrongRow{"Operator", kRules, "{lte: 2000}", "{at_most: 2000}", "R002", "not defined"},
        WrongRow{"EnumValue", kRules, "{at_most: internal}", "{at_most: intern}", "R003",
                 "Did you mean `internal`?"},
        WrongRow{"Category", kRules, "{is: config-change}", "{is: config}", "R003",
                 "spec.category"},
        WrongRow{"Set", kRules, "deps.storage: {only_in: \"@standard\"",
                 "deps.storage: {only_in: \"@standart\"", "R004", "Did you mean `standard`?"},
        WrongRow{"SetOfOtherKind", kRules, "deps.storage: {only_in: \"@standard\"",
                 "deps.storage: {only_in: \"@eu\"", "R004", "set for"},
        WrongRow{"Area", kRules, "area: finops", "area: finop", "R005", "Did you mean `finops`?"},
        WrongRow{"Group", kRules, "from: group:finops", "from: group:finop", "R006",
                 "Did you mean `finops`?"},
        WrongRow{"GroupTooSmall", kRules, "{from: group:finops, count: 1}",
                 "{from: group:finops, count: 9}", "GV507", "nobody could"},
        WrongRow{"OwnerTeam", kRules, "owner: team:architecture", "owner: team:architects", "R006",
                 "Did you mean `architecture`?"},
        WrongRow{"Section", kRules, "{has: cost}", "{has: costs}", "R007", "Did you mean `cost`?"},
        WrongRow{"SameId", kRules, "id: auto/config-only", "id: auto/standard-tiers", "R008",
                 "another rule's"},
        WrongRow{"NoWhy", kRules,
                 "    why: Reviewers cannot judge a tier choice without the monthly cost.\n", "",
                 "R009", "`why` is missing"},
        WrongRow{"NoState", kRules, kShadowRule, "review_by: 2026-12-31", "R009",
                 "`state` is missing"},
        WrongRow{"NoReviewBy", kRules, kShadowRule, "state: shadow", "R009",
                 "`review_by` is missing"},
        WrongRow{"StatedInAuto", kRules, "- data.personal: {is: false}",
                 "- data.personal: {stated: false}", "R015", "`stated: true`"},
        WrongRow{"StatedUnderNot", kRules, "- data.personal: {is: false}",
                 "- not: {data.personal: {stated: true}}", "R015", "`stated: false`"},
        WrongRow{"StatedInRequire", kRules, "{history.system_cost_90d_usd: {gt: 5000}}",
                 "{cost.monthly_usd: {stated: true}}", "R015", "`stated: false`"},
        WrongRow{"NoOrNone", kRules, "deps.compute: {only_in: \"@standard\", or_none: false}",
                 "deps.compute: {only_in: \"@standard\"}", "R016", "`or_none: true`"},
        WrongRow{"GuardLeftOut", kRules,
                 "        - change.reversible: {is: true}\n        - sections",
                 "        - sections", "R017", "`change.reversible`"},
        WrongRow{"EnforcedWithoutGuards", kRules, kShadowRule,
                 "state: enforce\n    review_by: 2026-12-31", "R017", "`deps.storage`"},
        WrongRow{"TwoEffects", kRules, "{auto_approve: {audit: 25%}}",
                 "{auto_approve: {audit: 25%}, flag: {label: a, message: b}}", "GV504",
                 "Exactly one"},
        WrongRow{"AuditShare", kRules, "{audit: 25%}", "{audit: 125%}", "GV504", "A share"},
        WrongRow{"BuiltinId", kRules, "id: auto/config-only", "id: builtin/facts-missing", "GV504",
                 "kept for built-in"},
        WrongRow{"CatalogId", kRules, "catalog: acme-standard", "catalog: acme", "GV505",
                 "catalog of this policy"},
        WrongRow{"Title", kRules, "- data.personal: {is: false}", "- spec.title: {is: x}", "R002",
                 "`flag` only"},
        WrongRow{
            "TooDeep", kRules, "- data.personal: {is: false}",
            "- not: {not: {not: {not: {not: {not: {not: {not: {data.personal: {is: false}}}}}}}}}",
            "GV509", "8 levels"}),
    RowName());

TEST(CompilePolicy, WarnsOfAShadowRuleThatCouldNotBeEnforced) {
  int guards = 0;
  for (const PolicyProblem& problem : WorkedPolicy()->warnings())
    guards += problem.code == "R017" ? 1 : 0;
  EXPECT_EQ(guards, 6);  // It tests `deps.other` and `change.reversible` of the eight.
}

TEST(CompilePolicy, FindsTheShippedPolicyFreeOfWarnings) {
  EXPECT_TRUE(ShippedPolicy()->warnings().empty())
      << ProblemText(ShippedPolicy()->warnings().front());
}

TEST(CompilePolicy, AcceptsStatedWhereItOnlyMakesStricter) {
  v1::PolicySource source = WorkedSource();
  std::string& rules = (*source.mutable_files())[kRules];
  rules = Edited(rules, "- data.personal: {is: false}",
                 "- data.personal: {is: false}\n        - regions: {stated: true}");
  rules = Edited(rules, "{history.system_cost_90d_usd: {gt: 5000}}",
                 "{not: {cost.monthly_usd: {stated: true}}}");
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  EXPECT_TRUE(policy.ok()) << policy.status();
}

TEST(CompilePolicy, NamesAMissingFile) {
  v1::PolicySource source = WorkedSource();
  source.mutable_files()->erase("catalog.yaml");
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  EXPECT_EQ(FieldViolationsOf(policy.status()).front().field, "catalog.yaml");
}

TEST(CompilePolicy, CountsMonthsFromTheDayOfPublishing) {
  EXPECT_EQ(DateText(ShippedPolicy()->FindRule("auto/standard-tiers")->review_by()), "2027-11-23");
  EXPECT_EQ(DateText(ShippedPolicy()->FindRule("review/one-way-door")->review_by()), "2028-11-23");
  const auto tier = ShippedPolicy()->catalog_index().FindTier("postgres", "standard-m");
  EXPECT_EQ(DateText(tier->tier->review_by()), "2027-11-23");
}

TEST(CompilePolicy, PinsContentNotSpelling) {
  v1::PolicySource source = WorkedSource();
  (*source.mutable_files())[kRules] += "\n# a comment\n";
  const auto same = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(same.ok());
  EXPECT_EQ((*same)->rule_set_pin(), WorkedPolicy()->rule_set_pin());
  std::string& rules = (*source.mutable_files())[kRules];
  rules = Edited(rules, "{lte: 2000}", "{lte: 2001}");
  const auto other = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(other.ok());
  EXPECT_NE((*other)->rule_set_pin(), WorkedPolicy()->rule_set_pin());
  EXPECT_EQ((*other)->catalog_pin(), WorkedPolicy()->catalog_pin());
  EXPECT_THAT((*other)->rule_set_pin(), testing::MatchesRegex("acme-main@sha256:[0-9a-f]{64}"));
}

TEST(CompilePolicy, SurvivesStoringItsSource) {
  v1::PolicySource stored;
  ASSERT_TRUE(stored.ParseFromString(WorkedPolicy()->source().SerializeAsString()));
  const auto again = CompilePolicy(stored, WorkedPolicy()->published());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ((*again)->Pins(), WorkedPolicy()->Pins());
}

TEST(CompilePolicy, FillsInDefaults) {
  const v1::Area& platform = *ShippedPolicy()->FindArea("platform");
  EXPECT_EQ(platform.gate().consulted_quorum(), 1);
  EXPECT_EQ(platform.settings().window_bd(), 5);
  EXPECT_EQ(platform.settings().calendar(), "berlin");
  ASSERT_EQ(platform.series_size(), 1);
  EXPECT_EQ(platform.series(0).weekday(), 2);
  EXPECT_EQ(platform.series(0).cut_off_bd(), 3);
  EXPECT_EQ(platform.series(0).freeze_minute(), 600);
  EXPECT_EQ(platform.notetakers_size(), 3);  // Nobody named: the gate's group.
  EXPECT_EQ(ShippedPolicy()->FindArea("security")->series_size(), 0);
}

TEST(CompilePolicy, SeriesNumbersAreSettingsAndStayAbsentElsewhere) {
  v1::PolicySource source = WorkedSource();
  std::string& org = (*source.mutable_files())[kOrg];
  std::string numbers = "quick_items: 0";
  for (const SeriesNumberKey& number : SeriesNumberKeys()) {
    numbers += fmt::format(", {}: {}", number.key, number.key == "timebox_most_min" ? 30 : 7);
  }
  numbers = Edited(numbers, "go_no_go_bd: 7", "go_no_go_bd: 2");
  org = Edited(org, "quick_items: 0", numbers);
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(policy.ok()) << policy.status();
  const v1::Series& media = (*policy)->FindArea("media")->series(0);
  const v1::Series& platform = (*policy)->FindArea("platform")->series(0);
  for (const SeriesNumberKey& number : SeriesNumberKeys()) {
    EXPECT_TRUE((media.*number.has)()) << number.key;
    EXPECT_FALSE((platform.*number.has)()) << number.key;
  }
  EXPECT_EQ(media.go_no_go_bd(), 2);
  EXPECT_EQ(media.timebox_least_min(), 7);
  EXPECT_EQ(media.timebox_most_min(), 30);
  EXPECT_EQ(media.weight_team(), 7);
}

TEST(CompilePolicy, AnAreaMayHaveItsOwnDigestHour) {
  v1::PolicySource source = WorkedSource();
  std::string& org = (*source.mutable_files())[kOrg];
  org = Edited(org, "    prefix: PLAT", "    digest_at: \"10:30\"\n    prefix: PLAT");
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_EQ((*policy)->FindArea("platform")->settings().digest_minute(), 630);
  EXPECT_FALSE((*policy)->FindArea("media")->settings().has_digest_minute());
}

TEST(LoadPolicySource, NamesTheMissingFile) {
  const auto source = LoadPolicySource(std::string(GAVEL_SOURCE_DIR) + "/rules");
  EXPECT_EQ(source.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(source.status().message()), HasSubstr("org.yaml"));
}

TEST(Holidays, OfBerlinAreKnownForThreeYears) {
  const v1::Calendar& berlin = ShippedPolicy()->org().calendars(0);
  EXPECT_EQ(berlin.holidays_size(), 31);
  std::vector<std::string> days;
  for (const v1::Date& day : berlin.holidays()) days.push_back(DateText(day));
  EXPECT_THAT(days, testing::IsSupersetOf(
                        {"2026-12-25", "2027-03-26", "2027-03-29", "2027-05-06", "2028-06-05"}));
}

}  // namespace
}  // namespace gavel::rules
