// What every part of the application stands on. `gaveld.cc` is the only place that fills it.
#pragma once

#include <string>

#include "engine/app/policy/policy_holder.h"
#include "engine/base/clock.h"
#include "engine/store/store.h"

namespace gavel::app {

class Committer;

// Every reference must outlive the environment.
struct Environment {
  store::Store& store;
  Committer& committer;
  Clock& clock;
  PolicyHolder& policy;
  SettableClock* dev_clock = nullptr;  // Set on a development server only.
  std::string version;
  // Draws the audits (domain/audit_sample.h). Secret: never logged, never in an answer.
  std::string audit_key;
  // Whether stored verdicts are made again every night, to compare. Not in a simulation: one
  // process judges alike throughout, and thirty years have eleven thousand nights.
  bool replay_nightly = true;
};

}  // namespace gavel::app
