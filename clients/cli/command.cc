#include "clients/cli/command.h"

namespace gavel::cli {

std::string KeyOf(const Flag& flag) { return flag.names.substr(flag.names.find("--") + 2); }

std::string Arguments::Text(const std::string& key, std::string_view fallback) const {
  const auto found = values_.find(key);
  if (found == values_.end() || found->second.empty()) return std::string(fallback);
  return found->second.back();
}

std::vector<std::string> Arguments::List(const std::string& key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

absl::Status UsageError(std::string_view text) {
  return absl::InvalidArgumentError(absl::string_view(text.data(), text.size()));
}

}  // namespace gavel::cli
