// A policy as people name it on the server's commands: a folder of files, or the hash of a version
// that was published.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/session.h"
#include "gavel/v1/rules_service.pb.h"

namespace gavel::cli {

// The version of `source_hash`; the one in force where that is empty.
absl::StatusOr<v1::GetPolicyResponse> GetPolicy(Session& session,
                                                const std::string& source_hash = "");

// Every version that was in force, newest first.
absl::StatusOr<std::vector<v1::PolicyVersion>> ListVersions(Session& session);

// The whole hash of the version that begins with `start`, four digits or more.
//
// Errors: INVALID_ARGUMENT for what is no hash or begins several; NOT_FOUND.
absl::StatusOr<std::string> VersionHash(Session& session, const std::string& start);

// The policy that `text` names: the files of a folder or of one of its files, else a version.
//
// Errors: those of OpenPolicyFolder and VersionHash.
absl::StatusOr<v1::PolicyChoice> PolicyChoiceOf(Session& session, const std::string& text);

// The files of that policy.
absl::StatusOr<v1::PolicySource> PolicySourceOf(Session& session, const std::string& text);

// `gavel-default@4f2c` for `gavel-default@sha256:4f2c…`.
std::string ShortPin(const std::string& pin);
// The first twelve digits of a source hash.
std::string ShortHash(const std::string& hash);

}  // namespace gavel::cli
