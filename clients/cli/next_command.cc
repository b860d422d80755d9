#include "clients/cli/next_command.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "fmt/format.h"

namespace gavel::cli {
namespace {

struct Suggestion {
  std::string_view command;  // Name of the RPC, as the server lists it.
  std::string_view line;     // {0} is the key, {1} the path, {2} the concern.
  // Whether it would help in the spec's present state.
  bool (*useful)(const v1::Spec&);
};

const v1::Concern* FirstOpen(const v1::Spec& spec, bool answered) {
  for (const v1::Concern& concern : spec.concerns()) {
    if (concern.status() == v1::Concern::STATUS_OPEN && concern.has_answer_time() == answered &&
        concern.severity() != v1::Concern::SEVERITY_NOTE) {
      return &concern;
    }
  }
  return nullptr;
}

bool IsOpenForReview(const v1::Spec& spec) { return spec.state() == v1::Spec::STATE_ASYNC_REVIEW; }

// In the order in which they are tried.
constexpr std::array<Suggestion, 7> kSuggestions = {{
    {"AnswerConcern", "gavel concern answer {0} \"{2}\" -m \"…\"",
     [](const v1::Spec& spec) { return FirstOpen(spec, false) != nullptr; }},
    {"ResolveConcern", "gavel concern resolve {0} \"{2}\" -m \"…\"",
     [](const v1::Spec& spec) {
       return FirstOpen(spec, false) == nullptr && FirstOpen(spec, true) != nullptr;
     }},
    {"SubmitSpec", "gavel submit {1}", [](const v1::Spec&) { return true; }},
    {"ResubmitSpec", "gavel submit {1}", [](const v1::Spec&) { return true; }},
    {"TakePosition", "gavel position {0} approve|no-objection|needs-discussion|abstain",
     IsOpenForReview},
    {"ResumeSpec", "gavel resume {0}", [](const v1::Spec&) { return true; }},
    {"ReopenSpec", "gavel reopen {0} -m \"what is new\"", [](const v1::Spec&) { return true; }},
}};

bool Allows(const v1::ExplainSpecResponse& why, std::string_view command) {
  return std::find(why.allowed().begin(), why.allowed().end(), command) != why.allowed().end();
}

}  // namespace

std::string NextCommand(const v1::Spec& spec, const v1::ExplainSpecResponse& why) {
  const v1::Concern* concern = FirstOpen(spec, false);
  if (concern == nullptr) concern = FirstOpen(spec, true);
  for (const Suggestion& suggestion : kSuggestions) {
    if (!Allows(why, suggestion.command) || !suggestion.useful(spec)) continue;
    return fmt::format(fmt::runtime(suggestion.line), spec.key(), spec.path(),
                       concern == nullptr ? "" : concern->title());
  }
  return "";
}

}  // namespace gavel::cli
