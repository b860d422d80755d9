#include "clients/cli/account/token_source.h"

#include "clients/cli/account/secret_service.h"
#include "clients/cli/account/token_files.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

TokenInUse FromKeyring(const std::string& server, bool unlock) {
  TokenInUse token;
  const auto keyring = SecretService::Load();
  const auto found = keyring.ok() ? keyring->Find(server, unlock) : keyring.status();
  if (!found.ok()) {
    token.problem = std::string(found.status().message());
  } else if (!found->empty()) {
    token.value = found->front().token;
    token.from = kKeyring;
    if (token.value.empty()) token.problem = "the keyring is locked";
  }
  return token;
}

bool IsDevelopmentIdentity(const Setting& principal) {
  return principal.from == "--as" || principal.from == "GAVEL_AS";
}

}  // namespace

TokenInUse FindStoredToken(const std::string& server, const Environment& environment, bool unlock) {
  TokenInUse token = FromKeyring(server, unlock);
  if (!token.value.empty()) return token;
  if (const auto stored = ReadTokenFile(environment, server); stored.ok()) {
    const std::string path = TokenFilePath(environment, server);
    token.value = *stored;
    token.from = path;
    token.warning = OpenSecretWarning(path);
    if (token.warning.empty()) {
      token.warning = fmt::format("the token for {} lies unencrypted in {}", server, path);
    }
  }
  return token;
}

TokenInUse FindToken(const Config& config, const Environment& environment, bool unlock) {
  if (!config.token.value.empty()) {
    return {.value = config.token.value,
            .from = config.token.from,
            .warning = OpenSecretWarning(config.token_file),
            .problem = {}};
  }
  if (IsDevelopmentIdentity(config.principal)) return {};
  return FindStoredToken(config.server.value, environment, unlock);
}

}  // namespace gavel::cli
