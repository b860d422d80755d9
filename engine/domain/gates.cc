#include "engine/domain/gates.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/base/contains.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/domain/roles.h"
#include "engine/domain/spec_errors.h"
#include "fmt/format.h"

namespace gavel {
namespace {

// What a gate asks for before its people are counted.
struct Wanted {
  std::string id;
  std::string area;
  std::vector<std::string> people;
  int quorum = 1;
  std::string owner;
};

Wanted GateOfArea(const Situation& situation, const std::string& area_id, bool consulted) {
  const v1::Area& area = *situation.organisation.FindArea(area_id);
  return {.id = (consulted ? "consulted:" : "area:") + area_id,
          .area = area_id,
          .people = situation.organisation.ReviewersOf(area_id, situation.now),
          .quorum = consulted ? std::max(1, area.gate().consulted_quorum())
                              : std::max(1, area.gate().quorum()),
          .owner = area.gate().owner()};
}

// The person or `team:ID` that owns the spec's system; empty when it names none.
std::string OwnerOfSystem(const Situation& situation) {
  for (const v1::System& system : situation.organisation.org().systems()) {
    if (system.id() == situation.spec.system()) return system.owner();
  }
  return "";
}

std::vector<Wanted> WantedGates(const Situation& situation, const v1::Verdict& verdict) {
  const v1::Spec& spec = situation.spec;
  std::vector<Wanted> wanted = {GateOfArea(situation, spec.area(), false)};

  std::set<std::string> consulted(spec.consulted().begin(), spec.consulted().end());
  consulted.insert(verdict.areas().begin(), verdict.areas().end());
  if (situation.superseded != nullptr) {
    for (const v1::Spec& old : *situation.superseded) {
      if (Contains(spec.supersedes(), old.key())) consulted.insert(old.area());
    }
  }
  consulted.erase(spec.area());
  for (const std::string& area : consulted) {
    if (situation.organisation.FindArea(area) != nullptr) {
      wanted.push_back(GateOfArea(situation, area, true));
    }
  }

  for (const v1::ReviewerClause& clause : verdict.reviewers()) {
    const std::string from =
        clause.from() == "owner-of-system" ? OwnerOfSystem(situation) : clause.from();
    wanted.push_back({.id = fmt::format("rule:{}:{}", clause.rule(), clause.from()),
                      .area = spec.area(),
                      .people = situation.organisation.Members(from, situation.now),
                      .quorum = std::max(1, clause.count()),
                      .owner = situation.area().gate().owner()});
  }
  return wanted;
}

// Fills a gate's people and quorum: authors never count, the sponsor helps out where too few are
// left.
absl::StatusOr<v1::Gate> StaffGate(const Situation& situation, const Wanted& wanted) {
  v1::Gate gate;
  gate.set_id(wanted.id);
  gate.set_area(wanted.area);
  gate.set_policy_quorum(wanted.quorum);
  gate.set_owner(wanted.owner);
  for (const std::string& person : wanted.people) {
    if (!Contains(situation.spec.authors(), person)) gate.add_people(person);
  }
  if (gate.people_size() < wanted.quorum) {
    const std::string sponsor = ActingSponsor(situation, wanted.area);
    if (!sponsor.empty()) {
      gate.set_sponsor_assigned(true);
      if (!Contains(gate.people(), sponsor)) gate.add_people(sponsor);
    }
  }
  if (gate.people().empty()) return NoEligibleReviewer(wanted.id);
  gate.set_quorum(std::min(wanted.quorum, gate.people_size()));
  return gate;
}

// The digits of a key: `MEDIA-42` is 42.
size_t NumberOf(const std::string& key) {
  const size_t dash = key.rfind('-');
  size_t number = 0;
  for (size_t i = dash == std::string::npos ? key.size() : dash + 1; i < key.size(); ++i) {
    number = number * 10 + static_cast<size_t>(key[i] - '0');
  }
  return number;
}

class Assigner {
 public:
  // Keeps who was asked before, but for a gate that is no more.
  Assigner(const Situation& situation, const std::vector<v1::Gate>& gates) : situation_(situation) {
    for (const v1::Assignment& existing : situation.spec.assignments()) {
      if (IsAuthorNow(existing.person()) || IsOfGoneGate(existing, gates)) continue;
      assigned_[existing.person()] = existing;
    }
  }

  void Ask(const std::string& person, const std::string& reason) {
    if (IsAuthorNow(person) || assigned_.count(person) > 0) return;
    v1::Assignment& assignment = assigned_[person];
    assignment.set_person(person);
    assignment.set_reason(reason);
    *assignment.mutable_assign_time() = ToProto(situation_.now);
    added_.push_back(person);
  }

