// A hundred thousand random steps over the core, twice: with a clock that runs on, and with one
// that only timers move. After each step the invariants hold; at the end every row has been walked.
//
// Deterministic: one seed, one walk. GAVEL_WALK_SEED and GAVEL_WALK_STEPS choose another.

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/acme.h"
#include "engine/domain/testing/scene.h"
#include "engine/domain/transition.h"
#include "fmt/format.h"
#include "tests/lifecycle/invariants.h"
#include "tests/lifecycle/walker.h"
#include "tests/lifecycle/world.h"

namespace gavel::lifecycle_test {
namespace {

constexpr int kSteps = 100'000;

std::uint64_t NumberFromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// Acme, with somebody who leaves while the walk is under way.
std::shared_ptr<const Organisation> LeavingOrganisation() {
  v1::Org org = testing::AcmeOrg();
  *testing::PersonIn(org, "eli").mutable_left() = ToDate(absl::CivilDay(2027, 6, 1));
  return testing::MakeOrganisation(org);
}

// The sponsor is away every December.
Absences Decembers() {
  Absences absences;
  for (int year = 2026; year < 2046; ++year) {
    v1::Absence& absence = *absences["chen"].add_absences();
    *absence.mutable_from() = ToDate(absl::CivilDay(year, 12, 1));
    *absence.mutable_to() = ToDate(absl::CivilDay(year, 12, 20));
    absence.set_delegate("fay");
  }
  return absences;
}

class RandomWalkTest : public ::testing::Test {
 protected:
  RandomWalkTest()
      : world_(LeavingOrganisation(), Decembers(), testing::Morning(absl::CivilDay(2026, 11, 30))),
        invariants_(world_) {
    world_.Watch(&invariants_);
  }

  // Takes the steps; `pass_time` after each.
  template <typename PassTime>
  void Walk(std::uint64_t seed, PassTime pass_time) {
    Walker walker(world_, NumberFromEnvironment("GAVEL_WALK_SEED", seed));
    const auto steps = static_cast<int>(NumberFromEnvironment("GAVEL_WALK_STEPS", kSteps));
    for (int step = 0; step < steps; ++step) {
      SCOPED_TRACE(fmt::format("step {}", step));
      walker.Step();
      pass_time(walker.dice());
      walker.Retire([this](const std::string& key, const Entry& entry) {
        invariants_.CheckFold(entry);
        world_.Forget(std::string(key));
      });
      if (HasFailure()) return;  // What follows would only repeat it.
    }
    for (const auto& [key, entry] : world_.specs()) invariants_.CheckFold(entry);
    Print(steps);
  }

  // In a meeting much happens within the hour.
  int TimePasses(int percent) const {
    return world_.meeting().state() == v1::Meeting::STATE_LIVE ? 1 : percent;
  }

  // A row that moves a spec was walked where a spec went from one of its states to another, by one
  // of its events.
  void ExpectEveryRowWalked() const {
    for (const Transition& transition : Transitions()) {
      if (transition.to == 0) continue;
      bool walked = false;
      for (const auto& [move, count] : invariants_.counts().moves) {
        const auto& [from, to, type] = move;
        walked |= (transition.from & In(from)) != 0 && (transition.to & In(to)) != 0;
      }
      EXPECT_TRUE(walked) << "row " << transition.row << ", " << CommandName(transition.command);
    }
  }

  void ExpectEveryCommandAccepted() const {
    for (int i = 0; i < kCommandKinds; ++i) {
      const auto kind = static_cast<CommandKind>(i);
      if (IsPublic(kind)) {
        EXPECT_GT(invariants_.counts().commands.count(CommandName(kind)), 0u) << CommandName(kind);
      }
    }
  }

  // When everybody falls silent, the timers bring every review and every return to an end.
  void ExpectSilenceEndsEverything() {
    for (int fired = 0; world_.JumpToNextSpecTimer(); ++fired) ASSERT_LT(fired, 1000);
    for (const auto& [key, entry] : world_.specs()) {
      EXPECT_NE(entry.spec.state(), v1::Spec::STATE_ASYNC_REVIEW) << key;
      EXPECT_NE(entry.spec.state(), v1::Spec::STATE_CHANGES_REQUESTED) << key;
    }
  }

 private:
  void Print(int steps) const {
    const Invariants::Counts& counts = invariants_.counts();
    fmt::print(
        "{} steps, {} specs, until {}: {} accepted, {} refused, {} events, {} timers fired, "
        "{} histories folded, {} kinds of move\n",
        steps, world_.NextKey(),
        absl::FormatCivilTime(absl::ToCivilDay(world_.now(), absl::UTCTimeZone())), counts.accepted,
        counts.refused, counts.events, counts.fired, counts.folds, counts.moves.size());
    for (const auto& [reason, count] : counts.refusals)
      fmt::print("  refused {} {}\n", reason, count);
    for (const auto& [name, count] : counts.commands) fmt::print("  accepted {} {}\n", name, count);
  }

 protected:
  World world_;
  Invariants invariants_;
};

TEST_F(RandomWalkTest, HoldsTheInvariantsWhileTheClockRuns) {
  Walk(20261131, [this](planning_test::Dice& dice) {
    if (dice.Chance(TimePasses(10))) world_.Advance(absl::Minutes(dice.Roll(24 * 60)));
  });
  if (HasFailure()) return;
  ExpectEveryRowWalked();
  ExpectEveryCommandAccepted();
  ExpectSilenceEndsEverything();
}

TEST_F(RandomWalkTest, HoldsTheInvariantsWhereOnlyTimersMoveTime) {
  Walk(42, [this](planning_test::Dice& dice) {
    if (dice.Chance(TimePasses(12))) world_.JumpToNextTimer();
  });
  if (HasFailure()) return;
  ExpectEveryRowWalked();
  ExpectSilenceEndsEverything();
}

}  // namespace
}  // namespace gavel::lifecycle_test
