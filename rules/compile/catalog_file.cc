#include "rules/compile/catalog_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rules/compile/file_reader.h"
#include "rules/compile/owner.h"
#include "rules/schema/keys.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

const std::vector<std::string>& StatusWords() {
  static const auto* const kWords =
      new std::vector<std::string>{"standard", "allowed", "deprecated"};
  return *kWords;
}

v1::Tier::Status StatusOf(std::optional<size_t> index) {
  return index ? static_cast<v1::Tier::Status>(*index + 1) : v1::Tier::STATUS_UNSPECIFIED;
}

class CatalogReader {
 public:
  CatalogReader(const v1::Org& org, const v1::Date& published, std::vector<PolicyProblem>& problems)
      : org_(org), published_(published), file_("catalog.yaml", problems) {}

  v1::Catalog Read(const std::string& text);

 private:
  void ReadProduct(const YamlEntry& entry);
  void ReadTier(const YamlEntry& entry, v1::Product& product);
  void ReadDetect(const YamlNode& node, v1::Product& product);
  void ReadMapping(const std::string& detector, const YamlNode& node, v1::Product& product);
  void ReadNotDependencies(const YamlNode& node);
  void ReadSet(const YamlEntry& entry);
  void ReadSelector(const YamlNode& node, v1::CatalogSet& set);
  void CheckReplacements();
  void ClaimName(const YamlNode& at, const std::string& name, const std::string& product);
  std::vector<std::string> TierNames() const;

  const v1::Org& org_;
  const v1::Date published_;
  FileReader file_;
  v1::Catalog catalog_;
  std::vector<std::string> classes_;
  std::map<std::string, std::string> names_;  // Id or alias to the product that has it.
  std::vector<std::pair<const YamlNode*, std::string>> replacements_;
};

v1::Catalog CatalogReader::Read(const std::string& text) {
  const auto root = file_.Parse(text, "Catalog");
  if (!root) return {};
  file_.IsMapping(*root, KeyNames(Shape::kCatalog));
  if (const YamlNode* id = file_.Need(*root, "id")) catalog_.set_id(file_.Id(*id));
  catalog_.set_owner(file_.NeedText(*root, "owner"));
  if (!catalog_.owner().empty())
    CheckOwner(org_, NodeAt(*root, "owner"), catalog_.owner(), "GV505", file_);
  if (file_.Need(*root, "classes") != nullptr) classes_ = file_.TextsAt(*root, "classes");
  for (const std::string& name : classes_) catalog_.add_classes(name);
  if (const YamlNode* products = file_.Need(*root, "products")) {
    for (const YamlEntry& entry : file_.Entries(*products))
      ClaimName(entry.key, entry.key.value, entry.key.value);
    for (const YamlEntry& entry : file_.Entries(*products)) ReadProduct(entry);
  }
  if (const YamlNode* regions = root->Find("regions")) {
    for (const YamlEntry& entry : file_.Entries(*regions)) {
      v1::Region& region = *catalog_.add_regions();
      region.set_id(entry.key.value);
      if (file_.IsMapping(entry.value, KeyNames(Shape::kRegion)))
        region.set_group(file_.TextAt(entry.value, "group"));
    }
  }
  if (const YamlNode* sets = root->Find("sets")) {
    for (const YamlEntry& entry : file_.Entries(*sets)) ReadSet(entry);
  }
  if (const YamlNode* types = root->Find("not_dependencies")) ReadNotDependencies(*types);
  CheckReplacements();
  const auto by_id = [](const auto& a, const auto& b) { return a.id() < b.id(); };
  std::sort(catalog_.mutable_products()->begin(), catalog_.mutable_products()->end(), by_id);
  std::sort(catalog_.mutable_regions()->begin(), catalog_.mutable_regions()->end(), by_id);
  std::sort(catalog_.mutable_sets()->begin(), catalog_.mutable_sets()->end(), by_id);
  return std::move(catalog_);
}

// Ids and aliases share one name space, or an alias could shadow another product.
void CatalogReader::ClaimName(const YamlNode& at, const std::string& name,
                              const std::string& product) {
  const auto [owner, inserted] = names_.emplace(AsciiLower(name), product);
  if (inserted) return;
  file_.Error(at, "GV506",
              fmt::format("`{}` is a name of `{}` already. Names are unique in the catalog.", name,
                          owner->second));
}

