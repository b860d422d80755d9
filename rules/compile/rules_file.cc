#include "rules/compile/rules_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/compile/condition_reader.h"
#include "rules/compile/file_reader.h"
#include "rules/compile/owner.h"
#include "rules/compile/rule_checks.h"
#include "rules/condition/field.h"
#include "rules/schema/keys.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

class RulesReader {
 public:
  RulesReader(const v1::Org& org, const v1::Catalog& catalog, const v1::Date& published,
              std::vector<PolicyProblem>& problems)
      : org_(org),
        catalog_(catalog),
        index_(catalog),
        published_(published),
        file_("rules.yaml", problems),
        conditions_(org, catalog, index_, file_) {}

  RulesFile Read(const std::string& text);

 private:
  void ReadHead(const YamlNode& root);
  void ReadBreaker(const YamlNode& node);
  void ReadRule(const YamlNode& node);
  void ReadId(const YamlNode& node, v1::Rule& rule);
  void ReadWaiver(const YamlNode& node, v1::Rule& rule);
  void ReadEffect(const YamlNode& node, v1::Rule& rule);
  void ReadRequire(const YamlNode& node, v1::Require& require);
  void ReadReviewer(const YamlNode& node, v1::Require& require);
  void ReadNeedsAuthor(const YamlNode& node, v1::NeedsAuthor& needs);
  v1::ReviewMode ReadMode(const YamlNode& mapping);

  const v1::Org& org_;
  const v1::Catalog& catalog_;
  const CatalogIndex index_;
  const v1::Date published_;
  FileReader file_;
  ConditionReader conditions_;
  v1::RuleSet rule_set_;
  std::set<std::string> ids_;
  std::map<std::string, std::pair<int, int>> places_;
};

RulesFile RulesReader::Read(const std::string& text) {
  const auto root = file_.Parse(text, "RuleSet");
  if (!root) return {};
  ReadHead(*root);
  if (const YamlNode* rules = root->Find("rules"); rules != nullptr && !rules->IsEmpty()) {
    const std::vector<YamlNode>& items = file_.Items(*rules);
    if (items.size() > kMaxRules) {
      file_.Error(*rules, "GV509",
                  fmt::format("{} rules; at most {} are allowed.", items.size(), kMaxRules));
    }
    for (const YamlNode& item : items) ReadRule(item);
  }
  std::sort(rule_set_.mutable_rules()->begin(), rule_set_.mutable_rules()->end(),
            [](const auto& a, const auto& b) { return a.id() < b.id(); });
  return {std::move(rule_set_), std::move(places_)};
}

void RulesReader::ReadHead(const YamlNode& root) {
  file_.IsMapping(root, KeyNames(Shape::kRuleSet));
  if (const YamlNode* id = file_.Need(root, "id")) rule_set_.set_id(file_.Id(*id));
  rule_set_.set_catalog(file_.NeedText(root, "catalog"));
  if (!rule_set_.catalog().empty() && rule_set_.catalog() != catalog_.id()) {
    file_.Unknown(NodeAt(root, "catalog"), "catalog of this policy", rule_set_.catalog(),
                  {catalog_.id()});
  }
  if (const YamlNode* node = file_.Need(root, "default");
      node != nullptr && file_.IsMapping(*node, KeyNames(Shape::kDefault))) {
    rule_set_.set_default_mode(ReadMode(*node));
  }
  if (const YamlNode* node = file_.Need(root, "breaker")) ReadBreaker(*node);
}

void RulesReader::ReadBreaker(const YamlNode& node) {
  if (!file_.IsMapping(node, KeyNames(Shape::kBreaker))) return;
  v1::Breaker& breaker = *rule_set_.mutable_breaker();
  if (const YamlNode* window = file_.Need(node, "window"))
    breaker.set_window_days(file_.Days(*window));
  if (const YamlNode* share = file_.Need(node, "max_auto_share"))
    breaker.set_max_auto_percent(file_.Percent(*share));
  breaker.set_min_decisions(file_.IntAt(node, "min_decisions", 1, 10000, 30));
  breaker.set_max_audit_failures(file_.IntAt(node, "max_audit_failures", 1, 1000, 2));
}

