// Twenty thousand random steps, with everybody told what waits for them on the way: nobody twice a
// day, nobody in absence, nothing twice, and nothing forgotten.

#include <gtest/gtest.h>

#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/acme.h"
#include "engine/domain/testing/scene.h"
#include "fmt/format.h"
#include "tests/lifecycle/postman.h"
#include "tests/lifecycle/walker.h"

namespace gavel::lifecycle_test {
namespace {

constexpr int kSteps = 20'000;

// Everybody is away now and then, some with a delegate who is away too.
Absences Holidays() {
  Absences absences;
  planning_test::Dice dice(7);
  const char* people[] = {"ana", "bo", "chen", "dee", "fay", "kim", "lee"};
  for (size_t i = 0; i < std::size(people); ++i) {
    absl::CivilDay day(2026, 11, 30);
    while (day.year() < 2032) {
      day += 5 + dice.Roll(60);
      v1::Absence& absence = *absences[people[i]].add_absences();
      *absence.mutable_from() = ToDate(day);
      *absence.mutable_to() = ToDate(day += dice.Roll(15));
      absence.set_delegate(people[(i + 1) % std::size(people)]);
    }
  }
  return absences;
}

TEST(RandomMessagesTest, NobodyIsToldTwiceNorInAbsenceAndNothingIsForgotten) {
  const Absences absences = Holidays();
  World world(testing::MakeOrganisation(testing::AcmeOrg()), absences,
              testing::Morning(absl::CivilDay(2026, 11, 30)));
  Postman postman(world, absences);
  world.Watch(&postman);
  Walker walker(world, 20261201);
  for (int step = 0; step < kSteps && !::testing::Test::HasFailure(); ++step) {
    SCOPED_TRACE(fmt::format("step {}", step));
    walker.Step();
    const bool live = world.meeting().state() == v1::Meeting::STATE_LIVE;
    if (walker.dice().Chance(live ? 1 : 15)) {
      world.Advance(absl::Minutes(walker.dice().Roll(36 * 60)));
    }
    postman.Deliver(world.now());
    walker.Retire([&](const std::string& key, const Entry&) {
      postman.Forget(key);
      world.Forget(std::string(key));
    });
  }
  fmt::print("{} messages until {}\n", postman.messages(),
             absl::FormatTime("%Y-%m-%d", world.now(), absl::UTCTimeZone()));
  for (const auto& [name, count] : postman.steps()) fmt::print("  {} {}\n", name, count);
  EXPECT_GT(postman.messages(), 1000);
  for (const char* name : {"turn", "half-time", "due", "late", "remind"}) {
    EXPECT_GT(postman.steps().count(name), 0u) << name;
  }
}

}  // namespace
}  // namespace gavel::lifecycle_test
