// Back-tests over real history: what the buckets, the intervals and the mining make of specs that
// people outside this project wrote, most of them without a word about tiers.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "rules/backtest/backtest.h"
#include "rules/backtest/suggest.h"
#include "rules/compile/policy_files.h"
#include "rules/document.h"
#include "rules/packed/layout.h"
#include "rules/packed/pack.h"
#include "rules/test_policies.h"
#include "tests/corpus/replay_history.h"
#include "tests/corpus/tier_label.h"

namespace gavel::corpus {
namespace {

constexpr size_t kReplayed = 3021;   // Specs, as the history's README counts them.
constexpr size_t kDocuments = 291;   // Documents of the corpus.
constexpr size_t kLabelled = 31;

using rules::Timeline;

std::shared_ptr<const rules::Policy> Compile(const v1::PolicySource& source) {
  auto policy = rules::CompilePolicy(source, rules::Day(2026, 11, 23));
  EXPECT_TRUE(policy.ok()) << policy.status();
  return policy.ok() ? *policy : nullptr;
}

// The shipped policy over the company of the labels, with every rule in state `from` in `to`.
std::shared_ptr<const rules::Policy> LabelPolicy(const std::string& from, const std::string& to) {
  v1::PolicySource source = rules::ShippedPolicy()->source();
  source.mutable_files()->erase("rules.test.yaml");
  (*source.mutable_files())["catalog.yaml"] =
      ReadCorpusFile(std::string(GAVEL_SOURCE_DIR) + "/tests/corpus", "label_catalog.yaml");
  std::string& text = (*source.mutable_files())["rules.yaml"];
  for (size_t at = 0; (at = text.find("state: " + from, at)) != std::string::npos; ++at) {
    text.replace(at, 7 + from.size(), "state: " + to);
  }
  return Compile(source);
}

v1::BacktestReport Compare(const std::vector<v1::ReviewCase>& reviews,
                       const std::shared_ptr<const rules::Policy>& live,
                       const std::shared_ptr<const rules::Policy>& candidate) {
  rules::Backtest backtest(Timeline(std::make_shared<const rules::FastPolicy>(live)),
                           Timeline(std::make_shared<const rules::FastPolicy>(candidate)),
                           {.since_day = reviews.front().submitted_day(),
                            .until_day = reviews.back().submitted_day()});
  for (const v1::ReviewCase& review : reviews) backtest.Add(review);
  return backtest.Finish();
}

template <typename Report>
void Print(const Report& report) {
  for (const std::string& line : report.lines()) fmt::print("{}\n", line);
  fmt::print("\n");
}

void ExpectBucketsToAddUp(const v1::BacktestReport& report) {
  for (const auto& counts : {report.live_counts(), report.candidate_counts()}) {
    EXPECT_EQ(counts.auto_() + counts.not_auto() + counts.cannot_tell(), report.cases());
    EXPECT_EQ(counts.async() + counts.sync(), counts.not_auto() + counts.cannot_tell());
  }
}

std::optional<std::string> DocumentOf(const PastSpec& past) {
  if (past.path.empty()) return std::nullopt;
  return ReadCorpusFile(GAVEL_CORPUS_DIR, past.path);
}

int64_t ForeignAmong(const std::vector<v1::ReviewCase>& reviews) {
  return std::count_if(reviews.begin(), reviews.end(),
                       [](const auto& review) { return rules::IsForeign(review.facts()); });
}

TEST(Replay, FourHistoriesLandInCannotTell) {
  const auto live = rules::ShippedPolicy();
  std::vector<v1::ReviewCase> reviews;
  std::map<std::string, int> documents, endings;
  for (const PastSpec& past : ReadReplay(GAVEL_REPLAY_DIR, GAVEL_CORPUS_DIR)) {
    reviews.push_back(MakeCase(past, DocumentOf(past), false, *live));
    if (!past.path.empty()) ++documents[past.history];
    ++endings[v1::ReviewCase::Ending_Name(past.ending)];
  }
  ASSERT_EQ(reviews.size(), kReplayed);
  const auto report = Compare(reviews, live, LabelPolicy("shadow", "enforce"));
  Print(report);
  for (const auto& [history, count] : documents) {
    fmt::print("documents joined from {}: {}\n", history, count);
  }
  for (const auto& [ending, count] : endings) fmt::print("{}: {}\n", ending, count);
  EXPECT_EQ(report.cases(), static_cast<int64_t>(kReplayed));
  ExpectBucketsToAddUp(report);
  EXPECT_EQ(ForeignAmong(reviews), static_cast<int64_t>(kReplayed)) << "nobody wrote our header";
  EXPECT_EQ(report.live_counts().cannot_tell(), static_cast<int64_t>(kReplayed));
  EXPECT_EQ(report.candidate_counts().cannot_tell(), static_cast<int64_t>(kReplayed));
  ASSERT_FALSE(report.missing().empty());
  EXPECT_EQ(report.missing(0).field(), "dependencies");
  EXPECT_FALSE(report.gate_met()) << "a rule that was tried on nothing meets no gate";
}

// Every document of the corpus; those that were labelled by hand get the label's facts, filled in
// later by somebody who knew the end.
TEST(Replay, BackfilledDocumentsAreToldApart) {
  const auto shipped = LabelPolicy("enforce", "enforce");
  std::map<std::string, TierLabel> labels;
  for (TierLabel& label : ReadTierLabels(GAVEL_CORPUS_DIR)) {
    const std::string path = label.path;
    labels.emplace(path, std::move(label));
  }
  ASSERT_EQ(labels.size(), kLabelled);
  std::vector<v1::ReviewCase> reviews;
  std::vector<PastSpec> specs = ReadReplay(GAVEL_REPLAY_DIR, GAVEL_CORPUS_DIR);
  for (PastSpec& other : ReadOthers(GAVEL_CORPUS_DIR)) specs.push_back(std::move(other));
  for (const PastSpec& past : specs) {
    auto document = DocumentOf(past);
    if (!document.has_value()) continue;
    const auto label = labels.find(past.path);
    const bool backfilled = label != labels.end();
    if (backfilled) {
      document =
          FrontMatterOf(label->second, {"chosen", "planned", "existing"}, shipped->catalog()) +
          std::string(rules::DocumentBody(*document));
    }
    reviews.push_back(MakeCase(past, document, backfilled, *shipped));
  }
  EXPECT_EQ(reviews.size(), kDocuments);
  std::stable_sort(reviews.begin(), reviews.end(), [](const auto& a, const auto& b) {
    return a.submitted_day() < b.submitted_day();
  });
  // A company without an auto rule asks what the shipped one would have done.
  const auto report = Compare(reviews, LabelPolicy("enforce", "shadow"), shipped);
  Print(report);
  ExpectBucketsToAddUp(report);
  EXPECT_EQ(report.backfilled(), static_cast<int64_t>(kLabelled));
  EXPECT_EQ(report.candidate_counts().cannot_tell(), ForeignAmong(reviews));
  EXPECT_GT(report.candidate_counts().auto_(), 0);
  EXPECT_EQ(report.backfilled_auto(), report.candidate_counts().auto_());
  EXPECT_EQ(report.newly_auto(), report.candidate_counts().auto_());
  EXPECT_FALSE(report.gate_met()) << "fewer than 30 decided";

  const auto stricter = Compare(reviews, shipped, LabelPolicy("shadow", "enforce"));
  Print(stricter);
  ExpectBucketsToAddUp(stricter);
  EXPECT_EQ(stricter.newly_auto(), 0) << "more requirements in force never approve more";

  const int32_t today = reviews.back().submitted_day();
  const auto suggested = rules::Suggest(shipped, reviews, {.today = today});
  ASSERT_TRUE(suggested.ok()) << suggested.status();
  Print(*suggested);
  EXPECT_TRUE(suggested->rules().empty()) << "31 documents with facts are too few to learn from";
}

}  // namespace
}  // namespace gavel::corpus
