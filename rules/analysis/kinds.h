// What a set may contain, sorted into kinds that no rule tells apart.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "rules/analysis/mask.h"
#include "rules/analysis/members.h"
#include "rules/analysis/view.h"
#include "rules/condition/field.h"

namespace gavel::rules {

enum SetAxis : size_t {
  kDependenciesAxis,
  kUndeclaredAxis,
  kRegionsAxis,
  kSectionsAxis,
  kMentionsAxis,
};
inline constexpr size_t kSetAxisCount = 5;

// The set that a field of type kSet is, or is part of.
SetAxis SetAxisOf(Field field);

class KindTable {
 public:
  // Kinds that come first make the plainer examples: standard and cheap.
  KindTable(SetAxis axis, const std::vector<PolicyView>& views);

  const std::vector<MemberKind>& kinds() const { return kinds_; }

  // The members that count for `field` in a view: `deps.storage` is part of the dependencies.
  Mask OfField(Field field, size_t view) const;
  // The members that a test of membership names.
  Mask Named(const Leaf& leaf, size_t view) const;
  // The members that a built-in sends to people: not in the catalog, or past sunset.
  Mask Refused(size_t view) const;
  // The view whose prices are to be summed for `view`: the first that has the same ones.
  size_t PricesOf(size_t view) const;
  // The members that authors write by an alias, see PolicyView::written.
  Mask Respelled() const;

 private:
  friend class KindMaker;

  // Members with equal traits are of one kind.
  struct Traits {
    std::vector<Field> fields;     // One per view; of dependencies: their class.
    std::vector<bool> refused;     // One per view.
    std::vector<bool> named;       // One per list in `lists_`.
    std::vector<uint64_t> prices;  // One per view, where a rule reads the cost.
    bool unlimited = false;
    bool respelled = false;
    auto operator<=>(const Traits&) const = default;
  };
  // A list of names and sets, as one view reads it.
  struct List {
    size_t view;
    std::vector<std::string> names;
    std::vector<std::string> set_names;
    auto operator<=>(const List&) const = default;
  };
  static List ListOf(const Leaf& leaf, size_t view) { return {view, leaf.names, leaf.set_names}; }

  std::vector<MemberKind> kinds_;
  std::vector<Traits> traits_;    // Of each kind.
  std::map<List, size_t> lists_;  // To the index in Traits::named.
};

}  // namespace gavel::rules
