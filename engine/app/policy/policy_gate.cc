#include "engine/app/policy/policy_gate.h"

#include <algorithm>
#include <set>

#include "engine/app/policy/policy_change.h"
#include "engine/app/policy/policy_reports.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::app {
namespace {

constexpr size_t kApprovals = 2;
constexpr int64_t kDecidedCases = 30;

// What is missing: a word for machines, a sentence for people.
struct Missing {
  std::vector<std::string> needs;
  std::vector<std::string> sentences;

  void Add(std::string need, std::string sentence) {
    needs.push_back(std::move(need));
    sentences.push_back(std::move(sentence));
  }
};

bool IsOutside(const Workflow& workflow, const std::set<std::string>& owners,
               const std::string& person) {
  return std::none_of(owners.begin(), owners.end(), [&](const std::string& owner) {
    const auto members = workflow.organisation().Members(owner, workflow.now());
    return std::find(members.begin(), members.end(), person) != members.end();
  });
}

void CheckApprovals(const Workflow& workflow, const std::set<std::string>& owners,
                    const std::vector<std::string>& approvers, Missing& missing) {
  if (approvers.size() < kApprovals) {
    missing.Add("approvals",
                fmt::format("It has {} of {} approvals{}{}; others give theirs with `gavel rules "
                            "approve`.",
                            approvers.size(), kApprovals, approvers.empty() ? "" : ": ",
                            fmt::join(approvers, ", ")));
  }
  const bool outsider =
      std::any_of(approvers.begin(), approvers.end(),
                  [&](const std::string& person) { return IsOutside(workflow, owners, person); });
  if (!outsider) {
    missing.Add("outsider",
                fmt::format("One approval must come from outside {}.", fmt::join(owners, ", ")));
  }
}

absl::Status CheckBacktest(const Workflow& workflow, const LivePolicy& candidate,
                           const std::string& id, Missing& missing) {
  GAVEL_ASSIGN_OR_RETURN(const auto report,
                         FindBacktest(workflow.transaction(), candidate.source_hash, id));
  if (!report.has_value()) {
    missing.Add("backtest",
                "It needs the id of a back-test of exactly these files, which `gavel "
                "rules backtest` prints.");
    return absl::OkStatus();
  }
  if (report->gate_met()) return absl::OkStatus();
  if (report->decided() < kDecidedCases) {
    missing.Add("history",
                fmt::format("The back-test has {} decided cases of the {} it takes: start the rule "
                            "in `state: shadow` with `audit: 100%`, and enforce it once it has.",
                            report->decided(), kDecidedCases));
  } else {
    missing.Add("history", fmt::format("The back-test does not meet the gate: harm may be as high "
                                       "as {:.1f} %, and 10 % is the limit.",
                                       report->harm_bound_percent()));
  }
  return absl::OkStatus();
}

std::string ExampleText(const v1::PolicyDiff& diff) {
  return fmt::format("{{{}}}", fmt::join(diff.newly_auto(0).lines(), "; "));
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ApproversOf(const Workflow& workflow,
                                                     const std::string& source_hash) {
  std::vector<std::string> approvers;
  GAVEL_ASSIGN_OR_RETURN(const v1::PolicyVersion proposal,
                         workflow.transaction().Proposal(source_hash));
  if (proposal.parent() != workflow.policy().source_hash) return approvers;
  for (const std::string& person : proposal.approvers()) {
    if (workflow.organisation().IsPresent(person, workflow.now())) approvers.push_back(person);
  }
  return approvers;
}

absl::Status CheckGate(const Workflow& workflow, const LivePolicy& candidate,
                       const v1::PolicyDiff& diff, const std::string& backtest) {
  if (diff.newly_auto().empty()) return absl::OkStatus();
  const std::vector<std::string> changed(diff.changed_auto_rules().begin(),
                                         diff.changed_auto_rules().end());
  const std::set<std::string> owners = OwnersOf(*candidate.rules, changed);
  GAVEL_ASSIGN_OR_RETURN(const std::vector<std::string> approvers,
                         ApproversOf(workflow, candidate.source_hash));
  Missing missing;
  CheckApprovals(workflow, owners, approvers, missing);
  GAVEL_RETURN_IF_ERROR(CheckBacktest(workflow, candidate, backtest, missing));
  if (missing.needs.empty()) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kFailedPrecondition, "APPROVAL_NEEDED",
      fmt::format("The change approves specs that were not approved before, for example {}. {}",
                  ExampleText(diff), fmt::join(missing.sentences, " ")),
      {{"needs", fmt::format("{}", fmt::join(missing.needs, ","))},
       {"source_hash", candidate.source_hash},
       {"approvers", fmt::format("{}", fmt::join(approvers, ","))},
       {"owners", fmt::format("{}", fmt::join(owners, ","))}});
}

}  // namespace gavel::app
