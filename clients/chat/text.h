// Text from outside (titles, rationales, names) made safe to show. Titles are hostile input: they
// may carry control codes, bidi marks, mentions of a whole channel, or markup of the service.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gavel::chat {

// One line of plain text: line breaks and runs of blanks become one blank; control characters, bidi
// marks and invisible marks are dropped; bytes that are no UTF-8 become U+FFFD.
std::string CleanLine(std::string_view text);

// Several lines: as CleanLine, but line breaks (as `\n`) and runs of blanks stay, for documents
// whose indentation means something. A tab becomes two blanks.
std::string CleanText(std::string_view text);

// At most `max_chars` code points (at least 1), the last one `…` where something was cut.
std::string Clip(std::string_view text, size_t max_chars);

// At most `max_bytes` bytes (at least 3), never splitting a code point; ends in `…` where cut.
std::string ClipBytes(std::string_view text, size_t max_bytes);

// Code points, counting each stray byte as one.
size_t CharCount(std::string_view text);

// Puts a zero-width space behind every `@` that begins a word, so that no service reads `@channel`,
// `@everyone` or a name as a mention. Addresses such as `ana@example.org` stay as they are.
std::string DefuseMentions(std::string_view text);

// `text` with every occurrence of `from` replaced. `from` must not be empty.
std::string ReplaceAll(std::string text, std::string_view from, std::string_view to);

}  // namespace gavel::chat
