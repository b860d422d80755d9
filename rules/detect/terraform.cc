#include "rules/detect/terraform.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/detect/json_document.h"

namespace gavel::rules {
namespace {

using Json = nlohmann::json;

// The member of an object; null where it is none or has none.
const Json& At(const Json& value, const char* key) {
  static const Json* const kNull = new Json();
  if (!value.is_object()) return *kNull;
  const auto found = value.find(key);
  return found == value.end() ? *kNull : *found;
}

std::string Text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_null() || value.is_structured() ? std::string() : value.dump();
}

std::string Below(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

void AddValues(const Json& value, const std::string& path, Resource& resource) {
  if (value.is_object()) {
    for (const auto& [key, child] : value.items()) AddValues(child, Below(path, key), resource);
  } else if (value.is_array()) {
    for (const Json& item : value) AddValues(item, path, resource);
  } else if (!value.is_null()) {
    std::string text = Text(value);
    if (text.size() <= kMaxAttributeBytes) {
      resource.attributes[path].values.push_back(std::move(text));
    }
  }
}

// `after_unknown` has the shape of `after`, with `true` for what is not known yet.
void MarkUnknown(const Json& value, const std::string& path, Resource& resource) {
  if (value.is_object()) {
    for (const auto& [key, child] : value.items()) MarkUnknown(child, Below(path, key), resource);
  } else if (value.is_array()) {
    for (const Json& item : value) MarkUnknown(item, path, resource);
  } else if (value.is_boolean() && value.get<bool>()) {
    resource.attributes[path].unknown = true;
  }
}

class PlanReader {
 public:
  explicit PlanReader(const Json& root) : root_(root) {}

  Reading Read() {
    if (!CheckForm()) return std::move(reading_);
    for (const Json& change : At(root_, "resource_changes")) ReadChange(change);
    for (const Json& deferred : At(root_, "deferred_changes")) {
      ReadChange(At(deferred, "resource_change"));
      reading_.incomplete = true;
    }
    ReadModule(At(At(root_, "planned_values"), "root_module"));
    ReadModule(At(At(root_, "values"), "root_module"));
    ReadProviders();
    const Json& complete = At(root_, "complete");
    if (complete.is_boolean() && !complete.get<bool>()) reading_.incomplete = true;
    return std::move(reading_);
  }

 private:
  bool Fail(std::string error) {
    reading_.error = std::move(error);
    return false;
  }

  bool CheckForm() {
    const Json& version = At(root_, "format_version");
    if (!version.is_string()) {
      return Fail(
          "No `format_version`: send what `terraform show -json` prints for a plan or state.");
    }
    const std::string text = version.get<std::string>();
    const std::string major = text.substr(0, text.find('.'));
    // 0.x is what Terraform before 1.1 wrote: the same form for all that is read here.
    if (major != "0" && major != "1") {
      return Fail(fmt::format("`format_version` {:.20} is not read, only 0.x and 1.x.", text));
    }
    const Json& changes = At(root_, "resource_changes");
    if (!changes.is_null() && !changes.is_array()) return Fail("`resource_changes` is no list.");
    const Json& errored = At(root_, "errored");
    if (errored.is_boolean() && errored.get<bool>()) {
      return Fail("The plan ended in an error, so it does not show everything. Plan again.");
    }
    return true;
  }

  // Nothing for a data source, and for what has no type, which is an error.
  Resource* Add(const Json& described) {
    const std::string type = Text(At(described, "type"));
    if (type.empty()) Fail("A resource has no `type`.");
    if (type.empty() || Text(At(described, "mode")) == "data") return nullptr;
    Resource resource{.type = type, .address = Text(At(described, "address")), .attributes = {}};
    if (resource.address.empty()) resource.address = type + "." + Text(At(described, "name"));
    seen_.insert(resource.address);
    return &reading_.resources.emplace_back(std::move(resource));
  }

  void ReadChange(const Json& entry) {
    const Json& change = At(entry, "change");
    const Json& actions = At(change, "actions");
    // Replacing is `delete` and `create`; only what is there afterwards counts.
    const bool goes = actions.is_array() && !actions.empty() &&
                      std::all_of(actions.begin(), actions.end(), [](const Json& action) {
                        return action == "delete" || action == "forget";
                      });
    if (goes) {
      seen_.insert(Text(At(entry, "address")));
      return;
    }
    Resource* const resource = Add(entry);
    if (resource == nullptr) return;
    AddValues(At(change, "after"), "", *resource);
    MarkUnknown(At(change, "after_unknown"), "", *resource);
  }

  // What a plan's changes say of a resource is more than its planned values do, which leave out the
  // unknown: those count only for resources that no change names.
  void ReadModule(const Json& module) {
    for (const Json& entry : At(module, "resources")) {
      if (seen_.count(Text(At(entry, "address"))) > 0) continue;
      Resource* const resource = Add(entry);
      if (resource != nullptr) AddValues(At(entry, "values"), "", *resource);
    }
    for (const Json& child : At(module, "child_modules")) ReadModule(child);
  }

  void ReadProviders() {
    for (const auto& [key, provider] : At(At(root_, "configuration"), "provider_config").items()) {
      const Json& region = At(At(provider, "expressions"), "region");
      if (region.is_null()) continue;
      reading_.regions.push_back({.region = Evaluate(region), .place = "provider " + key});
    }
  }

  // A constant, or the value of the one variable it refers to; empty for all else.
  std::string Evaluate(const Json& expression) const {
    constexpr std::string_view kVariable = "var.";
    const Json& references = At(expression, "references");
    if (references.is_null()) return Text(At(expression, "constant_value"));
    if (!references.is_array() || references.size() != 1) return {};
    const std::string name = Text(references.front());
    if (!name.starts_with(kVariable)) return {};
    const std::string variable = name.substr(kVariable.size());
    return Text(At(At(At(root_, "variables"), variable.c_str()), "value"));
  }

  const Json& root_;
  Reading reading_;
  std::set<std::string> seen_;  // Addresses read, or gone.
};

}  // namespace

Reading ReadTerraform(std::string_view text) {
  const JsonDocument document = ReadJson(text);
  if (!document.error.empty()) {
    Reading failed;
    failed.error = document.error;
    return failed;
  }
  return PlanReader(document.root).Read();
}

}  // namespace gavel::rules
