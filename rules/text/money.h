// Amounts of money as integers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gavel::rules {

// Cents of `400` or `400.50`: no sign, no leading zero, no exponent, no or exactly two decimals, up
// to 92,233,720,368,547,758.07. Nothing for any other text.
std::optional<int64_t> ParseCents(std::string_view text);

// The sum; nothing on overflow.
std::optional<int64_t> CheckedAdd(int64_t a, int64_t b);

}  // namespace gavel::rules
