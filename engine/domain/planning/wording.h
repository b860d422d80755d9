// Small pieces of English that reasons and documents share.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gavel {

// "4,200"
std::string NumberText(int number);

// "1 day", "3 days", "4,200 words": `noun` takes a plain plural s.
std::string CountText(int count, std::string_view noun);

// "1st", "2nd", "3rd", "11th", "112th"; `number` is positive.
std::string OrdinalText(int number);

// "A-1", "A-1 and A-2", "A-1, A-2 and A-3"; empty for none.
std::string ListText(std::span<const std::string> words);

// `text` as one line: every run of blanks, line breaks and control characters is one space, none at
// either end; marks that hide or reorder text are left out.
std::string OneLine(std::string_view text);

}  // namespace gavel
