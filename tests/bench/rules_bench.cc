// How fast rules are judged: ours, hand-written C++, and peers from npm, on one workload.
//
//   gavel_rules_bench DATA --verify
//   gavel_rules_bench DATA PEERS MIGRATIONS FOLDER [ROWS]
//
// DATA holds `policy/` and `rules.json`, PEERS `peer.mjs` with its packages, MIGRATIONS the
// server's table definitions; FOLDER is scratch. No speed is printed unless all engines give the
// same answers. Exit code 1 where they do not.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "rules/packed/fast_policy.h"
#include "rules/packed/pack.h"
#include "tests/bench/history.h"
#include "tests/bench/workload.h"
#include "tests/testing/count_allocations.h"

namespace gavel::bench {
namespace {

constexpr size_t kSpecs = 1'000;
constexpr int kRules = 12;
constexpr int kRounds = 3;       // Engines take turns, so that a slow minute hits all of them.
constexpr int kPasses = 20;      // A round.
constexpr int kRepetitions = 4;  // Of a pass that takes a tenth of a millisecond.
constexpr int kHistoryPasses = 12;
constexpr int64_t kRows = 200'000;
constexpr int32_t kDay = 20'780;

using Samples = std::vector<double>;

double MinOf(const Samples& samples) { return *std::min_element(samples.begin(), samples.end()); }

double Quantile(Samples samples, double share) {
  std::sort(samples.begin(), samples.end());
  return samples[static_cast<size_t>(share * static_cast<double>(samples.size() - 1) + 0.5)];
}

double MedianOf(const Samples& samples) { return Quantile(samples, 0.5); }

double NanosecondsOf(const std::function<void()>& run) {
  const auto start = std::chrono::steady_clock::now();
  run();
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  return took.count();
}

// All that an engine said and how long it took for one spec, in nanoseconds.
struct Engine {
  std::string name;
  std::string answers;
  Samples nanoseconds;
};

Answer AnswerOf(const rules::FastResult& result) {
  if (result.author_gate) return Answer::kBlock;
  if (result.mode == v1::REVIEW_MODE_SYNC) return Answer::kSync;
  if (result.mode == v1::REVIEW_MODE_AUTO) return Answer::kAuto;
  return Answer::kDefault;
}

class Bench {
 public:
  explicit Bench(std::string data)
      : data_(std::move(data)),
        specs_(MakeSpecs(kSpecs)),
        policy_(std::make_shared<const rules::FastPolicy>(BenchPolicy(data_ + "/policy"))) {
    for (const Spec& spec : specs_) packed_.push_back(rules::PackFacts(FactsOf(spec)));
    const auto& compiled = policy_->policy().rules();
    for (size_t i = 0; i < compiled.size(); ++i) {
      if (compiled[i].rule.has_require()) requirements_.push_back(i);
    }
  }

  // Whether ours and hand-written C++ agree, rule by rule.
  bool Verify();
  // Whether the peers agree, too. Measures all of them.
  bool Compare(const std::string& peers, const std::string& folder);
  void PrintEngines() const;
  void PrintHistory(const std::string& migrations, const std::string& folder, int64_t rows) const;

 private:
  Answer JudgeOurs(const v1::PackedFacts& facts, rules::FastResult& result) const {
    policy_->Evaluate(facts, {.day = kDay}, result);
    const Answer answer = AnswerOf(result);
    if (answer != Answer::kDefault) return answer;
    for (const size_t rule : requirements_) {
      if (result.rules[rule].applied) return Answer::kAsync;
    }
    return answer;
  }

  // One pass of our engine, and of C++ on strings; the answers, if asked for.
  void PassOurs(rules::FastResult& result, std::string* answers) const;
  void PassByHand(std::string* answers) const;
  void MeasureOurs(Engine& engine) const;
  void MeasureByHand(Engine& engine) const;
  static void MeasurePeer(const std::string& command, Engine& engine);

