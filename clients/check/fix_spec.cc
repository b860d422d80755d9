#include "clients/check/fix_spec.h"

#include <algorithm>

#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "rules/evaluate.h"
#include "rules/fix/fix.h"

namespace gavel::check {
namespace {

// Enough for fixes that uncover others; two that undo each other must not go on for ever.
constexpr int kMaxRounds = 10;

struct Round {
  std::vector<rules::TextEdit> edits;
  std::vector<MadeFix> fixes;
};

// Insertions at one place touch each other too: in which order is nobody's to say.
bool Touches(const rules::TextEdit& a, const rules::TextEdit& b) {
  return a.offset <= b.offset + b.length && b.offset <= a.offset + a.length;
}

bool TouchesAny(const std::vector<rules::TextEdit>& taken, const rules::Fix& fix) {
  return std::any_of(fix.edits.begin(), fix.edits.end(), [&taken](const rules::TextEdit& edit) {
    return std::any_of(taken.begin(), taken.end(),
                       [&edit](const rules::TextEdit& other) { return Touches(edit, other); });
  });
}

// One safe fix per finding, whole or not at all: a fix beside another waits for the next round.
Round PlanRound(std::string_view content, const Checked& checked, const rules::Policy* policy) {
  Round round;
  for (const v1::Finding& finding : checked.findings) {
    const std::vector<rules::Fix> fixes = rules::FixesFor(content, finding, policy);
    const auto safe = std::find_if(fixes.begin(), fixes.end(), [](const rules::Fix& fix) {
      return fix.kind == rules::FixKind::kSafe && !fix.edits.empty();
    });
    if (safe == fixes.end() || TouchesAny(round.edits, *safe)) continue;
    round.edits.insert(round.edits.end(), safe->edits.begin(), safe->edits.end());
    round.fixes.push_back({finding, safe->title});
  }
  std::sort(round.edits.begin(), round.edits.end(),
            [](const auto& a, const auto& b) { return a.offset < b.offset; });
  return round;
}

bool SaysTheSame(const Checked& before, const Checked& after) {
  if (!before.readable) return true;  // It said nothing.
  return after.readable &&
         rules::FactsHash(before.result.facts()) == rules::FactsHash(after.result.facts());
}

}  // namespace

absl::StatusOr<FixedSpec> FixSpec(std::string_view content, const CheckOptions& options) {
  FixedSpec fixed = {std::string(content), {}};
  GAVEL_ASSIGN_OR_RETURN(Checked checked, CheckSpec(fixed.content, options));
  for (int i = 0; i < kMaxRounds; ++i) {
    const Round round = PlanRound(fixed.content, checked, options.policy);
    std::string mended = rules::ApplyEdits(fixed.content, round.edits);
    if (mended == fixed.content) break;
    GAVEL_ASSIGN_OR_RETURN(Checked after, CheckSpec(mended, options));
    if (!SaysTheSame(checked, after)) {
      return absl::InternalError(fmt::format("mending {} of {} would change what the spec says",
                                             round.fixes.front().finding.code(), options.path));
    }
    fixed.content = std::move(mended);
    fixed.fixes.insert(fixed.fixes.end(), round.fixes.begin(), round.fixes.end());
    checked = std::move(after);
  }
  return fixed;
}

}  // namespace gavel::check
