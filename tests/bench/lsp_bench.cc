// How fast the language server answers: `gavel_lsp_bench POLICY [ROUNDS]` prints a table.
//
// The document is a spec of 50 KB with some findings. Times are of the server alone, from a message
// to the last byte of its answer, without pipes and without the pause after typing. Exit code 1
// where findings take longer than 50 ms in the median.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "clients/lsp/server.h"
#include "rules/compile/policy_files.h"

namespace gavel::bench {
namespace {

using lsp::Json;

constexpr size_t kDocumentBytes = 50 * 1024;
constexpr double kLimitMs = 50;
constexpr char kUri[] = "file:///w/specs/a.md";

constexpr char kHead[] = R"(---
spec: 1
title: Shared work queue for image resizing
summary: Moves image resizing off the upload request onto the shared work queue. Adds one queue.
area: media
consulted: [platform]
category: service-change
system: uploads
authors: ["@ana", "@bo"]
reviewers: ["@chen"]
open_decisions: none
dependencies:
  - {use: kafka/shraed, for: resize jobs, quantity: 300 rps}
  - {use: k8s/standard, for: workers, quantity: 4 instances, growth: 5% per month}
  - {use: s3/standard, for: thumbnails, quantity: 2 TiB}
data: {classification: internal, personal: false}
regions: [us-east]
cost: {monthly_usd: {low: 505, high: 661}}
change: {reversible: true, blast_radius: low}
---
# Shared work queue for image resizing
)";

constexpr char kSection[] = R"(
## Proposal, part {0}

Image resizing moves off the upload request onto the shared work queue 😀, see [notes](notes{0}.md)
and <https://example.org/{0}>; MEDIA-{0} asked for it. Postgres keeps what is to be done.

| Uses | Quantity | Low, per month | High, per month |
|---|---|--:|--:|
| k8s/standard | 4 instances | 280 | 336 |

```
resize --queue {0}
```
)";

std::string SpecText() {
  std::string text = kHead;
  for (int part = 1; text.size() < kDocumentBytes; ++part) text += fmt::format(kSection, part);
  return text;
}

class PolicyHost : public lsp::Host {
 public:
  explicit PolicyHost(std::shared_ptr<const rules::Policy> policy) : policy_(std::move(policy)) {}

  absl::StatusOr<lsp::Defaults> Configure(const lsp::Settings& /*settings*/,
                                          const std::string& /*folder*/) override {
    return lsp::Defaults{};
  }
  v1::Date Today() override { return Day(); }
  std::string PolicyStamp() override { return "bench"; }
  absl::StatusOr<lsp::LoadedPolicy> LoadPolicy() override {
    return lsp::LoadedPolicy{policy_, "bench"};
  }
  bool Exists(const std::string& /*document*/, const std::string& path) override {
    return !path.empty();
  }
  std::string FileText(const std::string& /*path*/) override { return {}; }
  void FetchPolicy() override {}
  void FollowSpec(const std::string& /*path*/, const std::string& /*key*/,
                  OnSpec /*on_spec*/) override {}
  void Submit(const std::string& /*path*/, std::function<void(lsp::Submitted)> /*done*/) override {}

  static v1::Date Day() {
    v1::Date day;
    day.set_year(2026);
    day.set_month(11);
    day.set_day(23);
    return day;
  }

 private:
  const std::shared_ptr<const rules::Policy> policy_;
};

class Bench {
 public:
  Bench(lsp::Host& host, int rounds) : server_(host), rounds_(rounds) {
    Send(lsp::Request(
        1, "initialize",
        {{"capabilities",
          {{"textDocument", {{"codeAction", {{"codeActionLiteralSupport", Json::object()}}}}}}}}));
    Send(lsp::Notification("initialized", Json::object()));
    server_.TakeOutput();
  }

