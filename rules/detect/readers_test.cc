// Each detector on its own format: what it reads, and what it refuses to read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/detect/backstage.h"
#include "rules/detect/detectors.h"
#include "rules/detect/json_document.h"
#include "rules/detect/score.h"
#include "rules/detect/terraform.h"
#include "rules/detect/test_evidence.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> TypesOf(const Reading& reading) {
  std::vector<std::string> types;
  for (const Resource& resource : reading.resources) types.push_back(resource.type);
  return types;
}

TEST(Terraform, ReadsWhatAPlanMakesAndKeepsAndNotWhatItDeletesOrOnlyReads) {
  const Reading reading = ReadTerraform(R"({"format_version": "1.2", "resource_changes": [
    {"address": "a.new", "mode": "managed", "type": "a", "change": {"actions": ["create"]}},
    {"address": "b.same", "mode": "managed", "type": "b", "change": {"actions": ["no-op"]}},
    {"address": "c.other", "mode": "managed", "type": "c",
     "change": {"actions": ["delete", "create"]}},
    {"address": "d.gone", "mode": "managed", "type": "d", "change": {"actions": ["delete"]}},
    {"address": "e.left", "mode": "managed", "type": "e", "change": {"actions": ["forget"]}},
    {"address": "data.f.x", "mode": "data", "type": "f", "change": {"actions": ["read"]}}]})");
  EXPECT_EQ(reading.error, "");
  EXPECT_THAT(TypesOf(reading), ElementsAre("a", "b", "c"));
  EXPECT_FALSE(reading.incomplete);
}

TEST(Terraform, ReadsTheModulesOfAState) {
  const Reading reading = ReadTerraform(R"({"format_version": "1.0", "values": {"root_module": {
    "resources": [{"address": "a.x", "mode": "managed", "type": "a", "values": {"size": 3}}],
    "child_modules": [{"child_modules": [{"resources": [
       {"address": "module.m.b.y", "mode": "managed", "type": "b", "values": {}}]}]}]}}})");
  EXPECT_EQ(reading.error, "");
  ASSERT_THAT(TypesOf(reading), ElementsAre("a", "b"));
  EXPECT_THAT(reading.resources[0].Find("size").values, ElementsAre("3"));
  EXPECT_EQ(reading.resources[1].address, "module.m.b.y");
}

TEST(Terraform, TakesPlannedValuesOnlyForResourcesThatNoChangeNames) {
  const Reading reading = ReadTerraform(R"({"format_version": "1.2",
    "resource_changes": [
      {"address": "a.x", "mode": "managed", "type": "a", "change": {"actions": ["create"],
       "after": {"size": "l"}}},
      {"address": "d.x", "mode": "managed", "type": "d", "change": {"actions": ["delete"]}}],
    "planned_values": {"root_module": {"resources": [
      {"address": "a.x", "mode": "managed", "type": "a", "values": {}},
      {"address": "d.x", "mode": "managed", "type": "d", "values": {}},
      {"address": "b.x", "mode": "managed", "type": "b", "values": {}}]}}})");
  ASSERT_THAT(TypesOf(reading), ElementsAre("a", "b"));
  EXPECT_THAT(reading.resources[0].Find("size").values, ElementsAre("l"));
}

TEST(Terraform, KnowsWhatIsNotKnownYet) {
  const Reading reading = ReadTerraform(
      R"({"format_version": "1.2", "resource_changes": [{"address": "a.x", "mode": "managed",
      "type": "a", "change": {"actions": ["create"],
      "after": {"name": "n", "count": 2, "ratio": 1.50, "on": true, "none": null,
                "disk": [{"kind": "ssd"}, {"kind": "hdd"}], "pools": []},
      "after_unknown": {"arn": true, "pools": true, "disk": [{"id": true}, {}], "tags": {}}}}]})");
  ASSERT_EQ(reading.resources.size(), 1u);
  const Resource& resource = reading.resources.front();
  EXPECT_THAT(resource.Find("ratio").values, ElementsAre("1.50"));
  EXPECT_THAT(resource.Find("on").values, ElementsAre("true"));
  EXPECT_THAT(resource.Find("none").values, IsEmpty());
  EXPECT_THAT(resource.Find("disk.kind").values, ElementsAre("ssd", "hdd"));
  EXPECT_FALSE(resource.Find("disk.kind").unknown);
  EXPECT_TRUE(resource.Find("arn").unknown);
  EXPECT_TRUE(resource.Find("disk.id").unknown);
  EXPECT_TRUE(resource.Find("pools.size").unknown) << "a part of what is unknown is unknown";
  EXPECT_FALSE(resource.Find("tags").unknown);
}

