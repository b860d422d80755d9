// The fields that `--json=…` may ask a command for, so that a misspelt one is refused before
// anything is sent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "clients/cli/output/json.h"
#include "google/protobuf/descriptor.h"

namespace gavel::cli {

// True where what `command` prints is known here; else only its output can tell.
bool HasKnownFields(std::string_view command);

// Errors: INVALID_ARGUMENT for a field that `command` never prints, naming those it does. OK where
// HasKnownFields is false.
absl::Status CheckFields(std::string_view command, const std::vector<std::string>& fields);

// Errors: INVALID_ARGUMENT for a field that is neither in `type` nor in `extras`. `verdict.mode`
// reaches into a message; inside lists, maps and well-known types nothing is a field.
absl::Status CheckFieldsOf(const google::protobuf::Descriptor& type, const JsonExtras& extras,
                           const std::vector<std::string>& fields);
absl::Status CheckFieldsOf(const JsonExtras& values, const std::vector<std::string>& fields);

}  // namespace gavel::cli
