#include "rules/mutation/contrast.h"

#include "rules/compile/fact_setter.h"
#include "rules/compile/file_reader.h"
#include "rules/evaluate.h"
#include "rules/rule_test/answer.h"
#include "rules/yaml/strict_yaml.h"

namespace gavel::rules {

Contrast::Pair Contrast::Answers(const v1::Facts& facts, const v1::Date& as_of) const {
  const EvaluateInputs inputs{.as_of = as_of};
  return {AnswerText(AnswerOf(Evaluate(facts, policy_, inputs), policy_)),
          AnswerText(AnswerOf(EvaluateMutant(facts, policy_, inputs, rule_, mutant_), policy_))};
}

bool Contrast::Differ(const v1::Facts& facts, const v1::Date& as_of) const {
  const Pair answers = Answers(facts, as_of);
  return answers.rule != answers.mutant;
}

v1::Facts Contrast::With(const std::vector<std::string>& lines, const v1::Facts& base) const {
  v1::Facts facts = base;
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  std::vector<PolicyProblem> problems;  // The analyser writes lines that are right.
  FileReader file("example", problems);
  const YamlResult yaml = ParseStrictYaml(text, {64 * 1024, 16, 4096});
  for (const YamlEntry& entry : yaml.root.entries)
    SetFact(entry.key, entry.value, policy_, file, facts);
  return facts;
}

std::optional<v1::ExampleSpec> Contrast::OnBase(const v1::ExampleSpec& example,
                                                const RuleTestFile& tests) const {
  std::vector<std::string> lines(example.lines().begin(), example.lines().end());
  if (!Differ(With(lines, tests.base), tests.as_of)) return std::nullopt;
  for (size_t i = 0; i < lines.size();) {
    std::vector<std::string> fewer = lines;
    fewer.erase(fewer.begin() + static_cast<ptrdiff_t>(i));
    if (Differ(With(fewer, tests.base), tests.as_of)) {
      lines = std::move(fewer);
    } else {
      ++i;
    }
  }
  v1::ExampleSpec spec;
  *spec.mutable_facts() = With(lines, tests.base);
  for (std::string& line : lines) spec.add_lines(std::move(line));
  return spec;
}

}  // namespace gavel::rules
