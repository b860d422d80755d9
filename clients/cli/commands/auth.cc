// auth: sign in: which token for which server, and where it lies.
#include <algorithm>
#include <set>

#include "clients/cli/account/secret_service.h"
#include "clients/cli/account/token_files.h"
#include "clients/cli/account/token_source.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/session.h"
#include "clients/cli/show/spec.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/server_service.pb.h"

namespace gavel::cli {
namespace {

// With a server that is not there: somebody waits for the word.
constexpr absl::Duration kPatience = absl::Seconds(2);

// Whom the server takes the bearer of `token` for.
//
// Errors: UNAUTHENTICATED for a token that the server does not know.
absl::StatusOr<std::string> WhoIs(Session& session, const std::string& server,
                                  const std::string& token) {
  GAVEL_ASSIGN_OR_RETURN(const auto connection, session.Open(server, token, kPatience));
  GAVEL_ASSIGN_OR_RETURN(const auto info,
                         connection->Call<v1::GetServerInfoResponse>(v1::GetServerInfoRequest()));
  if (!info.principal().empty()) return info.principal();
  return absl::UnauthenticatedError(fmt::format("{} does not know who that is", server));
}

// The first word of `text`: tokens are copied with line feeds and blanks around them.
std::string Trimmed(std::string text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.back())) text.pop_back();
  text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), blank));
  return text;
}

absl::StatusOr<std::string> ReadToken(Session& session, const std::string& server) {
  std::string token;
  if (session.Has("with-token")) {
    GAVEL_ASSIGN_OR_RETURN(token, session.TextOfFile("-"));
  } else if (session.IsInteractive()) {
    token = session.AskSecret(fmt::format("Token for {} (not shown):", server));
  } else {
    return UsageError("nobody can be asked here: give the token on stdin with --with-token");
  }
  token = Trimmed(std::move(token));
  if (!client::IsToken(token)) return UsageError("a token is one word of printable characters");
  return token;
}

// Where a token will lie, said before it is asked for.
absl::Status CheckStorage(Session& session) {
  if (session.Has("insecure-storage")) return absl::OkStatus();
  const auto keyring = SecretService::Load();
  const absl::Status works = keyring.ok()
                                 ? keyring->Find(session.config().server.value, false).status()
                                 : keyring.status();
  if (works.ok()) return works;
  return UsageError(
      fmt::format("{}. --insecure-storage keeps the token in a file that only you can read",
                  std::string(works.message())));
}

// The place where it lies now. The other place loses what it had: one token per server.
absl::StatusOr<std::string> Store(Session& session, const std::string& server,
                                  const std::string& token) {
  const auto keyring = SecretService::Load();
  if (session.Has("insecure-storage")) {
    GAVEL_RETURN_IF_ERROR(WriteTokenFile(session.environment(), server, token));
    if (keyring.ok()) keyring->Erase(server).IgnoreError();
    return TokenFilePath(session.environment(), server);
  }
  GAVEL_RETURN_IF_ERROR(keyring.status());
  GAVEL_RETURN_IF_ERROR(keyring->Store(server, token));
  GAVEL_RETURN_IF_ERROR(EraseTokenFile(session.environment(), server).status());
  return kKeyring;
}

