// Real documents by strangers: read without a crash, returned to their author, never approved.
// Built only where the corpus is present (GAVEL_CORPUS_DIR).
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "rules/document.h"
#include "rules/evaluate.h"
#include "rules/explain.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> CorpusPaths() {
  std::vector<std::string> paths;
  std::istringstream index(ReadFile(std::string(GAVEL_CORPUS_DIR) + "/index.jsonl"));
  for (std::string line; std::getline(index, line);)
    paths.push_back(nlohmann::json::parse(line)["path"]);
  return paths;
}

TEST(Corpus, EveryDocumentIsReadReturnedAndNeverApproved) {
  const std::vector<std::string> paths = CorpusPaths();
  EXPECT_EQ(paths.size(), 291u);
  for (const auto& policy : {ShippedPolicy(), WorkedPolicy()}) {
    for (const std::string& path : paths) {
      const auto document = ReadDocument(
          ReadFile(std::string(GAVEL_CORPUS_DIR) + "/" + path),
          {.policy = policy.get(), .default_area = "media", .default_author = "ana", .path = path});
      ASSERT_TRUE(document.ok()) << path << ": " << document.status();
      EXPECT_TRUE(document->facts.foreign()) << path;
      EXPECT_FALSE(document->facts.title().empty()) << path;
      EvaluateInputs inputs{.as_of = Day(2026, 11, 23), .findings = document->findings};
      const v1::Verdict returned = Evaluate(document->facts, *policy, inputs);
      EXPECT_TRUE(returned.author_gate()) << path;
      EXPECT_NE(returned.mode(), v1::REVIEW_MODE_AUTO) << path;
      inputs.facts_unknown = true;
      const v1::Verdict people = Evaluate(document->facts, *policy, inputs);
      EXPECT_NE(people.mode(), v1::REVIEW_MODE_AUTO) << path;
      // The worked organisation asks for a cost section, which few of them have.
      const auto& sections = document->facts.sections().values();
      const bool has_cost = std::find(sections.begin(), sections.end(), "cost") != sections.end();
      EXPECT_EQ(people.author_gate(), policy == WorkedPolicy() && !has_cost)
          << path << ": " << people.summary();
      EXPECT_FALSE(ExplainText(people, true).empty());
    }
  }
}

}  // namespace
}  // namespace gavel::rules
