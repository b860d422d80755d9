#include "clients/lsp/policy_text.h"

#include <algorithm>
#include <vector>

#include "clients/lsp/schema_path.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "rules/catalog/catalog_index.h"
#include "rules/date.h"

namespace gavel::lsp {
namespace {

std::string PriceText(const v1::Tier& tier, const std::string& currency) {
  if (!tier.has_max_monthly_cents()) return "no price in the catalog";
  return fmt::format("at most {} {} a month", tier.max_monthly_cents() / 100, currency);
}

bool Contains(const google::protobuf::RepeatedPtrField<std::string>& names,
              const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsInGroup(const rules::Policy& policy, const std::string& group, const std::string& person) {
  for (const v1::Group& candidate : policy.org().groups()) {
    if (candidate.id() == group) return Contains(candidate.members(), person);
  }
  return false;
}

// `sponsor and reviewer of Media`; empty where the person has nothing to do with the area.
std::string RolesIn(const rules::Policy& policy, const v1::Area& area, const std::string& person) {
  std::vector<std::string> roles;
  if (area.sponsor() == person) roles.push_back("sponsor");
  if (area.deputy() == person) roles.push_back("deputy");
  if (area.gate().owner() == person) roles.push_back("gate owner");
  if (IsInGroup(policy, area.gate().group(), person)) roles.push_back("reviewer");
  if (Contains(area.facilitators(), person)) roles.push_back("facilitator");
  if (Contains(area.notetakers(), person)) roles.push_back("notetaker");
  if (roles.empty()) return {};
  return fmt::format("{} of {}", fmt::join(roles, ", "), area.name());
}

}  // namespace

std::string_view StatusWord(const v1::Tier& tier, const v1::Date& today) {
  const v1::Tier::Status status = rules::CatalogIndex::StatusOn(tier, today);
  if (status == v1::Tier::STATUS_STANDARD) return "standard";
  return status == v1::Tier::STATUS_DEPRECATED ? "deprecated" : "allowed";
}

std::string TierText(const rules::Policy& policy, const v1::Product& product, const v1::Tier& tier,
                     const v1::Date& today) {
  const std::string_view status = StatusWord(tier, today);
  std::string text = fmt::format("**{}/{}** — {} {}, {}", product.id(), tier.id(), status,
                                 product.product_class(), PriceText(tier, policy.org().currency()));
  if (status == "standard") text += "\n\nMay be approved by a rule.";
  if (status == "allowed") text += "\n\nNeeds people.";
  if (tier.has_review_by()) {
    const bool over = rules::CompareDates(tier.review_by(), today) < 0;
    text += fmt::format("\n\n{} {}.", over ? "Was to be reviewed by" : "Reviewed by",
                        rules::DateText(tier.review_by()));
  }
  if (status == "deprecated") {
    const bool past = rules::CatalogIndex::PastSunset(tier, today);
    text += "\n\nGoing away";
    if (tier.has_sunset()) {
      text +=
          fmt::format("; its last day {} {}", past ? "was" : "is", rules::DateText(tier.sunset()));
    }
    text += ".";
  }
  if (!tier.replaced_by().empty()) {
    text += fmt::format("\n\nUse `{}` instead.", tier.replaced_by());
  }
  return text;
}

std::string PersonText(const rules::Policy& policy, const v1::Person& person) {
  std::string text = fmt::format("**{}** (@{})", person.name(), person.id());
  if (!person.team().empty()) text += fmt::format(", team {}", person.team());
  if (person.has_left()) text += fmt::format("\n\nLeft on {}.", rules::DateText(person.left()));
  for (const v1::Area& area : policy.org().areas()) {
    const std::string roles = RolesIn(policy, area, person.id());
    if (!roles.empty()) text += fmt::format("\n- {}", roles);
  }
  return text;
}

std::string AreaText(const rules::Policy& policy, const v1::Area& area) {
  std::string text =
      fmt::format("**{}**, keys {}-1, {}-2 …", area.name(), area.prefix(), area.prefix());
  const v1::GatePolicy& gate = area.gate();
  text += fmt::format("\n\nIts own specs need {} of {}", gate.quorum(), gate.group());
  for (const v1::Group& group : policy.org().groups()) {
    if (group.id() == gate.group()) {
      text += fmt::format(" ({})", fmt::join(group.members(), ", "));
    }
  }
  text += fmt::format(". Sponsor: {}.", area.sponsor());
  if (area.series().empty()) text += "\n\nConsulted only: it has no meeting and decides no spec.";
  return text;
}

std::string KeyText(const rules::KeySpec& key) {
  std::string text = fmt::format("**{}**", key.key);
  if (key.required) text += " (required)";
  if (!key.note.empty()) text += fmt::format("\n\n{}", key.note);
  const std::vector<std::string_view> words = WordsOf(key);
  if (!words.empty()) {
    text += fmt::format("\n\n{}: `{}`", key.kind == rules::Kind::kWord ? "One of" : "Also",
                        fmt::join(words, "`, `"));
  }
  if (key.container == rules::Container::kList && key.max > 0) {
    text += fmt::format("\n\nAt most {}.", key.max);
  }
  return text;
}

Json Markup(std::string_view markdown, bool with_markdown) {
  if (with_markdown) return {{"kind", "markdown"}, {"value", std::string(markdown)}};
  std::string plain;
  for (size_t at = 0; at < markdown.size(); ++at) {
    if (markdown[at] == '`') continue;
    if (markdown.substr(at, 2) == "**") {
      ++at;
      continue;
    }
    plain += markdown[at];
  }
  return {{"kind", "plaintext"}, {"value", plain}};
}

}  // namespace gavel::lsp
