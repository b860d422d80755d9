#include "engine/app/watch/event_filter.h"

#include <string_view>

#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"

namespace gavel::app {
namespace {

constexpr int kEntriesMax = 1000;

using Entries = google::protobuf::RepeatedPtrField<std::string>;

absl::StatusOr<std::set<std::string>> CompileList(std::string_view field, const Entries& entries) {
  if (entries.size() > kEntriesMax) {
    return FieldError(field, fmt::format("{} entries are too many; send at most {}.",
                                         entries.size(), kEntriesMax));
  }
  std::set<std::string> values(entries.begin(), entries.end());
  if (values.contains("")) {
    return FieldError(field, "An entry is empty. Leave the list empty to match everything.");
  }
  return values;
}

bool IsEventType(std::string_view type) {
  const auto* payload = v1::Event::descriptor()->FindOneofByName("payload");
  for (int i = 0; i < payload->field_count(); ++i) {
    if (payload->field(i)->message_type()->name() == type) return true;
  }
  return false;
}

// Each list as its length and its values, each value with its length: no two filters spell the
// same.
std::string Canonical(const std::set<std::string>& values) {
  std::string text = fmt::format("{};", values.size());
  for (const auto& value : values) text += fmt::format("{}:{}", value.size(), value);
  return text;
}

uint64_t FirstBytes(const std::string& digest) {
  uint64_t number = 0;
  for (size_t i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(digest[i]);
  return number;
}

bool Holds(const std::set<std::string>& values, const std::string& value) {
  return values.empty() || values.contains(value);
}

}  // namespace

absl::StatusOr<EventFilter> EventFilter::Compile(const v1::EventFilter& filter) {
  EventFilter compiled;
  GAVEL_ASSIGN_OR_RETURN(compiled.areas_, CompileList("filter.areas", filter.areas()));
  GAVEL_ASSIGN_OR_RETURN(compiled.specs_, CompileList("filter.specs", filter.specs()));
  GAVEL_ASSIGN_OR_RETURN(compiled.types_, CompileList("filter.types", filter.types()));
  for (const auto& type : compiled.types_) {
    if (IsEventType(type)) continue;
    return FieldError("filter.types", fmt::format("No event is called `{}`. Types are spelt like "
                                                  "`DecisionRecorded`.",
                                                  type));
  }
  compiled.hash_ = FirstBytes(
      Sha256(Canonical(compiled.areas_) + Canonical(compiled.specs_) + Canonical(compiled.types_)));
  return compiled;
}

bool EventFilter::Matches(const v1::Event& event) const {
  return Holds(areas_, event.area()) && Holds(specs_, event.spec()) && Holds(types_, event.type());
}

}  // namespace gavel::app
