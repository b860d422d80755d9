#include "clients/cli/output/json.h"

#include <cctype>
#include <nlohmann/json.hpp>

#include "engine/base/error.h"
#include "google/protobuf/util/json_util.h"

namespace gavel::cli {
namespace {

using Json = nlohmann::ordered_json;

Json Whole(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;  // A script can rely on every field being there.
  std::string text;
  if (!google::protobuf::util::MessageToJsonString(message, &text, options).ok()) return Json();
  return Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

// `openDecisions` for `open_decisions`.
std::string CamelCase(const std::string& name) {
  std::string out;
  bool upper = false;
  for (const char c : name) {
    if (c == '_') {
      upper = true;
      continue;
    }
    out += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = false;
  }
  return out;
}

Json Lookup(const Json& object, const std::string& path) {
  const size_t dot = path.find('.');
  const auto found = object.find(CamelCase(path.substr(0, dot)));
  if (!object.is_object() || found == object.end()) return Json();
  return dot == std::string::npos ? *found : Lookup(*found, path.substr(dot + 1));
}

Json ValueOf(const std::variant<std::string, int, bool>& extra) {
  return std::visit([](const auto& value) { return Json(value); }, extra);
}

Json Select(const google::protobuf::Message& message, const JsonOptions& options,
            const JsonExtras& extras) {
  const Json whole = Whole(message);
  if (options.fields.empty()) return whole;
  Json selected = Json::object();
  for (const std::string& field : options.fields) {
    const auto extra = extras.find(field);
    selected[field] = extra != extras.end() ? ValueOf(extra->second) : Lookup(whole, field);
  }
  return selected;
}

Json Select(const JsonExtras& values, const JsonOptions& options) {
  Json selected = Json::object();
  if (options.fields.empty()) {
    for (const auto& [key, value] : values) selected[key] = ValueOf(value);
  }
  for (const std::string& field : options.fields) {
    const auto found = values.find(field);
    selected[field] = found == values.end() ? Json() : ValueOf(found->second);
  }
  return selected;
}

// Bytes that are not UTF-8 cannot stop the output: they become U+FFFD.
std::string Dump(const Json& json, bool pretty) {
  return json.dump(pretty ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message, const JsonOptions& options,
                   const JsonExtras& extras) {
  return Dump(Select(message, options, extras), options.pretty);
}

std::string ToJsonArray(const std::vector<const google::protobuf::Message*>& messages,
                        const JsonOptions& options) {
  Json array = Json::array();
  for (const auto* message : messages) array.push_back(Select(*message, options, {}));
  return Dump(array, options.pretty);
}

std::string ToJsonObject(const JsonExtras& values, const JsonOptions& options) {
  return Dump(Select(values, options), options.pretty);
}

std::string ToJsonArray(const std::vector<JsonExtras>& rows, const JsonOptions& options) {
  Json array = Json::array();
  for (const JsonExtras& row : rows) array.push_back(Select(row, options));
  return Dump(array, options.pretty);
}

std::map<std::string, std::string> ReadTexts(const std::string& json) {
  std::map<std::string, std::string> texts;
  const Json object = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) return texts;
  for (const auto& [key, value] : object.items()) {
    if (value.is_string()) texts[key] = value.get<std::string>();
  }
  return texts;
}

std::string ToJsonLine(const google::protobuf::Message& message, const JsonExtras& pairs) {
  Json line = Json::object();
  for (const auto& [key, value] : pairs) line[key] = ValueOf(value);
  line.update(Whole(message));
  return Dump(line, /*pretty=*/false);
}

std::string ErrorJson(const absl::Status& status, const std::string& about) {
  Json violations = Json::array();
  for (const FieldViolation& violation : FieldViolationsOf(status)) {
    violations.push_back({{"field", violation.field},
                          {"description", violation.description},
                          {"reason", violation.reason}});
  }
  const Json error = {{"code", absl::StatusCodeToString(status.code())},
                      {"reason", ErrorReasonOf(status)},
                      {"message", std::string(status.message())},
                      {"about", about},
                      {"metadata", ErrorMetadataOf(status)},
                      {"violations", violations}};
  return Dump({{"error", error}}, /*pretty=*/false);
}

}  // namespace gavel::cli
