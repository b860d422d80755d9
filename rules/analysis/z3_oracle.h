// The meaning of conditions once more, as formulas for z3: written from the page (rules.md 3.5 and
// 3.6) and the conditions as authors write them, and sharing no code with the boxes. A test oracle.
#pragma once

#include <z3++.h>

#include <map>
#include <string>
#include <vector>

#include "gavel/v1/catalog.pb.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/org.pb.h"
#include "gavel/v1/rule_set.pb.h"

namespace gavel::rules {

// A condition is true, false, or neither.
struct Kleene {
  z3::expr is_true;
  z3::expr is_false;
};

class Oracle;

// Any spec, as free variables: everything that policies of one organisation can read.
class AnySpec {
 public:
  // Names of products and tiers are those of `catalog`; sums of its prices must not overflow.
  AnySpec(z3::context& context, const v1::Org& org, const v1::Catalog& catalog);

  // What every spec keeps to: amounts are not negative, and so on.
  z3::expr Limits() const;

 private:
  friend class Oracle;

  struct Members {
    std::map<std::string, z3::expr> has;   // By name.
    std::map<std::string, z3::expr> more;  // How many uncataloged ones, by product; `` for none's.
    z3::expr known;
  };
  z3::expr Int(const std::string& name) const { return context_.int_const(name.c_str()); }
  z3::expr Bool(const std::string& name) const { return context_.bool_const(name.c_str()); }
  Members MakeMembers(const std::string& name, const std::vector<std::string>& names) const;

  z3::context& context_;
  std::map<std::string, z3::expr> values_;  // Of a field: a rank, an index, cents or a bool.
  std::map<std::string, z3::expr> known_;   // Of a field.
  std::map<std::string, Members> sets_;     // Of a field; `deps` for all dependencies.
  std::vector<std::string> categories_;
  std::vector<std::string> systems_;
};

// What one policy says of any spec.
class Oracle {
 public:
  Oracle(z3::context& context, const AnySpec& spec, const v1::Org& org, const v1::Catalog& catalog,
         const v1::RuleSet& rules, const v1::Date& as_of)
      : context_(context),
        spec_(spec),
        org_(org),
        catalog_(catalog),
        rules_(rules),
        as_of_(as_of) {}

  Kleene Condition(const v1::RuleCondition& condition) const;
  // Auto rule `rule` approves: it is true and in force, and nothing objects.
  z3::expr Approves(int rule, const v1::RuleCondition& condition) const;
  z3::expr ApprovesAny() const;
  // The rule fires, whatever its state.
  z3::expr Fires(int rule, const v1::RuleCondition& condition) const;

 private:
  z3::expr True() const { return context_.bool_val(true); }
  z3::expr False() const { return context_.bool_val(false); }
  Kleene Both(const z3::expr& known, const z3::expr& truth) const {
    return {known && truth, known && !truth};
  }
  Kleene Test(const v1::Predicate& leaf) const;
  Kleene OfSet(const v1::Predicate& leaf) const;
  Kleene OfMoney(const v1::Predicate& leaf) const;
  Kleene OfRank(const v1::Predicate& leaf, const std::vector<std::string>& ranks) const;
  Kleene Between(const z3::expr& known, const z3::expr& low, const z3::expr& high,
                 const v1::Predicate& leaf) const;
  bool IsNamed(const v1::Predicate& leaf, const std::string& name) const;
  bool IsRefused(const std::string& tier) const;
  bool Counts(const std::string& field, const std::string& product) const;
  z3::expr Objected() const;

  z3::context& context_;
  const AnySpec& spec_;
  const v1::Org& org_;
  const v1::Catalog& catalog_;
  const v1::RuleSet& rules_;
  const v1::Date as_of_;
};

}  // namespace gavel::rules