void CatalogReader::ReadProduct(const YamlEntry& entry) {
  if (!file_.IsMapping(entry.value, KeyNames(Shape::kProduct))) return;
  v1::Product& product = *catalog_.add_products();
  product.set_id(entry.key.value);
  if (const YamlNode* node = file_.Need(entry.value, "class")) {
    if (file_.OneOf(*node, classes_)) product.set_product_class(node->value);
  }
  if (const YamlNode* aliases = entry.value.Find("aliases")) {
    for (const YamlNode& alias : file_.Items(*aliases)) {
      const std::string name = AsciiLower(file_.Text(alias));
      ClaimName(alias, name, product.id());
      product.add_aliases(name);
    }
  }
  if (const YamlNode* tiers = file_.Need(entry.value, "tiers")) {
    for (const YamlEntry& tier : file_.Entries(*tiers)) ReadTier(tier, product);
  }
  std::sort(product.mutable_tiers()->begin(), product.mutable_tiers()->end(),
            [](const auto& a, const auto& b) { return a.id() < b.id(); });
  if (const YamlNode* detect = entry.value.Find("detect")) ReadDetect(*detect, product);
}

void CatalogReader::ReadTier(const YamlEntry& entry, v1::Product& product) {
  const YamlNode& node = entry.value;
  if (!file_.IsMapping(node, KeyNames(Shape::kTier))) return;
  v1::Tier& tier = *product.add_tiers();
  tier.set_id(entry.key.value);
  if (const YamlNode* status = file_.Need(node, "status")) {
    tier.set_status(StatusOf(file_.OneOf(*status, StatusWords())));
  }
  if (const YamlNode* price = node.Find("max_monthly_usd"))
    tier.set_max_monthly_cents(file_.Cents(*price));
  if (const YamlNode* review_by = node.Find("review_by")) {
    if (const auto day = file_.DayOrMonths(*review_by, published_))
      *tier.mutable_review_by() = *day;
  }
  if (const YamlNode* sunset = node.Find("sunset")) {
    if (const auto day = file_.Day(*sunset)) *tier.mutable_sunset() = *day;
    if (tier.status() != v1::Tier::STATUS_DEPRECATED) {
      file_.Error(*sunset, "GV507",
                  "Only a deprecated tier has a sunset. Set `status: deprecated`.");
    }
  }
  tier.set_replaced_by(file_.TextAt(node, "replaced_by"));
  if (!tier.replaced_by().empty())
    replacements_.emplace_back(&NodeAt(node, "replaced_by"), tier.replaced_by());
  if (tier.status() != v1::Tier::STATUS_STANDARD) return;
  for (const char* key : {"max_monthly_usd", "review_by"}) {
    if (node.Find(key) != nullptr) continue;
    file_.Error(entry.key, "GV503",
                fmt::format("A standard tier needs `{}`: it is approved without a look.", key));
  }
}

void CatalogReader::ReadDetect(const YamlNode& node, v1::Product& product) {
  if (!file_.IsMapping(node, KeyNames(Shape::kDetect))) return;
  for (const YamlEntry& detector : node.entries) {
    for (const YamlNode& mapping : file_.Items(detector.value)) {
      ReadMapping(detector.key.value, mapping, product);
    }
  }
}

