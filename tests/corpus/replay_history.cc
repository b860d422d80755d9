#include "tests/corpus/replay_history.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <sstream>

#include "rules/date.h"
#include "rules/document.h"
#include "rules/packed/pack.h"
#include "tests/corpus/tier_label.h"

namespace gavel::corpus {
namespace {

using Json = nlohmann::json;
using Case = v1::ReviewCase;

constexpr const char* kHistories[] = {"eips", "keps", "peps", "swift-evolution"};

std::vector<Json> ReadLines(const std::string& folder, const std::string& file) {
  std::vector<Json> lines;
  std::istringstream text(ReadCorpusFile(folder, file));
  for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
  return lines;
}

std::string TextOf(const Json& line, const char* key) {
  return line.contains(key) && line[key].is_string() ? line[key].get<std::string>() : "";
}

// `2022-07-13T…`; 0 where there is no day.
int32_t DayOfText(const std::string& text) {
  const auto date = rules::ParseDate(text.substr(0, 10));
  return date.has_value() ? rules::DayOf(*date) : 0;
}

void AddHarm(PastSpec& spec, Case::Harm harm) {
  if (std::find(spec.harms.begin(), spec.harms.end(), harm) == spec.harms.end()) {
    spec.harms.push_back(harm);
  }
}

// The first ending counts, as far as how long it waited; the last one, as far as how it ended.
void End(PastSpec& spec, Case::Ending ending, int32_t day) {
  spec.ending = ending;
  if (spec.ended_day == 0) spec.ended_day = day;
}

void Decide(PastSpec& spec, const std::string& decision, int32_t day) {
  if (decision == "rejected") {
    AddHarm(spec, Case::HARM_REJECTED);
    End(spec, Case::ENDING_REJECTED, day);
  } else if (decision == "returned_for_revision") {
    AddHarm(spec, Case::HARM_BLOCKING_CONCERN);
  } else if (decision.starts_with("accepted")) {
    End(spec, Case::ENDING_APPROVED, day);
  }
}

void Apply(PastSpec& spec, const Json& line) {
  const int32_t day = DayOfText(TextOf(line, "at"));
  const std::string event = TextOf(line, "event");
  if (event == "submitted" && spec.submitted_day == 0) spec.submitted_day = day;
  if (event == "decided") Decide(spec, TextOf(line, "decision"), day);
  if (event == "withdrawn") End(spec, Case::ENDING_WITHDRAWN, day);
}

// Key in the histories to path in the corpus.
std::map<std::string, std::string> DocumentPaths(const std::string& corpus) {
  std::map<std::string, std::string> paths;
  for (const Json& line : ReadLines(corpus, "index.jsonl")) {
    const std::string spec = TextOf(line, "replay_spec");
    if (!spec.empty()) paths[spec] = TextOf(line, "path");
  }
  return paths;
}

void SortByDay(std::vector<PastSpec>& specs) {
  std::stable_sort(specs.begin(), specs.end(), [](const auto& a, const auto& b) {
    return a.submitted_day < b.submitted_day;
  });
}

}  // namespace

std::vector<PastSpec> ReadReplay(const std::string& replay, const std::string& corpus) {
  const std::map<std::string, std::string> paths = DocumentPaths(corpus);
  std::vector<PastSpec> specs;
  for (const std::string history : kHistories) {
    std::map<std::string, PastSpec> by_key;
    for (const Json& line : ReadLines(replay, history + ".jsonl")) {
      PastSpec& spec = by_key[TextOf(line, "spec")];
      spec.title = TextOf(line, "title");
      spec.author = TextOf(line, "author");
      Apply(spec, line);
    }
    for (auto& [key, spec] : by_key) {
      spec.key = key;
      spec.history = history;
      const auto path = paths.find(key);
      if (path != paths.end()) spec.path = path->second;
      specs.push_back(std::move(spec));
    }
  }
  SortByDay(specs);
  return specs;
}

std::vector<PastSpec> ReadOthers(const std::string& corpus) {
  std::vector<PastSpec> specs;
  for (const Json& line : ReadLines(corpus, "index.jsonl")) {
    if (!TextOf(line, "replay_spec").empty()) continue;
    PastSpec spec{.key = TextOf(line, "path"),
                  .history = TextOf(line, "corpus"),
                  .title = TextOf(line, "title"),
                  .path = TextOf(line, "path"),
                  .submitted_day = DayOfText(TextOf(line, "created"))};
    if (spec.submitted_day == 0) spec.submitted_day = DayOfText(TextOf(line, "first_merged"));
    Decide(spec, TextOf(line, "decision"), DayOfText(TextOf(line, "decided")));
    specs.push_back(std::move(spec));
  }
  SortByDay(specs);
  return specs;
}

v1::ReviewCase MakeCase(const PastSpec& past, const std::optional<std::string>& document,
                        bool backfilled, const rules::Policy& policy) {
  const auto read = rules::ReadDocument(document.value_or("# " + past.title + "\n"),
                                        {.policy = &policy,
                                         .default_area = policy.org().areas(0).id(),
                                         .default_author = policy.org().people(0).id(),
                                         .path = past.path});
  EXPECT_TRUE(read.ok()) << past.key << ": " << read.status();
  v1::ReviewCase review;
  if (!read.ok()) return review;
  v1::EvaluationRecord record;
  *record.mutable_facts() = read->facts;
  for (const v1::Finding& finding : read->findings) *record.add_findings() = finding;
  *review.mutable_facts() = rules::PackRecord(record);
  review.set_spec(past.key);
  review.set_submitted_day(past.submitted_day);
  review.set_ending(past.ending);
  for (const Case::Harm harm : past.harms) review.add_harms(harm);
  if (past.ended_day != 0) review.set_waited_days(past.ended_day - past.submitted_day);
  review.set_team(rules::NameHash(past.author));
  review.set_backfilled(backfilled);
  return review;
}

}  // namespace gavel::corpus
