// A folder of policy files: read and compiled.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gavel/v1/policy.pb.h"
#include "rules/policy.h"

namespace gavel::cli {

struct PolicyFolder {
  std::string folder;
  v1::PolicySource source;
};

// The files of `path`, which is a folder or one of its files.
//
// Errors: INVALID_ARGUMENT for a folder that cannot be read or lacks a file.
absl::StatusOr<PolicyFolder> OpenPolicyFolder(const std::string& path);

// The policy of `path`; `Nm` dates count from `day`.
//
// Errors: those of OpenPolicyFolder; `POLICY_INVALID` where it does not compile.
absl::StatusOr<std::shared_ptr<const rules::Policy>> CompileFolder(const std::string& path,
                                                                   const v1::Date& day);

}  // namespace gavel::cli
