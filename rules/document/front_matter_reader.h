// The reader behind ReadFrontMatter: one method per key, or per small family of keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/document/front_matter.h"
#include "rules/policy.h"

namespace gavel::rules {

class FrontMatterReader {
 public:
  FrontMatterReader(const YamlNode& root, const DocumentOptions& options, ValueReader& reader,
                    v1::Facts& facts)
      : root_{root, ""},
        policy_(options.policy),
        options_(options),
        reader_(reader),
        facts_(facts) {}

  // Who and what: in front_matter.cc.
  void ReadIdentity();

  // What rules can read: in front_matter_facts.cc.
  void ReadRuleFacts();

 private:
  void CheckKeys();
  void ReadVersion();
  void ReadTexts();
  void ReadAreas();
  void ReadPeople();
  void ReadWishes();
  void ReadOpenDecisions();
  void ReadOpenDecision(const Place& place);
  void ReadLinks();
  bool IsArea(const Place& place, const std::string& id);
  std::optional<std::string> ResolvePerson(const Place& place, const std::string& written);
  std::vector<std::string> PeopleAt(const Place& place, size_t min, size_t max);

  void ReadCategory();
  void ReadSystem();
  void ReadDependenciesAndNotUsed();
  void ReadData();
  void ReadRegions();
  void ReadCost();
  void ReadChange();

  std::optional<Place> Find(const Place& parent, std::string_view key) const;
  // The same, with a finding where a key that the schema requires is not there.
  std::optional<Place> Require(const Place& parent, std::string_view key, std::string_view fix);
  // The words of an optional list; empty where it is absent or wrong.
  std::vector<std::string> WordsAt(std::string_view key, Form form, size_t max);
  // A slug, or the word `unknown`.
  Typed<std::string> WordOrUnknown(const Place& place);

  const Place root_;
  const Policy* const policy_;
  const DocumentOptions& options_;
  ValueReader& reader_;
  v1::Facts& facts_;
};

// The ids of a list of messages.
template <typename Entries>
std::vector<std::string> IdsIn(const Entries& entries) {
  std::vector<std::string> ids;
  for (const auto& entry : entries) ids.push_back(entry.id());
  return ids;
}

}  // namespace gavel::rules
