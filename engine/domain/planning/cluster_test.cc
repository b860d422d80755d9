#include "engine/domain/planning/cluster.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using Clusters = std::map<std::string, std::string>;

RelatedSpec Spec(const std::string& key) { return {.key = key}; }
RelatedSpec OfSystems(const std::string& key, std::vector<std::string> systems) {
  return {.key = key, .systems = std::move(systems)};
}
RelatedSpec Amending(const std::string& key, std::vector<std::string> amends) {
  return {.key = key, .amends = std::move(amends)};
}
RelatedSpec Declared(const std::string& key, const std::string& cluster) {
  return {.key = key, .cluster = cluster};
}

TEST(ClusterTest, EachLinkIsNamed) {
  struct Row {
    const char* name;
    std::vector<RelatedSpec> specs;
    Clusters clusters;
  };
  const Row rows[] = {
      {"nobody", {}, {}},
      {"strangers", {OfSystems("A-1", {"uploads"}), OfSystems("A-2", {"billing"})}, {}},
      {"system",
       {OfSystems("A-1", {"uploads", "web"}), OfSystems("A-2", {"uploads"}), Spec("A-3")},
       {{"A-1", "same system: uploads"}, {"A-2", "same system: uploads"}}},
      {"amends", {Amending("A-2", {"A-1"}), Spec("A-1")},
       {{"A-1", "amends A-1"}, {"A-2", "amends A-1"}}},
      {"both amend one that is not queued", {Amending("A-2", {"B-9"}), Amending("A-3", {"B-9"})},
       {{"A-2", "amends B-9"}, {"A-3", "amends B-9"}}},
      {"amends one that is not queued", {Amending("A-2", {"B-9"}), Spec("A-3")}, {}},
      {"declared", {Declared("A-1", "thumbs"), Declared("A-2", "thumbs"), Declared("A-3", "other")},
       {{"A-1", "same cluster: thumbs"}, {"A-2", "same cluster: thumbs"}}},
      {"declared is no system", {Declared("A-1", "uploads"), OfSystems("A-2", {"uploads"})}, {}},
      {"a system twice is no link", {OfSystems("A-1", {"uploads", "uploads"})}, {}},
      {"itself is no link", {Amending("A-1", {"A-1"})}, {}},
  };
  for (const Row& row : rows) EXPECT_EQ(ClustersOf(row.specs), row.clusters) << row.name;
}

TEST(ClusterTest, SpecsLinkedByAThirdBelongTogether) {
  const Clusters clusters =
      ClustersOf(std::vector<RelatedSpec>{OfSystems("A-1", {"uploads"}),
                                          {.key = "A-2", .systems = {"uploads"}, .amends = {"A-3"}},
                                          Declared("A-3", "thumbs"), Declared("A-4", "thumbs"),
                                          OfSystems("A-5", {"web"}), OfSystems("A-6", {"web"})});
  const std::string group = "amends A-3; same cluster: thumbs; same system: uploads";
  EXPECT_EQ(clusters, (Clusters{{"A-1", group},
                                {"A-2", group},
                                {"A-3", group},
                                {"A-4", group},
                                {"A-5", "same system: web"},
                                {"A-6", "same system: web"}}));
}

// Against plain search: two specs have the same text exactly when a path of links joins them.
TEST(ClusterTest, GroupsAreThePathsBetweenSpecsWhateverTheOrder) {
  planning_test::Dice dice(4);
  int grouped = 0;
  for (int round = 0; round < 2'000; ++round) {
    std::vector<RelatedSpec> specs;
    const int size = 1 + dice.Roll(8);
    for (int i = 0; i < size; ++i) {
      RelatedSpec spec = Spec("A-" + std::to_string(i));
      if (dice.Chance(50)) spec.systems.push_back("s" + std::to_string(dice.Roll(8)));
      if (dice.Chance(30)) spec.amends.push_back("A-" + std::to_string(dice.Roll(12)));
      if (dice.Chance(30)) spec.cluster = "c" + std::to_string(dice.Roll(5));
      specs.push_back(spec);
    }
    const auto linked = [](const RelatedSpec& a, const RelatedSpec& b) {
      const auto share = [](const std::vector<std::string>& x, const std::vector<std::string>& y) {
        return std::find_first_of(x.begin(), x.end(), y.begin(), y.end()) != x.end();
      };
      return share(a.systems, b.systems) || share(a.amends, b.amends) ||
             share(a.amends, {b.key}) || share(b.amends, {a.key}) ||
             (!a.cluster.empty() && a.cluster == b.cluster);
    };
    const Clusters clusters = ClustersOf(specs);
    for (const RelatedSpec& from : specs) {
      std::vector<const RelatedSpec*> reached = {&from};
      for (std::size_t at = 0; at < reached.size(); ++at) {
        for (const RelatedSpec& to : specs) {
          const bool known = std::find(reached.begin(), reached.end(), &to) != reached.end();
          if (!known && linked(*reached[at], to)) reached.push_back(&to);
        }
      }
      EXPECT_EQ(clusters.contains(from.key), reached.size() > 1);
      for (const RelatedSpec& to : specs) {
        const bool together = std::find(reached.begin(), reached.end(), &to) != reached.end();
        if (reached.size() > 1 && clusters.contains(to.key)) {
          EXPECT_EQ(clusters.at(from.key) == clusters.at(to.key), together);
          ++grouped;
        }
      }
    }
    std::shuffle(specs.begin(), specs.end(), dice.engine());
    EXPECT_EQ(ClustersOf(specs), clusters);
  }
  EXPECT_GT(grouped, 10'000);
}

}  // namespace
}  // namespace gavel
