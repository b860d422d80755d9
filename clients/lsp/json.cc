#include "clients/lsp/json.h"

#include <algorithm>
#include <cctype>

namespace gavel::lsp {
namespace {

// The UTF-16 unit of a `\uXXXX` at `at`; nothing where there is none.
std::optional<unsigned> EscapeAt(std::string_view text, size_t at) {
  if (text.substr(at, 2) != "\\u" || text.size() < at + 6) return std::nullopt;
  unsigned unit = 0;
  for (const char c : text.substr(at + 2, 4)) {
    if (!std::isxdigit(static_cast<unsigned char>(c))) return std::nullopt;
    const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    unit = unit * 16 + static_cast<unsigned>(digit);
  }
  return unit;
}

bool IsHigh(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLow(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

// Copying, showing and freeing JSON goes as deep as it is nested: more than this is nobody's
// message, and enough of it would end the process.
constexpr int kMaxDepth = 100;

bool IsTooDeep(std::string_view text) {
  int depth = 0;
  bool in_text = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_text) {
      at += c == '\\' ? 1 : 0;
      in_text = c != '"';
    } else if (c == '"') {
      in_text = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxDepth) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

std::string WithoutLoneSurrogates(std::string_view text) {
  std::string mended;
  mended.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    if (text[at] != '\\') {
      mended += text[at++];
      continue;
    }
    const auto unit = EscapeAt(text, at);
    if (!unit.has_value()) {  // Any other escape, a backslash's own included.
      mended += text.substr(at, 2);
      at += 2;
      continue;
    }
    const auto next = EscapeAt(text, at + 6);
    if (IsHigh(*unit) && next.has_value() && IsLow(*next)) {
      mended += text.substr(at, 12);
      at += 12;
      continue;
    }
    mended += IsHigh(*unit) || IsLow(*unit) ? std::string_view("\\ufffd") : text.substr(at, 6);
    at += 6;
  }
  return mended;
}

}  // namespace

const Json& At(const Json& json, std::string_view path) {
  static const auto* const kNull = new Json();
  const Json* at = &json;
  while (!path.empty()) {
    const size_t slash = std::min(path.find('/'), path.size());
    if (!at->is_object()) return *kNull;
    const auto found = at->find(std::string(path.substr(0, slash)));
    if (found == at->end()) return *kNull;
    at = &*found;
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return *at;
}

std::optional<std::string> TextAt(const Json& json, std::string_view path) {
  const Json& value = At(json, path);
  if (!value.is_string()) return std::nullopt;
  return value.get<std::string>();
}

std::optional<int64_t> IntAt(const Json& json, std::string_view path) {
  const Json& value = At(json, path);
  if (!value.is_number_integer()) return std::nullopt;
  return value.get<int64_t>();
}

bool BoolAt(const Json& json, std::string_view path, bool fallback) {
  const Json& value = At(json, path);
  return value.is_boolean() ? value.get<bool>() : fallback;
}

bool ListHas(const Json& json, std::string_view path, std::string_view text) {
  const Json& list = At(json, path);
  if (!list.is_array()) return false;
  for (const Json& item : list) {
    if (item.is_string() && item.get_ref<const std::string&>() == text) return true;
  }
  return false;
}

std::optional<Json> ParseJson(std::string_view text) {
  if (IsTooDeep(text)) return std::nullopt;
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) {
    json = Json::parse(WithoutLoneSurrogates(text), nullptr, /*allow_exceptions=*/false);
  }
  if (json.is_discarded()) return std::nullopt;
  return json;
}

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

}  // namespace gavel::lsp
