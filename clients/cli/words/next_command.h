// The command line to type next, for somebody who looks at a spec.
#pragma once

#include <string>

#include "gavel/v1/spec.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {

// What `me` (a person id) can do about it, out of what the server allows now; empty where nothing
// suggests itself. Pure.
std::string NextCommand(const v1::Spec& spec, const v1::ExplainSpecResponse& why,
                        const std::string& me);

}  // namespace gavel::cli