void CatalogReader::ReadMapping(const std::string& detector, const YamlNode& node,
                                v1::Product& product) {
  const bool backstage = detector == "backstage";
  if (!file_.IsMapping(node, KeyNames(backstage ? Shape::kBackstageMapping : Shape::kMapping)))
    return;
  v1::DetectMapping& mapping = *product.add_detect();
  mapping.set_detector(detector);
  mapping.set_type(file_.NeedText(node, backstage ? "resource_type" : "type"));
  mapping.set_tier_from(file_.TextAt(node, "tier_from"));
  if (const YamlNode* where = node.Find("where")) {
    for (const YamlEntry& entry : file_.Entries(*where)) {
      v1::DetectCondition& condition = *mapping.add_where();
      condition.set_attribute(entry.key.value);
      for (const std::string& value : file_.Texts(entry.value)) condition.add_values(value);
    }
  }
  std::vector<std::string> known;
  for (const v1::Tier& tier : product.tiers()) known.push_back(tier.id());
  if (const YamlNode* tier = node.Find("tier")) {
    if (file_.OneOf(*tier, known)) mapping.set_tier(tier->value);
    if (!mapping.tier_from().empty()) {
      file_.Error(*tier, "GV504", "Give either `tier`, or `tier_from` with `tiers`.");
    }
  }
  const YamlNode* const tiers = node.Find("tiers");
  if (tiers == nullptr) return;
  for (const YamlEntry& entry : file_.Entries(*tiers)) {
    if (file_.OneOf(entry.value, known))
      (*mapping.mutable_tiers())[entry.key.value] = entry.value.value;
  }
}

void CatalogReader::ReadNotDependencies(const YamlNode& node) {
  if (!file_.IsMapping(node, KeyNames(Shape::kResourceTypes))) return;
  for (const YamlEntry& entry : node.entries) {
    v1::ResourceTypes& types = *catalog_.add_not_dependencies();
    types.set_detector(entry.key.value);
    for (std::string& type : file_.Texts(entry.value)) types.add_types(std::move(type));
    std::sort(types.mutable_types()->begin(), types.mutable_types()->end());
  }
}

void CatalogReader::ReadSet(const YamlEntry& entry) {
  if (!file_.IsMapping(entry.value, KeyNames(Shape::kSet))) return;
  v1::CatalogSet& set = *catalog_.add_sets();
  set.set_id(entry.key.value);
  if (entry.value.entries.size() != 1) {
    file_.Error(entry.key, "GV504", "A set has either `tiers` or `regions`.");
    return;
  }
  const YamlEntry& members = entry.value.entries.front();
  set.set_of_regions(members.key.value == "regions");
  if (members.value.IsMapping()) return ReadSelector(members.value, set);
  const std::vector<std::string> known = set.of_regions() ? IdsOf(catalog_.regions()) : TierNames();
  for (std::string& name : file_.Texts(members.value)) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      file_.Unknown(members.value, set.of_regions() ? "region" : "tier", name, known);
    }
    set.add_names(std::move(name));
  }
  std::sort(set.mutable_names()->begin(), set.mutable_names()->end());
}

void CatalogReader::ReadSelector(const YamlNode& node, v1::CatalogSet& set) {
  if (set.of_regions()) {
    if (!file_.IsMapping(node, KeyNames(Shape::kRegionSelector))) return;
    set.set_group(file_.NeedText(node, "group"));
    std::vector<std::string> groups;
    for (const v1::Region& region : catalog_.regions()) groups.push_back(region.group());
    if (std::find(groups.begin(), groups.end(), set.group()) == groups.end()) {
      file_.Unknown(NodeAt(node, "group"), "region group", set.group(), groups);
    }
    return;
  }
  if (!file_.IsMapping(node, KeyNames(Shape::kTierSelector))) return;
  if (const YamlNode* status = file_.Need(node, "status")) {
    set.set_status(StatusOf(file_.OneOf(*status, StatusWords())));
  }
  if (const YamlNode* name = node.Find("class")) {
    if (file_.OneOf(*name, classes_)) set.set_product_class(name->value);
  }
}

std::vector<std::string> CatalogReader::TierNames() const {
  std::vector<std::string> names;
  for (const v1::Product& product : catalog_.products()) {
    for (const v1::Tier& tier : product.tiers()) names.push_back(product.id() + "/" + tier.id());
  }
  return names;
}

void CatalogReader::CheckReplacements() {
  const std::vector<std::string> names = TierNames();
  for (const auto& [node, name] : replacements_) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      file_.Unknown(*node, "tier", name, names);
  }
}

}  // namespace

v1::Catalog ReadCatalogFile(const v1::PolicySource& source, const v1::Org& org,
                            const v1::Date& published, std::vector<PolicyProblem>& problems) {
  return CatalogReader(org, published, problems).Read(source.files().at("catalog.yaml"));
}

}  // namespace gavel::rules
