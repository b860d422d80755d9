#include "engine/app/insight/backtest_policies.h"

#include <algorithm>
#include <string>

#include "engine/app/policy/policy_source.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "rules/compile/policy_files.h"
#include "rules/packed/pack.h"

namespace gavel::app {
namespace {

constexpr char kCatalogFile[] = "catalog.yaml";

std::string CatalogOf(const v1::PolicySource& source) {
  const auto file = source.files().find(kCatalogFile);
  return file == source.files().end() ? std::string() : file->second;
}

// A day on, and the catalog in force from then on. Neighbours differ.
struct CatalogEra {
  int32_t since_day = 0;
  std::string catalog;
};

// Oldest first.
absl::StatusOr<std::vector<CatalogEra>> ReadCatalogs(const Transaction& transaction) {
  GAVEL_ASSIGN_OR_RETURN(std::vector<StoredVersion> versions, ReadVersions(transaction.view()));
  std::reverse(versions.begin(), versions.end());
  std::vector<CatalogEra> eras;
  for (const StoredVersion& stored : versions) {
    GAVEL_ASSIGN_OR_RETURN(const v1::PolicySource source,
                           ReadSource(transaction, stored.version.source_hash()));
    const absl::Time published = FromProto(stored.version.publish_time());
    CatalogEra era{.since_day = rules::DayOf(DateOf(published)), .catalog = CatalogOf(source)};
    if (eras.empty() || eras.back().catalog != era.catalog) eras.push_back(std::move(era));
  }
  return eras;
}

// `policy` with another catalog; null where its rules do not fit that one.
std::shared_ptr<const rules::FastPolicy> WithCatalog(const LivePolicy& policy,
                                                     const std::string& catalog) {
  v1::PolicySource source = policy.rules->source();
  (*source.mutable_files())[kCatalogFile] = catalog;
  auto compiled = rules::CompilePolicy(source, policy.rules->published());
  if (!compiled.ok()) return nullptr;
  return std::make_shared<const rules::FastPolicy>(*std::move(compiled));
}

}  // namespace

rules::Timeline TimelineOfToday(const LivePolicy& policy) {
  return rules::Timeline(std::make_shared<const rules::FastPolicy>(policy.rules));
}

absl::StatusOr<rules::Timeline> TimelineOf(const Workflow& workflow, const LivePolicy& policy) {
  const std::string own = CatalogOf(policy.rules->source());
  if (own != CatalogOf(workflow.policy().rules->source())) return TimelineOfToday(policy);
  GAVEL_ASSIGN_OR_RETURN(const std::vector<CatalogEra> catalogs,
                         ReadCatalogs(workflow.transaction()));
  const auto newest = std::make_shared<const rules::FastPolicy>(policy.rules);
  std::vector<rules::Era> eras;
  for (const CatalogEra& era : catalogs) {
    auto then = era.catalog == own ? newest : WithCatalog(policy, era.catalog);
    if (then != nullptr) eras.push_back({.since_day = era.since_day, .policy = std::move(then)});
  }
  if (eras.empty()) return TimelineOfToday(policy);
  return rules::Timeline(std::move(eras));
}

}  // namespace gavel::app
