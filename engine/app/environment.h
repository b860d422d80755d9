// What every part of the application stands on. `gaveld.cc` is the only place that fills it.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "engine/base/clock.h"
#include "engine/domain/organisation.h"
#include "engine/store/store.h"
#include "rules/policy.h"

namespace gavel::app {

class Committer;

// One policy as the application reads it: compiled rules, and the organisation with its calendars.
struct LivePolicy {
  std::shared_ptr<const rules::Policy> rules;
  std::shared_ptr<const Organisation> organisation;
};

// The policy in force. Readers take a copy once per command and keep it. Thread-safe.
class PolicyHolder {
 public:
  // Both pointers are set once Bootstrap succeeded.
  LivePolicy live() const {
    std::lock_guard lock(mutex_);
    return live_;
  }
  void Publish(LivePolicy policy) {
    std::lock_guard lock(mutex_);
    live_ = std::move(policy);
  }

 private:
  mutable std::mutex mutex_;
  LivePolicy live_;
};

// Every reference must outlive the environment.
struct Environment {
  store::Store& store;
  Committer& committer;
  Clock& clock;
  PolicyHolder& policy;
  SettableClock* dev_clock = nullptr;  // Set on a development server only.
  std::string version;
};

}  // namespace gavel::app
