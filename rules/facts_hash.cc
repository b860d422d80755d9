#include <algorithm>

#include "engine/base/sha256.h"
#include "rules/evaluate.h"

namespace gavel::rules {
namespace {

// Copies a fact without where it stands in the file.
template <typename Fact>
Fact Bare(Fact fact) {
  fact.clear_source();
  return fact;
}

v1::DependenciesFact BareDependencies(const v1::DependenciesFact& fact) {
  std::vector<std::pair<std::string, std::string>> names;
  for (const v1::Dependency& dependency : fact.dependencies()) {
    names.emplace_back(dependency.product(), dependency.tier());
  }
  std::sort(names.begin(), names.end());
  v1::DependenciesFact bare;
  bare.set_status(fact.status());
  for (auto& [product, tier] : names) {
    v1::Dependency& dependency = *bare.add_dependencies();
    dependency.set_product(std::move(product));
    dependency.set_tier(std::move(tier));
  }
  return bare;
}

template <typename Names>
void CopySorted(const Names& names, Names& out) {
  out = names;
  std::sort(out.begin(), out.end());
}

}  // namespace

std::string FactsHash(const v1::Facts& facts) {
  v1::Facts bare;
  bare.set_foreign(facts.foreign());
  bare.set_area(facts.area());
  CopySorted(facts.consulted(), *bare.mutable_consulted());
  CopySorted(facts.authors(), *bare.mutable_authors());
  bare.set_wants(facts.wants());
  CopySorted(facts.supersedes(), *bare.mutable_supersedes());
  *bare.mutable_category() = Bare(facts.category());
  *bare.mutable_system() = Bare(facts.system());
  *bare.mutable_dependencies() = BareDependencies(facts.dependencies());
  CopySorted(facts.not_used(), *bare.mutable_not_used());
  *bare.mutable_classification() = Bare(facts.classification());
  *bare.mutable_personal() = Bare(facts.personal());
  *bare.mutable_regions() = Bare(facts.regions());
  *bare.mutable_monthly_cost() = Bare(facts.monthly_cost());
  *bare.mutable_reversible() = Bare(facts.reversible());
  *bare.mutable_blast_radius() = Bare(facts.blast_radius());
  *bare.mutable_sections() = Bare(facts.sections());
  *bare.mutable_coverage() = Bare(facts.coverage());
  *bare.mutable_undeclared() = Bare(facts.undeclared());
  *bare.mutable_mentions_undeclared() = Bare(facts.mentions_undeclared());
  // No map among the fields, so equal facts have equal bytes.
  return Sha256Hex(bare.SerializeAsString());
}

}  // namespace gavel::rules
