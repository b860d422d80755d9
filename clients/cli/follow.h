// Following one spec as it moves, and what its state answers.
#pragma once

#include <functional>
#include <optional>
#include <set>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/cli/session.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::cli {

// Calls `on_change` with the spec after each command on it, until it returns false. Survives
// reconnects; nothing is missed.
//
// Errors: DEADLINE_EXCEEDED at `deadline`; what the server refuses for good.
absl::Status FollowSpec(Session& session, const v1::Spec& from,
                        const std::function<bool(const v1::Spec&)>& on_change,
                        absl::Time deadline = absl::InfiniteFuture());

// 0 for approved, 1 for a "no" or back with the author, 8 while it is open.
ExitCode AnswerOf(v1::Spec::State state);

// The answer of `--wait=…` in `state`; nothing while it is worth waiting. Without `wanted` it waits
// for a decision.
std::optional<ExitCode> WaitAnswer(v1::Spec::State state, const std::set<v1::Spec::State>& wanted);

}  // namespace gavel::cli
