#include "rules/schema/json_schema.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "rules/compile/fact_setter.h"
#include "rules/condition/program.h"
#include "rules/document/frame.h"
#include "rules/schema/keys.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/yaml/strict_yaml.h"

namespace gavel::rules {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

std::string ReadFile(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  EXPECT_FALSE(text.str().empty()) << path;
  return text.str();
}

google::protobuf::FileDescriptorSet Descriptors() {
  google::protobuf::FileDescriptorSet descriptors;
  EXPECT_TRUE(descriptors.ParseFromString(ReadFile(GAVEL_DESCRIPTORS)));
  return descriptors;
}

// What an editor sees: only true, false, null and JSON numbers are typed.
json JsonOf(const YamlNode& node) {
  if (node.IsSequence()) {
    json list = json::array();
    for (const YamlNode& item : node.items) list.push_back(JsonOf(item));
    return list;
  }
  if (node.IsMapping()) {
    json mapping = json::object();
    for (const YamlEntry& entry : node.entries) mapping[entry.key.value] = JsonOf(entry.value);
    return mapping;
  }
  if (node.IsEmpty()) return nullptr;
  if (!node.plain) return node.value;
  const json typed = json::parse(node.value, nullptr, /*allow_exceptions=*/false);
  return typed.is_boolean() || typed.is_number() ? typed : json(node.value);
}

// The schema that the build made, ready to judge.
class Judge {
 public:
  explicit Judge(const std::string& name)
      : json_(json::parse(ReadFile(fs::path(GAVEL_SCHEMA_DIR) / (name + ".schema.json")))) {
    valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(json_),
                                            schema_);
  }

  // What is wrong with the YAML; empty where it is valid.
  std::string Complaint(const std::string& yaml) const {
    const YamlResult result = ParseStrictYaml(yaml, {256 * 1024, 16, 64 * 1024});
    if (!result.ok()) return "no YAML: " + result.problems.front().message;
    const json value = JsonOf(result.root);
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(schema_, valijson::adapters::NlohmannJsonAdapter(value), &results))
      return {};
    std::string text = "invalid";
    for (valijson::ValidationResults::Error error; results.popError(error);) {
      text += "\n";
      for (const std::string& part : error.context) text += part;
      text += ": " + error.description;
    }
    return text;
  }

  const json& schema() const { return json_; }

 private:
  const json json_;
  valijson::Schema schema_;
};

// The front matter of a document, without its fences.
std::string FrontMatterOf(const std::string& text) {
  const size_t start = text.find("---\n") + 4;
  return text.substr(start, text.find("\n---", start) - start + 1);
}

std::string PolicyFile(const std::string& folder, const std::string& file) {
  return ReadFile(fs::path(GAVEL_SOURCE_DIR) / folder / file);
}

constexpr std::string_view kPolicies[] = {"deploy/policy", "rules/testdata/worked"};

std::string FileOf(std::string_view schema) { return std::string(schema) + ".yaml"; }

TEST(JsonSchema, EveryPolicyFileOfOursIsValid) {
  for (const char* name : {"catalog", "rules", "rules.test", "org"}) {
    const Judge judge(name);
    for (const std::string_view folder : kPolicies)
      EXPECT_EQ(judge.Complaint(PolicyFile(std::string(folder), FileOf(name))), "") << folder;
  }
}

// The example that shows how wrong values return to their author.
constexpr std::string_view kWrongSpec = "2026-upload-receipts.md";

TEST(JsonSchema, EveryExampleSpecIsValidButTheOneThatIsMeantToBeWrong) {
  const Judge judge("front-matter");
  int specs = 0;
  for (const auto& entry :
       fs::directory_iterator(fs::path(GAVEL_SOURCE_DIR) / "deploy/examples/specs")) {
    const std::string text = ReadFile(entry.path());
    if (!text.starts_with("---\nspec:")) continue;
    ++specs;
    if (entry.path().filename().string() == kWrongSpec) {
      EXPECT_THAT(judge.Complaint(FrontMatterOf(text)),
                  testing::AllOf(HasSubstr("[classification]"), HasSubstr("[reversible]")));
    } else {
      EXPECT_EQ(judge.Complaint(FrontMatterOf(text)), "") << entry.path();
    }
  }
  EXPECT_GT(specs, 5);
  EXPECT_EQ(judge.Complaint(FrontMatterOf(BoringSpec())), "");
}

struct BadRow {
  const char* schema;
  const char* from;
  const char* to;
};

