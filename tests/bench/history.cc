#include "tests/bench/history.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>
#include <thread>

#include "rules/backtest/backtest.h"
#include "rules/packed/pack.h"

namespace gavel::bench {
namespace {

constexpr int32_t kFirstDay = 20'000;
constexpr int32_t kDays = 730;

// Ends the program unless SQLite is content.
void Check(int code, sqlite3* database) {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
  fmt::print(stderr, "SQLite: {}\n", sqlite3_errmsg(database));
  std::exit(1);
}

class Connection {
 public:
  Connection(const std::string& path, const char* settings) {
    Check(sqlite3_open(path.c_str(), &database_), database_);
    Run(settings);
  }
  ~Connection() { sqlite3_close(database_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void Run(const std::string& sql) {
    Check(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr), database_);
  }
  sqlite3_stmt* Prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    Check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr), database_);
    return statement;
  }
  bool Step(sqlite3_stmt* statement) {
    const int code = sqlite3_step(statement);
    Check(code, database_);
    return code == SQLITE_ROW;
  }

 private:
  sqlite3* database_ = nullptr;
};

// As the server's readers are set up.
constexpr char kReaderSettings[] =
    "PRAGMA mmap_size = 0; PRAGMA query_only = ON; PRAGMA cache_size = -16384;";

v1::ReviewCase CaseOf(const v1::PackedFacts& facts, int64_t row) {
  v1::ReviewCase review;
  review.set_spec(fmt::format("BENCH-{}", row));
  review.set_submitted_day(kFirstDay + static_cast<int32_t>(row % kDays));
  *review.mutable_facts() = facts;
  review.set_mode(v1::REVIEW_MODE_ASYNC);
  review.set_ending(row % 11 == 0 ? v1::ReviewCase::ENDING_REJECTED
                                  : v1::ReviewCase::ENDING_APPROVED);
  if (row % 11 == 0) review.add_harms(v1::ReviewCase::HARM_REJECTED);
  review.set_waited_days(static_cast<int32_t>(row % 17));
  review.set_remarks(static_cast<int32_t>(row % 5));
  review.set_team(static_cast<uint64_t>(row % 40 + 1));
  return review;
}

// Counts of one policy, of the size of a summary.
class Tally {
 public:
  explicit Tally(const rules::FastPolicy& policy) : policy_(policy) {}

  void Add(const v1::ReviewCase& review) {
    policy_.Evaluate(review.facts(), {.day = review.submitted_day()}, result_);
    ++modes_[static_cast<size_t>(result_.mode)];
    gates_ += result_.author_gate ? 1 : 0;
    const bool approved = result_.mode == v1::REVIEW_MODE_AUTO;
    harmed_ += approved && review.harms_size() > 0 ? 1 : 0;
  }
  int64_t Sum() const {
    return modes_[v1::REVIEW_MODE_AUTO] + 2 * modes_[v1::REVIEW_MODE_SYNC] + gates_ + harmed_;
  }

 private:
  const rules::FastPolicy& policy_;
  rules::FastResult result_;
  int64_t modes_[4] = {};
  int64_t gates_ = 0;
  int64_t harmed_ = 0;
};

// The rows after `first` up to `last`.
int64_t PassOver(const std::string& path, int64_t first, int64_t last, Work work,
                 const std::shared_ptr<const rules::FastPolicy>& policy) {
  Connection connection(path, kReaderSettings);
  sqlite3_stmt* const rows = connection.Prepare(
      "SELECT id, submitted_day, body FROM review_case WHERE id > ?1 AND id <= ?2 ORDER BY id");
  sqlite3_bind_int64(rows, 1, first);
  sqlite3_bind_int64(rows, 2, last);
  v1::ReviewCase review;
  Tally tally(*policy);
  rules::Backtest report{rules::Timeline{policy}, rules::Timeline{policy}, {}};
  int64_t sum = 0;
  while (connection.Step(rows)) {
    const auto* const body = static_cast<const char*>(sqlite3_column_blob(rows, 2));
    const int size = sqlite3_column_bytes(rows, 2);
    sum += sqlite3_column_int64(rows, 1) + body[size - 1];
    if (work == Work::kScan) continue;
    if (!review.ParseFromArray(body, size)) std::abort();
    sum += review.remarks();
    if (work == Work::kEvaluate) tally.Add(review);
    if (work == Work::kReport) report.Add(review);
  }
  sqlite3_finalize(rows);
  sum += tally.Sum();
  if (work == Work::kReport) sum += report.Finish().candidate_counts().auto_();
  return sum;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (file.good() && !text.str().empty()) return text.str();
  fmt::print(stderr, "cannot read {}\n", path);
  std::exit(1);
}

}  // namespace

History::History(const std::string& folder, const std::string& migrations,
                 const std::vector<v1::PackedFacts>& specs, int64_t rows)
    : path_(folder + "/history.db"), rows_(rows) {
  Connection connection(path_, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
  connection.Run(ReadFile(migrations + "/0002_review_case.sql"));
  connection.Run("BEGIN");
  sqlite3_stmt* const insert = connection.Prepare(
      "INSERT INTO review_case (subject, submitted_day, body) VALUES (?1, ?2, ?3)");
  int64_t bytes = 0;
  for (int64_t row = 0; row < rows; ++row) {
    const v1::ReviewCase review = CaseOf(specs[static_cast<size_t>(row) % specs.size()], row);
    const std::string subject = "spec/" + review.spec();
    const std::string body = review.SerializeAsString();
    bytes += static_cast<int64_t>(body.size());
    sqlite3_bind_text(insert, 1, subject.data(), static_cast<int>(subject.size()), SQLITE_STATIC);
    sqlite3_bind_int(insert, 2, review.submitted_day());
    sqlite3_bind_blob(insert, 3, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
    connection.Step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  connection.Run("COMMIT");
  body_bytes_ = static_cast<double>(bytes) / static_cast<double>(rows);
}

int64_t History::Pass(Work work, int threads,
                      const std::shared_ptr<const rules::FastPolicy>& policy) const {
  std::vector<int64_t> sums(static_cast<size_t>(threads));
  std::vector<std::thread> workers;
  for (int i = 0; i < threads; ++i) {
    const int64_t first = rows_ * i / threads, last = rows_ * (i + 1) / threads;
    const auto run = [this, first, last, work, &policy, &sum = sums[static_cast<size_t>(i)]] {
      sum = PassOver(path_, first, last, work, policy);
    };
    // The last part is this thread's.
    if (i + 1 < threads) {
      workers.emplace_back(run);
    } else {
      run();
    }
  }
  int64_t total = 0;
  for (std::thread& worker : workers) worker.join();
  for (const int64_t sum : sums) total += sum;
  return total;
}

}  // namespace gavel::bench