  const std::string data_;
  const std::vector<Spec> specs_;
  const std::shared_ptr<const rules::FastPolicy> policy_;
  std::vector<v1::PackedFacts> packed_;
  std::vector<size_t> requirements_;  // Rules that ask for people.
  std::vector<Engine> engines_;
};

void Bench::PassOurs(rules::FastResult& result, std::string* answers) const {
  unsigned sum = 0;
  for (const v1::PackedFacts& facts : packed_) {
    const char answer = static_cast<char>(JudgeOurs(facts, result));
    sum += static_cast<unsigned char>(answer);
    if (answers != nullptr) *answers += answer;
  }
  [[maybe_unused]] static volatile unsigned kept = 0;
  kept = sum;  // Nothing can be optimised away.
}

void Bench::PassByHand(std::string* answers) const {
  unsigned sum = 0;
  for (const Spec& spec : specs_) {
    uint32_t fired = 0;
    const char answer = static_cast<char>(JudgeByHand(spec, fired));
    sum += static_cast<unsigned char>(answer) + fired;
    if (answers != nullptr) *answers += answer;
  }
  [[maybe_unused]] static volatile unsigned kept = 0;
  kept = sum;
}

bool Bench::Verify() {
  rules::FastResult result;
  std::map<char, int> counts;
  for (size_t i = 0; i < specs_.size(); ++i) {
    uint32_t expected = 0, fired = 0;
    const Answer by_hand = JudgeByHand(specs_[i], expected);
    const Answer ours = JudgeOurs(packed_[i], result);
    for (size_t rule = 0; rule < result.rules.size(); ++rule)
      fired |= result.rules[rule].fired ? 1u << rule : 0;
    if (ours != by_hand || fired != expected) {
      fmt::print("spec {}: ours {} ({:012b}), C++ {} ({:012b})\n", i, static_cast<char>(ours),
                 fired, static_cast<char>(by_hand), expected);
      return false;
    }
    ++counts[static_cast<char>(ours)];
  }
  fmt::print("{} specs, {} rules: auto {}, default async {}, async {}, sync {}, block {}.\n",
             specs_.size(), kRules, counts['A'], counts['D'], counts['Y'], counts['S'],
             counts['B']);
  // A workload that lacks an answer would prove little.
  return counts.size() == 5;
}

void Bench::MeasureOurs(Engine& engine) const {
  rules::FastResult result;
  engine.answers.clear();
  PassOurs(result, &engine.answers);
  for (int i = 0; i < kPasses; ++i) {
    const double took = NanosecondsOf([&] {
      for (int j = 0; j < kRepetitions; ++j) PassOurs(result, nullptr);
    });
    engine.nanoseconds.push_back(took / kRepetitions / kSpecs);
  }
}

void Bench::MeasureByHand(Engine& engine) const {
  engine.answers.clear();
  PassByHand(&engine.answers);
  for (int i = 0; i < kPasses; ++i) {
    const double took = NanosecondsOf([&] {
      for (int j = 0; j < kRepetitions; ++j) PassByHand(nullptr);
    });
    engine.nanoseconds.push_back(took / kRepetitions / kSpecs);
  }
}

void Bench::MeasurePeer(const std::string& command, Engine& engine) {
  std::FILE* const pipe = popen(command.c_str(), "r");
  std::string output;
  char buffer[4096];
  while (pipe != nullptr) {
    const size_t size = std::fread(buffer, 1, sizeof buffer, pipe);
    if (size == 0) break;
    output.append(buffer, size);
  }
  if (pipe == nullptr || pclose(pipe) != 0) {
    fmt::print(stderr, "failed: {}\n", command);
    std::exit(1);
  }
  const auto parsed = nlohmann::json::parse(output);
  engine.answers = parsed["answers"];
  for (const double took : parsed["nanoseconds"]) engine.nanoseconds.push_back(took);
}

bool Bench::Compare(const std::string& peers, const std::string& folder) {
  const std::string specs = folder + "/specs.json";
  std::ofstream(specs) << JsonOf(specs_);
  const auto command = [&](const char* engine) {
    return fmt::format("node '{}/peer.mjs' {} '{}' '{}/rules.json' {}", peers, engine, specs, data_,
                       kPasses);
  };
  engines_ = {{"Gavel, trace on", {}, {}},
              {"C++ by hand, on strings", {}, {}},
              {"json-logic-engine, compiled", {}, {}},
              {"@marcbachmann/cel-js", {}, {}}};
  for (int round = 0; round < kRounds; ++round) {
    MeasureOurs(engines_[0]);
    MeasureByHand(engines_[1]);
    MeasurePeer(command("logic"), engines_[2]);
    MeasurePeer(command("cel"), engines_[3]);
  }
  return std::all_of(engines_.begin(), engines_.end(), [&](const Engine& engine) {
    const bool same = engine.answers == engines_[1].answers;
    if (!same) fmt::print("{} gives other answers than C++ by hand\n", engine.name);
    return same;
  });
}

void Bench::PrintEngines() const {
  const Engine& ours = engines_.front();
  fmt::print("\nAll {} answers identical. Nanoseconds, {} passes each, engines taking turns:\n\n",
             kSpecs, ours.nanoseconds.size());
  fmt::print("{:<28} {:>10} {:>10} {:>10} {:>12} {:>14}\n", "engine", "spec min", "median", "p90",
             "rule min", "min vs Gavel");
  for (const Engine& engine : engines_) {
    const double min = MinOf(engine.nanoseconds);
    fmt::print("{:<28} {:>10.1f} {:>10.1f} {:>10.1f} {:>12.1f} {:>13.1f}x\n", engine.name, min,
               MedianOf(engine.nanoseconds), Quantile(engine.nanoseconds, 0.9), min / kRules,
               min / MinOf(ours.nanoseconds));
  }
  rules::FastResult result;
  PassOurs(result, nullptr);
  const size_t before = testing::AllocationCount();
  PassOurs(result, nullptr);
  fmt::print("\nAllocations of Gavel in {} evaluations: {}\n", kSpecs,
             testing::AllocationCount() - before);
}

int64_t ResidentPeakKib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

void Bench::PrintHistory(const std::string& migrations, const std::string& folder,
                         int64_t rows) const {
  const History history(folder, migrations, packed_, rows);
  struct Row {
    std::string name;
    Work work;
    int threads;
    Samples nanoseconds = {};
    Samples processor = {};  // Nanoseconds of processor time: what a busy machine does not change.
  };
  std::vector<Row> table = {{"scan", Work::kScan, 1},
                            {"scan, parse", Work::kParse, 1},
                            {"scan, parse, judge, count", Work::kEvaluate, 1},
                            {"the same on 2 cores", Work::kEvaluate, 2},
                            {"whole report, 2 policies", Work::kReport, 1}};
  for (const Row& row : table) history.Pass(row.work, row.threads, policy_);
  const int64_t before = ResidentPeakKib();
  for (int pass = 0; pass < kHistoryPasses; ++pass) {
    for (Row& row : table) {
      const std::clock_t start = std::clock();
      const double took = NanosecondsOf([&] { history.Pass(row.work, row.threads, policy_); });
      const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
      row.nanoseconds.push_back(took / static_cast<double>(rows));
      row.processor.push_back(seconds * 1e9 / static_cast<double>(rows));
    }
  }
  fmt::print("\nBack-test of {} reviews in SQLite, nanoseconds a review, {} passes:\n\n", rows,
             kHistoryPasses);
  fmt::print("{:<28} {:>10} {:>10} {:>10} {:>10} {:>12}\n", "work", "min", "median", "p90",
             "cpu min", "1 / cpu min");
  for (const Row& row : table) {
    fmt::print("{:<28} {:>10.1f} {:>10.1f} {:>10.1f} {:>10.1f} {:>12.0f}\n", row.name,
               MinOf(row.nanoseconds), MedianOf(row.nanoseconds), Quantile(row.nanoseconds, 0.9),
               MinOf(row.processor), 1e9 / MinOf(row.processor));
  }
  size_t parsed = 0;
  for (const v1::PackedFacts& facts : packed_) parsed += facts.SpaceUsedLong();
  fmt::print("\nJudging over scan and parse, processor time: {:.2f}x. 2 cores over 1: {:.2f}x.\n",
             MinOf(table[2].processor) / MinOf(table[1].processor),
             MinOf(table[2].nanoseconds) / MinOf(table[3].nanoseconds));
  fmt::print(
      "Bytes a review: {:.0f} stored, {:.0f} parsed; the passes above grew the process by "
      "{} KiB.\n",
      history.body_bytes(), static_cast<double>(parsed) / kSpecs, ResidentPeakKib() - before);
}

int Main(const std::vector<std::string>& args) {
  if (args.size() < 2) {
    fmt::print(stderr,
               "usage: gavel_rules_bench DATA (--verify | PEERS MIGRATIONS FOLDER [ROWS])\n");
    return 2;
  }
  Bench bench(args[0]);
  if (!bench.Verify()) return 1;
  if (args[1] == "--verify") return 0;
  if (args.size() < 4) return 2;
  if (!bench.Compare(args[1], args[3])) return 1;
  bench.PrintEngines();
  bench.PrintHistory(args[2], args[3], args.size() > 4 ? std::stoll(args[4]) : kRows);
  return 0;
}

}  // namespace
}  // namespace gavel::bench

int main(int argc, char** argv) { return gavel::bench::Main({argv + 1, argv + argc}); }
