// What people said about a spec: concerns, and comments below what they answer.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/output/output.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::cli {

// `open`, `answered`, `resolved` …
std::string ConcernState(const v1::Concern& concern);

// Concerns, then comments, each in the order they came; a reply stands below what it answers, four
// columns further in. `comments` is everything said about `spec`, oldest first.
std::string ConversationText(const Output& output, const v1::Spec& spec,
                             const std::vector<v1::Comment>& comments);

}  // namespace gavel::cli
