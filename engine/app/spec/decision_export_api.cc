// ExportDecisions: decisions as records that a repository can keep.
#include <algorithm>
#include <optional>

#include "engine/app/command/access.h"
#include "engine/app/command/entity.h"
#include "engine/app/command/run_command.h"
#include "engine/app/spec/spec_api.h"
#include "engine/documents/madr.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "engine/domain/packet.h"
#include "engine/domain/spec_errors.h"
#include "rules/document.h"

namespace gavel::app {
namespace {

using documents::DecisionPapers;

constexpr int kScanRows = 1000;

absl::StatusOr<std::vector<v1::Spec>> SpecsOf(const Workflow& workflow, const Caller& caller,
                                              const v1::ExportDecisionsRequest& request) {
  std::vector<v1::Spec> specs;
  if (!request.spec().empty()) {
    GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, workflow.GetSpec(request.spec()));
    GAVEL_RETURN_IF_ERROR(CheckReadable(workflow.policy(), caller, spec));
    specs.push_back(std::move(spec));
    return specs;
  }
  GAVEL_RETURN_IF_ERROR(CheckArea(workflow.organisation(), request.area()));
  store::EntityQuery query{.kind = "spec", .area = request.area(), .limit = kScanRows};
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const auto rows, workflow.transaction().view().Entities(query));
    for (const store::EntityRow& row : rows) {
      GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, SpecFromRow(row));
      const bool decided = !spec.decisions().empty();
      if (decided && MayRead(workflow.policy(), caller, spec)) specs.push_back(std::move(spec));
    }
    if (static_cast<int>(rows.size()) < query.limit) return specs;
    query.after_create_seq = rows.back().create_seq;
  }
}

bool IsAskedFor(const v1::ExportDecisionsRequest& request, const v1::Decision& decision) {
  if (!request.decision().empty() && decision.id() != request.decision()) return false;
  const absl::Time time = FromProto(decision.decide_time());
  if (request.has_from_time() && time < FromProto(request.from_time())) return false;
  return !request.has_to_time() || time < FromProto(request.to_time());
}

// A record speaks of the revision that was decided, not of what the spec became. Bytes that can no
// longer be read leave it what the spec says now.
absl::Status TakeTextOf(const Workflow& workflow, const v1::Revision& revision, v1::Spec& spec) {
  if (revision.number() == CurrentRevision(spec)->number()) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const auto bytes, workflow.transaction().Body(revision.content_hash()));
  if (!bytes.has_value()) return absl::OkStatus();
  const auto document =
      rules::ReadDocument(*bytes, {.default_area = spec.area(), .default_author = spec.authors(0)});
  if (!document.ok()) return absl::OkStatus();
  spec.set_title(document->facts.title());
  spec.set_summary(document->facts.summary());
  *spec.mutable_open_decisions() = document->facts.open_decisions();
  return absl::OkStatus();
}

absl::StatusOr<DecisionPapers> PapersOf(const Workflow& workflow, v1::Spec spec,
                                        const v1::Decision& decision) {
  GAVEL_RETURN_IF_ERROR(TakeTextOf(workflow, RevisionOf(spec, decision.revision()), spec));
  DecisionPapers papers{.organisation = workflow.organisation()};
  papers.spec = std::move(spec);
  papers.decision = decision;
  if (!decision.meeting().empty()) {
    GAVEL_ASSIGN_OR_RETURN(papers.meeting, workflow.transaction().FindMeeting(decision.meeting()));
  }
  return papers;
}

absl::Status CheckDecisionKnown(const v1::ExportDecisionsRequest& request,
                                const std::vector<v1::Spec>& specs) {
  if (request.decision().empty() || request.spec().empty()) return absl::OkStatus();
  if (FindDecision(specs.front(), request.decision()) != nullptr) return absl::OkStatus();
  std::vector<std::string> known;
  for (const v1::Decision& decision : specs.front().decisions()) known.push_back(decision.id());
  return PartNotFound(specs.front(), "decision", request.decision(), known);
}

}  // namespace

absl::Status SpecApi::ExportDecisions(const Caller& caller,
                                      const v1::ExportDecisionsRequest& request,
                                      v1::ExportDecisionsResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> specs, SpecsOf(workflow, caller, request));
    GAVEL_RETURN_IF_ERROR(CheckDecisionKnown(request, specs));
    std::vector<std::pair<absl::Time, v1::ExportedDecision>> records;
    for (const v1::Spec& spec : specs) {
      for (const v1::Decision& decision : spec.decisions()) {
        if (!IsAskedFor(request, decision)) continue;
        GAVEL_ASSIGN_OR_RETURN(const DecisionPapers papers, PapersOf(workflow, spec, decision));
        v1::ExportedDecision record;
        record.set_file_name(documents::MadrFileName(papers));
        record.set_markdown(documents::MadrMarkdown(papers));
        record.set_spec(spec.key());
        record.set_decision(decision.id());
        records.emplace_back(FromProto(decision.decide_time()), std::move(record));
      }
    }
    std::stable_sort(records.begin(), records.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [time, record] : records) *response->add_records() = std::move(record);
    return absl::OkStatus();
  });
}

}  // namespace gavel::app
