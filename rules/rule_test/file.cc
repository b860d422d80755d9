#include "rules/rule_test/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/base/error.h"
#include "rules/compile/fact_setter.h"
#include "rules/compile/file_reader.h"
#include "rules/rule_test/answer.h"
#include "rules/schema/keys.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kArrow = "-> ";

class Reader {
 public:
  explicit Reader(const Policy& policy) : policy_(policy), file_("rules.test.yaml", problems_) {}

  absl::StatusOr<RuleTestFile> Read(const std::string& text);

 private:
  void ReadHead(const YamlNode& root);
  void ReadCase(const YamlNode& node);
  void ReadTable(const YamlNode& table);
  bool CheckColumns(const std::vector<YamlNode>& columns);
  void ReadRow(const std::vector<YamlNode>& columns, const YamlNode& row);
  void SetFacts(const YamlNode& mapping, v1::Facts& facts);
  void Expect(const YamlNode& at, const std::string& key, const YamlNode& want, RuleTestCase& test);
  std::vector<std::string> Names(const std::string& key, const YamlNode& list);

  const Policy& policy_;
  std::vector<PolicyProblem> problems_;
  FileReader file_;
  RuleTestFile tests_{.base = BlankFacts()};
  std::set<std::string> names_;
};

absl::StatusOr<RuleTestFile> Reader::Read(const std::string& text) {
  if (const auto root = file_.Parse(text, "RuleTest")) {
    ReadHead(*root);
    if (const YamlNode* cases = root->Find("cases")) {
      for (const YamlNode& node : file_.Items(*cases)) ReadCase(node);
    }
    if (const YamlNode* table = root->Find("table")) ReadTable(*table);
  }
  if (problems_.empty()) return std::move(tests_);
  std::vector<FieldViolation> violations;
  for (const PolicyProblem& problem : problems_) {
    violations.push_back({fmt::format("{}:{}:{}", problem.file, problem.line, problem.column),
                          problem.message, problem.code});
  }
  return MakeInvalid("POLICY_INVALID", ProblemText(problems_.front()), violations);
}

void Reader::ReadHead(const YamlNode& root) {
  file_.IsMapping(root, KeyNames(Shape::kRuleTest));
  const std::string rule_set = file_.NeedText(root, "rule_set");
  if (!rule_set.empty() && rule_set != policy_.rule_set().id()) {
    file_.Unknown(NodeAt(root, "rule_set"), "rule set of this policy", rule_set,
                  {policy_.rule_set().id()});
  }
  if (const YamlNode* as_of = file_.Need(root, "as_of"))
    tests_.as_of = file_.Day(*as_of).value_or(v1::Date());
  if (const YamlNode* base = file_.Need(root, "base")) SetFacts(*base, tests_.base);
}

void Reader::SetFacts(const YamlNode& mapping, v1::Facts& facts) {
  for (const YamlEntry& entry : file_.Entries(mapping))
    SetFact(entry.key, entry.value, policy_, file_, facts);
}

void Reader::ReadCase(const YamlNode& node) {
  if (!file_.IsMapping(node, KeyNames(Shape::kTestCase))) return;
  RuleTestCase test{file_.NeedText(node, "name"), tests_.base, {.as_of = tests_.as_of}, {}};
  if (!test.name.empty() && !names_.insert(test.name).second) {
    file_.Error(NodeAt(node, "name"), "GV506",
                fmt::format("Another case is called `{}`. Name this one apart.", test.name));
  }
  if (const YamlNode* as_of = node.Find("as_of"))
    test.inputs.as_of = file_.Day(*as_of).value_or(tests_.as_of);
  if (const YamlNode* set = node.Find("set")) SetFacts(*set, test.facts);
  if (const YamlNode* unset = node.Find("unset")) {
    for (const YamlNode& key : file_.Items(*unset)) UnsetFact(key, file_, test.facts);
  }
  if (const YamlNode* flag = node.Find("facts_unknown"))
    test.inputs.facts_unknown = file_.Bool(*flag);
  if (const YamlNode* overridden = node.Find("overridden"))
    test.inputs.overridden = Names("overridden", *overridden);
  if (const YamlNode* expect = file_.Need(node, "expect")) {
    for (const YamlEntry& entry : file_.Entries(*expect))
      Expect(entry.key, entry.key.value, entry.value, test);
    if (expect->IsMapping() && expect->entries.empty())
      file_.Error(*expect, "GV503", "A case that expects nothing tests nothing. Add a key.");
  }
  tests_.cases.push_back(std::move(test));
}

