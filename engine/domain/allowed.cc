#include "engine/domain/allowed.h"

#include <algorithm>

#include "engine/domain/apply.h"
#include "engine/domain/concern.h"
#include "engine/domain/decision.h"
#include "engine/domain/roles.h"
#include "engine/domain/transition.h"

namespace gavel {
namespace {

using enum CommandKind;

template <typename Test>
bool AnyOpenConcern(const v1::Spec& spec, Test test) {
  return std::any_of(spec.concerns().begin(), spec.concerns().end(), [&](const auto& concern) {
    return concern.status() == v1::Concern::STATUS_OPEN && test(concern);
  });
}

template <typename Test>
bool AnyOpenCondition(const v1::Spec& spec, Test test) {
  const v1::Decision* decision = InForce(spec);
  if (decision == nullptr) return false;
  return std::any_of(
      decision->conditions().begin(), decision->conditions().end(),
      [&](const auto& condition) { return !condition.has_met_time() && test(condition); });
}

// Whether there is something of `person` that the command could be about.
bool HasSomethingToActOn(const Situation& situation, std::string_view person, CommandKind kind) {
  const v1::Spec& spec = situation.spec;
  const auto any = [](const auto&) { return true; };
  const auto owned = [&](const v1::Concern& concern) {
    return OwnerNow(situation, concern) == person;
  };
  switch (kind) {
    case kAnswerConcern:
    case kOverruleConcern:
      return AnyOpenConcern(spec, any);
    case kResolveConcern:
    case kWithdrawConcern:
      return AnyOpenConcern(spec, owned);
    case kChangeConcernSeverity: {
      const bool facilitates = (RolesOf(situation, person) & role::kFacilitator) != 0;
      return AnyOpenConcern(spec, [&](const v1::Concern& concern) {
        return owned(concern) || (facilitates && IsStaleConcern(situation, concern));
      });
    }
    case kMeetCondition:
      return AnyOpenCondition(spec, [&](const auto& each) { return each.owner() == person; });
    case kExtendCondition:
      return AnyOpenCondition(spec, any);
    default:
      return true;
  }
}

}  // namespace

std::vector<std::string> AllowedCommandsOf(const Situation& situation, std::string_view person) {
  std::vector<std::string> names =
      AllowedCommands(situation.spec.state(), RolesOf(situation, person));
  const bool author = IsAuthor(situation.spec, person);
  for (int i = 0; i < kCommandKinds; ++i) {
    const auto kind = static_cast<CommandKind>(i);
    const bool own = author && IsDeciding(kind);
    if (!own && HasSomethingToActOn(situation, person, kind)) continue;
    std::erase(names, CommandName(kind));
  }
  return names;
}

}  // namespace gavel
