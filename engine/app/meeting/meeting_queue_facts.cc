#include "engine/app/meeting/meeting_queue_facts.h"

#include <algorithm>

#include "engine/base/contains.h"
#include "engine/domain/concern.h"

namespace gavel::app {
namespace {

constexpr char kQuorum[] = "QUORUM";

bool WantsTheRoom(const v1::Spec& spec, const std::string& person) {
  for (const v1::Concern* block : OpenBlocks(spec)) {
    if (block->owner() == person) return true;
  }
  return std::any_of(spec.positions().begin(), spec.positions().end(), [&](const auto& position) {
    return position.person() == person && !position.stale() &&
           position.kind() == v1::Position::KIND_NEEDS_DISCUSSION;
  });
}

}  // namespace

std::map<std::string, int> DependentsOf(std::span<const v1::Spec> open) {
  std::map<std::string, int> dependents;
  for (const v1::Spec& spec : open) {
    std::set<std::string> awaited(spec.amends().begin(), spec.amends().end());
    awaited.insert(spec.supersedes().begin(), spec.supersedes().end());
    awaited.insert(spec.cites().begin(), spec.cites().end());
    awaited.erase(spec.key());
    for (const std::string& key : awaited) ++dependents[key];
  }
  return dependents;
}

std::vector<std::string> JointAreasOf(const Organisation& organisation, const v1::Spec& spec,
                                      absl::Time now) {
  std::set<std::string> areas;
  for (const v1::Gate& gate : spec.gates()) {
    const bool consulted = gate.area() != spec.area();
    if (!consulted || gate.satisfied() || organisation.FindArea(gate.area()) == nullptr) continue;
    std::vector<std::string> people = organisation.ReviewersOf(gate.area(), now);
    people.insert(people.end(), gate.people().begin(), gate.people().end());
    const bool joint = std::any_of(people.begin(), people.end(), [&](const std::string& person) {
      return WantsTheRoom(spec, person);
    });
    if (joint) areas.insert(gate.area());
  }
  return {areas.begin(), areas.end()};
}

std::set<std::string> CarriedByQuorum(std::span<const v1::Meeting> meetings) {
  std::set<std::string> carried;
  for (const v1::Meeting& meeting : meetings) {
    if (meeting.state() == v1::Meeting::STATE_CLOSED) carried.clear();
    if (meeting.cancel_reason() != kQuorum) continue;
    for (const v1::Slot& slot : meeting.slots()) {
      const bool to_the_end = slot.close_time().seconds() == meeting.close_time().seconds() &&
                              slot.close_time().nanos() == meeting.close_time().nanos();
      if (to_the_end) carried.insert(slot.spec());
    }
  }
  return carried;
}

bool NeedsOwnSession(const v1::Spec& spec, const v1::PlanningMemory& memory) {
  const bool just_continued = spec.last_outcome().kind() == v1::Outcome::KIND_CONTINUE;
  return spec.queue().continued() > 0 && !just_continued && !memory.carried_over();
}

}  // namespace gavel::app
