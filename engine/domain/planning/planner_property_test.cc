// Properties of one plan, over 100,000 random queues in ten shares that CTest can run side by side.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/domain/planning/planner.h"
#include "engine/domain/planning/planning_testing.h"
#include "engine/domain/planning/random_queue.h"

namespace gavel {
namespace {

using planning_test::Berlin;
using planning_test::Describe;
using planning_test::Dice;
using planning_test::RandomInput;

constexpr int kShares = 10;
constexpr int kQueuesPerShare = 10'000;

// The arithmetic of the design, written a second time.
int Timebox(const QueueItem& item, const TimeboxNumbers& numbers) {
  const int open = item.open_decisions + item.open_blocks + item.gates_involved - 1;
  const int minutes = numbers.base_min + numbers.step_min * open;
  return std::max(numbers.least_min, std::min(numbers.most_min, minutes));
}

// A spec on the agenda, pinned or picked.
struct OnAgenda {
  const QueueItem* item;
  int place;
  bool quick;
};

// One random plan with what the properties ask about.
struct Sample {
  explicit Sample(PlanInput random) : input(std::move(random)), plan(PlanMeeting(input, Berlin())) {
    for (const QueueItem& item : input.queue) {
      items[item.key] = &item;
      if (CheckEligible(item, input.meeting, Berlin(), input.now).eligible()) {
        eligible.push_back(&item);
        eligible_keys.insert(item.key);
      }
    }
    const RankContext context{.reserved = input.reservation,
                              .usable_minutes = input.meeting.usable_minutes,
                              .timebox = input.meeting.timebox,
                              .numbers = input.meeting.order};
    ranked = Rank(eligible, context, Berlin(), input.now);
    for (const Pick& pick : plan.picks) picked.insert(pick.key);
    for (const QueueItem& item : input.pinned) {
      agenda.push_back({&item, item.place, item.on_consent_list});
    }
    for (const Pick& pick : plan.picks) {
      agenda.push_back({items.at(pick.key), pick.placement.place, pick.placement.quick});
    }
  }

  bool IsEligible(const std::string& key) const { return eligible_keys.contains(key); }

  bool dedicated() const { return !input.meeting.dedicated_to.empty(); }

