// Compiled policies: the one in force, and a few others that somebody looked at lately.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "engine/domain/organisation.h"
#include "gavel/v1/date.pb.h"
#include "rules/policy.h"

namespace gavel::app {

// One policy as the application reads it: compiled rules, and the organisation with its calendars.
struct LivePolicy {
  std::shared_ptr<const rules::Policy> rules;
  std::shared_ptr<const Organisation> organisation;
  std::string source_hash;  // SHA-256 of the stored source, hex.
};

// What is in force is what the log says (`PolicyInForce`); this holds it ready. Thread-safe.
class PolicyHolder {
 public:
  // A policy takes about as much memory as ten times its source; replay rarely needs two at once.
  static constexpr size_t kKept = 8;

  // The policy in force. Both pointers are set once Bootstrap succeeded.
  LivePolicy live() const;

  // Brings `policy`, published as event `seq`, into force; a no-op where a later one is, since two
  // publishers may get here in either order.
  void Publish(LivePolicy policy, int64_t seq);

  // A policy that was published or kept lately, or nothing. The day counts too: `12m` in one source
  // means another date for another day.
  std::optional<LivePolicy> Find(std::string_view source_hash, const v1::Date& published);

  // Remembers a policy, forgetting the one that was not asked for longest.
  void Keep(LivePolicy policy);

 private:
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  LivePolicy live_;
  int64_t live_seq_ = -1;
  std::list<LivePolicy> kept_;  // The one used last first.
};

}  // namespace gavel::app
