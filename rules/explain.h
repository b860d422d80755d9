// The words for verdicts and findings: the same in CLI, API, chat and web.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "gavel/v1/verdict.pb.h"

namespace gavel::rules {

// A verdict in lines for people, first line the summary. Without `verbose`, rules that did not fire
// are left out unless one was meant to approve and did not.
std::vector<std::string> ExplainText(const v1::Verdict& verdict, bool verbose);

// What a leaf wants, as a phrase: `at most 2,000 USD`, `only members of @standard (6 tiers)`.
std::string WantPhrase(const v1::LeafResult& leaf);

// A finding in one line: `  14:9   error  GV204  message`; `—` where it has no place.
std::string FindingText(const v1::Finding& finding);

// `error`, `warn` or `info`.
std::string_view SeverityWord(v1::Finding::Severity severity);

// `AUTO`, `ASYNC` or `SYNC`.
std::string_view ModeWord(v1::ReviewMode mode);

// What a code means, for `gavel explain GV204`; empty for an unknown code.
std::string ExplainCode(std::string_view code);

}  // namespace gavel::rules
