#include "rules/compile/what_if.h"

#include <fmt/format.h>

#include <vector>

#include "engine/base/error.h"
#include "google/protobuf/util/message_differencer.h"
#include "rules/compile/fact_setter.h"
#include "rules/compile/file_reader.h"
#include "rules/yaml/strict_yaml.h"

namespace gavel::rules {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Whether the fact in `field` is the same in both.
bool IsSame(const v1::Facts& a, const v1::Facts& b, const FieldDescriptor* field) {
  const google::protobuf::Reflection* const reflection = a.GetReflection();
  return google::protobuf::util::MessageDifferencer::Equals(reflection->GetMessage(a, field),
                                                            reflection->GetMessage(b, field));
}

// Gives every fact that differs from `before` the source `what-if`.
void MarkChanged(const v1::Facts& before, v1::Facts& facts) {
  const google::protobuf::Descriptor* const type = v1::Facts::descriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* const field = type->field(i);
    if (field->is_repeated() || field->message_type() == nullptr) continue;
    const FieldDescriptor* const source = field->message_type()->FindFieldByName("source");
    if (source == nullptr || IsSame(before, facts, field)) continue;
    Message* const fact = facts.GetReflection()->MutableMessage(&facts, field);
    v1::FactSource what_if;
    what_if.set_kind("what-if");
    fact->GetReflection()->MutableMessage(fact, source)->CopyFrom(what_if);
  }
}

void Apply(const std::string& name, const std::string& text, const Policy& policy, v1::Facts& facts,
           std::vector<PolicyProblem>& problems) {
  const YamlResult value = ParseStrictYaml(text, YamlLimits());
  FileReader reader("what_if", problems);
  if (!value.ok()) {
    problems.push_back(
        {"what_if", 0, 0, value.problems.front().code, true, value.problems.front().message});
    return;
  }
  YamlNode key;
  key.value = name;
  SetFact(key, value.root, policy, reader, facts);
}

}  // namespace

absl::Status ApplyWhatIf(const std::map<std::string, std::string>& changes, const Policy& policy,
                         v1::Facts& facts) {
  const v1::Facts before = facts;
  std::vector<FieldViolation> violations;
  for (const auto& [name, text] : changes) {
    std::vector<PolicyProblem> problems;
    Apply(name, text, policy, facts, problems);
    for (const PolicyProblem& problem : problems) {
      violations.push_back({fmt::format("what_if[{}]", name), problem.message, problem.code});
    }
  }
  MarkChanged(before, facts);
  if (violations.empty()) return absl::OkStatus();
  return MakeInvalid("FIELD_INVALID",
                     fmt::format("{}: {}", violations[0].field, violations[0].description),
                     violations);
}

}  // namespace gavel::rules
