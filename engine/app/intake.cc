#include "engine/app/intake.h"

#include <algorithm>

#include <openssl/evp.h>

#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "fmt/format.h"
#include "rules/document.h"
#include "rules/evaluate.h"

namespace gavel::app {
namespace {

constexpr absl::Duration kRejectionMemory = absl::Hours(24 * 90);
constexpr absl::Duration kAutoMemory = absl::Hours(24 * 7);

std::string Digest(const EVP_MD* algorithm, std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, algorithm, nullptr);
  return ToHex(std::string_view(reinterpret_cast<const char*>(digest), size));
}

bool WasBlocked(const v1::Spec& spec) {
  return std::any_of(spec.concerns().begin(), spec.concerns().end(), [](const auto& concern) {
    return concern.severity() == v1::Concern::SEVERITY_BLOCKING;
  });
}

// A spec of the same system that was turned down lately; empty when there is none.
absl::StatusOr<std::string> RecentRejection(const Transaction& transaction, const v1::Spec& spec,
                                            const v1::Facts& facts) {
  const std::string& system = facts.system().value();
  if (system.empty()) return std::string();
  GAVEL_ASSIGN_OR_RETURN(
      const std::vector<v1::Spec> stopped,
      transaction.Specs("", {v1::Spec::STATE_REJECTED, v1::Spec::STATE_WITHDRAWN}));
  for (const v1::Spec& other : stopped) {
    const bool recent = FromProto(other.update_time()) + kRejectionMemory > transaction.now();
    const bool turned_down = other.state() == v1::Spec::STATE_REJECTED || WasBlocked(other);
    if (other.key() != spec.key() && other.system() == system && recent && turned_down) {
      return other.key();
    }
  }
  return std::string();
}

absl::StatusOr<std::string> SupersededByPeople(const Transaction& transaction,
                                               const v1::Facts& facts) {
  for (const std::string& key : facts.supersedes()) {
    GAVEL_ASSIGN_OR_RETURN(const auto old, transaction.FindSpec(key));
    if (!old.has_value()) continue;
    const v1::Decision* decision = InForce(*old);
    if (decision != nullptr && decision->authority() != v1::Decision::AUTHORITY_RULE) return key;
  }
  return std::string();
}

int RecentAutoDecisions(const v1::Spec& spec, absl::Time now) {
  return static_cast<int>(
      std::count_if(spec.decisions().begin(), spec.decisions().end(), [&](const auto& decision) {
        return decision.authority() == v1::Decision::AUTHORITY_RULE &&
               FromProto(decision.decide_time()) + kAutoMemory > now;
      }));
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
  intake.facts = std::move(document.facts);
  intake.findings = std::move(document.findings);
  return intake;
}

absl::StatusOr<v1::Verdict> Judge(const Transaction& transaction, const LivePolicy& policy,
                                  const v1::Spec& spec, const Intake& intake,
                                  const Statement& statement) {
  v1::Facts facts = intake.facts;
  facts.set_wants(std::max(facts.wants(), statement.wants));
  rules::EvaluateInputs inputs;
  inputs.as_of = DateOf(transaction.now());
  inputs.facts_unknown = statement.facts_unknown;
  inputs.content_hash = intake.revision.content_hash();
  inputs.findings = intake.findings;
  const v1::Revision* current = CurrentRevision(spec);
  for (const v1::RuleOverride& entry : spec.overrides()) {
    const bool same_bytes =
        current != nullptr && current->content_hash() == intake.revision.content_hash();
    if (same_bytes) inputs.overridden.push_back(entry.rule());
  }
  GAVEL_ASSIGN_OR_RETURN(inputs.history.recent_rejection,
                         RecentRejection(transaction, spec, facts));
  GAVEL_ASSIGN_OR_RETURN(inputs.history.supersedes_people, SupersededByPeople(transaction, facts));
  inputs.history.auto_decisions_7d = RecentAutoDecisions(spec, transaction.now());
  return rules::Evaluate(facts, *policy.rules, inputs);
}

absl::StatusOr<v1::Verdict> JudgeCurrent(const Transaction& transaction, const LivePolicy& policy,
                                         const v1::Spec& spec, const Statement& statement) {
  const v1::Revision* current = CurrentRevision(spec);
  GAVEL_ASSIGN_OR_RETURN(const auto body, transaction.Body(current->content_hash()));
  if (!body.has_value()) {
    return MakeError(
        absl::StatusCode::kDataLoss, "STORE_CORRUPT",
        fmt::format("The bytes of {} revision {} are gone.", spec.key(), current->number()),
        {{"spec", spec.key()}});
  }
  GAVEL_ASSIGN_OR_RETURN(const Intake intake, ReadIntake(policy, *body, {.path = spec.path()},
                                                         spec.area(), spec.authors(0)));
  return Judge(transaction, policy, spec, intake, statement);
}

}  // namespace gavel::app
