// From a policy's source files to the policy as the application reads it, and back to the bytes
// that are stored.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/app/command/transaction.h"
#include "engine/app/environment.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/policy.pb.h"

namespace gavel::app {

inline constexpr std::string_view kRuleTestsFile = "rules.test.yaml";

// SHA-256 of the source as it is stored, hex: what names a version.
std::string SourceHash(const v1::PolicySource& source);

// INVALID_ARGUMENT `POLICY_INVALID` for files that no policy has, or that are too large.
absl::Status CheckSource(const v1::PolicySource& source);

// Compiles a source whose `Nm` dates count from `published`. Tens of milliseconds: not for the
// committer's thread.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID`, one violation per problem.
absl::StatusOr<LivePolicy> CompileLive(const v1::PolicySource& source, const v1::Date& published);

// Reads a source that is stored. DATA_LOSS `STORE_CORRUPT` where it is gone or unreadable.
absl::StatusOr<v1::PolicySource> ReadSource(const Transaction& transaction,
                                            const std::string& source_hash);

// A stored policy, compiled; `holder` remembers it. Errors: those of ReadSource and CompileLive.
absl::StatusOr<LivePolicy> LoadPolicy(PolicyHolder& holder, const Transaction& transaction,
                                      const std::string& source_hash, const v1::Date& published);

// The policy in force at this point of the log, which a command of the same group may just have
// published: never the one before it. Nothing but a look-up where it is held ready.
absl::StatusOr<LivePolicy> PolicyInForce(PolicyHolder& holder, const Transaction& transaction);

// Makes the policy that the log says is in force the one that `environment.policy` holds, and
// answers whether there is one. Every publisher calls this after its commit, in any order.
absl::StatusOr<bool> BringIntoForce(const Environment& environment);

}  // namespace gavel::app
