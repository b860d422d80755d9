#include "rules/packed/digest.h"

#include <algorithm>
#include <limits>

#include "rules/packed/pack.h"

namespace gavel::rules {
namespace {

using Hashes = google::protobuf::RepeatedField<uint64_t>;

// Facts that a person writes: wrong ones close the author gate, missing ones can be asked for.
constexpr uint32_t kWritten =
    StatusBit(PackedFact::kCategory) | StatusBit(PackedFact::kSystem) |
    StatusBit(PackedFact::kDependencies) | StatusBit(PackedFact::kClassification) |
    StatusBit(PackedFact::kPersonal) | StatusBit(PackedFact::kRegions) |
    StatusBit(PackedFact::kMonthlyCost) | StatusBit(PackedFact::kReversible) |
    StatusBit(PackedFact::kBlastRadius);

constexpr size_t At(Field field) { return static_cast<size_t>(field); }

uint32_t RanksBetween(uint32_t low, uint32_t high) {
  return ((2u << high) - 1) & ~((1u << low) - 1);
}

}  // namespace

template <bool kOneWord>
class Digester::Reader {
 public:
  Reader(const Digester& digester, const v1::PackedFacts& facts, int32_t day, Digest& digest)
      : digester_(digester), names_(digester.names_), facts_(facts), day_(day), digest_(digest) {}

  void Read() {
    ReadStatuses();
    digest_.uncataloged = digest_.past_sunset = false;
    if (IsKnown(PackedFact::kCategory)) ReadCategory();
    if (IsKnown(PackedFact::kDependencies)) ReadDependencies();
    if (IsKnown(PackedFact::kRegions)) ReadSet(Field::kRegions, facts_.regions());
    if (IsKnown(PackedFact::kSections)) ReadSet(Field::kSections, facts_.sections());
    if (IsKnown(PackedFact::kMentions)) ReadSet(Field::kMentionsUndeclared, facts_.mentions());
    if (IsKnown(PackedFact::kUndeclared)) ReadSet(Field::kDetectUndeclared, facts_.undeclared());
    CheckUndeclared();
    ReadClassification();
    SetRank(Field::kChangeBlastRadius, PackedFact::kBlastRadius, Rank(kBlastRadiusShift));
    SetRank(Field::kDetectCoverage, PackedFact::kCoverage, Rank(kCoverageShift));
    SetRank(Field::kDataPersonal, PackedFact::kPersonal, Flag(kPersonalFlag));
    SetRank(Field::kChangeReversible, PackedFact::kReversible, Flag(kReversibleFlag));
    digest_.ranks[At(Field::kSpecTitle)] = kInsideAlways | kOutsideAlways;
    ReadCosts();
  }

 private:
  size_t words() const { return kOneWord ? 1 : names_.words(); }
  bool IsKnown(PackedFact fact) const { return (digest_.known & StatusBit(fact)) != 0; }
  uint32_t Rank(int shift) const { return facts_.ranks() >> shift & 15u; }
  uint32_t Flag(PackedFlag flag) const { return (facts_.flags() & flag) != 0 ? 1 : 0; }

  // All facts at once: 01 is known, 00 missing, 11 wrong.
  void ReadStatuses() {
    const uint32_t low = facts_.statuses(), high = facts_.statuses() >> 1;
    digest_.known = (low & ~high & kAllFacts) | kTitleBit;
    digest_.missing = Flag(kFactsUnknownFlag) != 0 ? 0 : ~low & ~high & kWritten;
    digest_.wrong = Flag(kFindingWrongFlag) != 0 || (low & high & kWritten) != 0;
  }

  uint64_t* Plane(Field field) { return digest_.planes.data() + At(field) * kPlanes * words(); }

  void StartSet(Field field) {
    uint64_t* const any = Plane(field);
    for (size_t word = 0; word < words(); ++word) {
      any[word] = 0;
      any[words() + word] = ~uint64_t{0};
    }
  }

  void AddBits(Field field, const uint64_t* any_of, const uint64_t* all_of) {
    uint64_t* const any = Plane(field);
    for (size_t word = 0; word < words(); ++word) {
      any[word] |= any_of[word];
      any[words() + word] &= all_of[word];
    }
  }

  void AddName(Field field, const uint64_t* bits) { AddBits(field, bits, bits); }

  // Ends a set.
  void SetSize(Field field, int64_t size) {
    SetMoney(field, size, size);
    uint64_t* const all = Plane(field) + words();
    for (size_t word = 0; word < words(); ++word) all[words() + word] = size > 0 ? all[word] : 0;
  }

  void ReadCategory() {
    StartSet(Field::kSpecCategory);
    AddName(Field::kSpecCategory, names_.Bits(names_.Find(facts_.category()), day_));
    SetSize(Field::kSpecCategory, 1);
  }

  void ReadSet(Field field, const Hashes& hashes) {
    if (kOneWord) {
      uint64_t any = 0, all = ~uint64_t{0};
      for (const uint64_t hash : hashes) {
        const uint64_t bits = names_.Word(names_.Find(hash), day_);
        any |= bits;
        all &= bits;
      }
      Plane(field)[0] = any;
      Plane(field)[1] = all;
    } else {
      StartSet(field);
      for (const uint64_t hash : hashes) AddName(field, names_.Bits(names_.Find(hash), day_));
    }
    SetSize(field, hashes.size());
  }

