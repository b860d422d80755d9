#include "engine/app/insight/health_api.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "engine/app/command/entity.h"
#include "engine/app/command/event_row.h"
#include "engine/app/command/run_command.h"
#include "engine/app/meeting/queue_reading.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/health/report.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

constexpr int kPage = 2000;  // Events read at once.
constexpr absl::Duration kUsualSpan = absl::Hours(13 * 7 * 24);

// "Now" is behind the newest event: on a clock that stands still the log is ahead of it.
absl::Time AfterAll(const Workflow& workflow) {
  const int64_t last_us = workflow.transaction().view().head().last_commit_us;
  return std::max(workflow.now(), absl::FromUnixMicros(last_us + 1));
}

absl::StatusOr<health::Span> SpanOf(const v1::GetHealthRequest& request, absl::Time now) {
  health::Span span;
  span.to = request.has_to_time() ? FromProto(request.to_time()) : now;
  span.from = request.has_from_time() ? FromProto(request.from_time()) : span.to - kUsualSpan;
  if (span.from < span.to) return span;
  return FieldError("from_time", "must be before `to_time`");
}

absl::StatusOr<health::HealthQuery> QueryOf(const Workflow& workflow, const health::Lives& lives,
                                            const std::string& area, const health::Span& span) {
  health::HealthQuery query{.area = area, .span = span, .queue = {}, .queue_before = {}};
  GAVEL_ASSIGN_OR_RETURN(query.queue, ReadQueue(workflow, health::QueuedIn(lives, area, span),
                                                /*mine=*/true));
  GAVEL_ASSIGN_OR_RETURN(
      query.queue_before,
      ReadQueue(workflow, health::QueuedIn(lives, area, health::Before(span)), /*mine=*/true));
  return query;
}

// A draft is its authors' and their readers': its key stays out of other people's reports.
class KeysFor {
 public:
  KeysFor(const Workflow& workflow, const Caller& caller) : workflow_(workflow), caller_(caller) {}

  absl::Status Keep(google::protobuf::RepeatedPtrField<v1::HealthSignal>& signals) {
    for (v1::HealthSignal& signal : signals) {
      google::protobuf::RepeatedPtrField<std::string> kept;
      for (const std::string& key : signal.specs()) {
        GAVEL_ASSIGN_OR_RETURN(const bool may, MaySee(key));
        if (may) *kept.Add() = key;
      }
      *signal.mutable_specs() = std::move(kept);
    }
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<bool> MaySee(const std::string& key) {
    const auto known = may_.find(key);
    if (known != may_.end()) return known->second;
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow_.GetSpec(key));
    const bool may = CheckReadable(workflow_.policy(), caller_, spec).ok();
    may_.emplace(key, may);
    return may;
  }

  const Workflow& workflow_;
  const Caller& caller_;
  std::map<std::string, bool> may_;
};

absl::Status HideDrafts(const Workflow& workflow, const Caller& caller, v1::HealthReport& report) {
  KeysFor keys(workflow, caller);
  for (v1::HealthQuestion& question : *report.mutable_questions()) {
    GAVEL_RETURN_IF_ERROR(keys.Keep(*question.mutable_signals()));
  }
  for (v1::AntiPattern& pattern : *report.mutable_patterns()) {
    GAVEL_RETURN_IF_ERROR(keys.Keep(*pattern.mutable_signals()));
  }
  return absl::OkStatus();
}

absl::Status AddAlerts(const Workflow& workflow, v1::HealthReport& report) {
  for (const v1::Area& area : workflow.organisation().org().areas()) {
    if (!report.area().empty() && report.area() != area.id()) continue;
    GAVEL_ASSIGN_OR_RETURN(const v1::Planning planning, workflow.transaction().Planning(area.id()));
    report.mutable_alerts()->MergeFrom(planning.alerts());
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status HealthApi::CatchUp() {
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const auto view, environment_.store.Read());
    GAVEL_ASSIGN_OR_RETURN(const auto rows, view->EventsAfter(seq_, kPage));
    for (const store::EventRow& row : rows) {
      GAVEL_ASSIGN_OR_RETURN(const v1::Event event, EventFromRow(row));
      fold_.Add(event);
      seq_ = row.seq;
    }
    if (rows.size() < static_cast<size_t>(kPage)) return absl::OkStatus();
  }
}

absl::Status HealthApi::GetHealth(const Caller& caller, const v1::GetHealthRequest& request,
                                  v1::GetHealthResponse* response) {
  health::Span span;
  // Who asks and what for, before any work.
  GAVEL_RETURN_IF_ERROR(
      RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
        GAVEL_RETURN_IF_ERROR(CheckArea(workflow.organisation(), request.area()));
        GAVEL_ASSIGN_OR_RETURN(span, SpanOf(request, AfterAll(workflow)));
        return absl::OkStatus();
      }));
  const std::lock_guard lock(mutex_);
  GAVEL_RETURN_IF_ERROR(CatchUp());
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(const health::HealthQuery query,
                           QueryOf(workflow, fold_.lives(), request.area(), span));
    v1::HealthReport& report = *response->mutable_report();
    report = health::MakeReport(fold_.lives(), workflow.organisation(), query);
    response->set_seq(seq_);
    GAVEL_RETURN_IF_ERROR(HideDrafts(workflow, caller, report));
    return AddAlerts(workflow, report);
  });
}

}  // namespace gavel::app
