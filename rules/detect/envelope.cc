#include "rules/detect/envelope.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "rules/condition/field.h"
#include "rules/date.h"
#include "rules/detect/detectors.h"
#include "rules/detect/region.h"
#include "rules/evaluate/fact_table.h"
#include "rules/text/money.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr size_t kMaxWarnings = 50;

bool IsKnown(const FieldValue& value) { return value.knowledge == Knowledge::kKnown; }

template <typename Names>
void AddSorted(const std::vector<std::string>& names, Names& out) {
  for (const std::string& name : std::set<std::string>(names.begin(), names.end())) {
    *out.Add() = name;
  }
}

template <typename Names>
bool Lists(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

template <typename Names>
std::string ListText(const Names& names) {
  return names.empty() ? "none" : JoinComma({names.begin(), names.end()});
}

int64_t ClassRank(const std::string& name) {
  const auto classes = InfoOf(Field::kDataClassification).values;
  return std::find(classes.begin(), classes.end(), name) - classes.begin();
}

class Comparison {
 public:
  Comparison(const v1::Envelope& envelope, const Policy& policy)
      : envelope_(envelope), policy_(policy) {}

  void CheckExpiry(const v1::Date& today) {
    if (CompareDates(today, envelope_.expires()) <= 0) return;
    v1::EnvelopeBreach& breach =
        Add("expires", DateText(today), DateText(envelope_.expires()),
            fmt::format("The approval held until {}.", DateText(envelope_.expires())));
    *breach.mutable_day() = envelope_.expires();
  }

  void CheckFile(const v1::Evidence& evidence) {
    file_ = evidence.name().empty() ? evidence.detector() : evidence.name();
    const Reading reading = ReadEvidence(evidence);
    if (!reading.error.empty()) {
      Add("allowed", "unknown", ListText(envelope_.allowed()),
          fmt::format("{} cannot be read: {}", file_, reading.error));
      return;
    }
    if (reading.incomplete) Warn("the file says that it does not show everything");
    for (const Resource& resource : reading.resources) CheckResource(evidence.detector(), resource);
    for (const RegionMention& mention : reading.regions) CheckRegion(mention);
    CheckClass(reading.classification, "it names the data class");
    for (const v1::System& system : policy_.org().systems()) {
      if (!Lists(reading.systems, system.id())) continue;
      CheckClass(system.classification(), fmt::format("system {} is", system.id()));
    }
  }

  void CheckCost() {
    if (!envelope_.has_cost_ceiling_cents()) return;
    std::optional<int64_t> once = 0, each = 0;
    for (const auto& [name, count] : tiers_) {
      const size_t slash = name.find('/');
      const auto ref =
          policy_.catalog_index().FindTier(name.substr(0, slash), name.substr(slash + 1));
      if (!ref) continue;
      if (once) once = CheckedAdd(*once, ref->tier->max_monthly_cents());
      for (int i = 0; i < count && each; ++i) {
        each = CheckedAdd(*each, ref->tier->max_monthly_cents());
      }
    }
    const std::string ceiling = Amount(envelope_.cost_ceiling_cents());
    if (!once || *once > envelope_.cost_ceiling_cents()) {
      const std::string sum = once ? Amount(*once) : "more than can be added up";
      Add("cost_ceiling", sum, ceiling,
          fmt::format("By the catalog's prices what is built costs up to {} a month; {} was "
                      "approved.",
                      sum, ceiling));
    } else if (!each || *each > envelope_.cost_ceiling_cents()) {
      warnings_.insert(
          fmt::format("some tiers are there more than once; counted each time they cost up to {}, "
                      "over the {} approved",
                      each ? Amount(*each) : "more than can be added up", ceiling));
    }
  }

  EnvelopeResult Finish() {
    const auto key = [](const v1::EnvelopeBreach& breach) {
      return std::tie(breach.field(), breach.found(), breach.message());
    };
    std::sort(breaches_.begin(), breaches_.end(),
              [&](const auto& a, const auto& b) { return key(a) < key(b); });
    EnvelopeResult result{.breaches = std::move(breaches_), .warnings = {}};
    for (const std::string& warning : warnings_) {
      if (result.warnings.size() < kMaxWarnings) result.warnings.push_back(warning);
    }
    return result;
  }

 private:
  v1::EnvelopeBreach& Add(std::string_view field, std::string found, std::string approved,
                          std::string message) {
    v1::EnvelopeBreach& breach = breaches_.emplace_back();
    breach.set_field(std::string(field));
    breach.set_found(std::move(found));
    breach.set_approved(std::move(approved));
    breach.set_message(std::move(message));
    return breach;
  }

  void Warn(const std::string& text) { warnings_.insert(file_ + ": " + text); }

  std::string Amount(int64_t cents) const {
    return fmt::format("{} {}", AmountText(cents), policy_.org().currency());
  }

  void CheckResource(const std::string& detector, const Resource& resource) {
    bool mapped = false;
    for (const Found& found : MapResource(policy_.catalog(), detector, resource)) {
      mapped = mapped || found.mapped;
      if (!found.tier.empty()) ++tiers_[found.Name()];
      if (found.untold.empty() && Lists(envelope_.allowed(), found.Name())) continue;
      const std::string why = !found.untold.empty() ? fmt::format(", and {}", found.untold)
                              : !found.mapped       ? ", which the catalog does not map"
                                                    : ", which was not approved";
      Add("allowed", found.Name(), ListText(envelope_.allowed()),
          fmt::format("{}: {} is {}{}.", file_, found.address, found.Name(), why));
    }
    if (!mapped) return;
    for (const RegionMention& mention : RegionsOf(resource)) CheckRegion(mention);
    WarnOfUnknown(detector, resource);
  }

  // Names and ARNs are known only when a thing is made; what decides was looked at before.
  void WarnOfUnknown(const std::string& detector, const Resource& resource) {
    const auto deciding = DecidingAttributes(policy_.catalog(), detector, resource.type);
    std::vector<std::string> names;
    for (const auto& [name, attribute] : resource.attributes) {
      if (attribute.unknown && !Lists(deciding, name)) names.push_back(name);
    }
    if (names.empty()) return;
    Warn(fmt::format("{}: not known yet: {}", resource.address, JoinComma(names)));
  }

  void CheckRegion(const RegionMention& mention) {
    if (envelope_.regions().empty()) return;
    if (mention.region.empty()) {
      Warn(fmt::format("{}: the region cannot be told", mention.place));
      return;
    }
    const v1::Region* const region = RegionOf(policy_.catalog(), mention.region);
    if (region != nullptr && Lists(envelope_.regions(), region->id())) return;
    if (!regions_.insert(mention.region).second) return;
    Add("regions", mention.region, ListText(envelope_.regions()),
        fmt::format("{}: {} is in {}, which was not approved.", file_, mention.place,
                    mention.region));
  }

  void CheckClass(const std::string& found, const std::string& why) {
    if (found.empty() || envelope_.classification().empty()) return;
    if (ClassRank(found) <= ClassRank(envelope_.classification())) return;
    Add("classification", found, envelope_.classification(),
        fmt::format("{}: {} {}; approved was at most {}.", file_, why, found,
                    envelope_.classification()));
  }

  const v1::Envelope& envelope_;
  const Policy& policy_;
  std::string file_;  // The one looked at.
  std::vector<v1::EnvelopeBreach> breaches_;
  std::set<std::string> warnings_;
  std::set<std::string> regions_;     // Already said to be outside.
  std::map<std::string, int> tiers_;  // How many resources are of each `product/tier`.
};

}  // namespace

