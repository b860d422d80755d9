#include "clients/cli/policy/choice.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "clients/cli/policy/folder.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

constexpr size_t kShortest = 4;
constexpr size_t kWhole = 64;

bool IsHashStart(const std::string& text) {
  return text.size() >= kShortest && text.size() <= kWhole &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

absl::StatusOr<std::vector<std::string>> HashesBeginningWith(Session& session,
                                                             const std::string& start) {
  GAVEL_ASSIGN_OR_RETURN(const auto versions, ListVersions(session));
  std::vector<std::string> hashes;
  for (const v1::PolicyVersion& version : versions) {
    if (version.source_hash().starts_with(start)) hashes.push_back(version.source_hash());
  }
  // A version that was brought back stands there twice.
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

}  // namespace

absl::StatusOr<v1::GetPolicyResponse> GetPolicy(Session& session, const std::string& source_hash) {
  v1::GetPolicyRequest request;
  request.set_source_hash(source_hash);
  return session.Call<v1::GetPolicyResponse>(request);
}

absl::StatusOr<std::vector<v1::PolicyVersion>> ListVersions(Session& session) {
  std::vector<v1::PolicyVersion> versions;
  v1::ListPolicyVersionsRequest request;
  do {
    GAVEL_ASSIGN_OR_RETURN(const auto page, session.Call<v1::ListPolicyVersionsResponse>(request));
    versions.insert(versions.end(), page.versions().begin(), page.versions().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return versions;
}

absl::StatusOr<std::string> VersionHash(Session& session, const std::string& start) {
  if (!IsHashStart(start)) {
    return UsageError(fmt::format(
        "`{}` is neither a folder nor the start of a version's hash. The versions: gavel rules "
        "show --history",
        start));
  }
  if (start.size() == kWhole) return start;
  GAVEL_ASSIGN_OR_RETURN(const auto hashes, HashesBeginningWith(session, start));
  if (hashes.size() > 1) {
    return UsageError(fmt::format("{} versions begin with {}; give more digits of the hash",
                                  hashes.size(), start));
  }
  if (hashes.empty()) {
    return absl::NotFoundError(
        fmt::format("no version begins with {}. The versions: gavel rules show --history", start));
  }
  return hashes.front();
}

absl::StatusOr<v1::PolicyChoice> PolicyChoiceOf(Session& session, const std::string& text) {
  v1::PolicyChoice choice;
  std::error_code error;
  if (std::filesystem::exists(text, error)) {
    GAVEL_ASSIGN_OR_RETURN(PolicyFolder opened, OpenPolicyFolder(text));
    *choice.mutable_draft() = std::move(opened.source);
  } else {
    GAVEL_ASSIGN_OR_RETURN(*choice.mutable_source_hash(), VersionHash(session, text));
  }
  return choice;
}

absl::StatusOr<v1::PolicySource> PolicySourceOf(Session& session, const std::string& text) {
  GAVEL_ASSIGN_OR_RETURN(v1::PolicyChoice choice, PolicyChoiceOf(session, text));
  if (choice.has_draft()) return std::move(*choice.mutable_draft());
  GAVEL_ASSIGN_OR_RETURN(auto version, GetPolicy(session, choice.source_hash()));
  return std::move(*version.mutable_source());
}

std::string ShortPin(const std::string& pin) {
  constexpr std::string_view kAlgorithm = "sha256:";
  const size_t at = pin.find(kAlgorithm);
  return at == std::string::npos ? pin : pin.substr(0, at) + pin.substr(at + kAlgorithm.size(), 4);
}

std::string ShortHash(const std::string& hash) { return hash.substr(0, 12); }

}  // namespace gavel::cli
