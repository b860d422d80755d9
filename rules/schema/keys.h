// Every key that people write: in front matter, catalog, rule set, rule tests and organisation. The
// readers take the names of keys from here and the JSON Schemas of editors are made from here, so a
// key that one of them knows the other knows too.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gavel::rules {

// The mappings of our files.
enum class Shape {
  kNone,
  // Front matter.
  kFrontMatter,
  kReview,
  kOpenDecision,
  kDependency,
  kData,
  kCost,
  kRange,
  kChange,
  // Catalog.
  kCatalog,
  kProduct,
  kTier,
  kDetect,
  kMapping,  // Terraform and Score.
  kBackstageMapping,
  kResourceTypes,
  kRegion,
  kSet,
  kTierSelector,
  kRegionSelector,
  // Rule set.
  kRuleSet,
  kDefault,
  kBreaker,
  kRule,
  kWaiver,
  kEffect,
  kAutoApprove,
  kRequire,
  kReviewers,
  kNeedsAuthor,
  kFlag,
  // Rule tests.
  kRuleTest,
  kTestCase,
  kExpect,
  kContains,
  kTable,
  // Organisation.
  kOrg,
  kPerson,
  kService,
  kCalendar,
  kArea,
  kSettings,
  kGate,
  kSeries,
  kMoment,
  kBuiltinAreas,
  kSystem,
};
inline constexpr int kShapeCount = static_cast<int>(Shape::kSystem) + 1;

// What a value is.
enum class Kind {
  kText,      // `min` to `max` code points; `max` 0: at most what the file holds.
  kId,        // Letters, digits, `-`, `_`, `.`.
  kRuleId,    // `auto/standard-tiers`
  kPrefix,    // `MEDIA`
  kCurrency,  // `USD`
  kSlug,      // The forms of the front matter: rules/document/value_reader.h.
  kProductTier,
  kSpecKey,
  kPersonName,
  kQuantity,
  kGrowth,
  kUri,
  kBool,
  kInt,          // `min` to `max`.
  kMoney,        // `400` or `400.50`.
  kMoneyRange,   // `{low: 400, high: 900}` or one amount.
  kPercent,      // `10%`
  kDays,         // `28d`
  kDay,          // `2026-11-26`
  kDayOrMonths,  // A day, or `12m`.
  kMinute,       // `15:00`
  kHours,        // `09:00-18:00`
  kWord,         // One of `words`; else of the field's enum; else of the rule field `of`.
  kLiteral,      // Exactly `words[0]`.
  kTexts,        // A list of texts.
  kShape,        // A mapping of that shape.
  kCondition,    // A rule's `when`.
  kFacts,        // Facts by name, as rule tests write them.
  kFactNames,    // A list of such names.
  kRows,         // Rows of a decision table.
};

enum class Container {
  kOne,
  kList,       // `min` to `max` of them; `max` 0: any number.
  kMap,        // Under names of the writer's choice.
  kOneOrList,  // Itself, or a list of texts.
};

// One key of a mapping.
struct KeySpec {
  std::string_view key;
  // What it becomes: a field of gavel.v1, `Tier.status`, whose comment describes the key. A second
  // field stands behind a space.
  std::string_view field;
  Kind kind = Kind::kText;
  Shape shape = Shape::kNone;
  Container container = Container::kOne;
  int min = 0;
  int max = 0;
  bool required = false;
  bool unknown = false;  // The word `unknown` is a value.
  bool none = false;     // The word `none` is a value.
  std::span<const std::string_view> words = {};
  std::string_view of = {};    // Rule field, `data.classification`.
  std::string_view note = {};  // Describes a key that becomes no field.
};

// In the order in which people write them.
const std::vector<KeySpec>& KeysOf(Shape shape);
// Their names alone.
const std::vector<std::string>& KeyNames(Shape shape);

// The tables behind KeysOf, one per file; empty for a shape of another file.
std::vector<KeySpec> FrontMatterKeys(Shape shape);
std::vector<KeySpec> CatalogKeys(Shape shape);
std::vector<KeySpec> RuleKeys(Shape shape);
std::vector<KeySpec> OrgKeys(Shape shape);

}  // namespace gavel::rules
