#include "rules/analysis/kinds.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "rules/evaluate/leaf.h"

namespace gavel::rules {
namespace {

// A possible member. Of dependencies, `product` is an id of some view's catalog.
struct Candidate {
  std::string product, tier;  // Of dependencies and undeclared ones.
  std::string name;
  bool unlimited = false;
  std::tuple<bool, int, Field, int64_t> rank;  // Plain ones first: of a catalog, standard, cheap.
};

FieldValue OneMember(const std::string& name) {
  FieldValue value;
  value.knowledge = Knowledge::kKnown;
  value.names = {name};
  return value;
}

bool TestsMembership(const Leaf& leaf) {
  return InfoOf(leaf.field).type == FieldType::kSet &&
         (!leaf.names.empty() || !leaf.set_names.empty()) &&
         (leaf.op == Op::kOnlyIn || leaf.op == Op::kAnyIn || leaf.op == Op::kNoneIn ||
          leaf.op == Op::kHas || leaf.op == Op::kLacks);
}

Field ClassField(const v1::Product* product) {
  if (product != nullptr && product->product_class() == "storage") return Field::kDepsStorage;
  if (product != nullptr && product->product_class() == "compute") return Field::kDepsCompute;
  return Field::kDepsOther;
}

}  // namespace

SetAxis SetAxisOf(Field field) {
  switch (field) {
    case Field::kDetectUndeclared:
      return kUndeclaredAxis;
    case Field::kRegions:
      return kRegionsAxis;
    case Field::kSections:
      return kSectionsAxis;
    case Field::kMentionsUndeclared:
      return kMentionsAxis;
    default:
      return kDependenciesAxis;
  }
}

class KindMaker {
 public:
  KindMaker(SetAxis axis, const std::vector<PolicyView>& views, KindTable& table)
      : axis_(axis), views_(views), table_(table) {}

  void Make();

 private:
  using Traits = KindTable::Traits;

  void CollectLists();
  std::vector<Candidate> Candidates() const;
  void AddTiers(std::vector<Candidate>& candidates) const;
  void AddIds(std::vector<Candidate>& candidates) const;
  void SortPlainFirst(std::vector<Candidate>& candidates) const;
  Candidate Read(const Candidate& candidate, const PolicyView& view) const;
  Traits TraitsOf(const Candidate& candidate) const;
  void AddTraits(const Candidate& candidate, const PolicyView& view, Traits& traits) const;

  const SetAxis axis_;
  const std::vector<PolicyView>& views_;
  KindTable& table_;
  std::vector<std::pair<size_t, Leaf>> lists_;  // View and a test for a member of each list.
  bool prices_ = false;                         // Some rule reads the cost.
};

void KindMaker::CollectLists() {
  for (size_t view = 0; view < views_.size(); ++view) {
    for (const Program* const program : views_[view].programs) {
      for (const Leaf& leaf : program->leaves) {
        prices_ = prices_ || leaf.field == Field::kCostMonthlyUsd;
        if (!TestsMembership(leaf) || SetAxisOf(leaf.field) != axis_) continue;
        if (!table_.lists_.emplace(KindTable::ListOf(leaf, view), lists_.size()).second) continue;
        lists_.emplace_back(view, leaf);
        lists_.back().second.op = Op::kAnyIn;
      }
    }
  }
  prices_ = prices_ && axis_ == kDependenciesAxis;
}

// Every tier of every catalog; for each product a tier that no catalog has, and a product that none
// has: of those there is no end.
void KindMaker::AddTiers(std::vector<Candidate>& candidates) const {
  std::set<std::pair<std::string, std::string>> tiers;
  std::set<std::string> products;
  for (const PolicyView& view : views_) {
    for (const v1::Product& product : view.policy->catalog().products()) {
      products.insert(product.id());
      for (const v1::Tier& tier : product.tiers()) tiers.emplace(product.id(), tier.id());
    }
  }
  const auto add = [&](const std::string& product, const std::string& tier, bool unlimited) {
    candidates.push_back({product, tier, product + "/" + tier, unlimited, {}});
  };
  for (const auto& [product, tier] : tiers) add(product, tier, false);
  std::string unlisted = "unlisted";
  while (products.count(unlisted) > 0) unlisted += "-product";
  products.insert(unlisted);
  for (const std::string& product : products) {
    std::string tier = "unlisted";
    while (tiers.count({product, tier}) > 0) tier += "-tier";
    add(product, tier, true);
  }
}

void KindMaker::AddIds(std::vector<Candidate>& candidates) const {
  std::set<std::string> seen;
  const auto add = [&](const auto& entries) {
    for (const auto& entry : entries) {
      if (seen.insert(entry.id()).second) candidates.push_back({"", "", entry.id(), false, {}});
    }
  };
  for (const PolicyView& view : views_) {
    if (axis_ == kRegionsAxis) add(view.policy->catalog().regions());
    if (axis_ == kSectionsAxis) add(view.policy->org().sections());
    if (axis_ == kMentionsAxis) add(view.policy->catalog().products());
  }
}

// The candidate as a spec's reader under that policy takes it down.
Candidate KindMaker::Read(const Candidate& candidate, const PolicyView& view) const {
  if (axis_ != kDependenciesAxis) return candidate;
  Candidate read = candidate;
  const auto written = view.written.find(candidate.product);
  if (written != view.written.end()) read.product = written->second;
  const v1::Product* const product = view.policy->catalog_index().FindProduct(read.product);
  if (product != nullptr) read.product = product->id();
  read.name = read.product + "/" + read.tier;
  return read;
}

void KindMaker::SortPlainFirst(std::vector<Candidate>& candidates) const {
  const PolicyView& view = views_.back();
  for (Candidate& candidate : candidates) {
    const Candidate read = Read(candidate, view);
    const auto ref = view.policy->catalog_index().FindTier(read.product, read.tier);
    const int status = ref ? CatalogIndex::StatusOn(*ref->tier, view.as_of) : 9;
    candidate.rank = {candidate.unlimited, status, ClassField(ref ? ref->product : nullptr),
                      ref ? ref->tier->max_monthly_cents() : 0};
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.rank < b.rank; });
}

