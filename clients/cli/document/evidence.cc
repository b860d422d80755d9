#include "clients/cli/document/evidence.h"

#include <algorithm>
#include <array>
#include <string>

#include "clients/cli/files.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "rules/detect/detectors.h"

namespace gavel::cli {
namespace {

struct Kind {
  const char* flag;
  const char* detector;
  const char* help;
};

constexpr std::array<Kind, 3> kKinds = {{
    {"plan", "terraform", "what `terraform show -json` prints of a plan or state"},
    {"score", "score", "a Score workload, score.yaml"},
    {"catalog-info", "backstage", "Backstage entities, catalog-info.yaml"},
}};

absl::StatusOr<v1::Evidence> ReadEvidenceFile(const std::string& detector,
                                              const std::string& path) {
  constexpr size_t kMostBytes = 3 * 1024 * 1024;  // As the server says of all files together.
  auto content = ReadFile(path, kMostBytes);
  if (!content.ok()) return UsageError(std::string(content.status().message()));
  v1::Evidence evidence;
  evidence.set_detector(detector);
  evidence.set_name(path);
  evidence.set_content(*std::move(content));
  return evidence;
}

// `terraform=plan.json`, or a file whose name or first bytes say what it is.
absl::StatusOr<v1::Evidence> ReadNamed(const std::string& word) {
  const std::vector<std::string>& known = rules::DetectorNames();
  const size_t equals = word.find('=');
  const std::string kind = equals == std::string::npos ? "" : word.substr(0, equals);
  if (std::find(known.begin(), known.end(), kind) != known.end()) {
    return ReadEvidenceFile(kind, word.substr(equals + 1));
  }
  GAVEL_ASSIGN_OR_RETURN(v1::Evidence evidence, ReadEvidenceFile("", word));
  evidence.set_detector(rules::GuessDetector(word, evidence.content()));
  if (!evidence.detector().empty()) return evidence;
  return UsageError(
      fmt::format("{}: neither name nor content say which of {} it is; write "
                  "--evidence KIND={}",
                  word, fmt::join(known, ", "), word));
}

}  // namespace

std::vector<Flag> EvidenceFlags() {
  std::vector<Flag> flags;
  for (const Kind& kind : kKinds) {
    flags.push_back({fmt::format("--{}", kind.flag), "FILE", kind.help, FlagKind::kList});
  }
  flags.push_back({"--evidence", "[KIND=]FILE",
                   "any of these; the kind is terraform, score or backstage", FlagKind::kList});
  return flags;
}

absl::StatusOr<std::vector<v1::Evidence>> ReadEvidence(Session& session) {
  std::vector<v1::Evidence> all;
  for (const Kind& kind : kKinds) {
    for (const std::string& path : session.arguments().List(kind.flag)) {
      GAVEL_ASSIGN_OR_RETURN(v1::Evidence evidence, ReadEvidenceFile(kind.detector, path));
      all.push_back(std::move(evidence));
    }
  }
  for (const std::string& word : session.arguments().List("evidence")) {
    GAVEL_ASSIGN_OR_RETURN(v1::Evidence evidence, ReadNamed(word));
    all.push_back(std::move(evidence));
  }
  size_t bytes = 0;
  for (const v1::Evidence& evidence : all) bytes += evidence.content().size();
  if (all.size() > rules::kMaxEvidenceFiles || bytes > rules::kMaxEvidenceBytes) {
    return UsageError(fmt::format(
        "{} file{} of evidence with {} bytes; the server takes {} with {}", all.size(),
        all.size() == 1 ? "" : "s", bytes, rules::kMaxEvidenceFiles, rules::kMaxEvidenceBytes));
  }
  return all;
}

}  // namespace gavel::cli
