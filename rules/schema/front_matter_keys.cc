#include "rules/schema/keys.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kVersion[] = {"1"};
constexpr std::string_view kWishes[] = {"auto", "async", "sync"};
constexpr std::string_view kConfidence[] = {"low", "medium", "high"};

using enum Kind;
using enum Container;

}  // namespace

std::vector<KeySpec> FrontMatterKeys(Shape shape) {
  switch (shape) {
    case Shape::kFrontMatter:
      return {
          {.key = "spec",
           .kind = kLiteral,
           .required = true,
           .words = kVersion,
           .note = "Version of the front matter: 1."},
          {.key = "key",
           .field = "Facts.key",
           .kind = kSpecKey,
           .note = "Given at first submit. Keep it when the file moves."},
          {.key = "title",
           .field = "Facts.title",
           .min = 8,
           .max = 120,
           .required = true,
           .note = "What it is about, in one line."},
          {.key = "summary",
           .field = "Facts.summary",
           .min = 40,
           .max = 600,
           .required = true,
           .note = "Two or three sentences: shown in queue, agenda and chat."},
          {.key = "area", .field = "Facts.area", .kind = kSlug, .required = true},
          {.key = "consulted",
           .field = "Facts.consulted",
           .kind = kSlug,
           .container = kList,
           .max = 16},
          {.key = "category",
           .field = "Facts.category",
           .kind = kSlug,
           .unknown = true,
           .note = "What kind of change it is, as the organisation lists them."},
          {.key = "system",
           .field = "Facts.system",
           .kind = kSlug,
           .unknown = true,
           .note = "The system that changes."},
          {.key = "authors",
           .field = "Facts.authors",
           .kind = kPersonName,
           .container = kList,
           .min = 1,
           .max = 8,
           .required = true},
          {.key = "presenter", .field = "Facts.presenter", .kind = kPersonName},
          {.key = "reviewers",
           .field = "Facts.reviewers",
           .kind = kPersonName,
           .container = kList,
           .max = 12},
          {.key = "review",
           .kind = kShape,
           .shape = Shape::kReview,
           .note = "What the author wishes of the review."},
          {.key = "open_decisions",
           .field = "Facts.open_decisions",
           .kind = kShape,
           .shape = Shape::kOpenDecision,
           .container = kList,
           .min = 1,
           .max = 5,
           .required = true,
           .none = true},
          {.key = "dependencies",
           .field = "Facts.dependencies DependenciesFact.dependencies",
           .kind = kShape,
           .shape = Shape::kDependency,
           .container = kList,
           .max = 64,
           .required = true,
           .unknown = true,
           .none = true,
           .note = "Every storage, compute, queue, network or outside thing that this spec adds "
                   "or grows. The word `none` is a value; a missing key is unknown."},
          {.key = "not_used",
           .field = "Facts.not_used",
           .kind = kSlug,
           .container = kList,
           .max = 16},
          {.key = "data",
           .kind = kShape,
           .shape = Shape::kData,
           .required = true,
           .unknown = true,
           .note = "The data that the change touches."},
          {.key = "regions",
           .field = "Facts.regions",
           .kind = kSlug,
           .container = kList,
           .max = 16,
           .unknown = true,
           .note = "Regions of the catalog that it runs in."},
          {.key = "cost",
           .kind = kShape,
           .shape = Shape::kCost,
           .required = true,
           .unknown = true,
           .note = "What it costs, in the organisation's currency."},
          {.key = "change",
           .kind = kShape,
           .shape = Shape::kChange,
           .required = true,
           .unknown = true,
           .note = "What happens if it goes wrong."},
          {.key = "supersedes",
           .field = "Facts.supersedes",
           .kind = kSpecKey,
           .container = kList,
           .max = 8},
          {.key = "amends",
           .field = "Facts.amends",
           .kind = kSpecKey,
           .container = kList,
           .max = 8},
          {.key = "links", .field = "Facts.links", .kind = kUri, .container = kList, .max = 20},
          {.key = "labels", .field = "Facts.labels", .kind = kSlug, .container = kList, .max = 16},
      };
    case Shape::kReview:
      return {
          {.key = "wants", .field = "Facts.wants", .kind = kWord, .words = kWishes},
          {.key = "not_before", .field = "Facts.not_before", .kind = kDay},
          {.key = "by", .field = "Facts.needed_by", .kind = kDay},
      };
    case Shape::kOpenDecision:
      return {
          {.key = "question",
           .field = "OpenDecision.question",
           .min = 10,
           .max = 240,
           .required = true},
          {.key = "options", .field = "OpenDecision.options", .kind = kTexts, .max = 6},
          {.key = "recommendation", .field = "OpenDecision.recommendation", .max = 240},
          {.key = "decider", .field = "OpenDecision.decider", .kind = kPersonName},
      };
    case Shape::kDependency:
      return {
          {.key = "use",
           .field = "Dependency.written Dependency.product Dependency.tier",
           .kind = kProductTier,
           .required = true,
           .note = "product/tier, as in the catalog; a missing tier is an unknown tier."},
          {.key = "for", .field = "Dependency.purpose", .max = 120},
          {.key = "quantity", .field = "Dependency.quantity", .kind = kQuantity},
          {.key = "growth", .field = "Dependency.growth", .kind = kGrowth},
          {.key = "why", .field = "Dependency.why", .min = 20, .max = 600},
      };
    case Shape::kData:
      return {
          {.key = "classification",
           .field = "Facts.classification",
           .kind = kWord,
           .required = true,
           .unknown = true,
           .of = "data.classification",
           .note = "The highest class of data that it touches."},
          {.key = "personal",
           .field = "Facts.personal",
           .kind = kBool,
           .required = true,
           .unknown = true,
           .note = "Whether it touches data about people."},
      };
    case Shape::kCost:
      return {
          {.key = "monthly_usd",
           .field = "Facts.monthly_cost",
           .kind = kMoneyRange,
           .required = true,
           .unknown = true,
           .note = "A month at launch; rules read the high end."},
          {.key = "in_a_year_usd",
           .kind = kMoneyRange,
           .unknown = true,
           .note = "A month, one year after launch."},
          {.key = "one_time_usd", .kind = kMoneyRange, .unknown = true, .note = "Paid once."},
          {.key = "confidence",
           .kind = kWord,
           .words = kConfidence,
           .note = "How sure the estimate is."},
          {.key = "price_list", .max = 120, .note = "Where the prices come from."},
      };
    case Shape::kRange:
      return {
          {.key = "low", .field = "CostFact.low_cents", .kind = kMoney, .required = true},
          {.key = "high", .field = "CostFact.high_cents", .kind = kMoney, .required = true},
      };
    case Shape::kChange:
      return {
          {.key = "reversible",
           .field = "Facts.reversible",
           .kind = kBool,
           .required = true,
           .unknown = true,
           .note = "Whether it can be rolled back."},
          {.key = "blast_radius",
           .field = "Facts.blast_radius",
           .kind = kWord,
           .unknown = true,
           .of = "change.blast_radius",
           .note = "How much is hit when it fails."},
      };
    default:
      return {};
  }
}

}  // namespace gavel::rules
