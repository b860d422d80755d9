// JSON from outside, read within a budget: no input costs more than its limits say.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace gavel::rules {

struct JsonLimits {
  size_t max_bytes = 3 * 1024 * 1024;
  size_t max_depth = 64;
  size_t max_values = 500'000;
};

struct JsonDocument {
  nlohmann::json root;
  std::string error;  // Why it cannot be read, with the byte offset; empty where it can.
};

// Reads one JSON value. Numbers that are no 64-bit integer become texts, as written, so that
// nothing here computes with floating point. A key that stands twice in an object is an error: two
// readers would see two documents. O(bytes), up to the limits.
JsonDocument ReadJson(std::string_view text, const JsonLimits& limits = {});

}  // namespace gavel::rules
