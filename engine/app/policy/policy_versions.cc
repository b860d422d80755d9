#include "engine/app/policy/policy_versions.h"

#include <algorithm>

#include "engine/app/command/entity.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

constexpr int kPage = 1000;

absl::StatusOr<StoredVersion> VersionOf(const store::EventRow& row) {
  v1::Event event;
  if (!event.ParseFromString(row.payload)) {
    return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                     fmt::format("Event {} cannot be read.", row.seq),
                     {{"seq", std::to_string(row.seq)}});
  }
  const v1::PolicyPublished& published = event.policy_published();
  StoredVersion stored{.seq = row.seq, .version = published.version()};
  // Servers before 0.2 published without a version: one policy, into an empty store.
  if (!published.has_version()) {
    stored.version.set_publisher(row.actor);
    stored.version.set_first(true);
  }
  stored.version.set_source_hash(published.source_hash());
  *stored.version.mutable_pins() = published.pins();
  *stored.version.mutable_published() = published.published();
  *stored.version.mutable_publish_time() = ToProto(absl::FromUnixMicros(row.time_us));
  return stored;
}

}  // namespace

absl::StatusOr<std::vector<StoredVersion>> ReadVersions(const store::View& view) {
  std::vector<StoredVersion> versions;
  int64_t after = 0;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const std::vector<store::EventRow> rows,
                           view.EventsOf(kPolicySubject, "PolicyPublished", after, kPage));
    for (const store::EventRow& row : rows) {
      GAVEL_ASSIGN_OR_RETURN(StoredVersion version, VersionOf(row));
      versions.push_back(std::move(version));
      after = row.seq;
    }
    if (static_cast<int>(rows.size()) < kPage) break;
  }
  std::reverse(versions.begin(), versions.end());
  return versions;
}

absl::StatusOr<StoredVersion> FindVersion(const store::View& view, const std::string& source_hash) {
  GAVEL_ASSIGN_OR_RETURN(const std::vector<StoredVersion> versions, ReadVersions(view));
  for (const StoredVersion& stored : versions) {
    if (stored.version.source_hash() == source_hash) return stored;
  }
  return PolicyNotFound(source_hash);
}

absl::Status PolicyNotFound(const std::string& source_hash) {
  return MakeError(
      absl::StatusCode::kNotFound, "POLICY_NOT_FOUND",
      fmt::format("No policy with the source hash `{}` was ever in force.", source_hash),
      {{"source_hash", source_hash}});
}

}  // namespace gavel::app
