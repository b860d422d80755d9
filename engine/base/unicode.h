// UTF-8, and the characters that people cannot see.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gavel {

// The code point at `offset`, which moves behind it; nothing where the bytes are not UTF-8
// (overlong forms, surrogates and values past U+10FFFF are not). `offset` must be in range.
std::optional<uint32_t> NextCodePoint(std::string_view bytes, size_t& offset);

// Offset of the first byte that is not UTF-8; nothing where all of it is.
std::optional<size_t> FirstInvalidUtf8(std::string_view bytes);

// Reorders the text around it, so that people read something else than the machine.
bool IsBidiControl(uint32_t code_point);
// Takes no space: two names that look alike would differ.
bool IsZeroWidth(uint32_t code_point);
// Ends a line for YAML 1.1 but for no editor, so that line numbers would disagree.
bool IsForeignLineBreak(uint32_t code_point);
// What can command a terminal, reorder or hide: control characters (the line feed and the tab are
// such), foreign line breaks, bidi and invisible marks, tags. Not the joiner that holds emoji
// together.
bool IsUnsafeToShow(uint32_t code_point);
// What a name must not hold, as two that look alike would differ: the above and every joiner.
bool IsUnsafeInName(uint32_t code_point);

// A character and where it stands.
struct FoundCharacter {
  uint32_t code_point;
  size_t offset;
};

// The first character of `text` (UTF-8) for which `predicate` holds.
std::optional<FoundCharacter> FindCharacter(std::string_view text, bool (*predicate)(uint32_t));

// `U+200B`.
std::string CodePointText(uint32_t code_point);
// The same for people: `a line break`, `a tab`, `the invisible character U+200B`.
std::string InvisibleText(uint32_t code_point);

}  // namespace gavel
