#include "tests/lifecycle/lifecycle_page.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "engine/domain/meeting_table.h"
#include "engine/domain/names.h"
#include "engine/domain/transition.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::lifecycle_test {
namespace {

using State = v1::Spec::State;

constexpr char kHead[] = R"(# The lifecycle of a spec

Printed from the transition table in `engine/domain/transition.cc` by `lifecycle_doc`; a test fails
where this page and the table differ. `GAVEL_UPDATE_GOLDEN=1 ctest -R LifecyclePage` rewrites it.

A command that no row lists for a state is refused with `STATE_NOT_ALLOWED` and the list of what is
allowed; one whose guard does not hold with `GUARD_FAILED` and the reason. `Route`, `Reroute` and
`Settle` only ever follow another command, in the same transaction: a submit names the states that
its verdict may lead to, and rows 4 to 10 lead there. Rows of one command are tried in the order of
the code's table, special cases before the general one.
)";

constexpr State kNone = v1::Spec::STATE_UNSPECIFIED;

std::string Name(State state) { return state == kNone ? "–" : StateName(state); }

std::vector<State> StatesIn(StateSet set) {
  std::vector<State> states;
  for (int i = 0; i < v1::Spec::State_ARRAYSIZE; ++i) {
    const auto state = static_cast<State>(i);
    if ((set & In(state)) != 0) states.push_back(state);
  }
  return states;
}

std::string Names(StateSet set) {
  std::vector<std::string> names;
  for (const State state : StatesIn(set)) names.push_back(Name(state));
  return fmt::format("{}", fmt::join(names, ", "));
}

// Where a transition leads from `state`, for people.
std::string Target(const Transition& transition, State state) {
  const StateSet elsewhere = transition.to & ~In(state);
  if (elsewhere == 0) return "stays";
  return Names(elsewhere) + (elsewhere == transition.to ? "" : " or stays");
}

std::vector<const Transition*> ByRow(bool moving) {
  std::vector<const Transition*> rows;
  for (const Transition& transition : Transitions()) {
    if ((transition.row != 0) == moving) rows.push_back(&transition);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto* a, const auto* b) { return a->row < b->row; });
  return rows;
}

std::string Rows() {
  std::string page =
      "\n## Rows\n\n| # | from | command | guard | who | to | events |\n"
      "|--:|---|---|---|---|---|---|\n";
  for (const Transition* row : ByRow(/*moving=*/true)) {
    page += fmt::format("| {} | {} | `{}` | {} | {} | {} | {} |\n", row->row, Names(row->from),
                        CommandName(row->command), row->guard.text, RoleNames(row->who),
                        row->to == 0 ? "stays" : Names(row->to), row->events);
  }
  return page;
}

std::string InState() {
  std::string page =
      "\n## Commands that do not move the spec\n\n| command | in state | guard | who | events |\n"
      "|---|---|---|---|---|\n";
  for (const Transition* row : ByRow(/*moving=*/false)) {
    page += fmt::format("| `{}` | {} | {} | {} | {} |\n", CommandName(row->command),
                        Names(row->from), row->guard.text, RoleNames(row->who), row->events);
  }
  return page;
}

std::string Diagram() {
  std::map<std::pair<State, State>, std::set<int>> edges;
  for (const Transition& transition : Transitions()) {
    for (const State from : StatesIn(transition.from)) {
      for (const State to : StatesIn(transition.to)) {
        if (from != to) edges[{from, to}].insert(transition.row);
      }
    }
  }
  std::string page = "\n## Diagram\n\nNumbers are rows.\n\n```mermaid\nstateDiagram-v2\n";
  for (const auto& [edge, rows] : edges) {
    const std::string from = edge.first == kNone ? "[*]" : Name(edge.first);
    page += fmt::format("  {} --> {}: {}\n", from, Name(edge.second), fmt::join(rows, ", "));
  }
  return page + "```\n";
}

// `30 → APPROVED, AUTO_APPROVED; 2 → stays`, `stays` in state, or `refused`.
std::string Cell(State state, CommandKind kind) {
  std::vector<std::string> ways;
  for (const Transition& transition : Transitions()) {
    if (transition.command != kind || (transition.from & In(state)) == 0) continue;
    const std::string row = transition.row == 0 ? "" : fmt::format("{} → ", transition.row);
    ways.push_back(row + Target(transition, state));
  }
  return ways.empty() ? "refused" : fmt::format("{}", fmt::join(ways, "; "));
}

std::string Matrix() {
  std::string page = "\n## Every state and every command\n\n| command |";
  std::string rule = "|---|";
  for (int i = 0; i < v1::Spec::State_ARRAYSIZE; ++i) {
    page += fmt::format(" {} |", Name(static_cast<State>(i)));
    rule += "---|";
  }
  page += "\n" + rule + "\n";
  for (int kind = 0; kind < kCommandKinds; ++kind) {
    const auto command = static_cast<CommandKind>(kind);
    page += fmt::format("| `{}` |", CommandName(command));
    for (int i = 0; i < v1::Spec::State_ARRAYSIZE; ++i) {
      page += fmt::format(" {} |", Cell(static_cast<State>(i), command));
    }
    page += "\n";
  }
  return page;
}

std::string Meetings() {
  std::string page =
      "\n## Meetings\n\nFrom `engine/domain/meeting_table.cc`.\n\n"
      "| from | command | who | to | event |\n|---|---|---|---|---|\n";
  const auto names = [](MeetingStateSet set) {
    std::vector<std::string> in;
    for (int i = 0; i < v1::Meeting::State_ARRAYSIZE; ++i) {
      const auto state = static_cast<v1::Meeting::State>(i);
      if ((set & In(state)) != 0) in.push_back(StateName(state));
    }
    return in.empty() ? "stays" : fmt::format("{}", fmt::join(in, ", "));
  };
  for (const MeetingTransition& transition : MeetingTransitions()) {
    page += fmt::format("| {} | `{}` | {} | {} | {} |\n", names(transition.from),
                        MeetingCommandName(transition.command), RoleNames(transition.who),
                        names(transition.to), transition.event);
  }
  return page;
}

}  // namespace

std::string LifecyclePage() {
  return kHead + Rows() + InState() + Diagram() + Matrix() + Meetings();
}

}  // namespace gavel::lifecycle_test
