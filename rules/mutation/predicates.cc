#include "rules/mutation/predicates.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "rules/condition/field.h"
#include "rules/condition/program.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr int64_t kUnitCents = 100;
constexpr int64_t kMaxSize = 1000;  // As the grammar of `size` allows.

int64_t NumberOf(const std::string& text) {
  int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool IsMoney(const v1::Predicate& predicate) {
  return predicate.op() != "stated" && FindField(predicate.field())->type == FieldType::kMoney;
}

bool IsSize(const v1::Predicate& predicate) { return predicate.op().starts_with("size_"); }

std::string ArgText(const v1::Predicate& predicate, const std::string& arg) {
  return IsMoney(predicate) ? AmountText(NumberOf(arg)) : arg;
}

std::string ArgsText(const v1::Predicate& predicate) {
  std::vector<std::string> args;
  for (const std::string& arg : predicate.args()) args.push_back(ArgText(predicate, arg));
  return args.size() == 1 ? args.front() : "[" + JoinComma(args) + "]";
}

class Changes {
 public:
  Changes(const v1::Predicate& predicate, const v1::Catalog& catalog)
      : predicate_(predicate), catalog_(catalog), field_(*FindField(predicate.field())) {}

  std::vector<PredicateChange> Find() {
    if (predicate_.op() == "stated" || predicate_.op() == "matches") return {};
    for (int i = 0; i < predicate_.args_size(); ++i) {
      if (IsMoney(predicate_)) MoveMoney(i);
      if (IsSize(predicate_)) MoveSize(i);
      if (field_.type == FieldType::kOrderedEnum && predicate_.args_size() == 1) Step(i);
      if (predicate_.args(i).starts_with('@')) SwapSet(i);
      if (predicate_.args_size() > 1 && !IsMoney(predicate_)) LeaveOut(i);
    }
    FlipOrNone();
    SwapQuantifier();
    return std::move(changes_);
  }

 private:
  void Add(v1::Predicate changed, std::string shown, bool by_cent = false) {
    changes_.push_back({std::move(changed), std::move(shown), by_cent});
  }

  void SetArg(int i, std::string arg, bool by_cent = false) {
    v1::Predicate changed = predicate_;
    changed.set_args(i, std::move(arg));
    std::string shown = ArgsText(changed);
    Add(std::move(changed), std::move(shown), by_cent);
  }

  // By one unit, then by one cent, so that the finer change stands behind the coarser.
  void MoveMoney(int i) {
    const int64_t limit = NumberOf(predicate_.args(i));
    for (const int64_t sign : {+1, -1}) {
      bool by_unit = false;
      for (const int64_t step : {kUnitCents, int64_t{1}}) {
        if (sign < 0 ? limit < step : limit > std::numeric_limits<int64_t>::max() - step) continue;
        const int64_t moved = limit + sign * step;
        if (Crosses(i, moved)) continue;
        SetArg(i, fmt::format("{}", moved), by_unit);
        by_unit = true;
      }
    }
  }

  // Whether the ends of `between` would change places.
  bool Crosses(int i, int64_t moved) const {
    if (predicate_.op() != "between") return false;
    return i == 0 ? moved > NumberOf(predicate_.args(1)) : moved < NumberOf(predicate_.args(0));
  }

  void MoveSize(int i) {
    const int64_t size = NumberOf(predicate_.args(i));
    for (const int64_t moved : {size + 1, size - 1}) {
      if (moved >= 0 && moved <= kMaxSize) SetArg(i, fmt::format("{}", moved));
    }
  }

  void Step(int i) {
    const auto& values = field_.values;
    const auto at = std::find(values.begin(), values.end(), predicate_.args(i));
    if (at == values.end()) return;
    if (at + 1 != values.end()) SetArg(i, std::string(*(at + 1)));
    if (at != values.begin()) SetArg(i, std::string(*(at - 1)));
  }

  void SwapSet(int i) {
    const auto& args = predicate_.args();
    const auto& sets = catalog_.sets();
    const auto own = std::find_if(sets.begin(), sets.end(), [&](const v1::CatalogSet& set) {
      return "@" + set.id() == args.Get(i);
    });
    for (const v1::CatalogSet& set : sets) {
      const std::string name = "@" + set.id();
      const bool fits = own != sets.end() && set.of_regions() == own->of_regions();
      if (fits && std::find(args.begin(), args.end(), name) == args.end()) SetArg(i, name);
    }
  }

  void LeaveOut(int i) {
    v1::Predicate changed = predicate_;
    changed.mutable_args()->DeleteSubrange(i, 1);
    std::string shown = ArgsText(changed);
    Add(std::move(changed), std::move(shown));
  }

  void FlipOrNone() {
    if (predicate_.op() != "only_in") return;
    v1::Predicate changed = predicate_;
    changed.set_or_none(!predicate_.or_none());
    Add(changed, fmt::format("or_none: {}", changed.or_none()));
  }

  // All of them, where one was meant, and the other way round.
  void SwapQuantifier() {
    const bool all = predicate_.op() == "only_in";
    if (!all && predicate_.op() != "any_in") return;
    v1::Predicate changed = predicate_;
    changed.set_op(all ? "any_in" : "only_in");
    changed.clear_or_none();
    if (!all) changed.set_or_none(false);
    Add(std::move(changed), all ? "any_in" : "only_in");
  }

  const v1::Predicate& predicate_;
  const v1::Catalog& catalog_;
  const FieldInfo& field_;
  std::vector<PredicateChange> changes_;
};

}  // namespace

std::vector<PredicateChange> ChangesOf(const v1::Predicate& predicate, const v1::Catalog& catalog) {
  return Changes(predicate, catalog).Find();
}

std::string PredicateText(const v1::Predicate& predicate) {
  return fmt::format("{} {} {}", predicate.field(), predicate.op(), ArgsText(predicate));
}

}  // namespace gavel::rules
