// The part of the diagnosis that asks the server.
#include <algorithm>

#include "absl/time/clock.h"
#include "clients/cli/account/token_source.h"
#include "clients/cli/diagnosis.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/version.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/server_service.pb.h"

namespace gavel::cli {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(1);  // With a server that is not there.
constexpr absl::Duration kSkewNoticed = absl::Seconds(30);
constexpr absl::Duration kSkewHarmful = absl::Minutes(5);

using Info = v1::GetServerInfoResponse;

Diagnosis Transport(const Config& config) {
  const std::string& server = config.server.value;
  if (server.starts_with("https://")) {
    return {"tls", Health::kOk, "encrypted, checked against this machine's certificates", ""};
  }
  if (client::IsPrivate(server)) return {"tls", Health::kOk, "clear text on this machine only", ""};
  return {"tls", Health::kFail,
          fmt::format("{} is another machine, in clear text: no token is sent there", server),
          fmt::format("gavel config set server https://{}", server)};
}

Diagnosis Reached(const Config& config, const absl::StatusOr<Info>& info) {
  const std::string where = fmt::format("{} (from {})", config.server.value, config.server.from);
  if (info.ok()) return {"server", Health::kOk, fmt::format("{} answers", where), ""};
  // A server that refuses a token is there.
  if (absl::IsUnauthenticated(info.status())) {
    return {"server", Health::kOk, fmt::format("{} answers", where), ""};
  }
  return {"server", Health::kFail,
          fmt::format("{}: {}", where, std::string(info.status().message())),
          "is it running, and is that its address? gavel config set server HOST:PORT"};
}

Diagnosis Identity(const Config& config, const TokenInUse& token,
                   const absl::StatusOr<Info>& info) {
  const std::string from = token.value.empty() ? config.principal.from : token.from;
  if (info.ok() && !info->principal().empty()) {
    return {"token", token.warning.empty() ? Health::kOk : Health::kWarn,
            fmt::format("signed in as {} ({}){}", Person(info->principal()), from,
                        token.warning.empty() ? "" : "; " + token.warning),
            token.warning.empty() ? "" : "gavel auth login keeps it in the keyring"};
  }
  if (!info.ok() && absl::IsUnauthenticated(info.status())) {
    return {"token", Health::kFail, fmt::format("the server refuses the token of {}", from),
            "gavel auth login"};
  }
  if (!info.ok()) {
    return {"token", Health::kWarn, from.empty() ? "none" : fmt::format("from {}; not tried", from),
            "reach the server"};
  }
  const std::string why = config.withheld.empty() ? token.problem : config.withheld;
  return {"token", Health::kFail, fmt::format("not signed in{}{}", why.empty() ? "" : ": ", why),
          "gavel auth login"};
}

Diagnosis Clock(const Info& info, absl::Time now) {
  if (info.dev()) {
    return {"clock", Health::kOk, fmt::format("a development clock: {}", Rfc3339(info.now())), ""};
  }
  const absl::Duration skew = absl::AbsDuration(now - ToTime(info.now()));
  const std::string text = fmt::format("{} s apart from the server's", absl::ToInt64Seconds(skew));
  if (skew < kSkewNoticed) return {"clock", Health::kOk, text, ""};
  return {"clock", skew < kSkewHarmful ? Health::kWarn : Health::kFail, text,
          "set this machine's clock (timedatectl set-ntp true)"};
}

// `0.1` of `0.1.3`.
std::string Release(const std::string& version) {
  return version.substr(0, version.find('.', version.find('.') + 1));
}

Diagnosis Version(const Info& info) {
  const std::string text = fmt::format("gavel {}, gaveld {}", kVersion, info.version());
  if (Release(info.version()) == Release(kVersion)) return {"version", Health::kOk, text, ""};
  return {"version", Health::kWarn, text, "install the release of the server"};
}

// Nobody is asked, and the token goes nowhere new.
absl::StatusOr<Info> AskServer(Session& session, const TokenInUse& token) {
  const Config& config = session.config();
  if (config.server_from_repository &&
      !IsServerAllowed(session.environment(), config.server.value)) {
    return absl::FailedPreconditionError("only this repository names it, and it was never allowed");
  }
  GAVEL_ASSIGN_OR_RETURN(const auto connection,
                         session.Open(config.server.value, token.value, kPatience));
  return connection->Call<Info>(v1::GetServerInfoRequest());
}

}  // namespace

std::vector<Diagnosis> DiagnoseServer(Session& session) {
  const Config& config = session.config();
  const TokenInUse token = FindToken(config, session.environment(), /*unlock=*/false);
  const absl::Time asked = absl::Now();
  const absl::StatusOr<Info> info = AskServer(session, token);
  // In the middle of the question: half of how long it took is on the way.
  const absl::Time now = asked + (absl::Now() - asked) / 2;
  std::vector<Diagnosis> found = {Transport(config), Reached(config, info),
                                  Identity(config, token, info)};
  if (!info.ok()) return found;
  found.push_back(Clock(*info, now));
  found.push_back(Version(*info));
  return found;
}

}  // namespace gavel::cli
