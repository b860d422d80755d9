// What gaveld needs of its operating system.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace gavel {

// Keeps what is created from other users, and raises the limit of open files as far as allowed: a
// gRPC listener that ever runs out of descriptors never accepts again.
void SetUpProcess();

// What a signal asks for: SIGHUP to read files again, SIGTERM and SIGINT to stop.
enum class Wish { kReload, kStop };

// Blocks these signals for this thread and all that it starts, for WaitForSignal.
void BlockSignals();
// Returns when one of them arrives.
Wish WaitForSignal();
// Makes WaitForSignal return kStop, from any thread.
void RaiseStopSignal();

// Errors: INVALID_ARGUMENT `FIELD_INVALID` for `field` when the file cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& field, const std::string& path);
// Replaces the file in one step: a reader sees the old content or the new, never a part.
absl::Status ReplaceFile(const std::string& field, const std::string& path,
                         const std::string& content);
// Makes the folder and those above it, for this user only. Fine where it exists.
absl::Status MakeFolder(const std::string& field, const std::string& path);

}  // namespace gavel
