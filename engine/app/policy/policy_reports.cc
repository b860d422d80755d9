#include "engine/app/policy/policy_reports.h"

#include <algorithm>

#include "engine/app/command/entity.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

constexpr int kPage = 1000;

bool Records(const store::EventRow& row, const std::string& id) {
  v1::Event event;
  return event.ParseFromString(row.payload) && event.backtest_recorded().id() == id;
}

absl::StatusOr<bool> WasRecorded(const Transaction& transaction, const std::string& source_hash,
                                 const std::string& id) {
  int64_t after = 0;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const std::vector<store::EventRow> rows,
                           transaction.view().EventsOf(ProposalSubject(source_hash),
                                                       "BacktestRecorded", after, kPage));
    const bool found = std::any_of(rows.begin(), rows.end(),
                                   [&](const store::EventRow& row) { return Records(row, id); });
    if (found || static_cast<int>(rows.size()) < kPage) return found;
    after = rows.back().seq;
  }
}

}  // namespace

absl::StatusOr<std::optional<v1::BacktestReport>> FindBacktest(const Transaction& transaction,
                                                               const std::string& source_hash,
                                                               const std::string& id) {
  if (id.empty()) return std::nullopt;
  GAVEL_ASSIGN_OR_RETURN(const bool recorded, WasRecorded(transaction, source_hash, id));
  if (!recorded) return std::nullopt;
  GAVEL_ASSIGN_OR_RETURN(const auto bytes, transaction.Body(id));
  v1::BacktestReport report;
  if (!bytes.has_value() || !report.ParseFromString(*bytes)) {
    return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                     fmt::format("The stored back-test {} cannot be read.", id),
                     {{"backtest", id}});
  }
  report.set_id(id);
  return report;
}

}  // namespace gavel::app
