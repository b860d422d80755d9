// The lifecycle as data: every row of the transition table and every command that does not move the
// spec. What is not listed here is refused. The diagram in docs/lifecycle.md is generated from it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/domain/command.h"
#include "engine/domain/roles.h"
#include "engine/domain/situation.h"

namespace gavel {

class Effects;

// A set of states; bit 0 is "no spec yet".
using StateSet = uint32_t;
constexpr StateSet In(v1::Spec::State state) { return 1u << static_cast<uint32_t>(state); }

// A condition on a transition. `check` returns why it does not hold, as a clause; an empty one
// where the row is about another case of its command; nothing where it holds.
struct Guard {
  std::string_view text;  // For the documentation.
  std::optional<std::string> (*check)(const Situation&, const Command&) = nullptr;
};

// What a transition does: it emits events, and the events carry the state it leads to.
using Effect = absl::Status (*)(Effects&, const Command&);

struct Transition {
  int row;  // Of the table in lifecycle.md; 0 for a command that does not move the spec.
  StateSet from;
  CommandKind command;
  RoleSet who;
  Guard guard;
  StateSet to;  // Where it leads by itself, before settling; empty: it stays.
  std::string_view events;
  Effect effect;
};

// In the order in which rows of one command are tried.
std::span<const Transition> Transitions();

// The commands that somebody with `roles` may use in `state`, guards aside; public ones only.
std::vector<std::string> AllowedCommands(v1::Spec::State state, RoleSet roles);

}  // namespace gavel
