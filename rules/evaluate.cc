#include "rules/evaluate.h"

#include <algorithm>
#include <set>

#include "rules/detect/envelope.h"
#include "rules/evaluate/fact_table.h"
#include "rules/evaluate/firing.h"
#include "rules/evaluate/nudges.h"
#include "rules/evaluate/summary.h"

namespace gavel::rules {
namespace {

using Effect = v1::RuleResult;

bool AnyCounts(const std::vector<Firing>& firings, v1::RuleResult::Effect effect) {
  return std::any_of(firings.begin(), firings.end(),
                     [&](const Firing& firing) { return firing.Counts() && firing.Is(effect); });
}

// The mode, before the author's wish: a join, so that neither order nor file of the rules matters.
//
// The default joins in wherever no auto rule in force is certain. Were it only for specs that no
// requirement fires on, then under `default: sync` a fact that becomes unknown and makes an async
// requirement fire would lower the verdict from sync to async.
v1::ReviewMode ModeOf(const std::vector<Firing>& firings, bool auto_allowed,
                      v1::ReviewMode default_mode) {
  const bool approved = auto_allowed && AnyCounts(firings, Effect::EFFECT_AUTO_APPROVE);
  v1::ReviewMode mode = approved ? v1::REVIEW_MODE_AUTO : default_mode;
  for (const Firing& firing : firings) {
    if (firing.Counts() && firing.Is(Effect::EFFECT_REQUIRE)) mode = std::max(mode, firing.mode);
  }
  return mode;
}

// Areas and people that the requirements ask for; the spec's own area decides anyway.
void AddRoute(const std::vector<Firing>& firings, const std::string& own_area,
              v1::Verdict& verdict) {
  std::set<std::string> areas;
  for (const Firing& firing : firings) {
    if (!firing.Counts() || !firing.Is(Effect::EFFECT_REQUIRE)) continue;
    if (!firing.area.empty() && firing.area != own_area) areas.insert(firing.area);
    for (const v1::ReviewerClause& clause : firing.reviewers) *verdict.add_reviewers() = clause;
  }
  for (const std::string& area : areas) verdict.add_areas(area);
}

// Every auto rule that is certain approves; the first by id gives its name, the strictest its
// audit.
void AddApproval(std::vector<Firing>& firings, v1::Verdict& verdict) {
  const bool approved = verdict.mode() == v1::REVIEW_MODE_AUTO;
  for (Firing& firing : firings) {
    const bool is_auto = firing.Is(Effect::EFFECT_AUTO_APPROVE);
    firing.result.set_applied(firing.Counts() && (!is_auto || approved));
    if (!is_auto || !firing.result.applied()) continue;
    if (verdict.auto_rule().empty()) verdict.set_auto_rule(firing.result.id());
    verdict.set_audit_percent(
        std::max(verdict.audit_percent(), firing.rule->auto_approve().audit_percent()));
  }
}

// The document's findings; a "missing" among them gives way to the error that asks for the same
// key.
void AddFindings(const std::vector<Firing>& firings, const std::vector<v1::Finding>& given,
                 v1::Verdict& verdict) {
  std::set<std::string> asked;
  std::vector<const v1::Finding*> asking;
  for (const Firing& firing : firings) {
    if (!firing.Counts()) continue;
    for (const v1::Finding& finding : firing.findings) {
      if (asked.insert(finding.field()).second) asking.push_back(&finding);
    }
  }
  for (const v1::Finding& finding : given) {
    const bool replaced = finding.code() == "GV101" && asked.count(finding.field()) > 0;
    if (!replaced) *verdict.add_findings() = finding;
  }
  for (const v1::Finding* finding : asking) *verdict.add_findings() = *finding;
}

void AddPins(const v1::Facts& facts, const Policy& policy, const EvaluateInputs& inputs,
             v1::Verdict& verdict) {
  v1::VerdictPins& pins = *verdict.mutable_pins();
  pins.set_engine(std::string(kEngineVersion));
  pins.set_rule_set(policy.rule_set_pin());
  pins.set_catalog(policy.catalog_pin());
  pins.set_org(policy.org_pin());
  pins.set_facts(FactsHash(facts));
  pins.set_content(inputs.content_hash);
  *pins.mutable_as_of() = inputs.as_of;
}

// The verdict without nudges. `mutation` may be null.
v1::Verdict Decide(const v1::Facts& facts, const Policy& policy, const EvaluateInputs& inputs,
                   const Mutation* mutation) {
  const FactTable table(facts, policy, inputs.facts_unknown);
  std::vector<Firing> firings = FireRules(policy, table, inputs, mutation);
  for (Firing& builtin : FireBuiltins(facts, policy, inputs, firings))
    firings.push_back(std::move(builtin));
  std::sort(firings.begin(), firings.end(),
            [](const Firing& a, const Firing& b) { return a.result.id() < b.result.id(); });

  v1::Verdict verdict;
  verdict.set_facts_unknown(inputs.facts_unknown);
  verdict.set_author_gate(AnyCounts(firings, Effect::EFFECT_NEEDS_AUTHOR));
  // A foreign document says nothing of itself, and what a person set aside a person must decide.
  const bool auto_allowed = !verdict.author_gate() && !facts.foreign() && inputs.overridden.empty();
  const v1::ReviewMode mode = ModeOf(firings, auto_allowed, policy.rule_set().default_mode());
  verdict.set_mode(std::max(mode, facts.wants()));
  AddRoute(firings, facts.area(), verdict);
  AddApproval(firings, verdict);
  AddFindings(firings, inputs.findings, verdict);
  AddPins(facts, policy, inputs, verdict);
  verdict.set_summary(SummaryOf(verdict, firings, facts.area(), facts.wants() > mode));
  for (Firing& firing : firings) *verdict.add_rules() = std::move(firing.result);
  return verdict;
}

}  // namespace

v1::Verdict Evaluate(const v1::Facts& facts, const Policy& policy, const EvaluateInputs& inputs) {
  v1::Verdict verdict = Decide(facts, policy, inputs, nullptr);
  for (v1::Nudge& nudge : NudgesFor(
           facts, policy, inputs.as_of, verdict,
           [&](const v1::Facts& changed) { return Decide(changed, policy, inputs, nullptr); })) {
    *verdict.add_nudges() = std::move(nudge);
  }
  if (verdict.mode() == v1::REVIEW_MODE_AUTO) {
    *verdict.mutable_envelope() = EnvelopeOf(facts, policy, inputs.as_of);
  }
  return verdict;
}

v1::Verdict EvaluateMutant(const v1::Facts& facts, const Policy& policy,
                           const EvaluateInputs& inputs, size_t rule, const Program& condition) {
  const Mutation mutation{rule, condition};
  return Decide(facts, policy, inputs, &mutation);
}

}  // namespace gavel::rules