absl::StatusOr<ExitCode> RunLogin(Session& session) {
  const std::string& server = session.config().server.value;
  GAVEL_RETURN_IF_ERROR(session.AllowRepositoryServer());
  GAVEL_RETURN_IF_ERROR(CheckStorage(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string token, ReadToken(session, server));
  GAVEL_ASSIGN_OR_RETURN(const std::string who, WhoIs(session, server, token));
  GAVEL_ASSIGN_OR_RETURN(const std::string place, Store(session, server, token));
  // Who signs in to a server has chosen it, whatever a repository says of it later.
  if (!IsServerAllowed(session.environment(), server)) {
    GAVEL_RETURN_IF_ERROR(AllowServer(session.environment(), server));
  }
  Output& output = session.output();
  output.JsonObject({{"server", server}, {"principal", who}, {"place", place}});
  output.Note(fmt::format("{} Signed in to {} as {}", output.Styled(Tone::kGood, "✓"), server,
                          Person(who)));
  output.Note(place == kKeyring ? "  The token lies in the keyring."
                                : "  The token lies unencrypted in " + place);
  return ExitCode::kDone;
}

// A server, whom it takes us for, and the token that says so.
struct Account {
  std::string server;
  TokenInUse token;
  bool current = false;
  absl::StatusOr<std::string> principal = absl::UnauthenticatedError("not signed in");
};

std::set<std::string> StoredServers(const Environment& environment) {
  std::set<std::string> servers;
  for (const TokenFile& file : ListTokenFiles(environment)) servers.insert(file.server);
  const auto keyring = SecretService::Load();
  const auto secrets = keyring.ok() ? keyring->Find("", false) : keyring.status();
  if (!secrets.ok()) return servers;
  for (const Secret& secret : *secrets) {
    if (!secret.server.empty()) servers.insert(secret.server);
  }
  return servers;
}

// The server of this run first. A server that only a repository names is not talked to.
std::vector<Account> Accounts(Session& session) {
  const Config& config = session.config();
  std::vector<Account> accounts = {{.server = config.server.value,
                                    .token = FindToken(config, session.environment(), false),
                                    .current = true}};
  for (const std::string& server : StoredServers(session.environment())) {
    if (server == config.server.value) continue;
    accounts.push_back(
        {.server = server, .token = FindStoredToken(server, session.environment(), false)});
  }
  for (Account& account : accounts) {
    const bool claimed = account.current && !config.principal.value.empty();
    if (account.token.value.empty() && !claimed) continue;
    const absl::Status allowed =
        account.current ? session.AllowRepositoryServer() : absl::OkStatus();
    account.principal = allowed.ok() ? WhoIs(session, account.server, account.token.value)
                                     : absl::StatusOr<std::string>(allowed);
  }
  return accounts;
}

// What decides who we are there.
std::string SourceOf(const Account& account, const Config& config) {
  if (!account.token.from.empty()) return account.token.from;
  return account.current ? config.principal.from : "";
}

void ShowAccount(Output& output, const Account& account, const Config& config) {
  const std::string source = SourceOf(account, config);
  if (account.principal.ok()) {
    output.Line(fmt::format("{} {}  {} ({})", output.Styled(Tone::kGood, "✓"), account.server,
                            Person(*account.principal), source));
  } else {
    output.Line(fmt::format("{} {}  {}", output.Styled(Tone::kBad, "✗"), account.server,
                            std::string(account.principal.status().message())));
    if (!source.empty()) output.Line("    who you are comes from " + source);
  }
  for (const std::string& text :
       {account.token.warning, account.token.problem, account.current ? config.withheld : ""}) {
    if (!text.empty()) output.Line("    " + text);
  }
}

JsonExtras Row(const Account& account, const Config& config) {
  return {{"server", account.server},
          {"principal", account.principal.ok() ? *account.principal : std::string()},
          {"place", SourceOf(account, config)},
          {"current", account.current},
          {"error", account.principal.ok() ? std::string()
                                           : std::string(account.principal.status().message())}};
}

absl::StatusOr<ExitCode> RunStatus(Session& session) {
  const std::vector<Account> accounts = Accounts(session);
  std::vector<JsonExtras> rows;
  for (const Account& account : accounts) {
    rows.push_back(Row(account, session.config()));
    ShowAccount(session.output(), account, session.config());
  }
  session.output().JsonArray(rows);
  return ExitCodeOf(accounts.front().principal.status());
}

absl::StatusOr<ExitCode> RunToken(Session& session) {
  const bool may_ask = session.IsInteractive();
  const TokenInUse token = FindToken(session.config(), session.environment(), may_ask);
  const std::string& server = session.config().server.value;
  if (token.value.empty()) {
    return absl::UnauthenticatedError(fmt::format(
        "there is no token for {}{}{}", server, token.problem.empty() ? "" : ": ", token.problem));
  }
  if (session.output().terminal() && !session.Has("yes")) {
    if (!may_ask) return UsageError("the terminal would show the token: --yes if that is wanted");
    if (!session.Ask("Whoever sees this token is you. Show it?", false)) {
      return absl::CancelledError("not shown");
    }
  }
  session.output().JsonObject({{"server", server}, {"token", token.value}});
  session.output().Line(token.value);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunLogout(Session& session) {
  const std::string& server = session.config().server.value;
  GAVEL_ASSIGN_OR_RETURN(bool erased, EraseTokenFile(session.environment(), server));
  if (const auto keyring = SecretService::Load(); keyring.ok()) {
    const auto from_keyring = keyring->Erase(server);
    erased = erased || (from_keyring.ok() && *from_keyring);
  }
  Output& output = session.output();
  if (!erased) return absl::NotFoundError(fmt::format("no token is stored for {}", server));
  output.JsonObject({{"server", server}});
  output.Note(fmt::format("{} The token for {} is gone from here; the server still knows it",
                          output.Styled(Tone::kGood, "✓"), server));
  const std::string& from = session.config().token.from;
  if (!from.empty()) output.Note(fmt::format("  You are still signed in through {}.", from));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> AuthCommands() {
  return {{"auth login",
           Group::kTools,
           "Store a token for the server, once the server has said who that is.",
           {},
           {{"--with-token", "", "read the token from stdin", FlagKind::kSwitch},
            {"--insecure-storage", "", "keep it in a file where there is no keyring",
             FlagKind::kSwitch}},
           "gavel auth login --server https://gavel.example:443",
           RunLogin},
          {"auth status",
           Group::kTools,
           "Show every server: who I am there, and where that comes from.",
           {},
           {},
           "gavel auth status",
           RunStatus},
          {"auth token",
           Group::kTools,
           "Print the token for the server, for another program.",
           {},
           {{"--yes", "", "also on a terminal", FlagKind::kSwitch}},
           "curl -H \"authorization: Bearer $(gavel auth token)\" …",
           RunToken},
          {"auth logout",
           Group::kTools,
           "Forget the token for the server.",
           {},
           {},
           "gavel auth logout",
           RunLogout}};
}

}  // namespace gavel::cli
