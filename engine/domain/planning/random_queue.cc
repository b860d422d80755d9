#include "engine/domain/planning/random_queue.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/domain/planning/wording.h"

namespace gavel::planning_test {
namespace {

MeetingTerms RandomTerms(Dice& dice) {
  MeetingTerms terms;
  terms.day = kMeetingDay;
  terms.usable_minutes = dice.Chance(70) ? 50 : 15 + dice.Roll(100);
  terms.max_specs = 1 + dice.Roll(3);
  terms.quick_items = dice.Chance(50) ? 0 : dice.Roll(6);
  if (!dice.Chance(25)) return terms;
  terms.timebox.least_min = 5 + dice.Roll(30);
  terms.timebox.most_min = terms.timebox.least_min + (dice.Chance(50) ? 0 : dice.Roll(30));
  terms.order.overdue_after = 1 + dice.Roll(5);
  terms.order.aged_after = 1 + dice.Roll(terms.order.overdue_after);
  terms.order.weight_team = dice.Roll(10);
  return terms;
}

void Pin(Dice& dice, PlanInput& input) {
  const int pinned = 1 + dice.Roll(3);
  for (int number = 1; number <= pinned; ++number) {
    QueueItem item = RandomItem(dice, 100 + number);
    item.on_consent_list = dice.Chance(20);
    item.place = item.on_consent_list ? 0 : number + dice.Roll(2) * 10;
    input.pinned.push_back(item);
  }
}

}  // namespace

QueueItem RandomItem(Dice& dice, int number) {
  QueueItem item = Item(fmt::format("A-{}", number), dice.Roll(60));
  item.words = dice.Chance(20) ? dice.Roll(12'000) : dice.Roll(4'000);
  item.open_decisions = dice.Roll(6);
  item.open_blocks = dice.Roll(3);
  item.gates_involved = 1 + dice.Roll(3);
  item.consent_ready = dice.Chance(30);
  item.stopped_quick = dice.Chance(10);
  if (dice.Chance(25)) item.cluster = dice.Chance(50) ? "same system: uploads" : "amends A-1";
  if (dice.Chance(10)) item.joint_areas = {"security"};
  item.major_revision_time = CutOff(Berlin()) - absl::Hours(dice.Roll(24 * 12));
  if (dice.Chance(15)) item.not_before = kMeetingDay + (dice.Roll(14) - 7);
  item.presenter_available = !dice.Chance(10);
  item.reviewers_required = dice.Roll(5);
  item.reviewers_available = dice.Roll(item.reviewers_required + 1);
  item.own_session_only = dice.Chance(3);
  item.passed_over = dice.Roll(6);
  item.times_on_agenda = dice.Roll(3);
  item.carried_over = dice.Chance(15);
  item.urgent = dice.Chance(10);
  item.dependents = dice.Roll(4);
  item.releases_not_authors_fault = dice.Roll(3);
  item.team_items_last_four = dice.Roll(5);
  return item;
}

PlanInput RandomInput(Dice& dice) {
  PlanInput input;
  input.meeting = RandomTerms(dice);
  input.now = CutOff(Berlin());
  const int size = dice.Roll(20);
  for (int number = 1; number <= size; ++number) {
    input.queue.push_back(RandomItem(dice, number));
  }
  if (size > 0 && dice.Chance(50)) input.reservation = fmt::format("A-{}", 1 + dice.Roll(size));
  if (dice.Chance(10)) Pin(dice, input);
  if (size > 0 && dice.Chance(5)) {
    for (int i = 0; i <= dice.Roll(4); ++i) {
      input.meeting.dedicated_to.push_back(fmt::format("A-{}", 1 + dice.Roll(size)));
    }
  }
  return input;
}

std::string Describe(const AgendaPlan& plan) {
  std::string text;
  for (const Pick& pick : plan.picks) {
    text += fmt::format("{} pick {} class {} place {} minutes {} quick {} cluster '{}' {} {}\n",
                        pick.position, pick.key, static_cast<int>(pick.order_class),
                        pick.placement.place, pick.placement.minutes, pick.placement.quick,
                        pick.placement.cluster, ListText(pick.joint_areas), pick.reason);
  }
  for (const NotPicked& rest : plan.not_picked) {
    text += fmt::format("{} rest {} passed over {} fault {} {}\n", rest.position, rest.key,
                        rest.passed_over, rest.fault ? static_cast<int>(*rest.fault) : -1,
                        rest.reason);
  }
  for (const std::string& key : plan.extra_session) text += fmt::format("extra {}\n", key);
  for (const std::string& key : plan.own_session) text += fmt::format("own {}\n", key);
  return text + fmt::format("stand-by {} reservation '{}' minutes {} of {} requested {} words {} "
                            "ordered {}\n",
                            plan.stand_by.value_or("none"), plan.reservation, plan.agenda_minutes,
                            plan.usable_minutes, plan.requested_minutes, plan.words, plan.ordered);
}

}  // namespace gavel::planning_test
