// Facts in, verdict with reasons out.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/date.pb.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/verdict.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// Version of the semantics; pinned in every verdict. Raise it when a verdict could change.
inline constexpr std::string_view kEngineVersion = "1.1.0";

// Automatic decisions on one spec within 7 days; `builtin/too-many-auto` stops the next one.
inline constexpr int kAutoDecisionsAllowed = 3;

// What only the server's history can answer. The defaults are "clear", which is what an offline
// check assumes (and says so); a verdict that is stored must have them filled in.
struct History {
  // Key of a spec of the same system or of a similar body that was rejected, or withdrawn under a
  // blocking concern, in the last 90 days; empty: none.
  std::string recent_rejection;
  // Key of a spec approved by people that this one supersedes; empty: none.
  std::string supersedes_people;
  // Auto rules that one of the authors edited, or whose sets they edited, in the last 14 days.
  std::vector<std::string> own_rules;
  // Automatic decisions on this spec in the last 7 days, this one not counted.
  int auto_decisions_7d = 0;
  // The spec changes rules or catalog.
  bool changes_policy = false;
};

struct EvaluateInputs {
  v1::Date as_of;
  // Missing facts count as `unknown` stated by the author; wrong values stay wrong.
  bool facts_unknown = false;
  // Ids of rules and built-ins (`builtin/facts-missing`) that the sponsor set aside.
  std::vector<std::string> overridden;
  // Auto rules whose breaker is open.
  std::vector<std::string> breaker_open;
  // A directory-synced organisation was not synced for 7 days.
  bool snapshot_stale = false;
  History history;
  std::string content_hash;           // SHA-256 of the revision's bytes, hex; only pinned.
  std::vector<v1::Finding> findings;  // Of the document; repeated in the verdict.
};

// The verdict on `facts`. Pure and total: same inputs, same bytes. `Verdict.findings` holds the
// given findings and one error for each thing the author gate asks for: show those, not the
// document's.
v1::Verdict Evaluate(const v1::Facts& facts, const Policy& policy, const EvaluateInputs& inputs);

// The same, were `condition` the condition of `policy.rules()[rule]`: what a mutation of that rule
// would decide. Leaves out nudges.
v1::Verdict EvaluateMutant(const v1::Facts& facts, const Policy& policy,
                           const EvaluateInputs& inputs, size_t rule, const Program& condition);

// Ids of the built-in rules, sorted: `builtin/facts-missing`.
std::span<const std::string_view> BuiltinIds();

// SHA-256, lower-case hex, over area, consulted, authors and every field that a rule can read.
// Leaves out key, title, summary, links, labels, where a value stands in the file, and the history
// that others make (`system_cost_90d`): neither changes what the author asks for.
std::string FactsHash(const v1::Facts& facts);

}  // namespace gavel::rules
