#include "engine/app/verdict/verdict_record.h"

#include "engine/app/command/canonical_bytes.h"
#include "engine/base/sha256.h"
#include "rules/evaluate.h"

namespace gavel::app {

v1::Verdict EvaluateRecord(const rules::Policy& policy, const v1::EvaluationRecord& record) {
  rules::EvaluateInputs inputs;
  inputs.as_of = record.as_of();
  inputs.facts_unknown = record.facts_unknown();
  inputs.overridden.assign(record.overridden().begin(), record.overridden().end());
  inputs.breaker_open.assign(record.breaker_open().begin(), record.breaker_open().end());
  inputs.snapshot_stale = record.snapshot_stale();
  const v1::EvaluationHistory& history = record.history();
  inputs.history = {
      .recent_rejection = history.recent_rejection(),
      .supersedes_people = history.supersedes_people(),
      .own_rules = {history.own_rules().begin(), history.own_rules().end()},
      .auto_decisions_7d = history.auto_decisions_7d(),
      .changes_policy = history.changes_policy(),
  };
  inputs.content_hash = record.content_hash();
  inputs.findings.assign(record.findings().begin(), record.findings().end());
  return rules::Evaluate(record.facts(), policy, inputs);
}

void Bring(const Judgement& judgement, Transaction& transaction, Command& command) {
  std::string bytes = CanonicalBytes(judgement.record);
  command.verdict = &judgement.verdict;
  command.record_hash = Sha256Hex(bytes);
  transaction.PutBody(command.record_hash, std::move(bytes));
}

}  // namespace gavel::app
