// The hand-made labels of storage and compute in the corpus, and the front matter that follows from
// them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "rules/policy.h"

namespace gavel::corpus {

// One thing that a document names, as the reader labelled it.
struct LabelledSystem {
  std::string system;  // In the reader's words: `PostgreSQL on AWS RDS`.
  std::string kind;    // `relational`, `container-service` …
  std::string role;    // `chosen`, `planned`, `existing`, `replaced` or `rejected`.
};

struct TierLabel {
  std::string path;
  std::string title;
  std::string verdict;  // `standard`, `non-standard`, `borderline` or `no-tier-choice`.
  std::string reason;
  std::vector<LabelledSystem> systems;  // Storage, compute and messaging.
  std::vector<std::string> not_chosen;
};

// Which roles an author would list under `dependencies`.
using Roles = std::set<std::string>;

// Every label of `tier-labels.jsonl` below `corpus`.
std::vector<TierLabel> ReadTierLabels(const std::string& corpus);

// The bytes of a corpus file.
std::string ReadCorpusFile(const std::string& corpus, const std::string& path);

// Catalog product that a system's words, else its kind, name; empty where there is none. Does not
// look at what the label says of standard or not.
std::string ProductOf(const LabelledSystem& system, const v1::Catalog& catalog);

// Front matter with what the label states and nothing else: dependencies in the given roles,
// `not_used` for what is named and not used; every other fact `unknown`.
std::string FrontMatterOf(const TierLabel& label, const Roles& roles, const v1::Catalog& catalog);

}  // namespace gavel::corpus
