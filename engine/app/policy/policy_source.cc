#include "engine/app/policy/policy_source.h"

#include <vector>

#include "engine/app/command/canonical_bytes.h"
#include "engine/app/command/entity.h"
#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "rules/compile/policy_files.h"

namespace gavel::app {
namespace {

constexpr size_t kFileBytes = 256 * 1024;
constexpr size_t kSourceBytes = 1024 * 1024;

bool IsPolicyFile(std::string_view name) {
  if (name == "org.yaml" || name == "catalog.yaml" || name == "rules.yaml") return true;
  return name == kRuleTestsFile || (name.starts_with("holidays/") && name.ends_with(".ics"));
}

absl::Status Unreadable(const std::string& source_hash) {
  return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                   fmt::format("The stored policy {} cannot be read.", source_hash),
                   {{"source_hash", source_hash}});
}

}  // namespace

std::string SourceHash(const v1::PolicySource& source) { return Sha256Hex(CanonicalBytes(source)); }

absl::Status CheckSource(const v1::PolicySource& source) {
  std::vector<FieldViolation> violations;
  size_t bytes = 0;
  for (const auto& [name, text] : source.files()) {
    bytes += text.size();
    if (!IsPolicyFile(name)) {
      violations.push_back({name,
                            "is no policy file; a policy is org.yaml, catalog.yaml, rules.yaml, "
                            "rules.test.yaml and holidays/NAME.ics",
                            "GV501"});
    } else if (text.size() > kFileBytes) {
      violations.push_back({name, fmt::format("at most {} bytes are read", kFileBytes), "GV509"});
    }
  }
  if (violations.empty() && bytes > kSourceBytes) {
    violations.push_back(
        {"source", fmt::format("{} bytes; the limit is {}", bytes, kSourceBytes), "GV509"});
  }
  if (violations.empty()) return absl::OkStatus();
  return MakeInvalid(
      "POLICY_INVALID",
      fmt::format("{}: {}", violations.front().field, violations.front().description), violations);
}

absl::StatusOr<LivePolicy> CompileLive(const v1::PolicySource& source, const v1::Date& published) {
  GAVEL_RETURN_IF_ERROR(CheckSource(source));
  LivePolicy live;
  GAVEL_ASSIGN_OR_RETURN(live.rules, rules::CompilePolicy(source, published));
  GAVEL_ASSIGN_OR_RETURN(live.organisation, Organisation::Create(live.rules->org()));
  live.source_hash = SourceHash(source);
  return live;
}

absl::StatusOr<v1::PolicySource> ReadSource(const Transaction& transaction,
                                            const std::string& source_hash) {
  GAVEL_ASSIGN_OR_RETURN(const auto bytes, transaction.Body(source_hash));
  v1::PolicySource source;
  if (!bytes.has_value() || !source.ParseFromString(*bytes)) return Unreadable(source_hash);
  return source;
}

absl::StatusOr<LivePolicy> LoadPolicy(PolicyHolder& holder, const Transaction& transaction,
                                      const std::string& source_hash, const v1::Date& published) {
  if (auto held = holder.Find(source_hash, published)) return *std::move(held);
  GAVEL_ASSIGN_OR_RETURN(const v1::PolicySource source, ReadSource(transaction, source_hash));
  GAVEL_ASSIGN_OR_RETURN(LivePolicy policy, CompileLive(source, published));
  holder.Keep(policy);
  return policy;
}

absl::StatusOr<LivePolicy> PolicyInForce(PolicyHolder& holder, const Transaction& transaction) {
  GAVEL_ASSIGN_OR_RETURN(const auto published, transaction.Policy());
  if (!published.has_value()) return holder.live();
  return LoadPolicy(holder, transaction, published->source_hash(), published->published());
}

absl::StatusOr<bool> BringIntoForce(const Environment& environment) {
  GAVEL_ASSIGN_OR_RETURN(const auto view, environment.store.Read());
  GAVEL_ASSIGN_OR_RETURN(const auto row, view->Entity(kPolicySubject));
  if (!row.has_value()) return false;
  const Overlay nothing;
  const Transaction transaction(*view, nothing, view->head().seq + 1, environment.clock.Now());
  GAVEL_ASSIGN_OR_RETURN(LivePolicy policy, PolicyInForce(environment.policy, transaction));
  environment.policy.Publish(std::move(policy), row->update_seq);
  return true;
}

}  // namespace gavel::app
