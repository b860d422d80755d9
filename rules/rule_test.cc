#include "rules/rule_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/base/error.h"
#include "rules/compile/fact_setter.h"
#include "rules/compile/file_reader.h"
#include "rules/evaluate.h"
#include "rules/explain.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kArrow = "-> ";

// What a verdict says, in the words of `expect`.
struct Answer {
  std::string gate, mode;
  std::map<std::string, std::vector<std::string>> lists;  // `areas`, `fired`, `unknown`, …; sorted.
};

Answer AnswerOf(const v1::Verdict& verdict, const Policy& policy) {
  Answer answer;
  answer.gate = verdict.author_gate() ? "needs_author" : "ok";
  answer.mode = AsciiLower(ModeWord(verdict.mode()));
  auto& lists = answer.lists;
  lists["areas"] = {verdict.areas().begin(), verdict.areas().end()};
  for (const char* name : {"fired", "unknown", "shadow", "expired", "overridden"}) lists[name] = {};
  for (const v1::RuleResult& rule : verdict.rules()) {
    if (rule.applied()) lists["fired"].push_back(rule.id());
    if (rule.suspension() == v1::RuleResult::SUSPENSION_NOT_ENFORCED)
      lists["shadow"].push_back(rule.id());
    if (rule.suspension() == v1::RuleResult::SUSPENSION_EXPIRED)
      lists["expired"].push_back(rule.id());
    if (rule.suspension() == v1::RuleResult::SUSPENSION_OVERRIDDEN)
      lists["overridden"].push_back(rule.id());
    const v1::Rule* const source = policy.FindRule(rule.id());
    const bool enforced = source != nullptr && source->state() == v1::Rule::STATE_ENFORCE;
    if (enforced && rule.truth() == v1::TRUTH_UNKNOWN) lists["unknown"].push_back(rule.id());
  }
  return answer;
}

std::string ListText(const std::vector<std::string>& names) { return "[" + JoinComma(names) + "]"; }

class Runner {
 public:
  explicit Runner(const Policy& policy) : policy_(policy), file_("rules.test.yaml", problems_) {}

  absl::StatusOr<RuleTestReport> Run(const std::string& text);

 private:
  struct Case {
    const YamlNode* at;
    std::string name;
    v1::Facts facts;
    EvaluateInputs inputs;
  };

  void ReadHead(const YamlNode& root);
  void RunCase(const YamlNode& node);
  void RunTable(const YamlNode& table);
  Answer Decide(const Case& test);
  void Expect(const Case& test, const Answer& answer, const std::string& key, const YamlNode& want);
  void ExpectList(const Case& test, const std::vector<std::string>& got, const std::string& key,
                  const YamlNode& want);
  void ExpectWord(const Case& test, const std::string& got, const std::string& key,
                  const YamlNode& want);
  void CheckCoverage();
  void Fail(const Case& test, std::string_view what, std::string_view got, std::string_view want) {
    report_.failures.push_back(fmt::format("{}:{}: {}: {} is {}, expected {}", file_.file(),
                                           test.at->line, test.name, what, got, want));
  }

  const Policy& policy_;
  std::vector<PolicyProblem> problems_;
  FileReader file_;
  v1::Facts base_ = BlankFacts();
  v1::Date as_of_;
  RuleTestReport report_;
  std::set<std::string> fired_, silent_;  // Rule ids that some case fired, or did not fire.
};

absl::StatusOr<RuleTestReport> Runner::Run(const std::string& text) {
  const auto root = file_.Parse(text, "RuleTest");
  if (root) {
    ReadHead(*root);
    if (const YamlNode* cases = root->Find("cases")) {
      for (const YamlNode& node : file_.Items(*cases)) RunCase(node);
    }
    if (const YamlNode* table = root->Find("table")) RunTable(*table);
    CheckCoverage();
  }
  if (problems_.empty()) return std::move(report_);
  std::vector<FieldViolation> violations;
  for (const PolicyProblem& problem : problems_) {
    violations.push_back({fmt::format("{}:{}:{}", problem.file, problem.line, problem.column),
                          problem.message, problem.code});
  }
  return MakeInvalid("POLICY_INVALID", ProblemText(problems_.front()), violations);
}

void Runner::ReadHead(const YamlNode& root) {
  file_.IsMapping(root, {"kind", "version", "rule_set", "as_of", "base", "cases", "table"});
  const std::string rule_set = file_.NeedText(root, "rule_set");
  if (!rule_set.empty() && rule_set != policy_.rule_set().id()) {
    file_.Unknown(NodeAt(root, "rule_set"), "rule set of this policy", rule_set,
                  {policy_.rule_set().id()});
  }
  if (const YamlNode* as_of = file_.Need(root, "as_of"))
    as_of_ = file_.Day(*as_of).value_or(v1::Date());
  const YamlNode* const base = file_.Need(root, "base");
  if (base == nullptr) return;
  for (const YamlEntry& entry : file_.Entries(*base))
    SetFact(entry.key, entry.value, policy_, file_, base_);
}

