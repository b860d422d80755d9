#include "rules/fix/fix.h"

namespace gavel::rules {

std::vector<Fix> FixesFor(std::string_view, const v1::Finding&, const Policy*) { return {}; }

TextRange RangeOf(std::string_view bytes, const v1::Finding&) { return {0, bytes.size()}; }

std::string ApplyEdits(std::string_view bytes, std::span<const TextEdit>) {
  return std::string(bytes);
}

}  // namespace gavel::rules
