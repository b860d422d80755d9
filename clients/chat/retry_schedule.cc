#include "clients/chat/retry_schedule.h"

#include <algorithm>
#include <array>

namespace gavel::chat {

absl::Duration RetryPause(int failures, std::optional<absl::Duration> asked_for,
                          const Jitter& jitter) {
  static const std::array kSteps = {absl::Seconds(1), absl::Seconds(5),  absl::Seconds(30),
                                    absl::Minutes(2), absl::Minutes(10), absl::Hours(1)};
  constexpr double kSpread = 0.2;
  const size_t step = std::min(static_cast<size_t>(std::max(failures, 1)), kSteps.size()) - 1;
  const absl::Duration pause = kSteps[step] * (1 + kSpread * std::clamp(jitter(), -1.0, 1.0));
  return std::max(pause, asked_for.value_or(absl::ZeroDuration()));
}

}  // namespace gavel::chat
