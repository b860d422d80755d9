// Which policy a dry run, a comparison or a back-test is about.
#pragma once

#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "engine/app/environment.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/rules_service.pb.h"

namespace gavel::app {

// The files that `choice` means. NOT_FOUND `POLICY_NOT_FOUND` for a hash that was never in force.
absl::StatusOr<v1::PolicySource> ChooseSource(const Workflow& workflow,
                                              const v1::PolicyChoice& choice);

// The same, compiled: a draft as if published on `day`, a version as it was when last published,
// nothing chosen: the one in force. Errors: those of ChooseSource; INVALID_ARGUMENT
// `POLICY_INVALID`.
absl::StatusOr<LivePolicy> ChoosePolicy(const Environment& environment, const Workflow& workflow,
                                        const v1::PolicyChoice& choice, const v1::Date& day);

}  // namespace gavel::app
