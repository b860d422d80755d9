#include "engine/app/verdict/intake.h"

#include <algorithm>
#include <set>

#include <openssl/evp.h>

#include "engine/app/insight/audit_breaker.h"
#include "engine/app/verdict/history_facts.h"
#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/domain/citations.h"
#include "engine/domain/decision.h"
#include "engine/domain/fold_person.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/revision_kind.h"
#include "fmt/format.h"
#include "rules/document.h"
#include "rules/evaluate.h"

namespace gavel::app {
namespace {

std::string Digest(const EVP_MD* algorithm, std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, algorithm, nullptr);
  return ToHex(std::string_view(reinterpret_cast<const char*>(digest), size));
}

std::vector<std::string> KeyPrefixes(const Organisation& organisation) {
  std::vector<std::string> prefixes;
  for (const v1::Area& area : organisation.org().areas()) prefixes.push_back(area.prefix());
  return prefixes;
}

// Auto rules that an author published or approved a change of lately.
absl::StatusOr<std::set<std::string>> OwnRules(const Transaction& transaction,
                                               const v1::Facts& facts) {
  std::set<std::string> rules;
  for (const std::string& author : facts.authors()) {
    GAVEL_ASSIGN_OR_RETURN(const v1::PersonRecord record, transaction.Person(author));
    for (const v1::RuleEdit& edit : record.rule_edits()) {
      const bool recent = FromProto(edit.time()) + kRuleEditMemory > transaction.now();
      if (recent) rules.insert(edit.rule());
    }
  }
  return rules;
}

v1::EvaluationHistory HistoryProto(const rules::History& history,
                                   const std::set<std::string>& own_rules) {
  v1::EvaluationHistory proto;
  proto.set_recent_rejection(history.recent_rejection);
  proto.set_supersedes_people(history.supersedes_people);
  proto.set_auto_decisions_7d(history.auto_decisions_7d);
  proto.set_changes_policy(history.changes_policy);
  proto.mutable_own_rules()->Add(own_rules.begin(), own_rules.end());
  return proto;
}

}  // namespace

std::string GitBlobId(std::string_view bytes, std::string_view like) {
  constexpr size_t kSha256Digits = 64;
  std::string framed = fmt::format("blob {}", bytes.size());
  framed.push_back('\0');
  framed.append(bytes);
  return Digest(like.size() == kSha256Digits ? EVP_sha256() : EVP_sha1(), framed);
}

v1::Date DateOf(absl::Time time) { return ToDate(absl::ToCivilDay(time, absl::UTCTimeZone())); }

absl::StatusOr<Intake> ReadIntake(const LivePolicy& policy, std::string_view bytes,
                                  const Origin& origin, std::string_view area,
                                  std::string_view author) {
  rules::DocumentOptions options;
  options.policy = policy.rules.get();
  options.default_area = area;
  options.default_author = author;
  options.path = origin.path;
  options.evidence = origin.evidence;
  GAVEL_ASSIGN_OR_RETURN(rules::Document document, rules::ReadDocument(bytes, options));
  if (!origin.blob.empty() && origin.blob != GitBlobId(bytes, origin.blob)) {
    return FieldError("blob", fmt::format("`{}` is not the git id of these bytes, which is {}",
                                          origin.blob, GitBlobId(bytes, origin.blob)));
  }
  Intake intake;
  intake.revision.set_content_hash(Sha256Hex(bytes));
  intake.revision.set_facts_hash(rules::FactsHash(document.facts));
  intake.revision.set_size_bytes(static_cast<int64_t>(bytes.size()));
  intake.revision.set_words(document.facts.body_words());
  intake.revision.set_commit(origin.commit);
  intake.revision.set_blob(GitBlobId(bytes, origin.blob));
  intake.revision.set_unpublished(origin.unpublished);
  intake.revision.set_message(origin.message);
  for (v1::EvidenceRef& ref : EvidenceRefs(origin.evidence)) {
    *intake.revision.add_evidence() = std::move(ref);
  }
  intake.body = rules::DocumentBody(bytes);
  intake.cites = CitedKeys(intake.body, KeyPrefixes(*policy.organisation));
  intake.facts = std::move(document.facts);
  intake.findings = std::move(document.findings);
  return intake;
}

absl::StatusOr<v1::EvaluationRecord> RecordOf(const Transaction& transaction,
                                              const LivePolicy& policy, const v1::Spec& spec,
                                              const Intake& intake, const Statement& statement) {
  v1::EvaluationRecord record;
  v1::Facts& facts = *record.mutable_facts();
  facts = intake.facts;
  facts.set_wants(std::max(facts.wants(), statement.wants));
  *record.mutable_as_of() = DateOf(transaction.now());
  record.set_facts_unknown(statement.facts_unknown);
  record.set_content_hash(intake.revision.content_hash());
  record.mutable_findings()->Add(intake.findings.begin(), intake.findings.end());
  record.set_policy_source_hash(policy.source_hash);
  *record.mutable_policy_published() = policy.rules->published();
  const v1::Revision* current = CurrentRevision(spec);
  const bool same = current != nullptr && SaysNothingNew(intake.revision, *current);
  for (const v1::RuleOverride& entry : spec.overrides()) {
    if (same) record.add_overridden(entry.rule());
  }
  GAVEL_ASSIGN_OR_RETURN(const HistoryFacts past,
                         ReadHistory(transaction, policy, spec, facts, intake.body));
  *facts.mutable_system_cost_90d() = past.system_cost;
  record.mutable_findings()->Add(past.findings.begin(), past.findings.end());
  GAVEL_ASSIGN_OR_RETURN(const auto own_rules, OwnRules(transaction, facts));
  GAVEL_ASSIGN_OR_RETURN(const auto open, OpenBreakers(transaction, policy));
  record.mutable_breaker_open()->Add(open.begin(), open.end());
  *record.mutable_history() = HistoryProto(past.history, own_rules);
  return record;
}

absl::StatusOr<Judgement> Judge(const Transaction& transaction, const LivePolicy& policy,
                                const v1::Spec& spec, const Intake& intake,
                                const Statement& statement) {
  Judgement judgement;
  GAVEL_ASSIGN_OR_RETURN(judgement.record, RecordOf(transaction, policy, spec, intake, statement));
  judgement.verdict = EvaluateRecord(*policy.rules, judgement.record);
  return judgement;
}

absl::StatusOr<Intake> ReadCurrent(const Transaction& transaction, const LivePolicy& policy,
                                   const v1::Spec& spec) {
  const v1::Revision* current = CurrentRevision(spec);
  GAVEL_ASSIGN_OR_RETURN(const auto body, transaction.Body(current->content_hash()));
  if (!body.has_value()) {
    return MakeError(
        absl::StatusCode::kDataLoss, "STORE_CORRUPT",
        fmt::format("The bytes of {} revision {} are gone.", spec.key(), current->number()),
        {{"spec", spec.key()}});
  }
  GAVEL_ASSIGN_OR_RETURN(Evidence evidence, LoadEvidence(transaction, spec.key(), *current));
  return ReadIntake(policy, *body, {.path = spec.path(), .evidence = std::move(evidence)},
                    spec.area(), spec.authors(0));
}

absl::StatusOr<Judgement> JudgeCurrent(const Transaction& transaction, const LivePolicy& policy,
                                       const v1::Spec& spec, const Statement& statement) {
  GAVEL_ASSIGN_OR_RETURN(const Intake intake, ReadCurrent(transaction, policy, spec));
  return Judge(transaction, policy, spec, intake, statement);
}

}  // namespace gavel::app
