// The spec that a request is about, before anything is done with it.
#pragma once

#include "absl/status/statusor.h"
#include "engine/app/command/access.h"
#include "engine/app/command/caller.h"
#include "engine/app/command/workflow.h"
#include "engine/base/status_macros.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::app {

template <typename Request>
concept HasEtag = requires(const Request& request) {
  request.etag();
};

// The spec that `request.spec()` names: readable by the caller and, where the request has an etag,
// as they last read it. Errors: NOT_FOUND; PERMISSION_DENIED; those of CheckEtag.
template <typename Request>
absl::StatusOr<v1::Spec> SubjectOf(const Workflow& workflow, const Caller& caller,
                                   const Request& request) {
  GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, workflow.GetSpec(request.spec()));
  GAVEL_RETURN_IF_ERROR(CheckReadable(workflow.policy(), caller, spec));
  if constexpr (HasEtag<Request>) {
    GAVEL_RETURN_IF_ERROR(CheckEtag(request.etag(), spec.etag(), spec.key()));
  }
  return spec;
}

}  // namespace gavel::app