v1::ReviewMode RulesReader::ReadMode(const YamlNode& mapping) {
  const YamlNode* const node = file_.Need(mapping, "mode");
  if (node == nullptr) return v1::REVIEW_MODE_SYNC;
  return file_.OneOf(*node, {"async", "sync"}) == 0 ? v1::REVIEW_MODE_ASYNC : v1::REVIEW_MODE_SYNC;
}

void RulesReader::ReadRule(const YamlNode& node) {
  if (!file_.IsMapping(node, KeyNames(Shape::kRule))) return;
  v1::Rule rule;
  ReadId(node, rule);
  rule.set_title(file_.NeedText(node, "title"));
  if (const YamlNode* owner = file_.Need(node, "owner", "R009")) {
    rule.set_owner(file_.Text(*owner));
    CheckOwner(org_, *owner, rule.owner(), "R006", file_);
  }
  if (const YamlNode* why = file_.Need(node, "why", "R009")) rule.set_why(file_.Text(*why));
  if (const YamlNode* state = file_.Need(node, "state", "R009")) {
    const auto index = file_.OneOf(*state, {"draft", "shadow", "enforce", "retired"});
    if (index) rule.set_state(static_cast<v1::Rule::State>(*index + 1));
  }
  if (const YamlNode* review_by = file_.Need(node, "review_by", "R009")) {
    if (const auto day = file_.DayOrMonths(*review_by, published_))
      *rule.mutable_review_by() = *day;
  }
  if (const YamlNode* waives = node.Find("waives")) ReadWaiver(*waives, rule);
  const YamlNode* const when = file_.Need(node, "when");
  if (when != nullptr) *rule.mutable_when() = conditions_.Read(*when);
  if (const YamlNode* then = file_.Need(node, "then")) ReadEffect(*then, rule);
  if (when != nullptr) CheckRule(rule, *when, file_);
  places_[rule.id()] = {node.line, node.column};
  *rule_set_.add_rules() = rule;
}

void RulesReader::ReadId(const YamlNode& node, v1::Rule& rule) {
  const YamlNode* const id = file_.Need(node, "id");
  if (id == nullptr) return;
  rule.set_id(file_.Text(*id));
  const bool legal = std::all_of(rule.id().begin(), rule.id().end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/';
  });
  if (!legal || rule.id().size() > 80) {
    file_.Error(
        *id, "GV504",
        fmt::format("`{}` is no rule id: lower-case letters, digits, `-` and `/`.", rule.id()));
  }
  if (rule.id().starts_with("builtin/"))
    file_.Error(*id, "GV504", "`builtin/` is kept for built-in rules.");
  if (!ids_.insert(rule.id()).second) {
    file_.Error(*id, "R008", fmt::format("The id `{}` is another rule's. Choose one.", rule.id()));
  }
}

void RulesReader::ReadWaiver(const YamlNode& node, v1::Rule& rule) {
  if (!file_.IsMapping(node, KeyNames(Shape::kWaiver))) return;
  v1::Waiver& waiver = *rule.mutable_waives();
  waiver.set_why(file_.NeedText(node, "why"));
  for (std::string& field : file_.TextsAt(node, "fields")) {
    const auto& guards = MandatoryGuards();
    if (std::find(guards.begin(), guards.end(), field) == guards.end()) {
      file_.Unknown(NodeAt(node, "fields"), "mandatory guard", field, guards, "R001");
    }
    waiver.add_fields(std::move(field));
  }
}

