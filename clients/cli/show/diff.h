// How what two policies approve differs, in sentences.
#pragma once

#include <string>

#include "clients/cli/output/output.h"
#include "gavel/v1/analysis.pb.h"

namespace gavel::cli {

// `rules gavel-default@4f2c, catalog gavel-default@90aa`, of pins in the order of the API.
std::string PinsText(const google::protobuf::RepeatedPtrField<std::string>& pins);

// What only the candidate approves (N001), what it no longer approves (N002), each with example
// specs, and whom that concerns.
void ShowDiff(Output& output, const v1::PolicyDiff& diff);

}  // namespace gavel::cli
