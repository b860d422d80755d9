// The small-group floor: what is shown, and that no two figures shown together say more.

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "engine/domain/health/health_testing.h"
#include "engine/domain/health/pulse.h"

namespace gavel::health {
namespace {

using testing::DayAt;
using testing::Log;
using testing::SignalIn;

constexpr v1::HealthSignal::State kKnown = v1::HealthSignal::STATE_KNOWN;
constexpr v1::HealthSignal::State kWithheld = v1::HealthSignal::STATE_WITHHELD;

// `n` different attendees answer on a day.
void Answer(Log& log, int day, int n, int useful, const std::string& role = "attendee",
            const std::string& prefix = "p") {
  log.On(day);
  for (int i = 0; i < n; ++i) {
    log.Pulse("m1", prefix + std::to_string(i), role, useful, useful, useful);
  }
}

TEST(PulseTest, NobodyAnsweredIsNoData) {
  EXPECT_EQ(SignalIn(Log().Report(), "pulse-useful").state(), v1::HealthSignal::STATE_NO_DATA);
}

TEST(PulseTest, FourPeopleAreWithheldAndFiveAreShown) {
  Log four;
  Answer(four, 3, 4, 4);
  const v1::HealthSignal withheld = SignalIn(four.Report(), "pulse-useful");
  EXPECT_EQ(withheld.state(), kWithheld);
  EXPECT_EQ(withheld.value(), 0);
  EXPECT_EQ(withheld.sample(), 0);
  EXPECT_TRUE(withheld.meetings().empty());

  Log five;
  Answer(five, 3, 5, 4);
  const v1::HealthSignal shown = SignalIn(five.Report(), "pulse-useful");
  EXPECT_EQ(shown.state(), kKnown);
  EXPECT_DOUBLE_EQ(shown.value(), 4);
  EXPECT_EQ(shown.sample(), 5);
}

TEST(PulseTest, OnePersonWhoAnswersFiveTimesIsOnePerson) {
  Log log;
  for (int i = 0; i < 5; ++i) Answer(log, i, 1, 5);
  EXPECT_EQ(SignalIn(log.Report(), "pulse-useful").state(), kWithheld);
}

TEST(PulseTest, TheSpanBeforeIsWithheldAsWell) {
  Log log;
  Answer(log, -10, 4, 1);
  Answer(log, 3, 9, 4);  // One of them ends the batch that began before.
  const v1::HealthSignal signal = SignalIn(log.Report(), "pulse-useful");
  EXPECT_EQ(signal.state(), kKnown);
  EXPECT_FALSE(signal.has_previous());
}

TEST(PulseTest, AnotherAreasFourAreNotToBeHadBySubtraction) {
  Log log;
  Answer(log, 3, 5, 4);
  log.In("platform");
  Answer(log, 4, 4, 1, "attendee", "q");
  EXPECT_EQ(SignalIn(log.Report(testing::FourWeeks(), "platform"), "pulse-useful").state(),
            kWithheld);
  const v1::HealthSignal all = SignalIn(log.Report(testing::FourWeeks(), ""), "pulse-useful");
  EXPECT_EQ(all.sample(), 5);
  EXPECT_DOUBLE_EQ(all.value(), 4);
}

TEST(PulseTest, ADayMoreShowsNothingOfASingleAnswer) {
  Log log;
  Answer(log, 3, 5, 4);
  Answer(log, 4, 1, 1);
  const auto until = [&](int day) {
    return SignalIn(log.Report({DayAt(0), DayAt(day)}), "pulse-useful");
  };
  EXPECT_EQ(until(4).SerializeAsString(), until(5).SerializeAsString());
}

TEST(PulseTest, RolesAreShownOnceBothAreFive) {
  Log log;
  log.On(3);
  for (int i = 0; i < 5; ++i) {
    // After three rounds the smaller sides of three batches hold six people.
    EXPECT_EQ(SignalIn(log.Report(), "pulse-heard-authors").state() == kKnown, i >= 3) << i;
    for (int j = 0; j < 3; ++j) {
      log.Pulse("m1", fmt::format("a{}.{}", i, j), "presenter", 3, 2, 3);
      log.Pulse("m1", fmt::format("o{}.{}", i, j), "attendee", 3, 4, 3);
    }
  }
  const v1::HealthReport report = log.Report();
  EXPECT_DOUBLE_EQ(SignalIn(report, "pulse-heard-authors").value(), 2);
  EXPECT_DOUBLE_EQ(SignalIn(report, "pulse-heard-others").value(), 4);
  EXPECT_DOUBLE_EQ(SignalIn(report, "heard-gap").value(), 2);
  EXPECT_TRUE(SignalIn(report, "heard-gap").alarming());
}

TEST(PulseTest, TheGapIsWithheldWhileOneSideIsSmall) {
  Log log;
  Answer(log, 3, 20, 5);
  log.On(4);
  for (int i = 0; i < 4; ++i) log.Pulse("m1", fmt::format("a{}", i), "presenter", 1, 1, 1);
  Answer(log, 5, 20, 5, "attendee", "q");
  EXPECT_EQ(SignalIn(log.Report(), "pulse-heard").state(), kKnown);
  EXPECT_EQ(SignalIn(log.Report(), "pulse-heard-authors").state(), kWithheld);
  EXPECT_EQ(SignalIn(log.Report(), "heard-gap").state(), kWithheld);
}

// Whoever may ask for any span at any time learns the sums of single batches, and of single runs by
// role. Any combination leaves of each batch nothing, one side, or both; so the fewest people that
// any combination covers is found by choosing for each batch of a run its worse side.
TEST(PulseTest, NoCombinationOfFiguresCoversFewerThanFivePeople) {
  std::mt19937 random(20261123);
  for (int round = 0; round < 100; ++round) {
    PulseBox box;
    const int people = std::uniform_int_distribution(6, 30)(random);
    struct Said {
      absl::Time time;
      PersonNumber person;
      bool author;
    };
    std::vector<Said> said;
    std::vector<absl::Time> batch_ends;
    std::vector<absl::Time> run_ends;
    const auto sums = [&](PulseRole role, absl::Time time) {
      return box.Sum(role, time, time + absl::Nanoseconds(1)).answers;
    };
    for (int i = 0; i < 120; ++i) {
      const absl::Time time = DayAt(0, i);
      const auto person =
          static_cast<PersonNumber>(std::uniform_int_distribution(1, people)(random));
      const bool author = std::uniform_int_distribution(0, 2)(random) == 0;
      v1::Pulse pulse;
      pulse.set_role(author ? "presenter" : "attendee");
      box.Add(time, person, "m", pulse);
      said.push_back({time, person, author});
      if (sums(PulseRole::kAll, time) > 0) batch_ends.push_back(time);
      if (sums(PulseRole::kAuthors, time) + sums(PulseRole::kOthers, time) > 0) {
        run_ends.push_back(time);
      }
    }
    size_t at = 0;
    size_t run = 0;
    std::vector<std::pair<std::set<PersonNumber>, std::set<PersonNumber>>> batches;
    for (const absl::Time end : batch_ends) {
      auto& [authors, others] = batches.emplace_back();
      for (; at < said.size() && said[at].time <= end; ++at) {
        (said[at].author ? authors : others).insert(said[at].person);
      }
      std::set<PersonNumber> both = authors;
      both.insert(others.begin(), others.end());
      EXPECT_GE(both.size(), static_cast<size_t>(kPulseFloor));
      if (run == run_ends.size() || end != run_ends[run]) continue;
      ++run;
      // Every choice of sides, for runs short enough to try all.
      if (batches.size() <= 10) {
        for (unsigned choice = 0; choice < (1U << batches.size()); ++choice) {
          std::set<PersonNumber> covered;
          for (size_t b = 0; b < batches.size(); ++b) {
            const auto& side = (choice >> b & 1U) != 0 ? batches[b].first : batches[b].second;
            covered.insert(side.begin(), side.end());
          }
          ASSERT_GE(covered.size(), static_cast<size_t>(kPulseFloor)) << "round " << round;
        }
      }
      batches.clear();
    }
  }
}

}  // namespace
}  // namespace gavel::health