void RulesReader::ReadEffect(const YamlNode& node, v1::Rule& rule) {
  const std::vector<std::string>& effects = KeyNames(Shape::kEffect);
  if (!file_.IsMapping(node, effects)) return;
  if (node.entries.size() != 1) {
    return file_.Error(node, "GV504",
                       fmt::format("Exactly one of {} is wanted here.", JoinComma(effects)));
  }
  const auto& [key, value] = node.entries.front();
  if (key.value == "auto_approve") {
    v1::AutoApprove& approve = *rule.mutable_auto_approve();
    if (!file_.IsMapping(value, KeyNames(Shape::kAutoApprove))) return;
    if (const YamlNode* audit = file_.Need(value, "audit"))
      approve.set_audit_percent(file_.Percent(*audit));
  } else if (key.value == "require") {
    ReadRequire(value, *rule.mutable_require());
  } else if (key.value == "needs_author") {
    ReadNeedsAuthor(value, *rule.mutable_needs_author());
  } else if (key.value == "flag" && file_.IsMapping(value, KeyNames(Shape::kFlag))) {
    rule.mutable_flag()->set_label(file_.NeedText(value, "label"));
    rule.mutable_flag()->set_message(file_.NeedText(value, "message"));
  }
}

void RulesReader::ReadRequire(const YamlNode& node, v1::Require& require) {
  if (!file_.IsMapping(node, KeyNames(Shape::kRequire))) return;
  require.set_mode(ReadMode(node));
  if (const YamlNode* area = node.Find("area")) {
    require.set_area(file_.Text(*area));
    const std::vector<std::string> areas = IdsOf(org_.areas());
    if (std::find(areas.begin(), areas.end(), require.area()) == areas.end()) {
      file_.Unknown(*area, "area", require.area(), areas, "R005");
    }
  }
  const YamlNode* const reviewers = node.Find("reviewers");
  if (reviewers == nullptr) return;
  for (const YamlNode& item : file_.Items(*reviewers)) ReadReviewer(item, require);
}

void RulesReader::ReadReviewer(const YamlNode& node, v1::Require& require) {
  if (!file_.IsMapping(node, KeyNames(Shape::kReviewers))) return;
  v1::RequiredReviewers& reviewers = *require.add_reviewers();
  reviewers.set_count(file_.IntAt(node, "count", 1, 20, 1));
  reviewers.set_from(file_.NeedText(node, "from"));
  if (reviewers.from() == "owner-of-system" || reviewers.from().empty()) return;
  const YamlNode& at = NodeAt(node, "from");
  if (!reviewers.from().starts_with("group:")) {
    return file_.Error(
        at, "R006",
        fmt::format("`{}`: `group:ID` or `owner-of-system` is wanted.", reviewers.from()));
  }
  const std::string id = reviewers.from().substr(6);
  if (!IsGroup(org_, id)) return file_.Unknown(at, "group", id, IdsOf(org_.groups()), "R006");
  for (const v1::Group& group : org_.groups()) {
    if (group.id() != id || group.members_size() >= reviewers.count()) continue;
    file_.Error(
        at, "GV507",
        fmt::format("{} of {} people in group `{}`: nobody could fulfil that. Lower the count.",
                    reviewers.count(), group.members_size(), id));
  }
}

void RulesReader::ReadNeedsAuthor(const YamlNode& node, v1::NeedsAuthor& needs) {
  if (!file_.IsMapping(node, KeyNames(Shape::kNeedsAuthor))) return;
  needs.set_message(file_.NeedText(node, "message"));
  needs.set_section(file_.TextAt(node, "section"));
  needs.set_field(file_.TextAt(node, "field"));
  if (needs.section().empty() == needs.field().empty()) {
    file_.Error(node, "GV504", "Either `section` or `field` is wanted here.");
  }
  const std::vector<std::string> sections = IdsOf(org_.sections());
  if (!needs.section().empty() &&
      std::find(sections.begin(), sections.end(), needs.section()) == sections.end()) {
    file_.Unknown(NodeAt(node, "section"), "section", needs.section(), sections, "R007");
  }
  std::vector<std::string> fields;
  for (const FieldInfo& info : AllFields()) fields.emplace_back(info.name);
  if (!needs.field().empty() && FindField(needs.field()) == nullptr) {
    file_.Unknown(NodeAt(node, "field"), "field", needs.field(), fields, "R001");
  }
}

}  // namespace

RulesFile ReadRulesFile(const v1::PolicySource& source, const v1::Org& org,
                        const v1::Catalog& catalog, const v1::Date& published,
                        std::vector<PolicyProblem>& problems) {
  return RulesReader(org, catalog, published, problems).Read(source.files().at("rules.yaml"));
}

}  // namespace gavel::rules
