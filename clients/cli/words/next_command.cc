#include "clients/cli/words/next_command.h"

#include <array>
#include <string_view>

#include "clients/cli/words/shell_word.h"
#include "engine/base/contains.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

// The first open concern that waits for the author, or that waits for `owner` once answered.
const v1::Concern* FirstOpen(const v1::Spec& spec, bool answered, const std::string& owner = "") {
  for (const v1::Concern& concern : spec.concerns()) {
    const bool open = concern.status() == v1::Concern::STATUS_OPEN &&
                      concern.severity() != v1::Concern::SEVERITY_NOTE;
    const bool theirs = owner.empty() || concern.owner() == owner;
    if (open && theirs && concern.has_answer_time() == answered) return &concern;
  }
  return nullptr;
}

struct Look {
  const v1::Spec& spec;
  const v1::ExplainSpecResponse& why;
  const std::string& me;
};

struct Suggestion {
  std::string_view command;  // Name of the RPC, as the server lists what is allowed.
  // The line to type; empty where it would not help.
  std::string (*line)(const Look&);
};

// `gavel COMMAND KEY`. Every word that others chose goes through ShellWord.
std::string About(std::string_view command, const Look& look) {
  return fmt::format("gavel {} {}", command, ShellWord(look.spec.key()));
}

std::string Answer(const Look& look) {
  const v1::Concern* concern = FirstOpen(look.spec, /*answered=*/false);
  if (concern == nullptr || !Contains(look.spec.authors(), look.me)) return "";
  return About("concern answer", look) + " " + ShellWord(concern->id()) + " -m \"…\"";
}

std::string Resolve(const Look& look) {
  const v1::Concern* concern = FirstOpen(look.spec, /*answered=*/true, look.me);
  if (concern == nullptr) return "";
  return About("concern resolve", look) + " " + ShellWord(concern->id()) + " -m \"…\"";
}

std::string Submit(const Look& look) { return "gavel submit " + ShellPath(look.spec.path()); }

std::string TakePosition(const Look& look) {
  if (!Contains(look.why.turn().people(), look.me)) return "";
  return About("position", look) + " approve|no-objection|needs-discussion|abstain";
}

std::string Resume(const Look& look) { return About("resume", look); }

std::string Reopen(const Look& look) { return About("reopen", look) + " -m \"what is new\""; }

// In the order in which they are tried.
constexpr std::array<Suggestion, 7> kSuggestions = {{{"AnswerConcern", Answer},
                                                     {"ResolveConcern", Resolve},
                                                     {"SubmitSpec", Submit},
                                                     {"ResubmitSpec", Submit},
                                                     {"TakePosition", TakePosition},
                                                     {"ResumeSpec", Resume},
                                                     {"ReopenSpec", Reopen}}};

}  // namespace

std::string NextCommand(const v1::Spec& spec, const v1::ExplainSpecResponse& why,
                        const std::string& me) {
  const Look look{spec, why, me};
  for (const Suggestion& suggestion : kSuggestions) {
    if (me.empty() || !Contains(why.allowed(), std::string(suggestion.command))) continue;
    if (std::string line = suggestion.line(look); !line.empty()) return line;
  }
  return "";
}

}  // namespace gavel::cli
