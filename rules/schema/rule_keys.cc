#include "rules/schema/keys.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kVersion[] = {"1"};
constexpr std::string_view kRuleSetKind[] = {"RuleSet"};
constexpr std::string_view kRuleTestKind[] = {"RuleTest"};
constexpr std::string_view kReviewed[] = {"async", "sync"};
constexpr std::string_view kGates[] = {"ok", "needs_author"};
constexpr std::string_view kModes[] = {"auto", "async", "sync"};

using enum Kind;
using enum Container;

// A list of `expect`: exact, or `{contains: [...]}`.
KeySpec Expected(std::string_view key, std::string_view note) {
  return {
      .key = key, .kind = kShape, .shape = Shape::kContains, .container = kOneOrList, .note = note};
}

std::vector<KeySpec> TestKeys(Shape shape) {
  switch (shape) {
    case Shape::kRuleTest:
      return {
          {.key = "kind",
           .kind = kLiteral,
           .required = true,
           .words = kRuleTestKind,
           .note = "This file tests a rule set."},
          {.key = "version",
           .kind = kLiteral,
           .required = true,
           .words = kVersion,
           .note = "Version of the form: 1."},
          {.key = "rule_set", .required = true, .note = "Id of the rule set it tests."},
          {.key = "as_of",
           .kind = kDay,
           .required = true,
           .note = "The day that cases are evaluated for."},
          {.key = "base",
           .kind = kFacts,
           .required = true,
           .note = "The facts that every case starts from."},
          {.key = "cases",
           .kind = kShape,
           .shape = Shape::kTestCase,
           .container = kList,
           .note = "One spec each, and what it must get."},
          {.key = "table",
           .kind = kShape,
           .shape = Shape::kTable,
           .note = "Cases as rows of a decision table."},
      };
    case Shape::kTestCase:
      return {
          {.key = "name", .required = true, .note = "What the case shows; unique."},
          {.key = "as_of", .kind = kDay, .note = "Another day for this case."},
          {.key = "set", .kind = kFacts, .note = "Facts that differ from the base."},
          {.key = "unset", .kind = kFactNames, .note = "Facts that the author left out."},
          {.key = "facts_unknown",
           .kind = kBool,
           .note = "Whether missing facts are stated unknown at submit."},
          {.key = "overridden", .kind = kTexts, .note = "Rules that the sponsor set aside."},
          {.key = "expect",
           .kind = kShape,
           .shape = Shape::kExpect,
           .required = true,
           .note = "What the verdict must say; keys left out are not checked."},
      };
    case Shape::kExpect:
      return {
          {.key = "gate",
           .kind = kWord,
           .words = kGates,
           .note = "Whether the spec goes back to its author."},
          {.key = "mode", .kind = kWord, .words = kModes, .note = "How it is reviewed."},
          Expected("areas", "Areas consulted."),
          Expected("reviewers", "Groups that reviewers are asked from."),
          Expected("fired", "Rules and built-ins that took part."),
          Expected("unknown", "Rules in force that cannot be told."),
          Expected("shadow", "Rules in shadow that would have fired."),
          Expected("expired", "Rules past their review date that would have approved."),
          Expected("breaker_open", "Rules whose breaker kept them from approving."),
          Expected("overridden", "Rules set aside that would have fired."),
          Expected("flags", "Labels of the flags that fired."),
      };
    case Shape::kContains:
      return {{.key = "contains",
               .kind = kTexts,
               .required = true,
               .note = "At least these, instead of exactly these."}};
    case Shape::kTable:
      return {
          {.key = "columns",
           .kind = kTexts,
           .required = true,
           .note = "Facts to set, and `-> KEY` for what to expect."},
          {.key = "rows", .kind = kRows, .required = true, .note = "A value for each column."},
      };
    default:
      return {};
  }
}

}  // namespace

