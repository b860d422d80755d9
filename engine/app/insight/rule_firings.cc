#include "engine/app/insight/rule_firings.h"

#include <vector>

#include "engine/app/command/entity.h"
#include "engine/app/command/event_row.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

constexpr int kPage = 1000;

void Count(const v1::Event& event, RuleFirings& firings) {
  if (event.has_rule_overridden()) {
    const v1::RuleOverride& entry = event.rule_overridden().override();
    Firings& of_rule = firings[entry.rule()];
    of_rule.fired.emplace(event.spec(), entry.revision());
    of_rule.overridden.emplace(event.spec(), entry.revision());
    return;
  }
  for (const v1::RuleResult& rule : event.rules_evaluated().verdict().rules()) {
    if (!rule.applied()) continue;
    firings[rule.id()].fired.emplace(event.spec(), event.rules_evaluated().revision());
  }
}

absl::Status CountEvents(const Workflow& workflow, const std::string& key, std::string_view type,
                         absl::Time since, RuleFirings& firings) {
  int64_t after = 0;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(
        const std::vector<store::EventRow> rows,
        workflow.transaction().view().EventsOf(SpecSubject(key), type, after, kPage));
    for (const store::EventRow& row : rows) {
      if (row.time_us < absl::ToUnixMicros(since)) continue;
      GAVEL_ASSIGN_OR_RETURN(const v1::Event event, EventFromRow(row));
      Count(event, firings);
    }
    if (static_cast<int>(rows.size()) < kPage) return absl::OkStatus();
    after = rows.back().seq;
  }
}

}  // namespace

absl::StatusOr<RuleFirings> FiringsSince(const Workflow& workflow, absl::Time since) {
  RuleFirings firings;
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> specs, workflow.transaction().Specs("", {}));
  for (const v1::Spec& spec : specs) {
    const bool changed = FromProto(spec.update_time()) >= since;
    if (!changed || spec.submitted_revision() == 0) continue;
    for (const std::string_view type : {"RulesEvaluated", "RuleOverridden"}) {
      GAVEL_RETURN_IF_ERROR(CountEvents(workflow, spec.key(), type, since, firings));
    }
  }
  return firings;
}

}  // namespace gavel::app
