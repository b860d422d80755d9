#include "engine/domain/planning/cluster.h"

#include <algorithm>
#include <numeric>
#include <set>

#include <fmt/format.h>

namespace gavel {
namespace {

// Sets of specs that only ever merge. Each is known by its smallest member, so that the order of
// the merges does not show.
class DisjointSets {
 public:
  explicit DisjointSets(std::size_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
  }

  std::size_t Find(std::size_t member) {
    while (parents_[member] != member) {
      parents_[member] = parents_[parents_[member]];
      member = parents_[member];
    }
    return member;
  }

  void Join(std::size_t a, std::size_t b) {
    a = Find(a);
    b = Find(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parents_;
};

// A link in words, and the specs that it joins.
using Links = std::map<std::string, std::set<std::size_t>>;

Links LinksOf(std::span<const RelatedSpec> specs) {
  Links links;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const RelatedSpec& spec = specs[i];
    if (!spec.cluster.empty()) links[fmt::format("same cluster: {}", spec.cluster)].insert(i);
    for (const std::string& system : spec.systems) {
      links[fmt::format("same system: {}", system)].insert(i);
    }
    for (const std::string& amended : spec.amends) {
      links[fmt::format("amends {}", amended)].insert(i);
    }
  }
  // The amended spec belongs to those that amend it.
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const auto amended = links.find(fmt::format("amends {}", specs[i].key));
    if (amended != links.end()) amended->second.insert(i);
  }
  return links;
}

}  // namespace

std::map<std::string, std::string> ClustersOf(std::span<const RelatedSpec> specs) {
  const Links links = LinksOf(specs);
  DisjointSets groups(specs.size());
  for (const auto& [link, members] : links) {
    for (const std::size_t member : members) groups.Join(*members.begin(), member);
  }
  // A link belongs to one group, so texts made of links differ between groups.
  std::map<std::size_t, std::string> names;
  for (const auto& [link, members] : links) {
    if (members.size() < 2) continue;
    std::string& name = names[groups.Find(*members.begin())];
    name += name.empty() ? link : "; " + link;
  }
  std::map<std::string, std::string> clusters;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const auto name = names.find(groups.Find(i));
    if (name != names.end()) clusters[specs[i].key] = name->second;
  }
  return clusters;
}

}  // namespace gavel
