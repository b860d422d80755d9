// Somebody who does random things to a World: mostly what their roles allow, sometimes nonsense.
#pragma once

#include <cstdint>
#include <string>

#include "engine/domain/planning/planning_testing.h"
#include "tests/lifecycle/world.h"

namespace gavel::lifecycle_test {

class Walker {
 public:
  Walker(World& world, std::uint64_t seed) : world_(world), dice_(seed) {}

  planning_test::Dice& dice() { return dice_; }

  // One command by one person, on a spec, on the meeting, or a new spec.
  void Step();
  // Makes up for specs that are over or have grown old: lets them go through `forget`.
  template <typename Forget>
  void Retire(Forget forget) {
    for (const auto& [key, entry] : world_.specs()) {
      const bool on_agenda = !entry.spec.meeting().empty();
      if (on_agenda || !IsSpent(entry)) continue;
      forget(key, entry);
      return;  // The map has changed.
    }
  }

 private:
  static bool IsSpent(const Entry& entry);

  template <typename Container>
  const auto& Pick(const Container& names) {
    auto at = names.begin();
    std::advance(at, dice_.Roll(static_cast<int>(names.size())));
    return *at;
  }
  bool OneIn(int n) { return dice_.Roll(n) == 0; }

  void Create();
  void OnMeeting();
  void OnSpec();
  std::string RandomPerson();
  std::string RandomKey();         // Of a spec that exists; empty where there is none.
  std::string RandomDecidedKey();  // Rather of one that is decided.
  // A command that the table lists for `actor`, weighted by how interesting it is.
  CommandKind RandomCommand(const v1::Spec& spec, const std::string& actor);
  std::string RandomRequest(const v1::Spec& spec, const std::string& actor, CommandKind kind);
  // Of those of `owner`, if not empty.
  std::string RandomConcern(const v1::Spec& spec, const std::string& owner = "");
  v1::Verdict RandomVerdict();
  v1::Facts RandomFacts(const v1::Spec& spec);
  v1::Revision RandomRevision(const v1::Spec& spec);

  World& world_;
  planning_test::Dice dice_;
};

}  // namespace gavel::lifecycle_test
