// A credential. It cannot be formatted or compared by accident: whoever needs the text says so.
#pragma once

#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace gavel::chat {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}

  bool empty() const { return text_.empty(); }
  const std::string& Reveal() const { return text_; }

 private:
  std::string text_;
};

// The credential behind `credential/NAME`: the file NAME in `folder` (systemd's
// $CREDENTIALS_DIRECTORY) without its last line break. Blocks on the file system.
//
// Errors: INVALID_ARGUMENT for a literal secret, a NAME that is no plain file name, or an empty
// file; FAILED_PRECONDITION without a folder; NOT_FOUND without the file. None repeats the value.
absl::StatusOr<Secret> ReadCredential(const std::string& reference, const std::string& folder);

}  // namespace gavel::chat