void Runner::RunCase(const YamlNode& node) {
  if (!file_.IsMapping(node,
                       {"name", "as_of", "set", "unset", "facts_unknown", "overridden", "expect"}))
    return;
  Case test{&node, file_.NeedText(node, "name"), base_, {}};
  test.inputs.as_of = as_of_;
  if (const YamlNode* as_of = node.Find("as_of"))
    test.inputs.as_of = file_.Day(*as_of).value_or(as_of_);
  if (const YamlNode* set = node.Find("set")) {
    for (const YamlEntry& entry : file_.Entries(*set))
      SetFact(entry.key, entry.value, policy_, file_, test.facts);
  }
  if (const YamlNode* unset = node.Find("unset")) {
    for (const YamlNode& key : file_.Items(*unset)) UnsetFact(key, file_, test.facts);
  }
  if (const YamlNode* flag = node.Find("facts_unknown"))
    test.inputs.facts_unknown = file_.Bool(*flag);
  test.inputs.overridden = file_.TextsAt(node, "overridden");
  const Answer answer = Decide(test);
  const YamlNode* const expect = file_.Need(node, "expect");
  if (expect == nullptr || !expect->IsMapping()) return;
  for (const YamlEntry& entry : expect->entries) Expect(test, answer, entry.key.value, entry.value);
}

// A row sets the facts of its columns; columns `-> mode` say what is expected.
void Runner::RunTable(const YamlNode& table) {
  if (!file_.IsMapping(table, {"columns", "rows"})) return;
  const YamlNode* const columns = file_.Need(table, "columns");
  const YamlNode* const rows = file_.Need(table, "rows");
  if (columns == nullptr || rows == nullptr) return;
  for (const YamlNode& row : file_.Items(*rows)) {
    if (file_.Items(row).size() != columns->items.size()) {
      file_.Error(
          row, "GV504",
          fmt::format("{} values for {} columns.", row.items.size(), columns->items.size()));
      continue;
    }
    Case test{&row, "table row", base_, {}};
    test.inputs.as_of = as_of_;
    for (size_t i = 0; i < row.items.size(); ++i) {
      const YamlNode& column = columns->items[i];
      if (!column.value.starts_with(kArrow))
        SetFact(column, row.items[i], policy_, file_, test.facts);
    }
    const Answer answer = Decide(test);
    for (size_t i = 0; i < row.items.size(); ++i) {
      const std::string& column = columns->items[i].value;
      if (column.starts_with(kArrow))
        Expect(test, answer, column.substr(kArrow.size()), row.items[i]);
    }
  }
}

Answer Runner::Decide(const Case& test) {
  ++report_.cases;
  Answer answer = AnswerOf(Evaluate(test.facts, policy_, test.inputs), policy_);
  for (const v1::Rule& rule : policy_.rule_set().rules()) {
    const auto in = [&](const char* list) {
      const auto& ids = answer.lists[list];
      return std::find(ids.begin(), ids.end(), rule.id()) != ids.end();
    };
    (in("fired") || in("shadow") ? fired_ : silent_).insert(rule.id());
  }
  return answer;
}

void Runner::Expect(const Case& test, const Answer& answer, const std::string& key,
                    const YamlNode& want) {
  if (key == "gate") return ExpectWord(test, answer.gate, key, want);
  if (key == "mode") return ExpectWord(test, answer.mode, key, want);
  const auto list = answer.lists.find(key);
  if (list != answer.lists.end()) return ExpectList(test, list->second, key, want);
  file_.Unknown(want, "expectation", key,
                {"gate", "mode", "areas", "fired", "unknown", "shadow", "expired", "overridden"});
}

void Runner::ExpectWord(const Case& test, const std::string& got, const std::string& key,
                        const YamlNode& want) {
  if (got != want.value) Fail(test, key, got, want.value);
}

// Exact, but for `{contains: [...]}`.
void Runner::ExpectList(const Case& test, const std::vector<std::string>& got,
                        const std::string& key, const YamlNode& want) {
  const YamlNode* const contains = want.IsMapping() ? want.Find("contains") : nullptr;
  std::vector<std::string> names = file_.Texts(contains != nullptr ? *contains : want);
  std::sort(names.begin(), names.end());
  const bool matches = contains != nullptr
                           ? std::includes(got.begin(), got.end(), names.begin(), names.end())
                           : got == names;
  if (!matches)
    Fail(test, key, ListText(got), (contains != nullptr ? "at least " : "") + ListText(names));
}

void Runner::CheckCoverage() {
  for (const v1::Rule& rule : policy_.rule_set().rules()) {
    if (rule.state() == v1::Rule::STATE_DRAFT || rule.state() == v1::Rule::STATE_RETIRED) continue;
    if (fired_.count(rule.id()) == 0) {
      report_.failures.push_back(
          fmt::format("{}: no case fires {}. Add one.", file_.file(), rule.id()));
    }
    if (silent_.count(rule.id()) == 0) {
      report_.failures.push_back(
          fmt::format("{}: every case fires {}. Add one that does not.", file_.file(), rule.id()));
    }
  }
}

}  // namespace

absl::StatusOr<RuleTestReport> RunRuleTests(const Policy& policy, const std::string& text) {
  return Runner(policy).Run(text);
}

}  // namespace gavel::rules
