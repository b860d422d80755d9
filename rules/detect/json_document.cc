#include "rules/detect/json_document.h"

#include <fmt/format.h>

#include <vector>

namespace gavel::rules {
namespace {

using Json = nlohmann::json;

// Builds the document from parser events and stops at the first one over the budget.
class Builder : public Json::json_sax_t {
 public:
  Builder(const JsonLimits& limits, JsonDocument& document)
      : limits_(limits), document_(document) {}

  bool null() override { return Add(nullptr); }
  bool boolean(bool value) override { return Add(value); }
  bool number_integer(number_integer_t value) override { return Add(value); }
  bool number_unsigned(number_unsigned_t value) override { return Add(value); }
  bool number_float(number_float_t, const string_t& written) override { return Add(written); }
  bool string(string_t& value) override { return Add(std::move(value)); }
  bool binary(binary_t&) override { return Fail("Binary values are no JSON."); }
  bool start_object(size_t) override { return Open(Json::object()); }
  bool start_array(size_t) override { return Open(Json::array()); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }

  bool key(string_t& name) override {
    const auto [place, inserted] = open_.back()->emplace(name, nullptr);
    slot_ = &*place;
    return inserted || Fail(fmt::format("The key `{}` stands twice in one object.",
                                        name.substr(0, kShownKeyBytes)));
  }

  bool parse_error(size_t offset, const std::string&, const Json::exception&) override {
    return Fail(fmt::format("Not JSON from byte {} on.", offset));
  }

 private:
  static constexpr size_t kShownKeyBytes = 60;

  bool Fail(std::string error) {
    document_.error = std::move(error);
    return false;
  }

  // Puts a value where it belongs; nullptr over the budget.
  Json* Place(Json value) {
    if (++values_ > limits_.max_values) {
      Fail(fmt::format("More than {} values.", limits_.max_values));
      return nullptr;
    }
    if (open_.empty()) return &(document_.root = std::move(value));
    if (open_.back()->is_array()) {
      open_.back()->push_back(std::move(value));
      return &open_.back()->back();
    }
    return &(*slot_ = std::move(value));
  }

  template <typename Value>
  bool Add(Value&& value) {
    return Place(Json(std::forward<Value>(value))) != nullptr;
  }

  bool Open(Json container) {
    if (open_.size() == limits_.max_depth) {
      return Fail(fmt::format("Nested deeper than {} levels.", limits_.max_depth));
    }
    Json* const place = Place(std::move(container));
    if (place != nullptr) open_.push_back(place);
    return place != nullptr;
  }

  bool Close() {
    open_.pop_back();
    return true;
  }

  const JsonLimits limits_;
  JsonDocument& document_;
  // Containers not closed yet. Only the innermost grows, so none of the others moves.
  std::vector<Json*> open_;
  Json* slot_ = nullptr;  // Value of the last key of the innermost object.
  size_t values_ = 0;
};

}  // namespace

JsonDocument ReadJson(std::string_view text, const JsonLimits& limits) {
  JsonDocument document;
  if (text.size() > limits.max_bytes) {
    document.error = fmt::format("{} bytes; at most {} are read.", text.size(), limits.max_bytes);
    return document;
  }
  Builder builder(limits, document);
  Json::sax_parse(text.begin(), text.end(), &builder);
  return document;
}

}  // namespace gavel::rules
