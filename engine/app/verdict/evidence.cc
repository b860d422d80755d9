#include "engine/app/verdict/evidence.h"

#include <algorithm>
#include <tuple>

#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "rules/detect/detectors.h"

namespace gavel::app {

absl::StatusOr<Evidence> EvidenceOf(const google::protobuf::RepeatedPtrField<v1::Evidence>& given) {
  if (given.size() > static_cast<int>(rules::kMaxEvidenceFiles)) {
    return FieldError("evidence", fmt::format("{} files; at most {} are taken", given.size(),
                                              rules::kMaxEvidenceFiles));
  }
  const std::vector<std::string>& known = rules::DetectorNames();
  size_t bytes = 0;
  for (int i = 0; i < given.size(); ++i) {
    const v1::Evidence& file = given.Get(i);
    if (std::find(known.begin(), known.end(), file.detector()) == known.end()) {
      return FieldError(
          fmt::format("evidence[{}].detector", i),
          fmt::format("`{}` is not one of {}", file.detector(), fmt::join(known, ", ")));
    }
    if (file.content().empty()) {
      return FieldError(fmt::format("evidence[{}].content", i), "must not be empty");
    }
    bytes += file.content().size();
  }
  if (bytes > rules::kMaxEvidenceBytes) {
    return FieldError("evidence", fmt::format("{} bytes in all; at most {} are taken", bytes,
                                              rules::kMaxEvidenceBytes));
  }
  return Evidence(given.begin(), given.end());
}

std::vector<v1::EvidenceRef> EvidenceRefs(const Evidence& evidence) {
  std::vector<v1::EvidenceRef> refs;
  for (const v1::Evidence& file : evidence) {
    v1::EvidenceRef& ref = refs.emplace_back();
    ref.set_detector(file.detector());
    ref.set_name(file.name());
    ref.set_content_hash(Sha256Hex(file.content()));
  }
  std::sort(refs.begin(), refs.end(), [](const v1::EvidenceRef& a, const v1::EvidenceRef& b) {
    return std::tie(a.detector(), a.content_hash(), a.name()) <
           std::tie(b.detector(), b.content_hash(), b.name());
  });
  return refs;
}

void StoreEvidence(const Evidence& evidence, Transaction& transaction) {
  for (const v1::Evidence& file : evidence) {
    transaction.PutBody(Sha256Hex(file.content()), file.content());
  }
}

absl::StatusOr<Evidence> LoadEvidence(const Transaction& transaction, const std::string& key,
                                      const v1::Revision& revision) {
  Evidence evidence;
  for (const v1::EvidenceRef& ref : revision.evidence()) {
    GAVEL_ASSIGN_OR_RETURN(auto bytes, transaction.Body(ref.content_hash()));
    if (!bytes.has_value()) {
      return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                       fmt::format("The evidence {} of {} revision {} is gone.", ref.name(), key,
                                   revision.number()),
                       {{"spec", key}});
    }
    v1::Evidence& file = evidence.emplace_back();
    file.set_detector(ref.detector());
    file.set_name(ref.name());
    file.set_content(*std::move(bytes));
  }
  return evidence;
}

}  // namespace gavel::app
