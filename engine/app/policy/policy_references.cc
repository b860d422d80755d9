#include "engine/app/policy/policy_references.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/app/command/entity.h"
#include "engine/app/policy/policy_diff.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/decision.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::app {
namespace {

constexpr size_t kSpecsNamed = 5;

using Names = std::set<std::string>;

template <typename Entries>
Names IdsOf(const Entries& entries) {
  Names ids;
  for (const auto& entry : entries) ids.insert(entry.id());
  return ids;
}

Names TiersOf(const LivePolicy& policy) {
  const auto& names = policy.rules->catalog_index().TierNames();
  return {names.begin(), names.end()};
}

Names Without(const Names& names, const Names& kept) {
  Names gone;
  std::set_difference(names.begin(), names.end(), kept.begin(), kept.end(),
                      std::inserter(gone, gone.end()));
  return gone;
}

// Who needs which name, for the message.
class Needs {
 public:
  Needs(std::string what, std::string file, Names removed)
      : what_(std::move(what)), file_(std::move(file)), removed_(std::move(removed)) {}

  bool empty() const { return removed_.empty(); }
  const Names& removed() const { return removed_; }

  void Use(const std::string& name, const std::string& user) {
    if (removed_.count(name) > 0) users_[name].insert(user);
  }

  void AddTo(std::vector<FieldViolation>& violations) const {
    for (const auto& [name, users] : users_) {
      std::vector<std::string> some(users.begin(), users.end());
      const size_t more = some.size() > kSpecsNamed ? some.size() - kSpecsNamed : 0;
      some.resize(some.size() - more);
      violations.push_back(
          {file_,
           fmt::format("{} `{}` may not be removed while {}{} {} it", what_, name,
                       fmt::join(some, ", "), more > 0 ? fmt::format(" and {} more", more) : "",
                       users.size() == 1 ? "needs" : "need"),
           ""});
    }
  }

 private:
  const std::string what_;
  const std::string file_;
  const Names removed_;
  std::map<std::string, Names> users_;
};

std::vector<v1::Spec::State> OpenStates() {
  return {v1::Spec::STATE_ASYNC_REVIEW, v1::Spec::STATE_CHANGES_REQUESTED, v1::Spec::STATE_QUEUED,
          v1::Spec::STATE_SCHEDULED, v1::Spec::STATE_IN_MEETING};
}

void UsePeople(const v1::Spec& spec, Needs& people) {
  for (const std::string& author : spec.authors()) people.Use(author, spec.key());
  people.Use(spec.presenter(), spec.key());
  for (const v1::Assignment& each : spec.assignments()) people.Use(each.person(), spec.key());
  for (const v1::Concern& each : spec.concerns()) people.Use(each.owner(), spec.key());
}

void UseAreas(const v1::Spec& spec, Needs& areas) {
  for (const std::string& area : spec.consulted()) areas.Use(area, spec.key());
  for (const std::string& area : spec.verdict().areas()) areas.Use(area, spec.key());
  for (const v1::Gate& gate : spec.gates()) areas.Use(gate.area(), spec.key());
}

// An area stays as long as a spec carries its prefix, in whatever state: keys are for good.
absl::Status UseWhereSpecsEver(const Workflow& workflow, Needs& areas) {
  for (const std::string& area : areas.removed()) {
    GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> specs,
                           workflow.transaction().Specs(area, {}));
    for (const v1::Spec& spec : specs) areas.Use(area, spec.key());
  }
  return absl::OkStatus();
}

// Meetings whose agenda is picked keep to the area's series until they are over.
absl::Status UseWhereMeetings(const Workflow& workflow, Needs& areas) {
  for (const std::string& area : areas.removed()) {
    GAVEL_ASSIGN_OR_RETURN(
        const std::vector<v1::Meeting> meetings,
        workflow.transaction().Meetings(area, absl::InfinitePast(), absl::InfiniteFuture()));
    for (const v1::Meeting& meeting : meetings) {
      GAVEL_ASSIGN_OR_RETURN(const auto timers, workflow.transaction().TimersOf(meeting.name()));
      const bool untouched = meeting.state() == v1::Meeting::STATE_PLANNED && !meeting.planned();
      if (!untouched && !timers.empty()) areas.Use(area, meeting.id());
    }
  }
  return absl::OkStatus();
}

absl::Status UseDeclaredTiers(const Workflow& workflow, const v1::Spec& spec, Needs& tiers) {
  GAVEL_ASSIGN_OR_RETURN(const Intake intake,
                         ReadCurrent(workflow.transaction(), workflow.policy(), spec));
  for (const v1::Dependency& each : intake.facts.dependencies().dependencies()) {
    tiers.Use(fmt::format("{}/{}", each.product(), each.tier()), spec.key());
  }
  return absl::OkStatus();
}

// Areas that meet under the policy in force.
Names Meeting(const v1::Org& org) {
  Names areas;
  for (const v1::Area& area : org.areas()) {
    if (!area.series().empty()) areas.insert(area.id());
  }
  return areas;
}

Names GroupReferences(const v1::Org& org) {
  Names references;
  for (const v1::Group& group : org.groups()) references.insert("group:" + group.id());
  return references;
}

}  // namespace

absl::Status CheckReferences(const Workflow& workflow, const LivePolicy& candidate) {
  const v1::Org& before = workflow.organisation().org();
  const v1::Org& after = candidate.organisation->org();
  Needs areas("area", "org.yaml", Without(IdsOf(before.areas()), IdsOf(after.areas())));
  Needs series("every series of area", "org.yaml", Without(Meeting(before), Meeting(after)));
  Needs people("person", "org.yaml", Without(IdsOf(before.people()), IdsOf(after.people())));
  Needs groups("group", "org.yaml", Without(GroupReferences(before), GroupReferences(after)));
  Needs tiers("tier", "catalog.yaml", Without(TiersOf(workflow.policy()), TiersOf(candidate)));

  GAVEL_RETURN_IF_ERROR(UseWhereSpecsEver(workflow, areas));
  GAVEL_RETURN_IF_ERROR(UseWhereMeetings(workflow, series));
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> open,
                         workflow.transaction().Specs("", OpenStates()));
  for (const v1::Spec& spec : open) {
    UseAreas(spec, areas);
    UsePeople(spec, people);
    series.Use(spec.area(), spec.key());
    for (const v1::ReviewerClause& clause : spec.verdict().reviewers()) {
      groups.Use(clause.from(), spec.key());
    }
    if (!tiers.empty()) GAVEL_RETURN_IF_ERROR(UseDeclaredTiers(workflow, spec, tiers));
  }
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> approved,
                         WithLiveEnvelope(workflow.transaction()));
  for (const v1::Spec& spec : approved) {
    for (const std::string& tier : InForce(spec)->envelope().allowed()) {
      tiers.Use(tier, spec.key());
    }
  }

  std::vector<FieldViolation> violations;
  for (const Needs* needs : {&areas, &series, &people, &groups, &tiers}) needs->AddTo(violations);
  if (violations.empty()) return absl::OkStatus();
  return MakeInvalid(
      "POLICY_INVALID",
      fmt::format("{}: {}.", violations.front().field, violations.front().description), violations,
      {{"errors", std::to_string(violations.size())}});
}

}  // namespace gavel::app
