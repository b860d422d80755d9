#include "engine/domain/fold_person.h"

#include <algorithm>

#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"

namespace gavel {
namespace {

void AddAbsence(const v1::Absence& added, v1::PersonRecord& person) {
  auto& absences = *person.mutable_absences();
  absences.erase(std::remove_if(absences.begin(), absences.end(),
                                [&](const v1::Absence& old) {
                                  return ToCivilDay(old.from()) <= ToCivilDay(added.to()) &&
                                         ToCivilDay(added.from()) <= ToCivilDay(old.to());
                                }),
                 absences.end());
  *person.add_absences() = added;
  std::sort(absences.begin(), absences.end(), [](const v1::Absence& a, const v1::Absence& b) {
    return ToCivilDay(a.from()) < ToCivilDay(b.from());
  });
}

void AddRuleEdits(const v1::Event& event, v1::PersonRecord& person) {
  auto& edits = *person.mutable_rule_edits();
  const absl::Time now = FromProto(event.time());
  edits.erase(std::remove_if(edits.begin(), edits.end(),
                             [&](const v1::RuleEdit& old) {
                               return FromProto(old.time()) + kRuleEditMemory <= now;
                             }),
              edits.end());
  for (const std::string& rule : event.policy_published().version().changed_auto_rules()) {
    v1::RuleEdit& edit = *person.add_rule_edits();
    edit.set_rule(rule);
    *edit.mutable_time() = event.time();
  }
}

}  // namespace

void FoldPerson(const v1::Event& event, std::string_view id, v1::PersonRecord& person) {
  person.set_person(std::string(id));
  if (event.has_absence_set()) AddAbsence(event.absence_set().absence(), person);
  if (event.has_policy_published()) AddRuleEdits(event, person);
}

}  // namespace gavel