  // Asks people of `gate` until its quorum can be met by those asked.
  void Staff(const v1::Gate& gate) {
    int asked = 0;
    for (const std::string& person : gate.people()) asked += assigned_.count(person) > 0 ? 1 : 0;
    if (gate.sponsor_assigned()) {
      for (const std::string& person : gate.people()) Ask(person, gate.id());
      return;
    }
    for (const std::string& person : InTurn(gate)) {
      if (asked >= gate.quorum()) return;
      if (assigned_.count(person) > 0) continue;
      Ask(person, gate.id());
      ++asked;
    }
  }

  void MoveTo(Staffing& staffing) {
    for (auto& [person, assignment] : assigned_) staffing.assignments.push_back(assignment);
    std::sort(added_.begin(), added_.end());
    staffing.added = std::move(added_);
  }

 private:
  bool IsAuthorNow(const std::string& person) const {
    return Contains(situation_.spec.authors(), person);
  }

  // Gate ids hold a colon; `author` and `facilitator` are reasons of their own.
  static bool IsOfGoneGate(const v1::Assignment& assignment, const std::vector<v1::Gate>& gates) {
    return assignment.reason().find(':') != std::string::npos &&
           std::none_of(gates.begin(), gates.end(),
                        [&](const v1::Gate& gate) { return gate.id() == assignment.reason(); });
  }

  // The gate's people, those at work first, starting at the spec's number.
  std::vector<std::string> InTurn(const v1::Gate& gate) const {
    std::vector<std::string> people(gate.people().begin(), gate.people().end());
    const size_t start = NumberOf(situation_.spec.key()) % people.size();
    std::rotate(people.begin(), people.begin() + static_cast<std::ptrdiff_t>(start), people.end());
    const absl::CivilDay today = situation_.calendar().DayOf(situation_.now);
    std::stable_partition(people.begin(), people.end(), [&](const std::string& person) {
      return !IsAway(situation_.absences, person, today);
    });
    return people;
  }

  const Situation& situation_;
  std::map<std::string, v1::Assignment> assigned_;
  std::vector<std::string> added_;
};

bool CountsAsApproval(const v1::Spec& spec, const v1::Position& position) {
  return position.kind() == v1::Position::KIND_APPROVE && !position.stale() &&
         !Contains(spec.authors(), position.person());
}

}  // namespace

absl::StatusOr<Staffing> StaffGates(const Situation& situation, const v1::Verdict& verdict) {
  Staffing staffing;
  for (const Wanted& wanted : WantedGates(situation, verdict)) {
    GAVEL_ASSIGN_OR_RETURN(v1::Gate gate, StaffGate(situation, wanted));
    staffing.gates.push_back(std::move(gate));
  }
  Assigner assigner(situation, staffing.gates);
  for (const std::string& person : situation.spec.requested_reviewers()) {
    if (situation.organisation.IsPresent(person, situation.now)) assigner.Ask(person, "author");
  }
  for (const v1::Gate& gate : staffing.gates) assigner.Staff(gate);
  assigner.MoveTo(staffing);
  return staffing;
}

void RecountGates(v1::Spec& spec) {
  for (v1::Gate& gate : *spec.mutable_gates()) {
    int approvals = 0;
    for (const v1::Position& position : spec.positions()) {
      if (CountsAsApproval(spec, position) && Contains(gate.people(), position.person()))
        ++approvals;
    }
    gate.set_approvals(approvals);
    gate.set_satisfied(approvals >= gate.quorum());
  }
}

bool GatesSatisfied(const Situation& situation) {
  const v1::Spec& spec = situation.spec;
  std::set<std::string> author_teams;
  for (const std::string& author : spec.authors()) {
    author_teams.insert(situation.organisation.TeamOf(author));
  }
  const auto is_outside = [&](const std::string& person) {
    return author_teams.count(situation.organisation.TeamOf(person)) == 0;
  };

  bool outsider_exists = false;
  for (const v1::Gate& gate : spec.gates()) {
    if (!gate.satisfied()) return false;
    outsider_exists |= std::any_of(gate.people().begin(), gate.people().end(), is_outside);
  }
  if (!outsider_exists) return true;
  for (const v1::Gate& gate : spec.gates()) {
    for (const v1::Position& position : spec.positions()) {
      if (CountsAsApproval(spec, position) && Contains(gate.people(), position.person()) &&
          is_outside(position.person())) {
        return true;
      }
    }
  }
  return false;
}

const v1::Gate* GateWithoutApproval(const v1::Spec& spec) {
  for (const v1::Gate& gate : spec.gates()) {
    if (gate.approvals() == 0) return &gate;
  }
  return nullptr;
}

const v1::Position* FreshPosition(const v1::Spec& spec, std::string_view person) {
  for (const v1::Position& position : spec.positions()) {
    if (position.person() == person && !position.stale()) return &position;
  }
  return nullptr;
}

int LatestMajorRevision(const v1::Spec& spec) {
  for (int i = spec.revisions_size() - 1; i >= 0; --i) {
    if (spec.revisions(i).kind() == v1::Revision::KIND_MAJOR) return spec.revisions(i).number();
  }
  return spec.revisions().empty() ? 0 : 1;
}

}  // namespace gavel
