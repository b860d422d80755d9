// JSON from outside: every question has an answer, whatever the client sent.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace gavel::lsp {

using Json = nlohmann::json;

// The value under `path` (`textDocument/uri`); null where anything on the way is missing or no
// object.
const Json& At(const Json& json, std::string_view path);

// The same, by type; nothing, or the fallback, where the value is of another.
std::optional<std::string> TextAt(const Json& json, std::string_view path);
std::optional<int64_t> IntAt(const Json& json, std::string_view path);
bool BoolAt(const Json& json, std::string_view path, bool fallback = false);
// True where there is a list of texts that holds `text`.
bool ListHas(const Json& json, std::string_view path, std::string_view text);

// The value of a message; nothing for what is no JSON, or nested a hundred deep. A
// lone surrogate, which editors send when a
// character was cut in half, becomes U+FFFD: as long in UTF-16, so that every column stays right.
std::optional<Json> ParseJson(std::string_view text);

// One line. What is not UTF-8 becomes U+FFFD.
std::string Dump(const Json& json);

}  // namespace gavel::lsp
