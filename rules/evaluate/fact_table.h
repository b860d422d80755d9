// Facts as rules see them: one value per field, with what is known, merged with the catalog.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "gavel/v1/date.pb.h"
#include "gavel/v1/facts.pb.h"
#include "rules/condition/field.h"
#include "rules/policy.h"

namespace gavel::rules {

enum class Knowledge {
  kKnown,
  kMissing,  // The author may still supply it.
  kUnknown,  // Stated unknown, wrong, or not to be had.
};

struct FieldValue {
  Knowledge knowledge = Knowledge::kUnknown;
  std::vector<std::string> names;  // Of a set; the one value of an enum or string.
  // True where detectors added to `names`; `declared` is then what the author wrote.
  bool detected = false;
  std::vector<std::string> declared;
  // Money in cents, or the rank of an ordered enum. They differ where another fact that is unknown
  // could raise the value: then it is somewhere from `low` to `high`.
  int64_t low = 0;
  int64_t high = 0;
  bool flag = false;
  std::string shown;  // For people: `100 to 2,500 USD`.
  std::string from;   // For people: `declared front-matter:7`.
};

class FactTable {
 public:
  // Merges as rules.md 3.2 says: the cost is the larger of the declared high and the sum of the
  // catalog's prices; the data class is the higher of the declared one and the system's. Where the
  // dependencies (the system) are unknown, their part is anything up to the largest there is.
  FactTable(const v1::Facts& facts, const Policy& policy, bool facts_unknown);

  const FieldValue& operator[](Field field) const { return values_[static_cast<size_t>(field)]; }

 private:
  FieldValue& At(Field field) { return values_[static_cast<size_t>(field)]; }
  Knowledge KnowledgeOf(v1::FactStatus status) const;
  void Start(Field field, v1::FactStatus status, const v1::FactSource& source);
  void SetName(Field field, const v1::StringFact& fact);
  void SetNames(Field field, const v1::StringListFact& fact);
  void SetFlag(Field field, const v1::BoolFact& fact);
  void SetRank(Field field, const v1::StringFact& fact);
  void SetCoverage();
  void SetDependencies();
  void SetClassification();
  void SetCost();
  void SetSystemCost();

  const v1::Facts& facts_;
  const Policy& policy_;
  const bool facts_unknown_;
  std::array<FieldValue, kFieldCount> values_;
};

// `postgres/standard-m`, or the product alone where no tier was given.
std::string DependencyName(const v1::Dependency& dependency);

}  // namespace gavel::rules
