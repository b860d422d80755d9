#include "rules/evaluate/summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// `Async review by architecture and platform`, or `… in media` where only its own area decides.
std::string RouteText(const v1::Verdict& verdict, const std::string& area) {
  std::string text = verdict.mode() == v1::REVIEW_MODE_SYNC ? "Sync review" : "Async review";
  if (!verdict.areas().empty()) {
    text += " by " + JoinAnd({verdict.areas().begin(), verdict.areas().end()});
  } else if (!area.empty()) {
    text += " in " + area;
  }
  return text;
}

std::vector<std::string> ReasonsOf(const std::vector<Firing>& firings,
                                   v1::RuleResult::Effect effect) {
  std::vector<std::string> reasons;
  for (const Firing& firing : firings) {
    if (firing.Counts() && firing.Is(effect)) reasons.push_back(firing.reason);
  }
  return reasons;
}

// Why a rule that would have approved does not count; empty where there is none.
std::string Suspended(const std::vector<Firing>& firings) {
  for (const Firing& firing : firings) {
    if (!firing.enforced || !firing.Is(v1::RuleResult::EFFECT_AUTO_APPROVE)) continue;
    const v1::RuleResult& rule = firing.result;
    if (rule.suspension() == v1::RuleResult::SUSPENSION_EXPIRED) {
      return fmt::format("{} is past its review date and approves nothing until it is renewed",
                         rule.id());
    }
    if (rule.suspension() == v1::RuleResult::SUSPENSION_BREAKER_OPEN) {
      return fmt::format("the breaker of {} is open", rule.id());
    }
  }
  return {};
}

// Why no auto rule approved; empty where there is none in force.
std::string WhyNotAuto(const std::vector<Firing>& firings) {
  if (std::string why = Suspended(firings); !why.empty()) return why;
  for (const Firing& firing : firings) {
    if (!firing.enforced || !firing.Is(v1::RuleResult::EFFECT_AUTO_APPROVE)) continue;
    if (!firing.obstacle.empty())
      return fmt::format("{} did not apply, as {}", firing.result.id(), firing.obstacle);
  }
  return {};
}

std::string Sentence(std::string text) { return text + "."; }

}  // namespace

std::string SummaryOf(const v1::Verdict& verdict, const std::vector<Firing>& firings,
                      const std::string& area, bool author_wants_people) {
  if (verdict.mode() == v1::REVIEW_MODE_AUTO) {
    const auto rule = std::find_if(firings.begin(), firings.end(), [&](const Firing& firing) {
      return firing.result.id() == verdict.auto_rule();
    });
    return Sentence(fmt::format("Auto-approved by {}: {}", verdict.auto_rule(), rule->reason));
  }
  const std::vector<std::string> requirements = ReasonsOf(firings, v1::RuleResult::EFFECT_REQUIRE);
  if (verdict.author_gate()) {
    std::string text = fmt::format(
        "Back to the author: {}", JoinAnd(ReasonsOf(firings, v1::RuleResult::EFFECT_NEEDS_AUTHOR)));
    text += fmt::format(". As it stands it would get {}", Decapitalized(RouteText(verdict, area)));
    return Sentence(std::move(text));
  }
  const std::string route = RouteText(verdict, area);
  if (!requirements.empty())
    return Sentence(fmt::format("{}: {}", route, fmt::join(requirements, "; ")));
  if (author_wants_people) return Sentence(fmt::format("{}: the author asked for it", route));
  if (std::string why = WhyNotAuto(firings); !why.empty())
    return Sentence(fmt::format("{}: {}", route, why));
  return Sentence(fmt::format("{}: no rule approves it", route));
}

}  // namespace gavel::rules