  PlanInput input;
  AgendaPlan plan;
  std::map<std::string, const QueueItem*> items;
  std::vector<const QueueItem*> eligible;
  std::set<std::string> eligible_keys;
  std::vector<RankedItem> ranked;
  std::set<std::string> picked;
  std::vector<OnAgenda> agenda;
};

// Pins are people's and may overfill an agenda; the planner then adds nothing.
bool HardStopsHold(const Sample& sample) {
  const MeetingTerms& meeting = sample.input.meeting;
  int specs = 0;
  int quick = 0;
  int words = 0;
  std::map<int, std::vector<int>> places;
  for (const OnAgenda& one : sample.agenda) {
    words += one.item->words;
    ++(one.quick ? quick : specs);
    if (!one.quick) places[one.place].push_back(Timebox(*one.item, meeting.timebox));
  }
  int minutes = quick;
  for (const auto& [place, timeboxes] : places) {
    minutes += *std::max_element(timeboxes.begin(), timeboxes.end()) +
               5 * (static_cast<int>(timeboxes.size()) - 1);
  }
  if (minutes != sample.plan.agenda_minutes) return false;
  if (sample.plan.stand_by) words += sample.items.at(*sample.plan.stand_by)->words;
  if (words != sample.plan.words) return false;
  const bool adds_specs = std::any_of(sample.plan.picks.begin(), sample.plan.picks.end(),
                                      [](const Pick& pick) { return !pick.placement.quick; });
  if (adds_specs && (specs > meeting.max_specs || specs > 3)) return false;
  if (quick > meeting.quick_items && !sample.plan.picks.empty() && sample.input.pinned.empty()) {
    return false;
  }
  if (sample.dedicated() || sample.plan.picks.empty()) return true;
  return minutes <= meeting.usable_minutes && words <= meeting.max_words;
}

bool NeverMoreThanThreeWithoutAConsentList(const Sample& sample) {
  return sample.input.meeting.quick_items > 0 || sample.plan.picks.size() <= 3;
}

bool NobodyIneligibleComes(const Sample& sample) {
  if (sample.plan.stand_by && !sample.IsEligible(*sample.plan.stand_by)) return false;
  return std::all_of(sample.picked.begin(), sample.picked.end(),
                     [&](const std::string& key) { return sample.IsEligible(key); });
}

bool SomebodyEligibleAlwaysComes(const Sample& sample) {
  return !sample.input.pinned.empty() || sample.picked.empty() == sample.eligible.empty();
}

bool EverySpecIsPickedOnceOrToldWhyNot(const Sample& sample) {
  std::set<std::string> seen = sample.picked;
  if (seen.size() != sample.plan.picks.size()) return false;
  for (const Pick& pick : sample.plan.picks) {
    if (pick.reason.empty()) return false;
  }
  for (const NotPicked& rest : sample.plan.not_picked) {
    if (!seen.insert(rest.key).second || rest.reason.empty()) return false;
    const bool eligible = sample.IsEligible(rest.key);
    if (rest.passed_over != eligible) return false;
    // A session for others is nobody's fault.
    const bool outside = IsDedicatedToOthers(sample.input.meeting, rest.key);
    if (rest.fault.has_value() == (eligible || outside)) return false;
  }
  return seen.size() == sample.items.size();
}

bool OrderOfTheInputDoesNotMatter(const Sample& sample) {
  PlanInput reversed = sample.input;
  std::reverse(reversed.queue.begin(), reversed.queue.end());
  std::rotate(reversed.queue.begin(), reversed.queue.begin() + sample.plan.ordered / 2,
              reversed.queue.end());
  return Describe(PlanMeeting(reversed, Berlin())) == Describe(sample.plan);
}

bool PositionsAreTheRank(const Sample& sample) {
  std::map<std::string, int> positions;
  for (const Pick& pick : sample.plan.picks) positions[pick.key] = pick.position;
  for (const NotPicked& rest : sample.plan.not_picked) {
    if (rest.passed_over) positions[rest.key] = rest.position;
  }
  int position = 0;
  for (const RankedItem& one : sample.ranked) {
    if (positions.at(one.item->key) != ++position) return false;
  }
  return position == sample.plan.ordered && positions.size() == sample.eligible.size();
}

// Picked exactly when it fits behind the overdue and urgent specs that came first.
bool TheReservationIsRespected(const Sample& sample) {
  const std::string& reserved = sample.input.reservation;
  if (!sample.IsEligible(reserved)) return true;
  AgendaCapacity capacity(sample.input.meeting);
  for (const QueueItem& item : sample.input.pinned) capacity.Add(item);
  for (const Pick& pick : sample.plan.picks) {
    const bool outranks = pick.order_class < OrderClass::kReserved;
    if (outranks && pick.key != reserved) capacity.TryAdd(*sample.items.at(pick.key));
  }
  const bool fits = capacity.WhyNot(*sample.items.at(reserved)).empty();
  const bool picked = sample.picked.contains(reserved);
  // Overdue or urgent itself, it may have stood before some of those.
  const QueueItem& item = *sample.items.at(reserved);
  const bool plainly_reserved =
      item.passed_over < sample.input.meeting.order.overdue_after && !item.urgent;
  return plainly_reserved ? picked == fits : picked || !fits;
}

bool TheNextReservationIsTheFirstThatDidNotFit(const Sample& sample) {
  std::string first_left_out;
  for (const RankedItem& one : sample.ranked) {
    if (sample.picked.contains(one.item->key)) continue;
    first_left_out = one.item->key;
    break;
  }
  if (sample.dedicated()) {
    const std::string& kept = sample.input.reservation;
    first_left_out = sample.picked.contains(kept) ? "" : kept;
  }
  return sample.plan.reservation == first_left_out;
}

bool OnePlaceIsOneCluster(const Sample& sample) {
  std::map<int, std::multiset<std::string>> places;
  for (const OnAgenda& one : sample.agenda) {
    if (!one.quick) places[one.place].insert(one.item->cluster);
  }
  for (const Pick& pick : sample.plan.picks) {
    if (pick.placement.quick) {
      if (pick.placement.place != 0 || !pick.placement.cluster.empty()) return false;
      continue;
    }
    const std::multiset<std::string>& clusters = places.at(pick.placement.place);
    const std::string& own = sample.items.at(pick.key)->cluster;
    if (clusters.count(own) != clusters.size()) return false;
    if (pick.placement.cluster != (clusters.size() > 1 ? own : "")) return false;
    if (clusters.size() > 1 && own.empty()) return false;
  }
  return true;
}

bool OneIsUrgentAndCarryOverKeepsToHalf(const Sample& sample) {
  int urgent = 0;
  int carried = 0;
  int minutes = 0;
  int first = 0;
  for (const RankedItem& one : sample.ranked) {
    urgent += one.order_class == OrderClass::kUrgent ? 1 : 0;
    if (one.order_class != OrderClass::kCarryOver) continue;
    const int timebox = Timebox(*one.item, sample.input.meeting.timebox);
    if (++carried == 1) first = timebox;
    minutes += timebox;
  }
  return urgent <= 1 && (carried <= 1 || 2 * minutes <= sample.input.meeting.usable_minutes ||
                         minutes == first);
}

bool TheThirdPassOverProposesASession(const Sample& sample) {
  std::vector<std::string> expected;
  for (const auto& [key, item] : sample.items) {
    const bool left_out = sample.IsEligible(key) && !sample.picked.contains(key);
    if (left_out && item->passed_over + 1 == sample.input.meeting.order.overdue_after) {
      expected.push_back(key);
    }
  }
  return sample.plan.extra_session == expected;
}

// What one agenda took is scheduled; the planner of the next two cannot take it again.
bool NoSpecIsOnTwoFutureAgendas(const Sample& sample) {
  std::set<std::string> taken = sample.picked;
  PlanInput next = sample.input;
  AgendaPlan plan = sample.plan;
  for (int week = 0; week < 2; ++week) {
    std::erase_if(next.queue, [&](const QueueItem& item) { return taken.contains(item.key); });
    next.pinned.clear();
    next.reservation = plan.reservation;
    next.meeting.day += 7;
    next.now += absl::Hours(7 * 24);
    plan = PlanMeeting(next, Berlin());
    for (const Pick& pick : plan.picks) {
      if (!taken.insert(pick.key).second) return false;
    }
  }
  return true;
}

struct Property {
  const char* name;
  bool (*holds)(const Sample&);
};

constexpr Property kProperties[] = {
    {"hard stops hold", HardStopsHold},
    {"never more than three", NeverMoreThanThreeWithoutAConsentList},
    {"nobody ineligible comes", NobodyIneligibleComes},
    {"somebody eligible always comes", SomebodyEligibleAlwaysComes},
    {"every spec is picked once or told why not", EverySpecIsPickedOnceOrToldWhyNot},
    {"order of the input does not matter", OrderOfTheInputDoesNotMatter},
    {"positions are the rank", PositionsAreTheRank},
    {"the reservation is respected", TheReservationIsRespected},
    {"the next reservation is the first that did not fit",
     TheNextReservationIsTheFirstThatDidNotFit},
    {"one place is one cluster", OnePlaceIsOneCluster},
    {"one is urgent and carry-over keeps to half", OneIsUrgentAndCarryOverKeepsToHalf},
    {"the third pass-over proposes a session", TheThirdPassOverProposesASession},
    {"no spec is on two future agendas", NoSpecIsOnTwoFutureAgendas},
};

// How often what the properties are about took place at all.
struct Seen {
  void Note(const Sample& sample) {
    for (const Pick& pick : sample.plan.picks) {
      ++by_class[static_cast<int>(pick.order_class)];
      quick += pick.placement.quick ? 1 : 0;
      shared += pick.placement.cluster.empty() ? 0 : 1;
    }
    stand_bys += sample.plan.stand_by.has_value() ? 1 : 0;
    dedicated += sample.dedicated() && !sample.picked.empty() ? 1 : 0;
    beside_pins += !sample.input.pinned.empty() && !sample.picked.empty() ? 1 : 0;
    extra_sessions += sample.plan.extra_session.empty() ? 0 : 1;
  }

