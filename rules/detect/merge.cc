#include "rules/detect/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/condition/field.h"
#include "rules/finding_codes.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

v1::FactSource SourceOf(const Found& found) {
  v1::FactSource source;
  source.set_kind("detected");
  source.set_origin(found.file.empty() ? found.detector : found.detector + " " + found.file);
  return source;
}

std::string PlaceText(const Found& found) {
  return found.file.empty() ? found.address : fmt::format("{}: {}", found.file, found.address);
}

class Merger {
 public:
  Merger(const Detection& detection, const Policy& policy, v1::Facts& facts,
         std::vector<v1::Finding>& findings)
      : detection_(detection), policy_(policy), facts_(facts), findings_(findings) {}

  void Merge(bool unread_parts) {
    for (const v1::DetectorRun& run : detection_.runs) AddRun(run);
    SetCoverage(unread_parts);
    NoteDeclared();
    v1::StringListFact& undeclared = *facts_.mutable_undeclared();
    undeclared.set_status(detection_.failed ? v1::FACT_STATUS_STATED_UNKNOWN
                                            : v1::FACT_STATUS_KNOWN);
    undeclared.mutable_source()->set_kind("derived");
    undeclared.mutable_source()->set_origin("detectors");
    std::set<std::string> seen;
    for (const Found& found : detection_.found) {
      if (seen.insert(found.Name()).second) AddFound(found);
    }
    RaiseClassification();
  }

 private:
  void Say(std::string_view code, std::string_view field, const std::string& message) {
    findings_.push_back(MakeFinding(code, field, message));
  }

  void AddRun(const v1::DetectorRun& run) {
    *facts_.add_detectors() = run;
    const std::string file = run.name().empty() ? "its file" : run.name();
    if (run.status() == v1::DetectorRun::STATUS_FAILED) {
      Say("GV226", "detectors",
          fmt::format("{} could not read {}: {} What the spec does not declare is unknown until it "
                      "can.",
                      run.detector(), file, run.message()));
    } else if (run.status() == v1::DetectorRun::STATUS_NOT_GIVEN) {
      Say("GV227", "detectors",
          fmt::format("The organisation looks at {}, and none was given. Add `--evidence "
                      "{}=FILE`.",
                      run.detector(), run.detector()));
    }
  }

  void SetCoverage(bool unread_parts) {
    const bool full = detection_.all_ran && !detection_.incomplete && !unread_parts;
    v1::StringFact& coverage = *facts_.mutable_coverage();
    coverage.set_status(v1::FACT_STATUS_KNOWN);
    coverage.set_value(detection_.failed ? "none"
                       : full            ? "full"
                       : detection_.ran  ? "partial"
                                         : "declared_only");
    coverage.mutable_source()->set_kind("derived");
    coverage.mutable_source()->set_origin("detectors");
  }

  // What the author wrote, before anything is added.
  void NoteDeclared() {
    for (const v1::Dependency& dependency : facts_.dependencies().dependencies()) {
      products_[dependency.product()].push_back(dependency.tier());
    }
  }

  void AddFound(const Found& found) {
    const auto product = products_.find(found.product);
    const bool product_declared = product != products_.end();
    const bool declared =
        product_declared && std::find(product->second.begin(), product->second.end(), found.tier) !=
                                product->second.end();
    const bool untold = found.mapped && found.tier.empty();
    if (!declared || untold) AddDependency(found);
    CheckNotUsed(found);
    if (untold) {
      Say("GV225", "dependencies",
          fmt::format("{} is `{}`, and {}. People must look at it.", PlaceText(found),
                      found.product, found.untold));
    }
    if (declared || (untold && product_declared)) return;
    facts_.mutable_undeclared()->add_values(found.Name());
    if (untold) return;
    Say("GV224", "dependencies", UndeclaredText(found, product_declared));
  }

  std::string UndeclaredText(const Found& found, bool product_declared) const {
    if (!found.mapped) {
      return fmt::format(
          "{} is `{}`, which the catalog does not map. Add it to the catalog's "
          "`detect` table, or to `not_dependencies`.",
          PlaceText(found), found.product);
    }
    if (product_declared) {
      return fmt::format("{} is `{}`, where `dependencies` declares another tier of it.",
                         PlaceText(found), found.Name());
    }
    return fmt::format("{} is `{}`, which `dependencies` does not list. Add it there.",
                       PlaceText(found), found.Name());
  }

  void AddDependency(const Found& found) {
    if (facts_.dependencies().status() != v1::FACT_STATUS_KNOWN) return;
    v1::Dependency& dependency = *facts_.mutable_dependencies()->add_dependencies();
    dependency.set_product(found.product);
    dependency.set_tier(found.tier);
    dependency.set_written(found.address);
    *dependency.mutable_source() = SourceOf(found);
  }

  void CheckNotUsed(const Found& found) {
    const auto& names = facts_.not_used();
    if (std::find(names.begin(), names.end(), found.product) == names.end()) return;
    Say("GV228", "not_used",
        fmt::format("`not_used` lists {}, and {} has it. Remove it from one.", found.product,
                    PlaceText(found)));
  }

  // The highest class of the systems that the files belong to, and of what the files say.
  void RaiseClassification() {
    v1::StringFact& fact = *facts_.mutable_classification();
    if (fact.status() != v1::FACT_STATUS_KNOWN) return;
    const auto classes = InfoOf(Field::kDataClassification).values;
    const auto rank = [&](const std::string& name) {
      return std::find(classes.begin(), classes.end(), name) - classes.begin();
    };
    std::string highest = fact.value(), reason;
    const auto raise = [&](const std::string& name, std::string why) {
      if (name.empty() || rank(name) <= rank(highest)) return;
      highest = name;
      reason = std::move(why);
    };
    for (const v1::System& system : policy_.org().systems()) {
      const auto& touched = detection_.systems;
      if (std::find(touched.begin(), touched.end(), system.id()) == touched.end()) continue;
      raise(system.classification(), fmt::format("system {} is", system.id()));
    }
    raise(detection_.classification, "the evidence says");
    if (reason.empty()) return;
    Say("GV229", "front_matter.data.classification",
        fmt::format("The data class is read as {}, as {}, not {}.", highest, reason, fact.value()));
    fact.set_value(highest);
    fact.mutable_source()->set_kind("detected");
    fact.mutable_source()->set_origin("backstage");
    fact.mutable_source()->set_line(0);
  }

  const Detection& detection_;
  const Policy& policy_;
  v1::Facts& facts_;
  std::vector<v1::Finding>& findings_;
  std::map<std::string, std::vector<std::string>> products_;  // Declared tiers by product.
};

}  // namespace

void MergeDetection(const Detection& detection, const Policy& policy, bool unread_parts,
                    v1::Facts& facts, std::vector<v1::Finding>& findings) {
  Merger(detection, policy, facts, findings).Merge(unread_parts);
}

}  // namespace gavel::rules
