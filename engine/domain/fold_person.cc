#include "engine/domain/fold_person.h"

#include <algorithm>
#include <set>

#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "fmt/format.h"

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

void AddSaid(const v1::Event& event, v1::PersonRecord& person) {
  auto& said = *person.mutable_said();
  const v1::PersonNotified& notified = event.person_notified();
  const absl::Time now = FromProto(event.time());
  std::set<std::string> again;
  for (const v1::NotifiedItem& item : notified.items()) {
    again.insert(SaidKey(item.spec(), item.step()));
  }
  said.erase(std::remove_if(said.begin(), said.end(),
                            [&](const v1::Reminder& old) {
                              return FromProto(old.due_time()) + kSaidMemory <= now ||
                                     again.count(old.kind()) > 0;
                            }),
             said.end());
  for (const std::string& key : again) {
    v1::Reminder& entry = *person.add_said();
    entry.set_kind(key);
    *entry.mutable_due_time() = event.time();
  }
  *person.mutable_notified() = notified.day();
}

}  // namespace

std::string SaidKey(std::string_view spec, std::string_view step) {
  return fmt::format("{} {}", spec, step);
}

void FoldPerson(const v1::Event& event, std::string_view id, v1::PersonRecord& person) {
  person.set_person(std::string(id));
  if (event.has_absence_set()) AddAbsence(event.absence_set().absence(), person);
  if (event.has_policy_published()) AddRuleEdits(event, person);
  if (event.has_person_notified()) AddSaid(event, person);
}

}  // namespace gavel
