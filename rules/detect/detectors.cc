#include "rules/detect/detectors.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "rules/condition/field.h"
#include "rules/detect/backstage.h"
#include "rules/detect/score.h"
#include "rules/detect/terraform.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

struct Detector {
  std::string_view name;
  Reading (*read)(std::string_view content);
};
constexpr Detector kDetectors[] = {
    {"backstage", ReadBackstage},
    {"score", ReadScore},
    {"terraform", ReadTerraform},
};

size_t RankOf(std::string_view classification) {
  const auto classes = InfoOf(Field::kDataClassification).values;
  const auto found = std::find(classes.begin(), classes.end(), classification);
  return found == classes.end() ? 0 : static_cast<size_t>(found - classes.begin()) + 1;
}

std::string CountText(size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

class Detective {
 public:
  explicit Detective(const Policy& policy) : policy_(policy) {}

  void Examine(const v1::Evidence& evidence) {
    v1::DetectorRun& run = detection_.runs.emplace_back();
    run.set_detector(evidence.detector());
    run.set_name(evidence.name());
    const Reading reading = ReadEvidence(evidence);
    if (!reading.error.empty()) {
      detection_.failed = true;
      run.set_status(v1::DetectorRun::STATUS_FAILED);
      run.set_message(reading.error);
      return;
    }
    detection_.ran = true;
    detection_.incomplete = detection_.incomplete || reading.incomplete;
    run.set_status(v1::DetectorRun::STATUS_RAN);
    ran_.insert(evidence.detector());
    systems_.insert(reading.systems.begin(), reading.systems.end());
    if (RankOf(reading.classification) > RankOf(detection_.classification)) {
      detection_.classification = reading.classification;
    }
    AddResources(evidence, reading, run);
  }

  Detection Finish() {
    detection_.all_ran = !policy_.org().detectors().empty();
    for (const std::string& name : policy_.org().detectors()) {
      if (ran_.count(name) > 0) continue;
      detection_.all_ran = false;
      const auto& runs = detection_.runs;
      if (std::any_of(runs.begin(), runs.end(),
                      [&](const auto& r) { return r.detector() == name; }))
        continue;
      v1::DetectorRun& run = detection_.runs.emplace_back();
      run.set_detector(name);
      run.set_status(v1::DetectorRun::STATUS_NOT_GIVEN);
      run.set_message("Given nothing.");
    }
    std::stable_sort(detection_.runs.begin(), detection_.runs.end(),
                     [](const auto& a, const auto& b) {
                       return std::tie(a.detector(), a.name()) < std::tie(b.detector(), b.name());
                     });
    std::stable_sort(
        detection_.found.begin(), detection_.found.end(), [](const Found& a, const Found& b) {
          return std::tuple(a.Name(), a.file, a.address) < std::tuple(b.Name(), b.file, b.address);
        });
    detection_.systems.assign(systems_.begin(), systems_.end());
    return std::move(detection_);
  }

 private:
  void AddResources(const v1::Evidence& evidence, const Reading& reading, v1::DetectorRun& run) {
    std::set<std::string> names, unmapped;
    for (const Resource& resource : reading.resources) {
      for (Found& found : MapResource(policy_.catalog(), evidence.detector(), resource)) {
        found.file = evidence.name();
        names.insert(found.Name());
        if (!found.mapped) unmapped.insert(found.product);
        detection_.found.push_back(std::move(found));
      }
    }
    for (const std::string& name : names) run.add_found(name);
    std::string message = CountText(reading.resources.size(), "resource") + " read";
    if (!unmapped.empty()) {
      message +=
          fmt::format(", {} not in the catalog's detect table", CountText(unmapped.size(), "type"));
    }
    if (reading.incomplete) message += "; the file says that it does not show everything";
    run.set_message(message + ".");
  }

  const Policy& policy_;
  Detection detection_;
  std::set<std::string> ran_;
  std::set<std::string> systems_;
};

}  // namespace

const std::vector<std::string>& DetectorNames() {
  static const auto* const kNames = [] {
    auto* const names = new std::vector<std::string>();
    for (const Detector& detector : kDetectors) names->emplace_back(detector.name);
    return names;
  }();
  return *kNames;
}

std::string GuessDetector(std::string_view file_name, std::string_view content) {
  const std::string name = AsciiLower(file_name.substr(file_name.rfind('/') + 1));
  if (name.starts_with("catalog-info.")) return "backstage";
  if (name == "score.yaml" || name == "score.yml") return "score";
  const size_t start = content.find_first_not_of(" \t\r\n");
  if (start != std::string_view::npos && content[start] == '{') return "terraform";
  const std::string_view head = content.substr(0, 4096);
  if (head.find("score.dev/") != std::string_view::npos) return "score";
  if (head.find("backstage.io/") != std::string_view::npos) return "backstage";
  return name.ends_with(".json") ? "terraform" : "";
}

Reading ReadEvidence(const v1::Evidence& evidence) {
  Reading failed;
  if (evidence.content().size() > kMaxEvidenceBytes) {
    failed.error =
        fmt::format("{} bytes; at most {} are read.", evidence.content().size(), kMaxEvidenceBytes);
    return failed;
  }
  for (const Detector& detector : kDetectors) {
    if (detector.name == evidence.detector()) return detector.read(evidence.content());
  }
  failed.error = fmt::format("There is no detector `{}`, only {}.", evidence.detector(),
                             JoinAnd(DetectorNames()));
  return failed;
}

Detection Detect(std::span<const v1::Evidence> evidence, const Policy& policy) {
  Detective detective(policy);
  for (const v1::Evidence& file : evidence) detective.Examine(file);
  return detective.Finish();
}

}  // namespace gavel::rules
