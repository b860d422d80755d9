#include "engine/app/verdict/verdict_nightly.h"

#include <vector>

#include "engine/app/command/entity.h"
#include "engine/app/verdict/verdict_replay.h"
#include "engine/base/status_macros.h"
#include "fmt/ranges.h"
#include "spdlog/spdlog.h"

namespace gavel::app {
namespace {

constexpr int kPage = 1000;
constexpr int kHour = 3;

bool IsReplayable(const store::EventRow& row, int64_t since_us, v1::Event& event) {
  return row.type == "RulesEvaluated" && row.time_us >= since_us &&
         event.ParseFromString(row.payload) && !event.rules_evaluated().record_hash().empty();
}

absl::Status ReplayOne(const Environment& environment, const Transaction& transaction,
                       const v1::Event& event, ReplayCount& count) {
  GAVEL_ASSIGN_OR_RETURN(const v1::ReplayVerdictResponse replay,
                         Replay(environment.policy, transaction, event.rules_evaluated()));
  ++count.replayed;
  if (replay.equal()) return absl::OkStatus();
  ++count.different;
  spdlog::error(
      "msg=\"a stored verdict is not what the engine says now\" spec={} revision={} "
      "differences=\"{}\"",
      event.spec(), event.rules_evaluated().revision(), fmt::join(replay.differences(), "; "));
  return absl::OkStatus();
}

}  // namespace

absl::Status PlanReplay(Workflow& workflow) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  absl::CivilDay day = absl::ToCivilDay(workflow.now(), utc);
  absl::Time next = absl::FromCivil(absl::CivilHour(day) + kHour, utc);
  if (next <= workflow.now()) next = absl::FromCivil(absl::CivilHour(++day) + kHour, utc);
  return workflow.transaction().ReplaceTimers(std::string(kPolicySubject),
                                              {{std::string(kReplayTimer), next}});
}

absl::StatusOr<ReplayCount> ReplayStored(const Environment& environment) {
  const absl::Time now = environment.clock.Now();
  const int64_t since_us = absl::ToUnixMicros(now - kReplayMemory);
  ReplayCount count;
  const Overlay nothing;
  int64_t after = 0;
  while (true) {
    // A view for each page: none is held for the length of the whole night's work.
    GAVEL_ASSIGN_OR_RETURN(const auto view, environment.store.Read());
    const Transaction transaction(*view, nothing, view->head().seq + 1, now);
    GAVEL_ASSIGN_OR_RETURN(const std::vector<store::EventRow> rows,
                           view->EventsAfter(after, kPage));
    for (const store::EventRow& row : rows) {
      after = row.seq;
      v1::Event event;
      if (!IsReplayable(row, since_us, event)) continue;
      GAVEL_RETURN_IF_ERROR(ReplayOne(environment, transaction, event, count));
    }
    if (static_cast<int>(rows.size()) < kPage) break;
  }
  return count;
}

}  // namespace gavel::app