v1::Envelope EnvelopeOf(const v1::Facts& facts, const Policy& policy, const v1::Date& approved) {
  const FactTable table(facts, policy, /*facts_unknown=*/false);
  v1::Envelope envelope;
  AddSorted(table[Field::kDepsAll].names, *envelope.mutable_allowed());
  if (const FieldValue& cost = table[Field::kCostMonthlyUsd]; IsKnown(cost)) {
    envelope.set_cost_ceiling_cents(cost.high);
  }
  if (const FieldValue& data = table[Field::kDataClassification]; IsKnown(data)) {
    const auto classes = InfoOf(Field::kDataClassification).values;
    envelope.set_classification(std::string(classes[static_cast<size_t>(data.high)]));
  }
  if (const FieldValue& regions = table[Field::kRegions]; IsKnown(regions)) {
    AddSorted(regions.names, *envelope.mutable_regions());
  }
  *envelope.mutable_expires() = AddDays(approved, kEnvelopeDays);
  return envelope;
}

EnvelopeResult CheckEnvelope(const v1::Envelope& envelope, const Policy& policy,
                             std::span<const v1::Evidence> evidence, const v1::Date& today) {
  Comparison comparison(envelope, policy);
  comparison.CheckExpiry(today);
  for (const v1::Evidence& file : evidence) comparison.CheckFile(file);
  comparison.CheckCost();
  return comparison.Finish();
}

}  // namespace gavel::rules
