// The infrastructure detectors: evidence in, what it shows in the catalog's terms out.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "rules/detect/mapping.h"
#include "rules/detect/resource.h"
#include "rules/policy.h"

namespace gavel::rules {

// Limits of the evidence of one spec, all files together.
inline constexpr size_t kMaxEvidenceFiles = 8;
inline constexpr size_t kMaxEvidenceBytes = 3 * 1024 * 1024;

// Sorted: backstage, score, terraform.
const std::vector<std::string>& DetectorNames();

// The detector that fits a file, by its name (`plan.json`, `score.yaml`, `catalog-info.yaml`) or
// what it starts with; empty where none does.
std::string GuessDetector(std::string_view file_name, std::string_view content);

// One file as its detector reads it. A detector nobody knows is an error in the reading.
Reading ReadEvidence(const v1::Evidence& evidence);

// What all evidence of a spec shows.
struct Detection {
  std::vector<v1::DetectorRun> runs;  // By detector, then file name.
  std::vector<Found> found;           // By name, then file and address.
  std::vector<std::string> systems;   // Systems the files belong to, sorted.
  std::string classification;         // Highest data class named; may be empty.
  bool failed = false;                // A file could not be read.
  bool incomplete = false;            // A file does not show everything.
  bool ran = false;                   // A file was read.
  bool all_ran = false;               // So was one for every detector of the organisation.
};

// Runs the detector of every file, and notes the organisation's detectors that were given none.
// Pure and total. O(bytes + resources x mappings).
Detection Detect(std::span<const v1::Evidence> evidence, const Policy& policy);

}  // namespace gavel::rules
