// One setting of `client.yaml` changed in place: comments and everything else stay as they are.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace gavel::cli {

// `text`, the bytes of `file`, with `key` set to `value`: its line replaced, or a new last line.
//
// Errors: INVALID_ARGUMENT where `text` cannot be read, or where `key` is written in a way (over
// several lines, say) that only its author should change.
absl::StatusOr<std::string> WithSetting(std::string_view text, const std::string& file,
                                        const std::string& key, const std::string& value);

// OK where `client.yaml` may set `key` to `value`.
//
// Errors: INVALID_ARGUMENT that says what is wrong, naming the keys that there are.
absl::Status CheckSetting(const std::string& key, const std::string& value);

}  // namespace gavel::cli