TEST(Terraform, FollowsAProvidersRegionThroughOneVariable) {
  const Reading reading = ReadTerraform(R"({"format_version": "1.2",
    "variables": {"region": {"value": "eu-west-1"}},
    "configuration": {"provider_config": {
      "aws": {"expressions": {"region": {"references": ["var.region"]}}},
      "aws.other": {"expressions": {"region": {"constant_value": "us-east-1"}}},
      "google": {"expressions": {"region": {"references": ["local.where", "local"]}}},
      "random": {}}}})");
  ASSERT_EQ(reading.regions.size(), 3u);
  EXPECT_EQ(reading.regions[0].region, "eu-west-1");
  EXPECT_EQ(reading.regions[1].region, "us-east-1");
  EXPECT_EQ(reading.regions[2].region, "");
}

TEST(Terraform, SaysWhenAPlanDoesNotShowEverything) {
  EXPECT_TRUE(ReadTerraform(R"({"format_version": "1.2", "complete": false})").incomplete);
  const Reading deferred = ReadTerraform(R"({"format_version": "1.2", "deferred_changes": [
    {"reason": "provider_config_unknown", "resource_change":
     {"address": "a.x", "mode": "managed", "type": "a", "change": {"actions": ["create"]}}}]})");
  EXPECT_TRUE(deferred.incomplete);
  EXPECT_THAT(TypesOf(deferred), ElementsAre("a"));
}

struct Unreadable {
  const char* name;
  const char* detector;
  std::string content;
  const char* says;
};
void PrintTo(const Unreadable& row, std::ostream* os) { *os << row.name; }

class DetectorsRefuse : public testing::TestWithParam<Unreadable> {};

TEST_P(DetectorsRefuse, AndSayWhy) {
  const Reading reading =
      ReadEvidence(EvidenceFile(GetParam().detector, "file", GetParam().content));
  EXPECT_THAT(reading.error, HasSubstr(GetParam().says));
  EXPECT_THAT(reading.resources, IsEmpty());
}

std::string Deep(size_t depth) {
  return R"({"format_version": "1.0", "x": )" + std::string(depth, '[') + std::string(depth, ']') +
         "}";
}

