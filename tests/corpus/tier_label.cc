#include "tests/corpus/tier_label.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>

namespace gavel::corpus {
namespace {

// Lower case, one blank between words and at both ends, so that ` s3 ` finds the word.
std::string Words(const std::string& text) {
  std::string words = " ";
  for (const char c : text) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalnum(letter) != 0) {
      words += static_cast<char>(std::tolower(letter));
    } else if (words.back() != ' ') {
      words += ' ';
    }
  }
  return words.back() == ' ' ? words : words + ' ';
}

// The product with the longest name in `text`.
std::string ProductIn(const std::string& text, const v1::Catalog& catalog) {
  const std::string words = Words(text);
  std::string best, product_id;
  const auto consider = [&](const std::string& name, const v1::Product& product) {
    if (name.size() <= best.size() || words.find(Words(name)) == std::string::npos) return;
    best = name;
    product_id = product.id();
  };
  for (const v1::Product& product : catalog.products()) {
    consider(product.id(), product);
    for (const std::string& alias : product.aliases()) consider(alias, product);
  }
  return product_id;
}

void AddSystems(const nlohmann::json& list, std::vector<LabelledSystem>& systems) {
  for (const nlohmann::json& one : list)
    systems.push_back({one["system"], one["kind"], one["role"]});
}

}  // namespace

std::string ReadCorpusFile(const std::string& corpus, const std::string& path) {
  std::ifstream file(corpus + "/" + path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<TierLabel> ReadTierLabels(const std::string& corpus) {
  std::vector<TierLabel> labels;
  std::istringstream lines(ReadCorpusFile(corpus, "tier-labels.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    const nlohmann::json json = nlohmann::json::parse(line);
    TierLabel& label = labels.emplace_back();
    label.path = json["path"];
    label.title = json["title"];
    label.verdict = json["verdict"];
    label.reason = json["reason"];
    AddSystems(json["storage"], label.systems);
    AddSystems(json["compute"], label.systems);
    for (const nlohmann::json& name : json["messaging"])
      label.systems.push_back({name, "messaging", "chosen"});
    for (const nlohmann::json& name : json["mentioned_not_chosen"])
      label.not_chosen.push_back(name);
  }
  return labels;
}

std::string ProductOf(const LabelledSystem& system, const v1::Catalog& catalog) {
  const std::string named = ProductIn(system.system, catalog);
  return named.empty() ? ProductIn(system.kind, catalog) : named;
}

std::string FrontMatterOf(const TierLabel& label, const Roles& roles, const v1::Catalog& catalog) {
  std::set<std::string> products, uses, not_used;
  for (const LabelledSystem& system : label.systems) {
    const std::string product = ProductOf(system, catalog);
    if (roles.count(system.role) > 0) {
      products.insert(product);
      uses.insert(fmt::format("{}/{}", product.empty() ? "unnamed" : product, system.kind));
    } else if (system.role == "replaced" || system.role == "rejected") {
      not_used.insert(product);
    }
  }
  for (const std::string& name : label.not_chosen) not_used.insert(ProductIn(name, catalog));
  not_used.erase("");
  for (const std::string& product : products) not_used.erase(product);

  std::string text = "---\nspec: 1\n";
  text += fmt::format("title: {}\n", nlohmann::json(label.title).dump());
  text +=
      "summary: A document of the corpus with what its label states, and nothing that it does "
      "not.\narea: media\ncategory: unknown\nsystem: unknown\n";
  text += "authors: [\"@ana\"]\nopen_decisions: none\n";
  text += uses.empty() ? "dependencies: none\n" : "dependencies:\n";
  for (const std::string& use : uses) text += fmt::format("  - {{use: {}}}\n", use);
  text += fmt::format("not_used: [{}]\n", fmt::join(not_used, ", "));
  text += "data: {classification: unknown, personal: unknown}\nregions: unknown\n";
  text += "cost: {monthly_usd: unknown}\nchange: {reversible: unknown, blast_radius: unknown}\n";
  return text + "---\n";
}

}  // namespace gavel::corpus
