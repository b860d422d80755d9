// What a verdict says, in the words of a rule test's `expect`.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/verdict.pb.h"
#include "rules/policy.h"
#include "rules/rule_test/file.h"

namespace gavel::rules {

struct Answer {
  std::string gate;                                       // `ok` or `needs_author`.
  std::string mode;                                       // `auto`, `async` or `sync`.
  std::map<std::string, std::vector<std::string>> lists;  // By key of `expect`; sorted, unique.
};

Answer AnswerOf(const v1::Verdict& verdict, const Policy& policy);

// What a case would `expect` to get exactly this: `gate: ok, mode: async, fired: [], shadow: []`.
std::string AnswerText(const Answer& answer);

// `mode is sync, expected async`; empty where `answer` is as expected.
std::string Mismatch(const Answer& answer, const Expectation& expected);

// Keys of `expect` that take a list: `areas`, `fired`, …
const std::vector<std::string>& AnswerLists();
bool IsAnswerList(std::string_view key);
// Every name that the policy could answer with under `key`, and what such a name is called.
std::vector<std::string> AnswerNames(std::string_view key, const Policy& policy);
std::string_view AnswerNoun(std::string_view key);

}  // namespace gavel::rules
