// Who may call, and who may see. What somebody may *do* to a spec is in the transition table.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/app/command/caller.h"
#include "engine/app/environment.h"
#include "gavel/v1/spec.pb.h"
#include "google/protobuf/message.h"

namespace gavel::app {

// UNAUTHENTICATED `SIGN_IN_REQUIRED` unless the caller is a person or service of the organisation.
absl::Status CheckCaller(const LivePolicy& policy, const Caller& caller, absl::Time now);

// A draft is visible to its authors and the invited, to admins and to services; anything else to
// every member.
bool MayRead(const LivePolicy& policy, const Caller& caller, const v1::Spec& spec);

// NOT_FOUND `SPEC_NOT_FOUND` for a draft the caller may not see, as if it did not exist.
absl::Status CheckReadable(const LivePolicy& policy, const Caller& caller, const v1::Spec& spec);

// INVALID_ARGUMENT `ETAG_REQUIRED` without `given`; ABORTED `ETAG_MISMATCH` (metadata `etag`) where
// it is not the `current` one.
absl::Status CheckEtag(std::string_view given, std::string_view current, std::string_view subject);

// INVALID_ARGUMENT `LIMIT_EXCEEDED` for a text field of `request`, at any depth, with more than
// 16,384 code points, or a list of more than 256 entries. Policy files have limits of their own.
absl::Status CheckLimits(const google::protobuf::Message& request);

// INVALID_ARGUMENT `FIELD_INVALID` unless `id` is a UUID (hex digits of any case), or empty:
// shorter ids of two callers would meet by chance.
absl::Status CheckRequestId(std::string_view id);

inline constexpr int kTextCodePoints = 16384;
inline constexpr int kListEntries = 256;

}  // namespace gavel::app
