#include "rules/packed/pack.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <string>

#include "engine/base/sha256.h"
#include "rules/condition/field.h"
#include "rules/evaluate.h"
#include "rules/finding_codes.h"
#include "rules/packed/layout.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

using Hashes = google::protobuf::RepeatedField<uint64_t>;

class Packer {
 public:
  explicit Packer(const v1::Facts& facts) : facts_(facts) {}

  v1::PackedFacts Pack() {
    packed_.set_area(NameHash(facts_.area()));
    SetFlag(kForeignFlag, facts_.foreign());
    packed_.set_flags(packed_.flags() | static_cast<uint32_t>(facts_.wants()) << kWantsShift);
    PackNames();
    PackDependencies();
    PackRank(PackedFact::kClassification, facts_.classification(), Field::kDataClassification,
             kClassificationShift);
    PackRank(PackedFact::kBlastRadius, facts_.blast_radius(), Field::kChangeBlastRadius,
             kBlastRadiusShift);
    PackRank(PackedFact::kCoverage, facts_.coverage(), Field::kDetectCoverage, kCoverageShift);
    PackFlag(PackedFact::kPersonal, facts_.personal(), kPersonalFlag);
    PackFlag(PackedFact::kReversible, facts_.reversible(), kReversibleFlag);
    PackCosts();
    return std::move(packed_);
  }

 private:
  // Whether there is a value to pack.
  bool SetStatus(PackedFact fact, v1::FactStatus status) {
    PackedStatus packed = PackedStatus::kMissing;
    if (status == v1::FACT_STATUS_KNOWN) packed = PackedStatus::kKnown;
    if (status == v1::FACT_STATUS_STATED_UNKNOWN) packed = PackedStatus::kUnknown;
    if (status == v1::FACT_STATUS_INVALID) packed = PackedStatus::kWrong;
    packed_.set_statuses(packed_.statuses() | static_cast<uint32_t>(packed)
                                                  << (2 * static_cast<unsigned>(fact)));
    return packed == PackedStatus::kKnown;
  }

  void SetFlag(PackedFlag flag, bool value) {
    if (value) packed_.set_flags(packed_.flags() | flag);
  }

  void PackFlag(PackedFact fact, const v1::BoolFact& value, PackedFlag flag) {
    if (SetStatus(fact, value.status())) SetFlag(flag, value.value());
  }

  void PackRank(PackedFact fact, const v1::StringFact& value, Field field, int shift) {
    if (!SetStatus(fact, value.status())) return;
    const auto values = InfoOf(field).values;
    const auto rank = std::find(values.begin(), values.end(), value.value()) - values.begin();
    packed_.set_ranks(packed_.ranks() | static_cast<uint32_t>(rank) << shift);
  }

  void PackList(PackedFact fact, const v1::StringListFact& list, Hashes& hashes) {
    if (!SetStatus(fact, list.status())) return;
    for (const std::string& name : list.values()) hashes.Add(NameHash(name));
  }

  void PackNames() {
    if (SetStatus(PackedFact::kCategory, facts_.category().status()))
      packed_.set_category(NameHash(facts_.category().value()));
    if (SetStatus(PackedFact::kSystem, facts_.system().status()))
      packed_.set_system(NameHash(facts_.system().value()));
    PackList(PackedFact::kRegions, facts_.regions(), *packed_.mutable_regions());
    PackList(PackedFact::kSections, facts_.sections(), *packed_.mutable_sections());
    PackList(PackedFact::kMentions, facts_.mentions_undeclared(), *packed_.mutable_mentions());
  }