std::string ManyValues() {
  std::string text = R"({"format_version": "1.0", "x": [0)";
  for (int i = 0; i < 500'000; ++i) text += ",0";
  return text + "]}";
}

std::string ManyDocuments() {
  std::string text;
  for (int i = 0; i < 1001; ++i) text += "---\na: 1\n";
  return text;
}

constexpr char kScore[] = "apiVersion: score.dev/v1b1\nmetadata: {name: x}\n";
constexpr char kEntity[] = "apiVersion: backstage.io/v1alpha1\nkind: Component\n";

INSTANTIATE_TEST_SUITE_P(
    Table, DetectorsRefuse,
    testing::Values(
        Unreadable{"Empty", "terraform", "", "Not JSON"},
        Unreadable{"Truncated", "terraform", R"({"format_version": "1.2", "a": [)", "Not JSON"},
        Unreadable{"Trailing", "terraform", R"({"format_version": "1.2"} x)", "Not JSON from byte"},
        Unreadable{"NotUtf8", "terraform", "{\"format_version\": \"1.2\xFF\"}", "Not JSON"},
        Unreadable{"StateFile", "terraform", R"({"version": 4, "resources": []})",
                   "terraform show -json"},
        Unreadable{"Row50MajorTwo", "terraform", R"({"format_version": "2.0"})", "2.0 is not read"},
        Unreadable{"VersionIsNoText", "terraform", R"({"format_version": 1})",
                   "No `format_version`"},
        Unreadable{"Errored", "terraform", R"({"format_version": "1.2", "errored": true})",
                   "ended in an error"},
        Unreadable{"ChangesAreNoList", "terraform",
                   R"({"format_version": "1.2", "resource_changes": {}})", "no list"},
        Unreadable{"NoType", "terraform",
                   R"({"format_version": "1.2", "resource_changes": [{"mode": "managed"}]})",
                   "no `type`"},
        Unreadable{"DuplicateKey", "terraform",
                   R"({"format_version": "1.2", "format_version": "1.2"})", "stands twice"},
        Unreadable{"Row50TooLarge", "terraform", std::string(kMaxEvidenceBytes + 1, ' '),
                   "at most 3145728"},
        Unreadable{"TooDeep", "terraform", Deep(64), "64 levels"},
        Unreadable{"TooManyValues", "terraform", ManyValues(), "500000 values"},
        Unreadable{"ScoreOfAnotherKind", "score", "apiVersion: v1\nkind: Pod\n", "score.dev/v1"},
        Unreadable{"ScoreTwice", "score", std::string(kScore) + "---\n" + kScore, "one YAML"},
        Unreadable{"ScoreAnchor", "score", std::string(kScore) + "resources: &r {}\n", "line 3"},
        Unreadable{"ScoreNoType", "score", std::string(kScore) + "resources:\n  db: {class: l}\n",
                   "line 4: `db` has no type"},
        Unreadable{"ScoreNotUtf8", "score", "\xFF", "not UTF-8"},
        Unreadable{"NoEntity", "backstage", "a: 1\n", "No entity"},
        Unreadable{"SecondEntityBroken", "backstage", std::string(kEntity) + "---\n\tkind: x\n",
                   "line 4"},
        Unreadable{"TooManyDocuments", "backstage", ManyDocuments(), "More than 1000 YAML"},
        Unreadable{"UnknownClass", "backstage",
                   std::string(kEntity) + "metadata:\n  labels: {acme.org/data-class: secret}\n",
                   "line 4: `secret` is no data class"},
        Unreadable{"NoSuchDetector", "helm", "a: 1\n", "no detector `helm`"}),
    RowName());

TEST(Score, ReadsTypeClassAndParams) {
  const Reading reading = ReadScore(std::string(kScore) + R"(containers: {web: {image: x}}
resources:
  db: {type: postgres, class: medium, params: {version: "15", size: "${resources.env.SIZE}"}}
  bus: {type: queue}
)");
  EXPECT_EQ(reading.error, "");
  ASSERT_THAT(TypesOf(reading), ElementsAre("postgres", "queue"));
  EXPECT_THAT(reading.resources[0].Find("class").values, ElementsAre("medium"));
  EXPECT_THAT(reading.resources[0].Find("params.version").values, ElementsAre("15"));
  EXPECT_TRUE(reading.resources[0].Find("params.size").unknown);
  EXPECT_EQ(reading.resources[0].address, "resources.db (line 5)");
}

TEST(Backstage, ReadsEveryDocumentAndFollowsReferencesWithinTheFile) {
  const Reading reading = ReadBackstage(R"(---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: orders
  annotations: {acme.org/data-classification: Confidential}
spec:
  type: service
  system: system:default/uploads
  dependsOn: [resource:default/orders-db, "resource:cache", component:billing]
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: orders-db, labels: {acme.org/tier: medium, data-class: internal}}
spec: {type: postgres-database, owner: team-a}
---
apiVersion: acme.org/v1
kind: Other
)");
  EXPECT_EQ(reading.error, "");
  ASSERT_THAT(TypesOf(reading), ElementsAre("postgres-database", "resource:default/cache"));
  EXPECT_EQ(reading.resources[0].address, "resource:default/orders-db (line 12)");
  EXPECT_THAT(reading.resources[0].Find("acme.org/tier").values, ElementsAre("medium"));
  EXPECT_THAT(reading.systems, ElementsAre("uploads"));
  EXPECT_EQ(reading.classification, "confidential");
}

TEST(GuessDetector, GoesByNameThenByContent) {
  EXPECT_EQ(GuessDetector("infra/catalog-info.yaml", ""), "backstage");
  EXPECT_EQ(GuessDetector("score.yaml", ""), "score");
  EXPECT_EQ(GuessDetector("plan.out", "  {\"format_version\": 1}"), "terraform");
  EXPECT_EQ(GuessDetector("workload.yaml", kScore), "score");
  EXPECT_EQ(GuessDetector("entities.yaml", kEntity), "backstage");
  EXPECT_EQ(GuessDetector("plan.json", ""), "terraform");
  EXPECT_EQ(GuessDetector("values.yaml", "a: 1\n"), "");
}

TEST(JsonDocument, KeepsNumbersAsTheyAreWritten) {
  const JsonDocument document = ReadJson(R"([1.10, 12345678901234567890123, -3])");
  EXPECT_EQ(document.error, "");
  EXPECT_EQ(document.root[0], "1.10");
  EXPECT_EQ(document.root[1], "12345678901234567890123");
  EXPECT_EQ(document.root[2], -3);
}

}  // namespace
}  // namespace gavel::rules
