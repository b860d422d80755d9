#include "engine/domain/planning/standing.h"

#include <fmt/format.h>

#include "engine/domain/planning/wording.h"

namespace gavel {
namespace {

std::string PositionText(int position, const AgendaPlan& plan) {
  return fmt::format("{} of {} in order", OrdinalText(position), NumberText(plan.ordered));
}

std::string PickText(const Pick& pick, const AgendaPlan& plan) {
  std::string text = fmt::format("{} ({})", PositionText(pick.position, plan), pick.reason);
  if (pick.placement.quick) text += "; on the consent list";
  if (!pick.placement.cluster.empty()) {
    text += fmt::format("; shares a place ({})", pick.placement.cluster);
  }
  if (!pick.joint_areas.empty()) {
    text += fmt::format("; joint with {}", ListText(pick.joint_areas));
  }
  return text;
}

std::string RestText(const NotPicked& rest, const AgendaPlan& plan) {
  if (!rest.passed_over) {
    return rest.fault.has_value() ? fmt::format("not eligible: {}", rest.reason) : rest.reason;
  }
  std::string text = fmt::format("{}: {}", PositionText(rest.position, plan), rest.reason);
  if (plan.stand_by == rest.key) text += "; it stands by";
  if (plan.reservation == rest.key) text += "; reserved for the next meeting";
  return text;
}

}  // namespace

std::map<std::string, std::string> StandingsOf(const AgendaPlan& plan) {
  std::map<std::string, std::string> standings;
  for (const Pick& pick : plan.picks) standings[pick.key] = PickText(pick, plan);
  for (const NotPicked& rest : plan.not_picked) standings[rest.key] = RestText(rest, plan);
  return standings;
}

}  // namespace gavel
