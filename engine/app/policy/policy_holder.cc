#include "engine/app/policy/policy_holder.h"

#include <algorithm>
#include <utility>

#include "engine/domain/planning/civil_date.h"

namespace gavel::app {
namespace {

bool IsOf(const LivePolicy& policy, std::string_view source_hash, const v1::Date& published) {
  return policy.source_hash == source_hash &&
         ToCivilDay(policy.rules->published()) == ToCivilDay(published);
}

}  // namespace

LivePolicy PolicyHolder::live() const {
  std::lock_guard lock(mutex_);
  return live_;
}

void PolicyHolder::Publish(LivePolicy policy, int64_t seq) {
  std::lock_guard lock(mutex_);
  if (seq <= live_seq_) return;
  live_ = std::move(policy);
  live_seq_ = seq;
}

std::optional<LivePolicy> PolicyHolder::Find(std::string_view source_hash,
                                             const v1::Date& published) {
  std::lock_guard lock(mutex_);
  if (live_.rules != nullptr && IsOf(live_, source_hash, published)) return live_;
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const LivePolicy& policy) {
    return IsOf(policy, source_hash, published);
  });
  if (found == kept_.end()) return std::nullopt;
  kept_.splice(kept_.begin(), kept_, found);
  return kept_.front();
}

void PolicyHolder::Keep(LivePolicy policy) {
  std::lock_guard lock(mutex_);
  kept_.push_front(std::move(policy));
  if (kept_.size() > kKept) kept_.pop_back();
}

}  // namespace gavel::app
