// Numbers as people write them in tables and in prose: `$1,024`, `2 048 GiB`, `1.0–1.5 M a day`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gavel::rules {

// A number, or a range of two; `low` and `high` are equal for one number. Never negative.
struct Quantity {
  double low = 0;
  double high = 0;
  double scale = 1;  // What a word such as `M` multiplied both by.
};

// The one number or range of `text`, which may have a currency before it and a unit behind it.
// `k`, `M`, `thousand`, `million` and `billion` behind it multiply. Thousands are parted by commas,
// apostrophes or spaces, or by points where decimals follow a comma (`1.024,50`). Nothing where
// there is no number, more than one, a percentage or a sign. O(bytes).
std::optional<Quantity> ParseQuantity(std::string_view text);

// `amount` as cents, rounded; nothing past 90 billion of the currency.
std::optional<int64_t> CentsOf(double amount);

// `505`, or `505.50`: cents as the front matter writes them.
std::string PlainAmount(int64_t cents);

// The text with every dash as `-` and every space as ` `, without the marks of bold and code and
// without currency signs.
std::string PlainNumberText(std::string_view text);

}  // namespace gavel::rules
