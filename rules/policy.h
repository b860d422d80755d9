// One compiled policy: organisation, catalog and rule set, pinned by content.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gavel/v1/catalog.pb.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/org.pb.h"
#include "gavel/v1/policy.pb.h"
#include "gavel/v1/rule_set.pb.h"
#include "rules/catalog/catalog_index.h"
#include "rules/condition/program.h"

namespace gavel::rules {

// A remark about one place of a policy file.
struct PolicyProblem {
  std::string file;  // Path below the policy folder.
  int line = 0;      // From 1; 0 where there is none.
  int column = 0;    // From 1; 0 where there is none.
  std::string code;  // `GV504` or `R003`.
  bool error = true;
  std::string message;
};

// `rules.yaml:12:7: error: message [R003]`.
std::string ProblemText(const PolicyProblem& problem);

// One rule, ready to run.
struct CompiledRule {
  v1::Rule rule;
  Program program;
  // Where it stands in `rules.yaml`, from 1; 0 where it came from no file.
  int line = 0;
  int column = 0;
};

// What a policy is made of; filled by rules/compile.
struct PolicyParts {
  v1::PolicySource source;
  v1::Date published;
  v1::Org org;
  v1::Catalog catalog;
  v1::RuleSet rule_set;
  std::vector<CompiledRule> rules;
  std::vector<PolicyProblem> warnings;
};

// Immutable; share it as `std::shared_ptr<const Policy>`. Made by CompilePolicy.
class Policy {
 public:
  explicit Policy(PolicyParts parts);
  Policy(const Policy&) = delete;
  Policy& operator=(const Policy&) = delete;

  const v1::Org& org() const { return parts_.org; }
  const v1::Catalog& catalog() const { return parts_.catalog; }
  const v1::RuleSet& rule_set() const { return parts_.rule_set; }
  // In the order of `rule_set().rules()`: by id.
  const std::vector<CompiledRule>& rules() const { return parts_.rules; }
  const CatalogIndex& catalog_index() const { return catalog_index_; }

  // The files it was compiled from, and the day that `Nm` dates count from: together enough to
  // compile the same policy again.
  const v1::PolicySource& source() const { return parts_.source; }
  const v1::Date& published() const { return parts_.published; }
  // Remarks that did not stop the compilation.
  const std::vector<PolicyProblem>& warnings() const { return parts_.warnings; }

  // Content addresses, `ID@sha256:HEX`.
  const std::string& org_pin() const { return org_pin_; }
  const std::string& catalog_pin() const { return catalog_pin_; }
  const std::string& rule_set_pin() const { return rule_set_pin_; }
  // Rule set, catalog, organisation: what `GetServerInfo` and `GetPolicy` show.
  std::vector<std::string> Pins() const { return {rule_set_pin_, catalog_pin_, org_pin_}; }

  // The area, person or rule of that id; nullptr where there is none. O(log n).
  const v1::Area* FindArea(std::string_view id) const;
  const v1::Person* FindPerson(std::string_view id) const;
  const v1::Rule* FindRule(std::string_view id) const;
  // The person with that e-mail address, ASCII case ignored; nullptr where there is none.
  // O(people).
  const v1::Person* FindPersonByEmail(std::string_view email) const;

 private:
  const PolicyParts parts_;
  const CatalogIndex catalog_index_;
  const std::string org_pin_;
  const std::string catalog_pin_;
  const std::string rule_set_pin_;
};

}  // namespace gavel::rules
