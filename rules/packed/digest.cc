#include "rules/packed/digest.h"

#include <algorithm>
#include <limits>

#include "rules/packed/pack.h"
#include "rules/text/money.h"

namespace gavel::rules {
namespace {

using Hashes = google::protobuf::RepeatedField<uint64_t>;

// Facts that a person writes: wrong ones close the author gate, missing ones can be asked for.
constexpr PackedFact kWritten[] = {
    PackedFact::kCategory,       PackedFact::kSystem,     PackedFact::kDependencies,
    PackedFact::kClassification, PackedFact::kPersonal,   PackedFact::kRegions,
    PackedFact::kMonthlyCost,    PackedFact::kReversible, PackedFact::kBlastRadius};

// The low bit of each written fact's status.
constexpr uint32_t WrittenBits() {
  uint32_t bits = 0;
  for (const PackedFact fact : kWritten) bits |= 1u << (2 * static_cast<unsigned>(fact));
  return bits;
}

constexpr size_t At(Field field) { return static_cast<size_t>(field); }

uint32_t RanksBetween(uint32_t low, uint32_t high) {
  return ((2u << high) - 1) & ~((1u << low) - 1);
}

}  // namespace

// One reading. Plain loops over words: almost every policy has one.
class Digester::Reader {
 public:
  Reader(const Digester& digester, const v1::PackedFacts& facts, int32_t day, Digest& digest)
      : digester_(digester),
        names_(digester.names_),
        words_(digester.names_.words()),
        facts_(facts),
        statuses_(facts.statuses()),
        day_(day),
        digest_(digest) {}

  void Read() {
    digest_.known = BitOf(Field::kSpecTitle);
    digest_.missing = 0;
    digest_.uncataloged = digest_.past_sunset = false;
    digest_.wrong = (facts_.flags() & kFindingWrongFlag) != 0 ||
                    (statuses_ & statuses_ >> 1 & WrittenBits()) != 0;
    ReadCategory();
    ReadDependencies();
    ReadUndeclared();
    ReadSet(Field::kRegions, PackedFact::kRegions, facts_.regions());
    ReadSet(Field::kSections, PackedFact::kSections, facts_.sections());
    ReadSet(Field::kMentionsUndeclared, PackedFact::kMentions, facts_.mentions());
    ReadClassification();
    ReadRank(Field::kChangeBlastRadius, PackedFact::kBlastRadius, Rank(kBlastRadiusShift));
    ReadRank(Field::kDetectCoverage, PackedFact::kCoverage, Rank(kCoverageShift));
    ReadRank(Field::kDataPersonal, PackedFact::kPersonal, Flag(kPersonalFlag));
    ReadRank(Field::kChangeReversible, PackedFact::kReversible, Flag(kReversibleFlag));
    ReadCosts();
    digest_.ranks[At(Field::kSpecTitle)] = kInsideAlways | kOutsideAlways;
    if ((facts_.flags() & kFactsUnknownFlag) != 0) digest_.missing = 0;
  }

 private:
  bool IsKnown(PackedFact fact) const { return StatusOf(statuses_, fact) == PackedStatus::kKnown; }
  uint32_t Rank(int shift) const { return facts_.ranks() >> shift & 15u; }
  uint32_t Flag(PackedFlag flag) const { return (facts_.flags() & flag) != 0 ? 1 : 0; }

  // Notes whether there is a value.
  bool Note(uint32_t fields, PackedFact fact) {
    const PackedStatus status = StatusOf(statuses_, fact);
    digest_.known |= status == PackedStatus::kKnown ? fields : 0;
    digest_.missing |= status == PackedStatus::kMissing ? fields : 0;
    return status == PackedStatus::kKnown;
  }

  // Detection and sections are nobody's to supply.
  bool NoteDerived(uint32_t fields, PackedFact fact) {
    const bool known = IsKnown(fact);
    digest_.known |= known ? fields : 0;
    return known;
  }

  uint64_t* Plane(Field field) { return digest_.planes + At(field) * 2 * words_; }

  void StartSet(Field field) {
    uint64_t* const any = Plane(field);
    std::fill_n(any, words_, uint64_t{0});
    std::fill_n(any + words_, words_, ~uint64_t{0});
    digest_.low[At(field)] = digest_.high[At(field)] = 0;
  }

  void AddName(Field field, const uint64_t* bits) {
    uint64_t* const any = Plane(field);
    for (size_t word = 0; word < words_; ++word) {
      any[word] |= bits[word];
      any[words_ + word] &= bits[word];
    }
    ++digest_.low[At(field)];
    ++digest_.high[At(field)];
  }

  void AddNames(Field field, const Hashes& hashes) {
    StartSet(field);
    for (const uint64_t hash : hashes) AddName(field, names_.Bits(names_.Find(hash), day_));
  }

  void ReadCategory() {
    if (!Note(BitOf(Field::kSpecCategory), PackedFact::kCategory)) return;
    StartSet(Field::kSpecCategory);
    AddName(Field::kSpecCategory, names_.Bits(names_.Find(facts_.category()), day_));
  }

