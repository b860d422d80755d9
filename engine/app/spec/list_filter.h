// The filter of `ListSpecs`: a small part of AIP-160.
//
//   filter  := or
//   or      := and ("OR" and)*
//   and     := unary ("AND" unary)*        two terms side by side mean AND
//   unary   := "NOT" unary | "(" or ")" | term
//   term    := field ("=" | "!=" | ":") value
//   value   := a word, or text in double quotes
//
// `=` compares the whole value, any ASCII case; `:` finds a part of it (for lists: any entry).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace gavel::app {

class ListFilter {
 public:
  // The values of a field of the item at hand.
  using Values = std::function<std::vector<std::string>(std::string_view field)>;

  // `fields` are the known field names. An empty text matches everything. At most 100 levels deep.
  //
  // Errors: INVALID_ARGUMENT `FILTER_INVALID`, naming the position and the fix.
  static absl::StatusOr<ListFilter> Parse(std::string_view text,
                                          const std::vector<std::string>& fields);

  bool Matches(const Values& values) const;

  struct Node;  // One operator or term; see the .cc.

 private:
  explicit ListFilter(std::shared_ptr<const Node> root) : root_(std::move(root)) {}

  std::shared_ptr<const Node> root_;  // Null matches everything.
};

}  // namespace gavel::app