  // Milliseconds, sorted.
  std::vector<double> Measure(const std::function<Json()>& message, bool wake) {
    std::vector<double> times;
    for (int round = 0; round < rounds_; ++round) {
      const Json json = message();
      const auto start = std::chrono::steady_clock::now();
      Send(json);
      if (wake) server_.Wake(now_ += absl::Seconds(1));
      bytes_ = 0;
      for (const std::string& answer : server_.TakeOutput()) bytes_ += answer.size();
      const std::chrono::duration<double, std::milli> took =
          std::chrono::steady_clock::now() - start;
      if (bytes_ == 0) std::abort();  // It has to say something.
      times.push_back(took.count());
    }
    std::sort(times.begin(), times.end());
    return times;
  }

  double Show(std::string_view name, const std::function<Json()>& message, bool wake = false) {
    const std::vector<double> times = Measure(message, wake);
    const auto at = [&times](double share) {
      return times[static_cast<size_t>(share * static_cast<double>(times.size() - 1))];
    };
    fmt::print("{:<34} {:>8.2f} {:>8.2f} {:>8.2f} {:>8.2f} {:>9}\n", name, at(0), at(0.5), at(0.95),
               at(1), bytes_);
    return at(0.5);
  }

  Json Ask(const char* method, int line, int character) {
    const Json place = {{"line", line}, {"character", character}};
    return lsp::Request(++id_, method,
                        {{"textDocument", {{"uri", kUri}}},
                         {"position", place},
                         {"range", {{"start", place}, {"end", place}}},
                         {"context", Json::object()}});
  }

  Json Edit(int line) {
    const Json place = {{"line", line}, {"character", 0}};
    const Json change = {{"range", {{"start", place}, {"end", place}}}, {"text", "x"}};
    return lsp::Notification("textDocument/didChange",
                             {{"textDocument", {{"uri", kUri}, {"version", ++id_}}},
                              {"contentChanges", Json::array({change})}});
  }

  Json Open(const std::string& text) {
    const Json item = {{"uri", kUri}, {"languageId", "markdown"}, {"version", 1}, {"text", text}};
    return lsp::Notification("textDocument/didOpen", {{"textDocument", item}});
  }

 private:
  void Send(const Json& message) {
    const std::vector<std::string> one = {lsp::Dump(message)};
    server_.Receive(one, now_);
  }

  lsp::Server server_;
  const int rounds_;
  absl::Time now_ = absl::UnixEpoch();
  int64_t id_ = 1;
  size_t bytes_ = 0;
};

int Run(const std::string& policy_folder, int rounds) {
  const auto source = rules::LoadPolicySource(policy_folder);
  if (!source.ok()) return 2;
  const auto policy = rules::CompilePolicy(*source, PolicyHost::Day());
  if (!policy.ok()) return 2;
  PolicyHost host(*policy);
  Bench bench(host, rounds);
  const std::string text = SpecText();
  fmt::print("{} bytes, {} rounds{:>24} {:>8} {:>8} {:>8} {:>9}\n", text.size(), rounds, "min, ms",
             "median", "95 %", "max", "bytes");
  const double open = bench.Show("open, to findings", [&] { return bench.Open(text); });
  const double edit = bench.Show(
      "edit of the body, to findings", [&] { return bench.Edit(30); },
      /*wake=*/true);
  bench.Show("completion of `use:`", [&] { return bench.Ask("textDocument/completion", 12, 12); });
  bench.Show("hover", [&] { return bench.Ask("textDocument/hover", 13, 12); });
  bench.Show("code actions", [&] { return bench.Ask("textDocument/codeAction", 12, 12); });
  bench.Show("outline", [&] { return bench.Ask("textDocument/documentSymbol", 0, 0); });
  bench.Show("links", [&] { return bench.Ask("textDocument/documentLink", 0, 0); });
  const bool fast = open <= kLimitMs && edit <= kLimitMs;
  fmt::print("findings within {} ms: {}\n", kLimitMs, fast ? "yes" : "no");
  return fast ? 0 : 1;
}

}  // namespace
}  // namespace gavel::bench

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  return gavel::bench::Run(argv[1], argc > 2 ? std::atoi(argv[2]) : 200);
}