  // The tier that `name` is, and its class. A name is a tier's only where its product is, too.
  KnownNames::Resolved Resolve(uint32_t name, uint64_t product, uint64_t tier) const {
    if (names_[name].product == product && product != 0) return {names_[name].class_field, name};
    return names_.Resolve(product, tier);
  }

  void CheckTier(uint32_t tier) {
    digest_.uncataloged |= tier == KnownNames::kStranger;
    digest_.past_sunset |= names_[tier].deprecated && day_ > names_[tier].last_day;
  }

  void ReadDependencies() {
    constexpr Field kClasses[] = {Field::kDepsStorage, Field::kDepsCompute, Field::kDepsOther};
    std::array<int64_t, kFieldCount> sizes;
    for (const Field field : kClasses) {
      StartSet(field);
      sizes[At(field)] = 0;
    }
    const int count =
        std::min({facts_.dependencies_size(), facts_.products_size(), facts_.tiers_size()});
    for (int i = 0; i < count; ++i) {
      const KnownNames::Found found = names_.Find(facts_.dependencies(i));
      const uint32_t name = found.name;
      const auto resolved = Resolve(name, facts_.products(i), facts_.tiers(i));
      AddName(resolved.class_field, names_.Bits(found, day_));
      ++sizes[At(resolved.class_field)];
      CheckTier(resolved.tier);
      // By its exact name only, as prices are looked up.
      if (name == resolved.tier)
        price_overflow_ |= __builtin_add_overflow(price_sum_, names_[name].price, &price_sum_);
    }
    StartSet(Field::kDepsAll);
    for (const Field field : kClasses) {
      SetSize(field, sizes[At(field)]);
      AddBits(Field::kDepsAll, Plane(field), Plane(field) + words());
    }
    SetSize(Field::kDepsAll, count);
  }

  // The built-ins look at what was found even where the list is not complete.
  void CheckUndeclared() {
    const int count = std::min({facts_.undeclared_size(), facts_.undeclared_products_size(),
                                facts_.undeclared_tiers_size()});
    for (int i = 0; i < count; ++i) {
      const uint32_t name = names_.Find(facts_.undeclared(i)).name;
      CheckTier(Resolve(name, facts_.undeclared_products(i), facts_.undeclared_tiers(i)).tier);
    }
  }

  void SetRank(Field field, PackedFact fact, uint32_t rank) {
    digest_.ranks[At(field)] = IsKnown(fact) ? 1u << rank : kInsideAlways | kOutsideAlways;
  }

  void ReadClassification() {
    const uint32_t declared = Rank(kClassificationShift);
    SetRank(Field::kDataClassification, PackedFact::kClassification, declared);
    if (!IsKnown(PackedFact::kClassification) || digester_.highest_floor_ <= declared) return;
    const bool system_known = IsKnown(PackedFact::kSystem);
    const uint32_t floor =
        system_known ? digester_.system_floors_.Find(facts_.system()) : digester_.highest_floor_;
    if (floor == kNoIndex || floor <= declared) return;
    digest_.ranks[At(Field::kDataClassification)] =
        RanksBetween(system_known ? floor : declared, floor);
  }

  void SetMoney(Field field, int64_t low, int64_t high) {
    digest_.low[At(field)] = low;
    digest_.high[At(field)] = high;
  }

  void ReadCosts() {
    SetMoney(Field::kHistorySystemCost90dUsd, facts_.system_cost(), facts_.system_cost());
    const int64_t declared = facts_.cost_high();
    if (!IsKnown(PackedFact::kDependencies)) {
      SetMoney(Field::kCostMonthlyUsd, declared, std::max(declared, digester_.highest_price_sum_));
    } else {
      const int64_t cost = std::max(declared, price_sum_);
      SetMoney(Field::kCostMonthlyUsd, cost, cost);
      if (price_overflow_) digest_.known &= ~StatusBit(PackedFact::kMonthlyCost);
    }
  }

  const Digester& digester_;
  const KnownNames& names_;
  const v1::PackedFacts& facts_;
  const int32_t day_;
  Digest& digest_;
  int64_t price_sum_ = 0;
  bool price_overflow_ = false;  // More than can be added up: not known.
};

Digester::Digester(const Policy& policy, const KnownNames& names)
    : names_(names),
      system_floors_(static_cast<size_t>(policy.org().systems_size()), kNoIndex),
      highest_price_sum_(
          policy.catalog_index().TotalPriceCents().value_or(std::numeric_limits<int64_t>::max())) {
  const auto classes = InfoOf(Field::kDataClassification).values;
  for (const v1::System& system : policy.org().systems()) {
    if (system.classification().empty()) continue;
    const auto rank = static_cast<uint32_t>(
        std::find(classes.begin(), classes.end(), system.classification()) - classes.begin());
    system_floors_.Add(NameHash(system.id()), rank);
    highest_floor_ = std::max(highest_floor_, rank);
  }
}

void Digester::Read(const v1::PackedFacts& facts, int32_t day, Digest& digest) const {
  digest.planes.resize(size_t{kFieldCount} * kPlanes * names_.words());
  if (names_.words() == 1) {
    Reader<true>(*this, facts, day, digest).Read();
  } else {
    Reader<false>(*this, facts, day, digest).Read();
  }
}

}  // namespace gavel::rules
