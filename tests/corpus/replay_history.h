// Real review histories (`replay/*.jsonl`), joined with the documents of the corpus, as a back-test
// sees them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gavel/v1/backtest.pb.h"
#include "rules/policy.h"

namespace gavel::corpus {

// One spec of a history, without its document.
struct PastSpec {
  std::string key;      // `SE-0364`.
  std::string history;  // `swift-evolution`, or the corpus folder.
  std::string title;
  std::string author;
  std::string path;  // Of its document below the corpus; empty where the corpus has none.
  int32_t submitted_day = 0;
  int32_t ended_day = 0;  // 0: still open.
  v1::ReviewCase::Ending ending = v1::ReviewCase::ENDING_UNSPECIFIED;
  std::vector<v1::ReviewCase::Harm> harms;
};

// Every spec of the four histories below `replay`, in order of submission, with the path of its
// document where `corpus` has one. What counts as harm: a rejection, and a return for revision,
// which is the nearest thing to a blocking concern that these histories hold.
std::vector<PastSpec> ReadReplay(const std::string& replay, const std::string& corpus);

// The documents of the corpus that are in no history, with the dates and decisions of its index.
std::vector<PastSpec> ReadOthers(const std::string& corpus);

// The review as it would have been stored. `document`: its bytes, or nothing: then only the title
// is known of it. `backfilled`: the facts were written by somebody who knew the end.
v1::ReviewCase MakeCase(const PastSpec& past, const std::optional<std::string>& document,
                        bool backfilled, const rules::Policy& policy);

}  // namespace gavel::corpus