  void PackDependencies() {
    if (SetStatus(PackedFact::kDependencies, facts_.dependencies().status())) {
      for (const v1::Dependency& one : facts_.dependencies().dependencies()) {
        const bool tiered = !one.tier().empty();
        packed_.add_dependencies(
            NameHash(tiered ? one.product() + "/" + one.tier() : one.product()));
        packed_.add_products(NameHash(AsciiLower(one.product())));
        packed_.add_tiers(NameHash(one.tier()));
      }
    }
    // The built-ins look at what was found whether or not the list is complete.
    SetStatus(PackedFact::kUndeclared, facts_.undeclared().status());
    for (const std::string& name : facts_.undeclared().values()) {
      const size_t slash = std::min(name.find('/'), name.size());
      packed_.add_undeclared(NameHash(name));
      packed_.add_undeclared_products(NameHash(AsciiLower(name.substr(0, slash))));
      packed_.add_undeclared_tiers(NameHash(name.substr(std::min(slash + 1, name.size()))));
    }
  }

  void PackCosts() {
    if (SetStatus(PackedFact::kMonthlyCost, facts_.monthly_cost().status())) {
      packed_.set_cost_low(facts_.monthly_cost().low_cents());
      packed_.set_cost_high(facts_.monthly_cost().high_cents());
    }
    // Not asked for counts as none; asked for and not answered does not.
    const v1::CostFact& others = facts_.system_cost_90d();
    if (others.status() == v1::FACT_STATUS_UNSPECIFIED) {
      SetStatus(PackedFact::kSystemCost, v1::FACT_STATUS_KNOWN);
    } else if (SetStatus(PackedFact::kSystemCost, others.status())) {
      packed_.set_system_cost(others.high_cents());
    }
  }

  const v1::Facts& facts_;
  v1::PackedFacts packed_;
};

bool SaysWrong(const v1::Finding& finding) {
  const FindingCode* const code = FindFindingCode(finding.code());
  return code != nullptr && code->consequence != Consequence::kNone;
}

uint32_t Circumstances(const v1::EvaluationRecord& record) {
  const v1::EvaluationHistory& history = record.history();
  const bool wrong = std::any_of(record.findings().begin(), record.findings().end(), SaysWrong);
  uint32_t flags = 0;
  if (record.facts_unknown()) flags |= kFactsUnknownFlag;
  if (wrong) flags |= kFindingWrongFlag;
  if (!history.recent_rejection().empty()) flags |= kRecentRejectionFlag;
  if (!history.supersedes_people().empty()) flags |= kSupersedesPeopleFlag;
  if (history.auto_decisions_7d() >= kAutoDecisionsAllowed) flags |= kTooManyAutoFlag;
  if (history.changes_policy()) flags |= kChangesPolicyFlag;
  if (record.snapshot_stale()) flags |= kSnapshotStaleFlag;
  return flags;
}

}  // namespace

v1::PackedFacts PackFacts(const v1::Facts& facts) { return Packer(facts).Pack(); }

v1::PackedFacts PackRecord(const v1::EvaluationRecord& record) {
  v1::PackedFacts packed = PackFacts(record.facts());
  packed.set_flags(packed.flags() | Circumstances(record));
  return packed;
}

uint64_t NameHash(std::string_view name) {
  if (name.empty()) return 0;
  const std::string digest = Sha256(name);
  uint64_t hash = 0;
  for (size_t i = 0; i < sizeof hash; ++i) hash = hash << 8 | static_cast<uint8_t>(digest[i]);
  return hash == 0 ? 1 : hash;
}

int32_t DayOf(const v1::Date& date) {
  if (date.year() == 0) return std::numeric_limits<int32_t>::min();
  const std::chrono::sys_days days{std::chrono::year_month_day(
      std::chrono::year(date.year()), std::chrono::month(static_cast<unsigned>(date.month())),
      std::chrono::day(static_cast<unsigned>(date.day())))};
  return static_cast<int32_t>(days.time_since_epoch().count());
}

v1::Date DateOf(int32_t day) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days(std::chrono::days(day))};
  v1::Date date;
  date.set_year(static_cast<int>(ymd.year()));
  date.set_month(static_cast<int>(static_cast<unsigned>(ymd.month())));
  date.set_day(static_cast<int>(static_cast<unsigned>(ymd.day())));
  return date;
}

}  // namespace gavel::rules
