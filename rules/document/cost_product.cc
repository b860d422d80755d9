#include "rules/document/cost_product.h"

#include <algorithm>
#include <iterator>

#include "rules/text/amounts.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

struct Operator {
  std::string_view sign;
  bool divides;
};
constexpr Operator kOperators[] = {
    {" × ", false}, {" * ", false}, {" x ", false}, {" ÷ ", true}, {" / ", true}};
constexpr std::string_view kEnds[] = {";", "=", " high", ", high", "(", "."};

// Where the product ends: at the first of the ends. A point is one only before a space.
size_t ProductEnd(std::string_view how) {
  size_t end = how.size();
  for (const std::string_view mark : kEnds) {
    for (size_t at = how.find(mark); at < end; at = how.find(mark, at + 1)) {
      const bool decimal = mark == "." && at + 1 < how.size() && how[at + 1] != ' ';
      if (!decimal) end = at;
    }
  }
  return end;
}

// The first operator of `text`; `npos` where there is none.
std::pair<size_t, const Operator*> NextOperator(std::string_view text) {
  std::pair<size_t, const Operator*> first = {std::string_view::npos, nullptr};
  for (const Operator& candidate : kOperators) {
    const size_t at = text.find(candidate.sign);
    if (at < first.first) first = {at, &candidate};
  }
  return first;
}

}  // namespace

std::optional<CostProduct> ReadCostProduct(std::string_view how) {
  const size_t end = ProductEnd(how);
  CostProduct product{.value = 1, .unscaled = 1, .text = Trim(how.substr(0, end))};
  std::string_view rest = product.text;
  bool divides = false;
  for (int factors = 1;; ++factors) {
    const auto [at, next] = NextOperator(rest);
    const auto factor = ParseQuantity(rest.substr(0, at));
    if (!factor || factor->low != factor->high) return std::nullopt;
    if (divides && factor->low == 0) return std::nullopt;
    const double plain = factor->low / factor->scale;
    product.value = divides ? product.value / factor->low : product.value * factor->low;
    product.unscaled = divides ? product.unscaled / plain : product.unscaled * plain;
    if (next == nullptr) {
      if (factors == 1) return std::nullopt;
      break;
    }
    divides = next->divides;
    rest.remove_prefix(at + next->sign.size());
  }
  if (end < how.size() && how[end] == '=') {
    std::string_view said = how.substr(end + 1);
    said = said.substr(0, ProductEnd(said));
    const auto value = ParseQuantity(said);
    if (!value) return std::nullopt;
    product.said = value->low;
  }
  return product;
}

}  // namespace gavel::rules
