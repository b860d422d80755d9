#include "clients/cli/policy/bundle.h"

#include <filesystem>

#include "absl/time/clock.h"
#include "clients/cli/files.h"
#include "clients/cli/policy/choice.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/rules_service.pb.h"
#include "rules/compile/policy_files.h"

namespace gavel::cli {
namespace {

std::string AgeText(absl::Duration age) {
  if (age < absl::Minutes(1)) return "just now";
  if (age < absl::Hours(1)) return fmt::format("{} min ago", absl::ToInt64Minutes(age));
  if (age < absl::Hours(48)) return fmt::format("{} h ago", absl::ToInt64Hours(age));
  return fmt::format("{} days ago", absl::ToInt64Hours(age) / 24);
}

absl::Duration AgeOf(const std::string& path) {
  std::error_code error;
  const auto written = std::filesystem::last_write_time(path, error);
  if (error) return absl::ZeroDuration();
  return absl::FromChrono(std::filesystem::file_time_type::clock::now() - written);
}

absl::StatusOr<PolicyBundle> Compile(const v1::PolicySource& source, const v1::Date& published,
                                     const std::string& origin) {
  auto policy = rules::CompilePolicy(source, published);
  if (!policy.ok()) {
    std::string text = "the policy does not compile:";
    for (const FieldViolation& problem : FieldViolationsOf(policy.status())) {
      text += fmt::format("\n  {}: {} [{}]", problem.field, problem.description, problem.reason);
    }
    return UsageError(text);
  }
  return PolicyBundle{*policy, fmt::format("{} ({})", ShortPin((*policy)->rule_set_pin()), origin)};
}

absl::StatusOr<PolicyBundle> LoadFolder(const std::string& folder, const v1::Date& today) {
  const auto source = rules::LoadPolicySource(folder);
  if (!source.ok()) return UsageError("--rules: " + std::string(source.status().message()));
  return Compile(*source, today, folder);
}

absl::StatusOr<PolicyBundle> LoadBundle(const std::string& path, const std::string& cure) {
  GAVEL_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  v1::GetPolicyResponse bundle;
  if (!bundle.ParseFromString(bytes) || !bundle.has_source()) {
    return UsageError(fmt::format("{} is no policy that was fetched; {}", path, cure));
  }
  return Compile(bundle.source(), bundle.published(), "fetched " + AgeText(AgeOf(path)));
}

absl::StatusOr<PolicyBundle> LoadGiven(const std::string& path, const v1::Date& today) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return LoadFolder(path, today);
  return LoadBundle(path, "name a policy folder");
}

absl::Status Fetch(Session& session, const std::string& path) {
  GAVEL_ASSIGN_OR_RETURN(const auto policy,
                         session.Call<v1::GetPolicyResponse>(v1::GetPolicyRequest()));
  return WriteFileAtomically(path, policy.SerializeAsString());
}

}  // namespace

std::string FetchedPolicyPath(const Config& config, const Environment& environment) {
  std::string server = config.server.value;
  for (char& c : server) {
    if (c == '/') c = '_';
  }
  return environment.CacheDir() + "/policy/" + server + ".pb";
}

absl::StatusOr<PolicyBundle> LoadPolicy(Session& session, const v1::Date& today) {
  if (session.Has("rules")) return LoadGiven(session.Text("rules"), today);
  const std::string path = FetchedPolicyPath(session.config(), session.environment());
  if (session.Has("online") || !std::filesystem::exists(path)) {
    const absl::Status fetched = Fetch(session, path);
    if (!fetched.ok() && !session.Has("online")) {
      session.output().Warn(
          "gavel: no policy of this server was fetched yet. Once, with the server in reach: gavel "
          "check --online. Without one: gavel check --rules DIR");
    }
    GAVEL_RETURN_IF_ERROR(fetched);
  }
  return LoadBundle(path, "fetch it again with --online");
}

std::optional<absl::Duration> AgeOfBundle(Session& session) {
  const std::string path = FetchedPolicyPath(session.config(), session.environment());
  if (!std::filesystem::exists(path)) return std::nullopt;
  return AgeOf(path);
}

}  // namespace gavel::cli
