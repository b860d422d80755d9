#include "engine/app/verdict/verdict_replay.h"

#include <optional>

#include "absl/strings/str_split.h"
#include "engine/app/command/canonical_bytes.h"
#include "engine/app/command/entity.h"
#include "engine/app/policy/policy_source.h"
#include "engine/app/verdict/verdict_record.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "google/protobuf/util/message_differencer.h"

namespace gavel::app {
namespace {

constexpr int kPage = 1000;

absl::Status RevisionNotFound(const v1::Spec& spec, int revision) {
  return MakeError(absl::StatusCode::kNotFound, "REVISION_NOT_FOUND",
                   fmt::format("{} has no revision {} with a verdict; it has {} revisions.",
                               spec.key(), revision, spec.revisions_size()),
                   {{"spec", spec.key()}, {"revision", std::to_string(revision)}});
}

absl::StatusOr<v1::EvaluationRecord> ReadRecord(const Transaction& transaction,
                                                const std::string& hash) {
  if (hash.empty()) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "GUARD_FAILED",
                     "This verdict was stored before verdicts kept what they rest on.");
  }
  GAVEL_ASSIGN_OR_RETURN(const auto bytes, transaction.Body(hash));
  v1::EvaluationRecord record;
  if (!bytes.has_value() || !record.ParseFromString(*bytes)) {
    return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                     fmt::format("The record {} of a verdict cannot be read.", hash),
                     {{"record_hash", hash}});
  }
  return record;
}

void AddDifferences(v1::ReplayVerdictResponse& response) {
  google::protobuf::util::MessageDifferencer differencer;
  std::string report;
  differencer.ReportDifferencesToString(&report);
  differencer.Compare(response.stored(), response.replayed());
  for (const auto line : absl::StrSplit(report, '\n', absl::SkipEmpty())) {
    response.add_differences(std::string(line));
  }
}

}  // namespace

absl::StatusOr<v1::RulesEvaluated> FindVerdict(const Transaction& transaction, const v1::Spec& spec,
                                               int revision) {
  const int wanted = revision == 0 ? spec.revisions_size() : revision;
  std::optional<v1::RulesEvaluated> newest;
  int64_t after = 0;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(
        const std::vector<store::EventRow> rows,
        transaction.view().EventsOf(SpecSubject(spec.key()), "RulesEvaluated", after, kPage));
    for (const store::EventRow& row : rows) {
      after = row.seq;
      v1::Event event;
      const bool readable = event.ParseFromString(row.payload);
      if (readable && event.rules_evaluated().revision() == wanted) {
        newest = event.rules_evaluated();
      }
    }
    if (static_cast<int>(rows.size()) < kPage) break;
  }
  if (!newest.has_value()) return RevisionNotFound(spec, wanted);
  return *std::move(newest);
}

absl::StatusOr<v1::ReplayVerdictResponse> Replay(PolicyHolder& policies,
                                                 const Transaction& transaction,
                                                 const v1::RulesEvaluated& evaluated) {
  GAVEL_ASSIGN_OR_RETURN(const v1::EvaluationRecord record,
                         ReadRecord(transaction, evaluated.record_hash()));
  GAVEL_ASSIGN_OR_RETURN(
      const LivePolicy policy,
      LoadPolicy(policies, transaction, record.policy_source_hash(), record.policy_published()));
  v1::ReplayVerdictResponse response;
  *response.mutable_stored() = evaluated.verdict();
  *response.mutable_replayed() = EvaluateRecord(*policy.rules, record);
  response.mutable_replayed()->mutable_pins()->set_engine(evaluated.verdict().pins().engine());
  response.set_equal(CanonicalBytes(response.stored()) == CanonicalBytes(response.replayed()));
  if (!response.equal()) AddDifferences(response);
  return response;
}

}  // namespace gavel::app