TEST(JsonSchema, WhatTheReadersRefuseIsInvalid) {
  for (const BadRow& row : {
           BadRow{"front-matter", "spec: 1", "spec: 2"},
           BadRow{"front-matter", "classification: internal", "clasification: internal"},
           BadRow{"front-matter", "classification: internal", "classification: secret"},
           BadRow{"front-matter", "personal: false", "personal: \"no\""},
           BadRow{"front-matter", "high: 900", "high: -900"},
           BadRow{"front-matter", "high: 900", "high: \"900\""},
           BadRow{"front-matter", "blast_radius: low", "blast_radius: tiny"},
           BadRow{"front-matter", "use: k8s/standard", "use: K8S/standard"},
           BadRow{"front-matter", "use: k8s/standard", "uses: k8s/standard"},
           BadRow{"front-matter", "title:", "titel:"},
           BadRow{"catalog", "status: standard", "status: golden"},
           BadRow{"catalog", "max_monthly_usd: 150", "max_monthly_usd: much"},
           BadRow{"catalog", "class: storage", "klass: storage"},
           BadRow{"catalog", "review_by: 2027-06-30", "review_by: soon"},
           BadRow{"catalog", "sets:", "set:"},
           BadRow{"catalog", "kind: Catalog", "kind: RuleSet"},
           BadRow{"rules", "state: enforce", "state: on"},
           BadRow{"rules", "owner: team:platform", "owners: team:platform"},
           BadRow{"rules", "deps.storage:", "deps.storag:"},
           BadRow{"rules", "cost.monthly_usd: {lte: 2000}", "cost.monthly_usd: {at_most: 2000}"},
           BadRow{"rules", "cost.monthly_usd: {lte: 2000}", "cost.monthly_usd: {lte: much}"},
           BadRow{"rules", "at_most: internal", "at_most: inner"},
           BadRow{"rules", "audit: 10%", "audit: 10"},
           BadRow{"rules", "window: 28d", "window: 28"},
           BadRow{"rules", "default: {mode: async}", "default: {mode: auto}"},
           BadRow{"rules", "{auto_approve: {audit: 10%}}", "{}"},
           BadRow{"rules.test", "expect: {gate: ok,", "expect: {gate: open,"},
           BadRow{"rules.test", "data.personal: false", "data.persnal: false"},
           BadRow{"rules.test", "detect.coverage: full", "detect.coverage: most"},
           BadRow{"rules.test", "unset: [deps]", "unset: [dep]"},
           BadRow{"rules.test", "as_of: 2026-11-22", "as_of: today"},
           BadRow{"org", "currency: USD", "currency: dollars"},
           BadRow{"org", "on: thu", "on: thursday"},
           BadRow{"org", "prefix: MEDIA", "prefix: media"},
           BadRow{"org", "quorum: 2,", "quorum: 0,"},
           BadRow{"org", "hours: 09:00-18:00", "hours: 9-18"},
           BadRow{"org", "builtin_areas: {uncataloged-dependency", "builtin_areas: {uncataloged"},
       }) {
    const Judge judge(row.schema);
    std::string text = std::string(row.schema) == "front-matter"
                           ? FrontMatterOf(BoringSpec())
                           : PolicyFile("rules/testdata/worked", FileOf(row.schema));
    ASSERT_EQ(judge.Complaint(text), "");
    const size_t at = text.find(row.from);
    ASSERT_NE(at, std::string::npos) << row.from;
    text.replace(at, std::string(row.from).size(), row.to);
    EXPECT_THAT(judge.Complaint(text), HasSubstr("invalid")) << row.from << " → " << row.to;
  }
}

TEST(JsonSchema, HoldsEveryKeyOfTheFrontMatterWithADescription) {
  const json schema = Judge("front-matter").schema();
  for (const KeySpec& key : KeysOf(Shape::kFrontMatter)) {
    const json& property = schema.at("properties").at(std::string(key.key));
    EXPECT_GT(property.at("description").get<std::string>().size(), 5u) << key.key;
  }
}

TEST(JsonSchema, HoldsEveryFieldAndOperatorOfRules) {
  const json properties =
      Judge("rules").schema().at("definitions").at("condition").at("properties");
  for (const FieldInfo& field : AllFields()) {
    const json& operators = properties.at(std::string(field.name)).at("properties");
    for (const std::string& word : OpWordsOf(field.type)) {
      const bool found = word.starts_with("size_")
                             ? operators.at("size").at("properties").contains(word.substr(5))
                             : operators.contains(word);
      EXPECT_TRUE(found) << field.name << " " << word;
    }
  }
  const json facts = Judge("rules.test").schema().at("definitions").at("facts").at("properties");
  for (const std::string& name : FactNames()) EXPECT_TRUE(facts.contains(name)) << name;
}

TEST(JsonSchema, IsWhatTheGeneratorSays) {
  for (const std::string_view name : SchemaNames()) {
    const auto schema = JsonSchema(name, Descriptors());
    ASSERT_TRUE(schema.ok()) << schema.status();
    EXPECT_EQ(*schema, ReadFile(fs::path(GAVEL_SCHEMA_DIR) / (std::string(name) + ".schema.json")));
  }
  EXPECT_EQ(JsonSchema("nothing", Descriptors()).status().code(), absl::StatusCode::kNotFound);
}

TEST(JsonSchema, EveryKeyIsDescribed) {
  const std::function<void(const json&, const std::string&)> walk = [&](const json& node,
                                                                        const std::string& path) {
    if (node.is_object() && node.contains("properties")) {
      for (const auto& [name, property] : node.at("properties").items()) {
        const bool operator_of_a_test = path.find("/definitions/condition/") == 0;
        EXPECT_TRUE(operator_of_a_test || property.contains("description") ||
                    path.find("facts") != std::string::npos || name == "not" ||
                    path == "/definitions/condition")
            << path << " " << name;
      }
    }
    if (!node.is_object()) return;
    for (const auto& [name, child] : node.items()) walk(child, path + "/" + name);
  };
  for (const std::string_view name : SchemaNames()) walk(Judge(std::string(name)).schema(), "");
}

TEST(JsonSchema, AFieldThatHasNoKeyStopsTheBuild) {
  auto descriptors = Descriptors();
  for (auto& file : *descriptors.mutable_file()) {
    for (auto& message : *file.mutable_message_type()) {
      if (message.name() != "Tier") continue;
      auto& field = *message.add_field();
      field.set_name("colour");
      field.set_number(99);
      field.set_type(google::protobuf::FieldDescriptorProto::TYPE_STRING);
      field.set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
    }
  }
  const auto schema = JsonSchema("catalog", descriptors);
  EXPECT_EQ(schema.status().code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(schema.status().message()), HasSubstr("Tier.colour has no key"));
}

}  // namespace
}  // namespace gavel::rules
