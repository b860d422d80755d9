// How the shipped rules judge real documents, against labels made by hand. The report is a golden
// file: tests/golden/tier_labels.md.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "rules/compile/policy_files.h"
#include "rules/document.h"
#include "rules/evaluate.h"
#include "rules/explain.h"
#include "rules/test_policies.h"
#include "tests/corpus/tier_label.h"
#include "tests/testing/golden.h"

namespace gavel::corpus {
namespace {

const Roles kAdds = {"chosen", "planned"};
const Roles kTouches = {"chosen", "planned", "existing"};
constexpr const char* kLabels[] = {"standard", "borderline", "non-standard", "no-tier-choice"};
constexpr const char* kVerdicts[] = {"auto", "people", "author"};

// The shipped organisation and rules over the company of the labels.
std::shared_ptr<const rules::Policy> LabelPolicy() {
  v1::PolicySource source = rules::ShippedPolicy()->source();
  (*source.mutable_files())["catalog.yaml"] =
      ReadCorpusFile(std::string(GAVEL_SOURCE_DIR) + "/tests/corpus", "label_catalog.yaml");
  auto policy = rules::CompilePolicy(source, rules::Day(2026, 11, 23));
  EXPECT_TRUE(policy.ok()) << policy.status();
  return policy.ok() ? *policy : nullptr;
}

struct Judged {
  TierLabel label;
  v1::Facts facts;
  v1::Verdict verdict;
};

std::string VerdictOf(const Judged& judged) {
  if (judged.verdict.author_gate()) return "author";
  return judged.verdict.mode() == v1::REVIEW_MODE_AUTO ? "auto" : "people";
}

Judged Judge(const TierLabel& label, const Roles& roles, const rules::Policy& policy) {
  Judged judged{label, {}, {}};
  const auto document = rules::ReadDocument(
      FrontMatterOf(label, roles, policy.catalog()) +
          std::string(rules::DocumentBody(ReadCorpusFile(GAVEL_CORPUS_DIR, label.path))),
      {.policy = &policy, .path = label.path});
  EXPECT_TRUE(document.ok()) << label.path << ": " << document.status();
  if (!document.ok()) return judged;
  judged.facts = document->facts;
  judged.verdict = rules::Evaluate(
      document->facts, policy, {.as_of = rules::Day(2026, 11, 23), .findings = document->findings});
  return judged;
}

// The label and the verdict agree where a standard document is approved and no other is.
bool Agrees(const Judged& judged) {
  return (judged.label.verdict == "standard") == (VerdictOf(judged) == "auto");
}

std::string Table(const std::vector<Judged>& all) {
  std::map<std::pair<std::string, std::string>, int> counts;
  for (const Judged& judged : all) ++counts[{judged.label.verdict, VerdictOf(judged)}];
  std::string text = "| label | auto | people | author |\n|---|--:|--:|--:|\n";
  for (const char* label : kLabels) {
    text += fmt::format("| {} |", label);
    for (const char* verdict : kVerdicts) text += fmt::format(" {} |", counts[{label, verdict}]);
    text += "\n";
  }
  return text;
}

std::string Disagreements(const std::vector<Judged>& all) {
  std::string text;
  for (const Judged& judged : all) {
    if (Agrees(judged)) continue;
    text += fmt::format("- `{}`: labelled {}, judged {}.\n  Label: {}\n  Verdict: {}\n",
                        judged.label.path, judged.label.verdict, VerdictOf(judged),
                        judged.label.reason, judged.verdict.summary());
    const auto& named = judged.facts.mentions_undeclared().values();
    if (!named.empty())
      text += fmt::format("  Named in the text, not declared: {}.\n", fmt::join(named, ", "));
  }
  return text.empty() ? "None.\n" : text;
}

// Products that the text names, where the author declared nothing, against those the reader found
// in use.
struct MentionScore {
  int right = 0;
  int wrong = 0;   // Named, and not in use.
  int missed = 0;  // In use, and not named.
  std::string errors;

  double Percent(int others) const { return 100.0 * right / (right + others); }
};

MentionScore ScoreMentions(const std::vector<TierLabel>& labels, const rules::Policy& policy) {
  MentionScore score;
  for (const TierLabel& label : labels) {
    std::set<std::string> used;
    for (const LabelledSystem& system : label.systems) {
      if (kTouches.count(system.role) > 0) used.insert(ProductOf(system, policy.catalog()));
    }
    used.erase("");
    TierLabel nothing = label;
    nothing.systems.clear();
    nothing.not_chosen.clear();
    const Judged judged = Judge(nothing, kAdds, policy);
    const auto& names = judged.facts.mentions_undeclared().values();
    const std::set<std::string> found(names.begin(), names.end());
    for (const std::string& product : found) {
      const bool right = used.count(product) > 0;
      ++(right ? score.right : score.wrong);
      if (!right) score.errors += fmt::format("- `{}` names {}\n", label.path, product);
    }
    for (const std::string& product : used) {
      if (found.count(product) > 0) continue;
      ++score.missed;
      score.errors += fmt::format("- `{}` uses {}, which is not found\n", label.path, product);
    }
  }
  return score;
}

std::string Report(const std::vector<Judged>& adds, const std::vector<Judged>& touches,
                   const MentionScore& mentions) {
  std::string text =
      "# Hand labels against the shipped rules\n\n"
      "Front matter made from the facts of the labels alone, every other fact `unknown`, before\n"
      "the original text; the shipped rules over a catalog whose standard tiers are those of the\n"
      "labels. Written by `tier_labels_test`; rewrite it with `GAVEL_UPDATE_GOLDEN=1`.\n";
  text += "\n## Dependencies are what the document chooses or plans\n\n" + Table(adds);
  text += "\nDisagreements:\n\n" + Disagreements(adds);
  text += "\n## Dependencies also name what exists already\n\n" + Table(touches);
  text += "\nDisagreements:\n\n" + Disagreements(touches);
  text += fmt::format(
      "\n## The undeclared-mention detector\n\n"
      "Nothing is declared; a product counts as right where the reader found it in use.\n\n"
      "{} right, {} wrong, {} missed: precision {:.0f} %, recall {:.0f} %.\n\n{}",
      mentions.right, mentions.wrong, mentions.missed, mentions.Percent(mentions.wrong),
      mentions.Percent(mentions.missed), mentions.errors);
  return text;
}

TEST(TierLabels, NoDocumentBeyondTheStandardTiersIsApproved) {
  const auto policy = LabelPolicy();
  ASSERT_NE(policy, nullptr);
  const std::vector<TierLabel> labels = ReadTierLabels(GAVEL_CORPUS_DIR);
  ASSERT_EQ(labels.size(), 31u);
  std::vector<Judged> adds, touches;
  int approved = 0;
  for (const TierLabel& label : labels) {
    adds.push_back(Judge(label, kAdds, *policy));
    touches.push_back(Judge(label, kTouches, *policy));
    for (const Judged* judged : {&adds.back(), &touches.back()}) {
      if (VerdictOf(*judged) != "auto") continue;
      ++approved;
      EXPECT_NE(label.verdict, "non-standard") << label.path << judged->verdict.summary();
    }
  }
  EXPECT_GT(approved, 0) << "A test in which nothing is approved shows nothing.";
  ExpectGolden("tier_labels.md", Report(adds, touches, ScoreMentions(labels, *policy)));
}

}  // namespace
}  // namespace gavel::corpus
