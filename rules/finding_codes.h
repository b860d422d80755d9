// Every finding code of the checker, in one table. Codes are stable: never renumbered, never
// reused.
//   GV0xx file and YAML   GV1xx front-matter schema   GV2xx catalog and facts
//   GV3xx sections and cost   GV4xx prose and links   GV5xx policy files
//   R0xx one policy, analysed   N0xx two policies, compared
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gavel/v1/facts.pb.h"

namespace gavel::rules {

// What a finding does to the spec it is about.
enum class Consequence {
  kRefused,      // The document cannot be read; nothing is stored.
  kReturned,     // A wrong value: the author gate closes (`builtin/front-matter-invalid`).
  kUnpublished,  // A policy file: the policy cannot be published.
  kNone,         // Shown; decides nothing by itself.
};

struct FindingCode {
  std::string_view code;  // `GV204`.
  v1::Finding::Severity severity;
  Consequence consequence;
  std::string_view meaning;  // One sentence, no value in it: what `gavel explain GV204` prints.
};

// All codes, sorted.
std::span<const FindingCode> AllFindingCodes();

// The entry of `code` (any case), or nullptr.
const FindingCode* FindFindingCode(std::string_view code);

// The page about `code`, which never moves: `https://gavel.dev/docs/findings/GV204`. Its text is
// docs/findings/GV204.md.
std::string FindingUrl(std::string_view code);

// How a cost section is written; the text is docs/cost.md.
inline constexpr std::string_view kCostPageUrl = "https://gavel.dev/docs/cost";

// A finding with the severity of its code. `code` must be in the table.
v1::Finding MakeFinding(std::string_view code, std::string_view field, std::string_view message,
                        int line = 0, int column = 0);

}  // namespace gavel::rules
