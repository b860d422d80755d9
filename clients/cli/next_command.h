// The command line to type next, for somebody who looks at a spec.
#pragma once

#include <string>

#include "gavel/v1/spec.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {

// Chosen from what the server allows the caller now; empty where nothing suggests itself.
std::string NextCommand(const v1::Spec& spec, const v1::ExplainSpecResponse& why);

}  // namespace gavel::cli
