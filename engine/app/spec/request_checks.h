// What a request on a spec may say, before the lifecycle is asked. Errors: INVALID_ARGUMENT
// `FIELD_INVALID`, naming the field.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/domain/organisation.h"
#include "gavel/v1/spec.pb.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace gavel::app {

// Names are shown in lines, so nothing in them may end a line, hide or reorder.
absl::Status CheckPlaceName(std::string_view field, const std::string& name);

// People of the organisation who are not authors of `spec`.
absl::Status CheckReviewers(const Organisation& organisation, const v1::Spec& spec,
                            const google::protobuf::RepeatedPtrField<std::string>& reviewers,
                            absl::Time now);

}  // namespace gavel::app
