// What every part of the application stands on. `gaveld.cc` is the only place that fills it.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "engine/base/clock.h"
#include "engine/store/store.h"

namespace gavel::rules {
class Policy;
}

namespace gavel::app {

class Committer;

// The policy in force. Readers take the pointer once per command and keep it. Thread-safe.
class PolicyHolder {
 public:
  // Never null once Bootstrap succeeded.
  std::shared_ptr<const rules::Policy> live() const {
    std::lock_guard lock(mutex_);
    return live_;
  }
  void Publish(std::shared_ptr<const rules::Policy> policy) {
    std::lock_guard lock(mutex_);
    live_ = std::move(policy);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const rules::Policy> live_;
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
