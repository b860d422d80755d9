// What a spec waits for by the clock. Timers derive from state: after every command the stored ones
// are made equal to these, so a missed run repairs itself and a closed spec has none.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "engine/domain/command.h"
#include "engine/domain/situation.h"

namespace gavel {

namespace timer {
inline constexpr std::string_view kReviewHalf = "review.half";
inline constexpr std::string_view kReviewDue = "review.due";
inline constexpr std::string_view kReviewEscalate = "review.escalate";
inline constexpr std::string_view kReviewWindow = "review.window";
inline constexpr std::string_view kAnswerAged = "review.answer-aged";
inline constexpr std::string_view kAuthorRemind = "author.remind";  // + `.10`, `.20` (days)
inline constexpr std::string_view kAuthorWithdraw = "author.withdraw";
inline constexpr std::string_view kWake = "deferred.wake";
inline constexpr std::string_view kFinal = "decision.final";
inline constexpr std::string_view kConditionDue = "condition.due";  // + `.k1` (condition id)
}  // namespace timer

using Deadlines = std::map<std::string, absl::Time>;

// Every timer of the spec, by kind.
Deadlines DeadlinesOf(const Situation& situation);

// What a timer does when it fires.
CommandKind CommandOfTimer(std::string_view timer);

}  // namespace gavel