std::vector<KeySpec> RuleKeys(Shape shape) {
  switch (shape) {
    case Shape::kRuleSet:
      return {
          {.key = "kind",
           .kind = kLiteral,
           .required = true,
           .words = kRuleSetKind,
           .note = "This file is a rule set."},
          {.key = "version",
           .kind = kLiteral,
           .required = true,
           .words = kVersion,
           .note = "Version of the form: 1."},
          {.key = "id", .field = "RuleSet.id", .kind = kId, .required = true},
          {.key = "catalog", .field = "RuleSet.catalog", .required = true},
          {.key = "default",
           .field = "RuleSet.default_mode",
           .kind = kShape,
           .shape = Shape::kDefault,
           .required = true},
          {.key = "breaker",
           .field = "RuleSet.breaker",
           .kind = kShape,
           .shape = Shape::kBreaker,
           .required = true},
          {.key = "rules",
           .field = "RuleSet.rules",
           .kind = kShape,
           .shape = Shape::kRule,
           .container = kList,
           .max = 500},
      };
    case Shape::kDefault:
      return {{.key = "mode",
               .field = "RuleSet.default_mode",
               .kind = kWord,
               .required = true,
               .words = kReviewed}};
    case Shape::kBreaker:
      return {
          {.key = "window", .field = "Breaker.window_days", .kind = kDays, .required = true},
          {.key = "max_auto_share",
           .field = "Breaker.max_auto_percent",
           .kind = kPercent,
           .required = true},
          {.key = "min_decisions",
           .field = "Breaker.min_decisions",
           .kind = kInt,
           .min = 1,
           .max = 10000},
          {.key = "max_audit_failures",
           .field = "Breaker.max_audit_failures",
           .kind = kInt,
           .min = 1,
           .max = 1000},
      };
    case Shape::kRule:
      return {
          {.key = "id", .field = "Rule.id", .kind = kRuleId, .required = true},
          {.key = "title", .field = "Rule.title", .required = true},
          {.key = "owner", .field = "Rule.owner", .required = true},
          {.key = "why", .field = "Rule.why", .required = true},
          {.key = "state", .field = "Rule.state", .kind = kWord, .required = true},
          {.key = "review_by", .field = "Rule.review_by", .kind = kDayOrMonths, .required = true},
          {.key = "waives", .field = "Rule.waives", .kind = kShape, .shape = Shape::kWaiver},
          {.key = "when", .field = "Rule.when", .kind = kCondition, .required = true},
          {.key = "then",
           .kind = kShape,
           .shape = Shape::kEffect,
           .required = true,
           .note = "What it does; exactly one."},
      };
    case Shape::kWaiver:
      return {
          {.key = "fields", .field = "Waiver.fields", .kind = kTexts},
          {.key = "why", .field = "Waiver.why", .required = true},
      };
    case Shape::kEffect:
      return {
          {.key = "auto_approve",
           .field = "Rule.auto_approve",
           .kind = kShape,
           .shape = Shape::kAutoApprove},
          {.key = "require", .field = "Rule.require", .kind = kShape, .shape = Shape::kRequire},
          {.key = "needs_author",
           .field = "Rule.needs_author",
           .kind = kShape,
           .shape = Shape::kNeedsAuthor},
          {.key = "flag", .field = "Rule.flag", .kind = kShape, .shape = Shape::kFlag},
      };
    case Shape::kAutoApprove:
      return {{.key = "audit",
               .field = "AutoApprove.audit_percent",
               .kind = kPercent,
               .required = true}};
    case Shape::kRequire:
      return {
          {.key = "mode",
           .field = "Require.mode",
           .kind = kWord,
           .required = true,
           .words = kReviewed},
          {.key = "area", .field = "Require.area"},
          {.key = "reviewers",
           .field = "Require.reviewers",
           .kind = kShape,
           .shape = Shape::kReviewers,
           .container = kList},
      };
    case Shape::kReviewers:
      return {
          {.key = "from", .field = "RequiredReviewers.from", .required = true},
          {.key = "count", .field = "RequiredReviewers.count", .kind = kInt, .min = 1, .max = 20},
      };
    case Shape::kNeedsAuthor:
      return {
          {.key = "section", .field = "NeedsAuthor.section"},
          {.key = "field", .field = "NeedsAuthor.field"},
          {.key = "message", .field = "NeedsAuthor.message", .required = true},
      };
    case Shape::kFlag:
      return {
          {.key = "label", .field = "Flag.label", .required = true},
          {.key = "message", .field = "Flag.message", .required = true},
      };
    default:
      return TestKeys(shape);
  }
}

}  // namespace gavel::rules
