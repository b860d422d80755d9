// A rule's `when` in YAML, to a condition whose every field, operator and operand is known.
//
//   node := {all: [node+]} | {any: [node+]} | {not: node} | {field: {op: arg [, or_none: true]}}
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/catalog.pb.h"
#include "gavel/v1/org.pb.h"
#include "gavel/v1/rule_set.pb.h"
#include "rules/catalog/catalog_index.h"
#include "rules/compile/file_reader.h"
#include "rules/condition/field.h"
#include "rules/condition/program.h"

namespace gavel::rules {

// The names that a value of `field` may have; empty where any may be.
std::vector<std::string> NamesOf(const FieldInfo& field, const v1::Org& org,
                                 const v1::Catalog& catalog, const CatalogIndex& index);

class ConditionReader {
 public:
  // Everything given must outlive the reader.
  ConditionReader(const v1::Org& org, const v1::Catalog& catalog, const CatalogIndex& index,
                  FileReader& file)
      : org_(org), catalog_(catalog), index_(index), file_(file) {}

  // Reads the condition of one rule. Mistakes are reported (R001 to R004, R007, GV504, GV509) and
  // leave out the node they are in.
  v1::RuleCondition Read(const YamlNode& node);

 private:
  v1::RuleCondition ReadNode(const YamlNode& node, int depth);
  void ReadList(const YamlNode& node, int depth, v1::RuleConditionList& list);
  void ReadLeaf(const YamlNode& name, const YamlNode& test, v1::Predicate& predicate);
  void ReadOperands(const FieldInfo& field, Op op, const YamlNode& node, v1::Predicate& predicate);
  void AddName(const FieldInfo& field, const YamlNode& node, bool set_allowed,
               v1::Predicate& predicate);
  void AddSet(const FieldInfo& field, const YamlNode& node, v1::Predicate& predicate);
  void AddAmount(const YamlNode& node, v1::Predicate& predicate);
  void AddPattern(const YamlNode& node, v1::Predicate& predicate);

  const v1::Org& org_;
  const v1::Catalog& catalog_;
  const CatalogIndex& index_;
  FileReader& file_;
  int leaves_ = 0;
};

}  // namespace gavel::rules
