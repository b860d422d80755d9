#include "rules/schema/field_comments.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>

#include <set>
#include <sstream>

#include "rules/text/words.h"

namespace gavel::rules {
namespace {

namespace pb = google::protobuf;

constexpr std::string_view kPackage = "gavel.v1.";

// Fields that nobody writes: what was found, counted or derived, and where it stands.
const std::set<std::string>& NotWritten() {
  static const auto* const kFields = new std::set<std::string>{
      "Facts.foreign",           "Facts.sections",
      "Facts.coverage",          "Facts.undeclared",
      "Facts.body_words",        "Facts.mentions_undeclared",
      "Facts.body_line",         "Facts.system_cost_90d",
      "Facts.byte_order_mark",   "Facts.crlf",
      "Facts.detectors",         "Dependency.source",
      "DependenciesFact.status", "DependenciesFact.source",
      "CostFact.status",         "CostFact.source",
  };
  return *kFields;
}

std::vector<std::string> FieldsOf(const KeySpec& key) {
  std::vector<std::string> fields;
  std::istringstream words{std::string(key.field)};
  for (std::string field; words >> field;) fields.push_back(field);
  return fields;
}

}  // namespace

FieldComments::FieldComments(const pb::FileDescriptorSet& descriptors) {
  for (const pb::FileDescriptorProto& file : descriptors.file()) pool_.BuildFile(file);
}

const pb::FieldDescriptor* FieldComments::Find(std::string_view name) const {
  return pool_.FindFieldByName(fmt::format("{}{}", kPackage, name));
}

std::string FieldComments::DescriptionOf(const KeySpec& key) const {
  if (!key.note.empty()) return std::string(key.note);
  for (const std::string& name : FieldsOf(key)) {
    const pb::FieldDescriptor* const field = Find(name);
    pb::SourceLocation location;
    if (field == nullptr || !field->GetSourceLocation(&location)) continue;
    std::istringstream words(location.leading_comments);
    std::string text;
    for (std::string word; words >> word;) text += text.empty() ? word : " " + word;
    return text;
  }
  return {};
}

std::vector<std::string> FieldComments::WordsOf(const KeySpec& key) const {
  std::vector<std::string> words;
  const pb::FieldDescriptor* const field =
      key.field.empty() ? nullptr : Find(FieldsOf(key).front());
  if (field == nullptr || field->enum_type() == nullptr) return words;
  // `STATUS_UNSPECIFIED` is the first value: what stands before its last word is the prefix.
  const std::string first = field->enum_type()->value(0)->name();
  const size_t prefix = first.rfind('_') + 1;
  for (int i = 1; i < field->enum_type()->value_count(); ++i)
    words.push_back(AsciiLower(field->enum_type()->value(i)->name().substr(prefix)));
  return words;
}

absl::Status FieldComments::CheckComplete() const {
  std::set<std::string> claimed;
  std::set<const pb::Descriptor*> messages;
  for (int i = 0; i < kShapeCount; ++i) {
    for (const KeySpec& key : KeysOf(static_cast<Shape>(i))) {
      for (const std::string& name : FieldsOf(key)) {
        const pb::FieldDescriptor* const field = Find(name);
        if (field == nullptr)
          return absl::InternalError(fmt::format("key {}: no field {}", key.key, name));
        claimed.insert(name);
        messages.insert(field->containing_type());
      }
    }
  }
  for (const pb::Descriptor* message : messages) {
    for (int i = 0; i < message->field_count(); ++i) {
      const std::string name = fmt::format("{}.{}", message->name(), message->field(i)->name());
      const bool known = message->field(i)->name() == "id" || claimed.count(name) > 0 ||
                         NotWritten().count(name) > 0;
      if (!known) {
        return absl::InternalError(fmt::format(
            "{} has no key. Add one to rules/schema/*_keys.cc, or list it as not written.", name));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace gavel::rules