void Reader::ReadTable(const YamlNode& table) {
  if (!file_.IsMapping(table, KeyNames(Shape::kTable))) return;
  const YamlNode* const columns = file_.Need(table, "columns");
  const YamlNode* const rows = file_.Need(table, "rows");
  if (columns == nullptr || rows == nullptr || !CheckColumns(file_.Items(*columns))) return;
  for (const YamlNode& row : file_.Items(*rows)) ReadRow(columns->items, row);
}

bool Reader::CheckColumns(const std::vector<YamlNode>& columns) {
  const bool expects = std::any_of(columns.begin(), columns.end(), [](const YamlNode& column) {
    return column.value.starts_with(kArrow);
  });
  if (!expects && !columns.empty()) {
    file_.Error(columns.front(), "GV503",
                "A table that expects nothing tests nothing. Add a column such as `-> mode`.");
  }
  return expects;
}

// A row sets the facts of its columns; columns `-> mode` say what is expected.
void Reader::ReadRow(const std::vector<YamlNode>& columns, const YamlNode& row) {
  if (file_.Items(row).size() != columns.size()) {
    file_.Error(row, "GV504",
                fmt::format("{} values for {} columns.", row.items.size(), columns.size()));
    return;
  }
  RuleTestCase test{"table row", tests_.base, {.as_of = tests_.as_of}, {}};
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string& column = columns[i].value;
    if (column.starts_with(kArrow)) {
      Expect(row.items[i], column.substr(kArrow.size()), row.items[i], test);
    } else {
      SetFact(columns[i], row.items[i], policy_, file_, test.facts);
    }
  }
  tests_.cases.push_back(std::move(test));
}

void Reader::Expect(const YamlNode& at, const std::string& key, const YamlNode& want,
                    RuleTestCase& test) {
  Expectation expectation{.key = key, .line = want.line, .word = {}, .names = {}};
  if (key == "gate" || key == "mode") {
    const std::vector<std::string> words = key == "gate"
                                               ? std::vector<std::string>{"ok", "needs_author"}
                                               : std::vector<std::string>{"auto", "async", "sync"};
    if (!file_.OneOf(want, words)) return;
    expectation.word = want.value;
  } else if (IsAnswerList(key)) {
    const bool contains = want.IsMapping();
    if (contains && !file_.IsMapping(want, KeyNames(Shape::kContains))) return;
    expectation.contains = contains;
    expectation.names = Names(key, contains ? NodeAt(want, "contains") : want);
  } else {
    return file_.Unknown(at, "expectation", key, KeyNames(Shape::kExpect));
  }
  test.expectations.push_back(std::move(expectation));
}

// The names of a list, each one that the policy could answer with.
std::vector<std::string> Reader::Names(const std::string& key, const YamlNode& list) {
  const std::vector<std::string> known = AnswerNames(key, policy_);
  if (!list.IsSequence()) return file_.Texts(list);
  for (const YamlNode& item : list.items) {
    if (std::find(known.begin(), known.end(), item.value) == known.end())
      file_.Unknown(item, AnswerNoun(key), item.value, known);
  }
  std::vector<std::string> names = file_.Texts(list);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

absl::StatusOr<RuleTestFile> ReadRuleTests(const Policy& policy, const std::string& text) {
  return Reader(policy).Read(text);
}

}  // namespace gavel::rules
