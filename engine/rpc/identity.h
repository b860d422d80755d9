// Who a caller is. A token's bytes are seen here and nowhere else, and are never logged or stored.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace gavel::rpc {

// SHA-256 of a token (64 lower-case hex digits) to the principal that it stands for.
using TokenTable = std::map<std::string, std::string>;

// Reads lines of `<principal> <sha256 hex of the token>`; `#` starts a comment.
//
// Errors: INVALID_ARGUMENT `FIELD_INVALID` naming the line: not two words, no such hash, or a hash
// that stands there twice.
absl::StatusOr<TokenTable> ParseTokens(std::string_view text);

// What a call says about its caller.
struct Credentials {
  std::string_view authorization;  // `authorization` metadata; empty where absent.
  std::string_view claimed;        // `gavel-principal` metadata; empty where absent.
};

// Thread-safe.
class Identity {
 public:
  // `believe_claims`: take `gavel-principal` at its word, as `gaveld --dev` does on loopback.
  Identity(TokenTable tokens, bool believe_claims)
      : tokens_(std::move(tokens)), believe_claims_(believe_claims) {}

  // Every call that comes in from now on is held to `tokens`.
  void Replace(TokenTable tokens);

  // The principal; empty where the call names nobody. A token wins over a claim.
  //
  // Errors: UNAUTHENTICATED `SIGN_IN_REQUIRED` for a token that is not known here.
  absl::StatusOr<std::string> PrincipalOf(const Credentials& credentials) const;

  // UNAUTHENTICATED `SIGN_IN_REQUIRED`, saying how to sign in here.
  absl::Status SignInRequired() const;

 private:
  mutable std::mutex mutex_;
  TokenTable tokens_;  // Guarded by `mutex_`.
  const bool believe_claims_;
};

}  // namespace gavel::rpc
