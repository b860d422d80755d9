// What the rules say about one version of a document: worked out once, shown by every feature.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "clients/lsp/document.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/verdict.pb.h"
#include "rules/fix/fix.h"
#include "rules/policy.h"

namespace gavel::lsp {

struct AnalysisInputs {
  const rules::Policy* policy = nullptr;  // Null: only what needs no names is checked.
  std::string area = {};                  // For documents that name none.
  std::string author = {};                // Likewise.
  v1::Date today = {};
  std::function<bool(const std::string& path)> exists = {};  // Paths relative to the document.
};

struct PlacedFinding {
  v1::Finding finding;
  rules::TextRange range;
};

struct Analysis {
  std::vector<PlacedFinding> findings;  // By line, then column; those without a line last.
  // Nothing without a policy, or where the document cannot be read.
  std::optional<v1::Verdict> verdict;
  std::vector<std::string> lines;  // The verdict in words.
  v1::Facts facts;                 // Empty where the document cannot be read.
};

// O(bytes). The same as `gavel check` shows.
Analysis Analyse(const Document& document, const AnalysisInputs& inputs);

// Whether a document is ours to check: it has a `spec:` front matter, or it is a text below
// `spec_folder` (absolute; empty for none).
bool IsSpec(const Document& document, const std::string& spec_folder);

}  // namespace gavel::lsp
