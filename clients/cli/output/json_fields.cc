#include "clients/cli/output/json_fields.h"

#include <algorithm>

#include "clients/cli/command.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/meeting_service.pb.h"
#include "gavel/v1/org_service.pb.h"
#include "gavel/v1/rules_service.pb.h"
#include "gavel/v1/server_service.pb.h"
#include "gavel/v1/spec.pb.h"
#include "gavel/v1/spec_service.pb.h"
#include "rules/text/words.h"

namespace gavel::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Types = std::vector<const Descriptor*>;

struct Printed {
  Types types;
  std::vector<std::string> extras;
  std::vector<std::string_view> commands;
};

// Each row as its commands send it.
// clang-format off
const std::vector<Printed>& Table() {
  static const std::vector<Printed> table = {
      {{v1::Spec::descriptor()},
       {"revision", "explanation"},
       {"status", "pull-back", "defer", "resume", "withdraw", "reopen",  // The author's,
        "request meeting", "request changes", "request pull-in", "request contest",
        "concern raise", "concern answer", "concern resolve", "concern withdraw",
        "concern downgrade", "concern overrule", "position", "reviewers",  // the reviewers',
        "decision reject", "decision override", "decision condition",      // the sponsor's,
        "meeting pin", "meeting release", "meeting go", "meeting no-go", "meeting item",
        "meeting outcome", "meeting undo", "rules audit record"}},  // and the meeting's.
      {{v1::Spec::descriptor(), v1::Verdict::descriptor()},
       {"revision", "explanation"},
       {"submit"}},
      {{v1::Spec::descriptor()}, {}, {"comment"}},
      {{v1::Concern::descriptor()}, {}, {"concern list"}},
      {{v1::Decision::descriptor()}, {}, {"decision show"}},
      {{v1::DecisionRecord::descriptor()}, {}, {"decision list"}},
      {{v1::InboxItem::descriptor(), v1::Spec::descriptor()}, {}, {"inbox"}},
      {{v1::PersonRecord::descriptor()}, {}, {"away"}},
      {{v1::Meeting::descriptor()},
       {},
       {"meeting list", "meeting show", "meeting urgent", "meeting confirm", "meeting session",
        "meeting reschedule", "meeting open", "meeting close", "meeting cancel", "meeting notes",
        "meeting off-topic", "meeting attend", "meeting role", "meeting action", "meeting read",
        "meeting pulse"}},
      {{v1::ApproveRuleSetResponse::descriptor()}, {}, {"rules approve"}},
      {{v1::PublishRuleSetResponse::descriptor()}, {}, {"rules publish", "rules rollback"}},
  };
  return table;
}
// clang-format on

const Printed* PrintedBy(std::string_view command) {
  for (const Printed& row : Table()) {
    if (std::find(row.commands.begin(), row.commands.end(), command) != row.commands.end()) {
      return &row;
    }
  }
  return nullptr;
}

// A field stands under its own name and under its JSON name.
const FieldDescriptor* FindField(const Descriptor& type, const std::string& name) {
  if (const auto* field = type.FindFieldByLowercaseName(name)) return field;
  return type.FindFieldByCamelcaseName(name);
}

bool HasField(const Descriptor& type, const std::string& path) {
  const size_t dot = path.find('.');
  const FieldDescriptor* field = FindField(type, path.substr(0, dot));
  if (field == nullptr || dot == std::string::npos) return field != nullptr;
  if (field->is_map()) return true;  // Its keys are data.
  const bool inside = field->message_type() != nullptr && !field->is_repeated() &&
                      field->message_type()->file()->package() != "google.protobuf";
  return inside && HasField(*field->message_type(), path.substr(dot + 1));
}

std::vector<std::string> NamesOf(const Types& types, std::vector<std::string> names) {
  for (const Descriptor* type : types) {
    for (int i = 0; i < type->field_count(); ++i) names.push_back(type->field(i)->name());
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

absl::Status Check(const Types& types, const std::vector<std::string>& extras,
                   const std::vector<std::string>& fields) {
  for (const std::string& field : fields) {
    const bool known = std::find(extras.begin(), extras.end(), field) != extras.end() ||
                       std::any_of(types.begin(), types.end(),
                                   [&](const Descriptor* type) { return HasField(*type, field); });
    if (known) continue;
    const std::vector<std::string> names = NamesOf(types, extras);
    return UsageError(fmt::format("--json: there is no field `{}`.{} There are {}", field,
                                  rules::DidYouMean(field, names), fmt::join(names, ", ")));
  }
  return absl::OkStatus();
}

std::vector<std::string> KeysOf(const JsonExtras& values) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : values) keys.push_back(key);
  return keys;
}

}  // namespace

bool HasKnownFields(std::string_view command) { return PrintedBy(command) != nullptr; }

absl::Status CheckFields(std::string_view command, const std::vector<std::string>& fields) {
  const Printed* printed = PrintedBy(command);
  return printed == nullptr ? absl::OkStatus() : Check(printed->types, printed->extras, fields);
}

absl::Status CheckFieldsOf(const Descriptor& type, const JsonExtras& extras,
                           const std::vector<std::string>& fields) {
  return Check({&type}, KeysOf(extras), fields);
}

absl::Status CheckFieldsOf(const JsonExtras& values, const std::vector<std::string>& fields) {
  return Check({}, KeysOf(values), fields);
}

}  // namespace gavel::cli
