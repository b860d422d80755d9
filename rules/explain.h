// The words for verdicts and findings: the same in CLI, API, chat and web.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "gavel/v1/verdict.pb.h"

namespace gavel::rules {

struct ExplainOptions {
  bool verbose = false;         // Every rule, false ones too, and what exactly was evaluated.
  bool include_shadow = false;  // Also what rules in shadow would have said.
};

// A verdict in lines for people: the summary, one line per rule with its result code and, indented
// below it, why and its tests; then nudges and whom the rules ask for. A rule whose condition is
// false is left out unless `verbose`. An expired rule is shown wherever it would have counted.
std::vector<std::string> ExplainText(const v1::Verdict& verdict, const ExplainOptions& options);
// The same; `verbose` includes rules in shadow.
std::vector<std::string> ExplainText(const v1::Verdict& verdict, bool verbose);

// What a rule came to, as one of a closed set of codes: `T`, `F` or `U` (cannot be told), or why a
// met condition does not count: `NOT_ENFORCED`, `EXPIRED`, `BREAKER_OPEN`, `OVERRIDDEN`.
std::string_view ResultCode(const v1::RuleResult& rule);

// What a leaf wants, as a phrase: `at most 2,000 USD`, `only members of @standard (6 tiers)`.
std::string WantPhrase(const v1::LeafResult& leaf);

// A finding in one line: `  14:9   error  GV204  message`; `—` where it has no place.
std::string FindingText(const v1::Finding& finding);

// `error`, `warn` or `info`.
std::string_view SeverityWord(v1::Finding::Severity severity);

// `AUTO`, `ASYNC` or `SYNC`.
std::string_view ModeWord(v1::ReviewMode mode);

// What a code means and, on a second line, where its page is; empty for an unknown code. `gavel
// explain GV204` prints it.
std::string ExplainCode(std::string_view code);

}  // namespace gavel::rules
