// How often rules took part in verdicts, and how often a sponsor set them aside.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/app/command/workflow.h"

namespace gavel::app {

// Revisions by spec key and number. A revision that was evaluated often counts once.
using RevisionSet = std::set<std::pair<std::string, int>>;

struct Firings {
  RevisionSet fired;       // Where the rule took part in a verdict, set aside or not.
  RevisionSet overridden;  // Of these, where a sponsor set it aside.
};

// By rule id; rules that never fired are absent.
using RuleFirings = std::map<std::string, Firings>;

// Everything since `since` on specs that were submitted. O(specs + events of those that changed).
absl::StatusOr<RuleFirings> FiringsSince(const Workflow& workflow, absl::Time since);

}  // namespace gavel::app
