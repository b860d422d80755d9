// Edits of the front matter that keep its style: quotes, indentation, line ends, brackets.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rules/fix/open_document.h"

namespace gavel::rules {

// Each returns nothing where the place is not what was read, or is written in a way that one edit
// cannot keep (comments inside brackets).

// Another value in the place of a scalar; quoted as it was, or where it has to be.
std::optional<TextEdit> ReplaceScalar(const OpenDocument& document, const YamlNode& node,
                                      std::string_view value);
// `text`, which is YAML, in the place of any value.
std::optional<TextEdit> ReplaceValue(const OpenDocument& document, const YamlNode& node,
                                     std::string_view text);
// An item of a list without which the list still has one.
std::optional<TextEdit> RemoveItem(const OpenDocument& document, const FoundNode& item);
// A key with its value; its mapping keeps another one.
std::optional<TextEdit> RemoveEntry(const OpenDocument& document, const FoundNode& entry);
// One more item behind the last one of a list, which has at least one.
std::optional<TextEdit> AppendItem(const OpenDocument& document, const YamlNode& list,
                                   std::string_view text);
// `key: value` behind entry `index` of a mapping. `comment` follows it on a line of its own only.
std::optional<TextEdit> InsertEntry(const OpenDocument& document, const YamlNode& mapping,
                                    size_t index, std::string_view entry, std::string_view comment);

// `value` as a scalar: plain where that is certain to be read as text or number as it is, else in
// double quotes.
std::string YamlScalar(std::string_view value);

}  // namespace gavel::rules
