#include "engine/rpc/identity.h"

#include <algorithm>
#include <sstream>

#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "fmt/format.h"

namespace gavel::rpc {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kTokenPrefix = "gvl_";

bool IsSha256Hex(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

absl::Status Unauthenticated(std::string_view message) {
  return MakeError(absl::StatusCode::kUnauthenticated, "SIGN_IN_REQUIRED", message);
}

}  // namespace

absl::StatusOr<TokenTable> ParseTokens(std::string_view text) {
  TokenTable tokens;
  std::istringstream lines{std::string(text)};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string principal;
    std::string hash;
    std::string more;
    if (!(words >> principal)) continue;
    if (!(words >> hash) || words >> more || !IsSha256Hex(hash)) {
      return FieldError("tokens",
                        fmt::format("Line {} is not `<principal> <sha256 of the token, 64 "
                                    "lower-case hex digits>`.",
                                    number));
    }
    if (!tokens.emplace(hash, principal).second) {
      return FieldError("tokens",
                        fmt::format("Line {} repeats a hash: a token is one principal's.", number));
    }
  }
  return tokens;
}

void Identity::Replace(TokenTable tokens) {
  const std::lock_guard lock(mutex_);
  tokens_ = std::move(tokens);
}

absl::StatusOr<std::string> Identity::PrincipalOf(const Credentials& credentials) const {
  if (credentials.authorization.empty()) {
    return believe_claims_ ? std::string(credentials.claimed) : std::string();
  }
  std::string_view token = credentials.authorization;
  if (!token.starts_with(kBearer) || !token.substr(kBearer.size()).starts_with(kTokenPrefix)) {
    return Unauthenticated("The `authorization` metadata is not `Bearer gvl_…`.");
  }
  token.remove_prefix(kBearer.size());
  const std::string hash = Sha256Hex(token);
  const std::lock_guard lock(mutex_);
  const auto known = tokens_.find(hash);
  if (known == tokens_.end()) return Unauthenticated("The token is not known here. Sign in again.");
  return known->second;
}

absl::Status Identity::SignInRequired() const {
  return Unauthenticated(believe_claims_
                             ? "Say who you are: metadata `gavel-principal: <person id>` is enough "
                               "on this development server."
                             : "Sign in: send metadata `authorization: Bearer gvl_…`.");
}

}  // namespace gavel::rpc
