// What `meeting simulate` is asked to play: flags, and the settings of `--what-if`.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "clients/cli/command.h"
#include "engine/simulation/settings.h"

namespace gavel::cli {

// The settings of the flags. Errors: INVALID_ARGUMENT that names the flag, the value and what may
// stand there.
absl::StatusOr<simulation::Settings> SimulationSettings(const Arguments& arguments);

// `settings` changed as `capacity=2,timebox-min=25` says: the flags of one setting each, without
// their dashes. Errors: as above.
absl::StatusOr<simulation::Settings> WhatIf(simulation::Settings settings, std::string_view text);

// One line for people: `at most 3 specs, 25 minutes each, Thursdays at 15:00 UTC`.
std::string SettingsText(const simulation::Settings& settings);

}  // namespace gavel::cli
