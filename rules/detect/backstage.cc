#include "rules/detect/backstage.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/condition/field.h"
#include "rules/detect/yaml_attributes.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// The end of a key that names a data class, behind the organisation's own prefix.
constexpr std::string_view kClassKeys[] = {"data-classification", "data-class"};

std::string OrDefault(std::string text) { return text.empty() ? "default" : text; }

// `kind:namespace/name`, as references are compared: in lower case, the namespace written out.
std::string FullReference(std::string_view reference, std::string_view default_kind) {
  const size_t colon = reference.find(':');
  std::string_view kind = default_kind;
  if (colon != std::string_view::npos) {
    kind = reference.substr(0, colon);
    reference.remove_prefix(colon + 1);
  }
  const bool has_namespace = reference.find('/') != std::string_view::npos;
  return AsciiLower(fmt::format("{}:{}{}", kind, has_namespace ? "" : "default/", reference));
}

class EntityReader {
 public:
  Reading Read(std::string_view text) {
    const YamlStream stream = ReadYamlStream(text);
    if (!stream.error.empty()) return Failed(stream.error);
    int entities = 0;
    for (const YamlNode& document : stream.documents) {
      if (!TextAt(&document, "apiVersion").starts_with("backstage.io/v1")) continue;
      ++entities;
      if (!ReadEntity(document)) return std::move(reading_);
    }
    if (entities == 0) return Failed("No entity with `apiVersion: backstage.io/v1…`.");
    AddUndescribed();
    return std::move(reading_);
  }

 private:
  Reading Failed(std::string error) {
    Reading reading;
    reading.error = std::move(error);
    return reading;
  }

  bool ReadEntity(const YamlNode& entity) {
    const std::string kind = AsciiLower(TextAt(&entity, "kind"));
    const YamlNode* const metadata = entity.Find("metadata");
    const YamlNode* const spec = entity.Find("spec");
    const std::string name = TextAt(metadata, "name");
    if (kind == "system") reading_.systems.push_back(name);
    if (std::string system = TextAt(spec, "system"); !system.empty()) {
      // A reference, `system:default/uploads`, or the bare name.
      reading_.systems.push_back(system.substr(system.find_last_of(":/") + 1));
    }
    if (kind == "resource") AddResource(entity, name);
    if (const YamlNode* depends = spec != nullptr ? spec->Find("dependsOn") : nullptr) {
      for (const YamlNode& item : depends->items) AddReference(item);
    }
    return ReadClass(metadata, "labels") && ReadClass(metadata, "annotations");
  }

  void AddResource(const YamlNode& entity, const std::string& name) {
    const YamlNode* const metadata = entity.Find("metadata");
    const YamlNode* const spec = entity.Find("spec");
    Resource resource;
    const std::string reference = FullReference(
        fmt::format("{}/{}", OrDefault(TextAt(metadata, "namespace")), name), "resource");
    resource.type = TextAt(spec, "type");
    if (resource.type.empty()) resource.type = reference;
    resource.address = fmt::format("{} (line {})", reference, entity.line);
    if (spec != nullptr) AddAttributes(*spec, "", resource);
    for (const char* key : {"labels", "annotations"}) {
      const YamlNode* const notes = metadata != nullptr ? metadata->Find(key) : nullptr;
      if (notes != nullptr) AddAttributes(*notes, "", resource);
    }
    described_.insert(reference);
    reading_.resources.push_back(std::move(resource));
  }

  // Other software is none of the catalog's business; what has no kind may be a resource.
  void AddReference(const YamlNode& item) {
    const std::string reference = FullReference(item.value, "resource");
    if (!reference.starts_with("resource:")) return;
    referred_.emplace_back(reference, item.line);
  }

  void AddUndescribed() {
    for (const auto& [reference, line] : referred_) {
      if (!described_.insert(reference).second) continue;
      Resource resource;
      resource.type = reference;
      resource.address = fmt::format("dependsOn (line {})", line);
      reading_.resources.push_back(std::move(resource));
    }
  }

  bool ReadClass(const YamlNode* metadata, std::string_view key) {
    const YamlNode* const notes = metadata != nullptr ? metadata->Find(key) : nullptr;
    if (notes == nullptr) return true;
    for (const YamlEntry& entry : notes->entries) {
      const std::string name = entry.key.value.substr(entry.key.value.rfind('/') + 1);
      if (std::find(std::begin(kClassKeys), std::end(kClassKeys), name) == std::end(kClassKeys)) {
        continue;
      }
      const auto classes = InfoOf(Field::kDataClassification).values;
      const auto rank = std::find(classes.begin(), classes.end(), AsciiLower(entry.value.value));
      if (rank == classes.end()) {
        reading_ = Failed(
            fmt::format("line {}: `{:.40}` is no data class.", entry.key.line, entry.value.value));
        return false;
      }
      const auto highest = std::find(classes.begin(), classes.end(), reading_.classification);
      if (highest == classes.end() || highest < rank) reading_.classification = std::string(*rank);
    }
    return true;
  }

  Reading reading_;
  std::set<std::string> described_;
  std::vector<std::pair<std::string, int>> referred_;
};

}  // namespace

Reading ReadBackstage(std::string_view text) { return EntityReader().Read(text); }

}  // namespace gavel::rules
