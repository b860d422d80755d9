// Infrastructure files that come with a revision: limits, references, storage.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/app/command/transaction.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/spec.pb.h"
#include "google/protobuf/repeated_field.h"

namespace gavel::app {

using Evidence = std::vector<v1::Evidence>;

// The evidence of a request.
//
// Errors: INVALID_ARGUMENT `FIELD_INVALID` for a detector that nobody knows, an empty file, more
// than 8 files or 3 MiB in all.
absl::StatusOr<Evidence> EvidenceOf(const google::protobuf::RepeatedPtrField<v1::Evidence>& given);

// What a revision keeps of it: by detector, then hash.
std::vector<v1::EvidenceRef> EvidenceRefs(const Evidence& evidence);

// Stores every file under its hash.
void StoreEvidence(const Evidence& evidence, Transaction& transaction);

// The files that came with a stored revision of the spec `key`.
//
// Errors: DATA_LOSS `STORE_CORRUPT` where one is gone.
absl::StatusOr<Evidence> LoadEvidence(const Transaction& transaction, const std::string& key,
                                      const v1::Revision& revision);

}  // namespace gavel::app