  std::map<int, int> by_class;
  int quick = 0;
  int shared = 0;
  int stand_bys = 0;
  int dedicated = 0;
  int beside_pins = 0;
  int extra_sessions = 0;
};

class PlannerPropertyTest : public testing::TestWithParam<int> {};

TEST_P(PlannerPropertyTest, HoldOverTenThousandRandomQueues) {
  Dice dice(20261126 + static_cast<std::uint64_t>(GetParam()));
  Seen seen;
  for (int queue = 0; queue < kQueuesPerShare; ++queue) {
    const Sample sample(RandomInput(dice));
    seen.Note(sample);
    for (const Property& property : kProperties) {
      ASSERT_TRUE(property.holds(sample))
          << property.name << ", queue " << queue << ":\n" << Describe(sample.plan);
    }
  }
  for (int order_class = 1; order_class <= 6; ++order_class) {
    EXPECT_GT(seen.by_class[order_class], 100) << order_class;
  }
  EXPECT_GT(seen.quick, 100);
  EXPECT_GT(seen.shared, 100);
  EXPECT_GT(seen.stand_bys, 100);
  EXPECT_GT(seen.dedicated, 100);
  EXPECT_GT(seen.beside_pins, 100);
  EXPECT_GT(seen.extra_sessions, 100);
}

INSTANTIATE_TEST_SUITE_P(Shares, PlannerPropertyTest, testing::Range(0, kShares));

}  // namespace
}  // namespace gavel
