#include "clients/chat/secret.h"

#include <fstream>
#include <sstream>
#include <string_view>

#include "fmt/format.h"

namespace gavel::chat {
namespace {

constexpr std::string_view kPrefix = "credential/";

}  // namespace

absl::StatusOr<Secret> ReadCredential(const std::string& reference, const std::string& folder) {
  if (reference.rfind(kPrefix, 0) != 0) {
    return absl::InvalidArgumentError(
        "a secret may not stand in this file; write `credential/NAME` and put it into the file "
        "NAME "
        "of $CREDENTIALS_DIRECTORY");
  }
  const std::string name = reference.substr(kPrefix.size());
  if (name.empty() || name[0] == '.' || name.find('/') != std::string::npos) {
    return absl::InvalidArgumentError("`credential/NAME` takes a plain file name");
  }
  if (folder.empty()) {
    return absl::FailedPreconditionError(
        fmt::format("`{}` needs $CREDENTIALS_DIRECTORY, which is not set", reference));
  }
  std::ifstream file(folder + "/" + name, std::ios::binary);
  if (!file) {
    return absl::NotFoundError(
        fmt::format("no readable file `{}` in $CREDENTIALS_DIRECTORY", name));
  }
  std::ostringstream bytes;
  bytes << file.rdbuf();
  std::string text = bytes.str();
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty()) return absl::InvalidArgumentError(fmt::format("`{}` is empty", reference));
  return Secret(std::move(text));
}

}  // namespace gavel::chat