  void ReadSet(Field field, PackedFact fact, const Hashes& hashes) {
    const bool known =
        field == Field::kRegions ? Note(BitOf(field), fact) : NoteDerived(BitOf(field), fact);
    if (known) AddNames(field, hashes);
  }

  // The tier that `name` is, and its class. A name is a tier's only where its product is, too.
  KnownNames::Resolved Resolve(uint32_t name, uint64_t product, uint64_t tier) const {
    if (name != NameTable::kNone && names_[name].product == product && product != 0)
      return {names_[name].class_field, name};
    return names_.Resolve(product, tier);
  }

  void CheckTier(uint32_t tier) {
    digest_.uncataloged |= tier == NameTable::kNone;
    digest_.past_sunset |=
        tier != NameTable::kNone && names_[tier].deprecated && day_ > names_[tier].last_day;
  }

  void ReadDependencies() {
    constexpr Field kFields[] = {Field::kDepsAll, Field::kDepsStorage, Field::kDepsCompute,
                                 Field::kDepsOther};
    uint32_t fields = 0;
    for (const Field field : kFields) fields |= BitOf(field);
    price_sum_ = 0;
    if (!Note(fields, PackedFact::kDependencies)) return;
    for (const Field field : kFields) StartSet(field);
    const int count =
        std::min({facts_.dependencies_size(), facts_.products_size(), facts_.tiers_size()});
    for (int i = 0; i < count; ++i) {
      const uint32_t name = names_.Find(facts_.dependencies(i));
      const auto resolved = Resolve(name, facts_.products(i), facts_.tiers(i));
      const uint64_t* const bits = names_.Bits(name, day_);
      AddName(Field::kDepsAll, bits);
      AddName(resolved.class_field, bits);
      CheckTier(resolved.tier);
      // By its exact name only, as prices are looked up.
      const bool priced = name != NameTable::kNone && name == resolved.tier;
      if (price_sum_ && priced) price_sum_ = CheckedAdd(*price_sum_, names_[name].price);
    }
  }

  void ReadUndeclared() {
    if (NoteDerived(BitOf(Field::kDetectUndeclared), PackedFact::kUndeclared))
      AddNames(Field::kDetectUndeclared, facts_.undeclared());
    const int count = std::min({facts_.undeclared_size(), facts_.undeclared_products_size(),
                                facts_.undeclared_tiers_size()});
    for (int i = 0; i < count; ++i) {
      const uint32_t name = names_.Find(facts_.undeclared(i));
      CheckTier(Resolve(name, facts_.undeclared_products(i), facts_.undeclared_tiers(i)).tier);
    }
  }

  void SetRanks(Field field, uint32_t low, uint32_t high) {
    digest_.ranks[At(field)] = RanksBetween(low, high);
  }

  void ReadRank(Field field, PackedFact fact, uint32_t rank) {
    const bool known = field == Field::kDetectCoverage ? NoteDerived(BitOf(field), fact)
                                                       : Note(BitOf(field), fact);
    digest_.ranks[At(field)] = known ? 1u << rank : kInsideAlways | kOutsideAlways;
  }

  void ReadClassification() {
    const uint32_t declared = Rank(kClassificationShift);
    ReadRank(Field::kDataClassification, PackedFact::kClassification, declared);
    if (!IsKnown(PackedFact::kClassification)) return;
    const bool system_known = IsKnown(PackedFact::kSystem);
    uint32_t floor = digester_.highest_floor_;
    if (system_known) {
      floor = digester_.system_floors_.Find(facts_.system());
      if (floor == NameTable::kNone) return;
    }
    if (floor > declared)
      SetRanks(Field::kDataClassification, system_known ? floor : declared, floor);
  }

  void SetMoney(Field field, int64_t low, int64_t high) {
    digest_.low[At(field)] = low;
    digest_.high[At(field)] = high;
  }

  void ReadCosts() {
    constexpr Field kCost = Field::kCostMonthlyUsd;
    if (NoteDerived(BitOf(Field::kHistorySystemCost90dUsd), PackedFact::kSystemCost))
      SetMoney(Field::kHistorySystemCost90dUsd, facts_.system_cost(), facts_.system_cost());
    if (!Note(BitOf(kCost), PackedFact::kMonthlyCost)) return;
    const int64_t declared = facts_.cost_high();
    if (!IsKnown(PackedFact::kDependencies)) {
      SetMoney(kCost, declared, std::max(declared, digester_.highest_price_sum_));
    } else if (price_sum_) {
      const int64_t cost = std::max(declared, *price_sum_);
      SetMoney(kCost, cost, cost);
    } else {
      digest_.known &= ~BitOf(kCost);
    }
  }

  const Digester& digester_;
  const KnownNames& names_;
  const size_t words_;
  const v1::PackedFacts& facts_;
  const uint32_t statuses_;
  const int32_t day_;
  Digest& digest_;
  std::optional<int64_t> price_sum_;
};

Digester::Digester(const Policy& policy, const KnownNames& names)
    : names_(names),
      system_floors_(static_cast<size_t>(policy.org().systems_size())),
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

void Digester::Read(const v1::PackedFacts& facts, int32_t day, uint64_t* planes,
                    Digest& digest) const {
  digest.planes = planes;
  Reader(*this, facts, day, digest).Read();
}

}  // namespace gavel::rules
