// A complete spec of the worked organisation, to be edited by tests.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "gavel/v1/verdict.pb.h"
#include "rules/evaluate.h"
#include "rules/policy.h"

namespace gavel::rules {

// Everything stated, only standard tiers: approved by a rule where infrastructure was looked at.
std::string BoringSpec();

// `text` with the one occurrence of `from` replaced; aborts where there is not exactly one.
std::string Edited(std::string text, std::string_view from, std::string_view to);

// A document of the worked organisation on its way to a verdict.
struct Case {
  std::string text = BoringSpec();
  EvaluateInputs inputs = {};
  std::function<void(v1::Facts&)> change = [](v1::Facts&) {};  // Applied to what was read.
};

// The verdict, on 2026-11-22 unless the inputs say otherwise, where some infrastructure detector
// ran.
v1::Verdict Decide(Case test, const Policy& policy);
v1::Verdict Decide(Case test);

// Codes of findings, in order, without those of infos.
std::vector<std::string> CodesOf(const std::vector<v1::Finding>& findings);

// Ids of what took part in the verdict.
std::vector<std::string> FiredOf(const v1::Verdict& verdict);

}  // namespace gavel::rules