std::vector<Candidate> KindMaker::Candidates() const {
  std::vector<Candidate> candidates;
  if (axis_ == kDependenciesAxis || axis_ == kUndeclaredAxis) {
    AddTiers(candidates);
    SortPlainFirst(candidates);
  } else {
    AddIds(candidates);
  }
  return candidates;
}

void KindMaker::AddTraits(const Candidate& candidate, const PolicyView& view,
                          Traits& traits) const {
  if (axis_ != kDependenciesAxis && axis_ != kUndeclaredAxis) return;
  const CatalogIndex& catalog = view.policy->catalog_index();
  const v1::Product* const product = catalog.FindProduct(candidate.product);
  const auto ref =
      product != nullptr ? catalog.FindTier(product->id(), candidate.tier) : std::nullopt;
  traits.refused.push_back(!ref || CatalogIndex::PastSunset(*ref->tier, view.as_of));
  if (axis_ != kDependenciesAxis) return;
  traits.fields.push_back(ClassField(product));
  if (prices_)
    traits.prices.push_back(ref ? static_cast<uint64_t>(ref->tier->max_monthly_cents()) : 0);
}

KindMaker::Traits KindMaker::TraitsOf(const Candidate& candidate) const {
  Traits traits;
  traits.unlimited = candidate.unlimited;
  traits.respelled = views_.front().written.count(candidate.product) > 0;
  std::vector<FieldValue> members;
  for (const PolicyView& view : views_) {
    const Candidate read = Read(candidate, view);
    AddTraits(read, view, traits);
    members.push_back(OneMember(read.name));
  }
  for (const auto& [view, test] : lists_) {
    const v1::Truth truth =
        LeafTruth(test, members[view], views_[view].policy->catalog_index(), views_[view].as_of);
    traits.named.push_back(truth == v1::TRUTH_TRUE);
  }
  return traits;
}

void KindMaker::Make() {
  CollectLists();
  std::map<Traits, size_t> index;
  for (const Candidate& candidate : Candidates()) {
    const auto [entry, inserted] = index.emplace(TraitsOf(candidate), table_.kinds_.size());
    if (inserted) {
      const Traits& traits = entry->first;
      table_.kinds_.push_back({{}, traits.unlimited, traits.prices});
      table_.traits_.push_back(traits);
    }
    table_.kinds_[entry->second].names.push_back(candidate.name);
  }
}

KindTable::KindTable(SetAxis axis, const std::vector<PolicyView>& views) {
  KindMaker(axis, views, *this).Make();
}

Mask KindTable::OfField(Field field, size_t view) const {
  Mask mask(kinds_.size());
  const bool part =
      field == Field::kDepsStorage || field == Field::kDepsCompute || field == Field::kDepsOther;
  for (size_t kind = 0; kind < kinds_.size(); ++kind) {
    if (!part || traits_[kind].fields[view] == field) mask.Add(kind);
  }
  return mask;
}

Mask KindTable::Named(const Leaf& leaf, size_t view) const {
  Mask mask(kinds_.size());
  const auto list = lists_.find(ListOf(leaf, view));
  if (list == lists_.end()) return mask;
  for (size_t kind = 0; kind < kinds_.size(); ++kind) {
    if (traits_[kind].named[list->second]) mask.Add(kind);
  }
  return mask;
}

size_t KindTable::PricesOf(size_t view) const {
  for (size_t other = 0; other < view; ++other) {
    const bool same = std::all_of(kinds_.begin(), kinds_.end(), [&](const MemberKind& kind) {
      return kind.prices.empty() || kind.prices[other] == kind.prices[view];
    });
    if (same) return other;
  }
  return view;
}

Mask KindTable::Respelled() const {
  Mask mask(kinds_.size());
  for (size_t kind = 0; kind < kinds_.size(); ++kind) {
    if (traits_[kind].respelled) mask.Add(kind);
  }
  return mask;
}

Mask KindTable::Refused(size_t view) const {
  Mask mask(kinds_.size());
  for (size_t kind = 0; kind < kinds_.size(); ++kind) {
    if (!traits_[kind].refused.empty() && traits_[kind].refused[view]) mask.Add(kind);
  }
  return mask;
}

}  // namespace gavel::rules
