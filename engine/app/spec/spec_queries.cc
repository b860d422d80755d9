// Queries on specs: nothing here writes.

#include <algorithm>

#include "engine/app/command/entity.h"
#include "engine/app/command/event_row.h"
#include "engine/app/command/run_command.h"
#include "engine/app/meeting/meeting_queue_view.h"
#include "engine/app/spec/list_filter.h"
#include "engine/app/spec/page_token.h"
#include "engine/app/spec/request_checks.h"
#include "engine/app/spec/spec_api.h"
#include "engine/base/error.h"
#include "engine/domain/allowed.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "engine/domain/turn.h"
#include "engine/store/search_words.h"
#include "fmt/format.h"
#include "rules/explain.h"

namespace gavel::app {
namespace {

constexpr int kPageUsual = 50;
constexpr int kPageMost = 1000;
// How many rows one look at the store fetches while a filter lets few through.
constexpr int kScanRows = 1000;

const std::vector<std::string>& FilterFields() {
  static const auto& fields = *new std::vector<std::string>{
      "area", "state", "stage", "author", "reviewer", "turn", "meeting", "key", "title"};
  return fields;
}

std::string WithoutPrefix(const std::string& name, std::string_view prefix) {
  return name.substr(std::min(name.size(), prefix.size()));
}

template <typename Range>
std::vector<std::string> List(const Range& range) {
  return {range.begin(), range.end()};
}

absl::StatusOr<v1::Turn> Turn(const Workflow& workflow, const v1::Spec& spec) {
  GAVEL_ASSIGN_OR_RETURN(const auto around, workflow.Around(spec, "", nullptr));
  return TurnOf(workflow.SituationOf(around));
}

std::vector<std::string> FieldValues(const Workflow& workflow, const v1::Spec& spec,
                                     std::string_view field) {
  if (field == "area") return {spec.area()};
  if (field == "state") return {StateName(spec.state())};
  if (field == "stage") return {WithoutPrefix(v1::Spec::Stage_Name(spec.stage()), "STAGE_")};
  if (field == "author") return List(spec.authors());
  if (field == "meeting") return {spec.meeting()};
  if (field == "key") return {spec.key()};
  if (field == "title") return {spec.title()};
  if (field == "reviewer") {
    std::vector<std::string> people;
    for (const v1::Assignment& assignment : spec.assignments())
      people.push_back(assignment.person());
    return people;
  }
  const absl::StatusOr<v1::Turn> turn = Turn(workflow, spec);
  return turn.ok() ? List(turn->people()) : std::vector<std::string>{};
}

// Walks the specs after `after`, oldest first, until `visit` says stop.
template <typename Visit>
absl::Status WalkSpecs(const store::View& view, const std::string& area, int64_t after,
                       Visit visit) {
  store::EntityQuery query{
      .kind = "spec", .area = area, .states = {}, .after_create_seq = after, .limit = kScanRows};
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const std::vector<store::EntityRow> rows, view.Entities(query));
    for (const store::EntityRow& row : rows) {
      GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, SpecFromRow(row));
      if (!visit(std::move(spec))) return absl::OkStatus();
    }
    if (static_cast<int>(rows.size()) < query.limit) return absl::OkStatus();
    query.after_create_seq = rows.back().create_seq;
  }
}

// A spec that the caller may see.
absl::StatusOr<v1::Spec> Readable(const Workflow& workflow, const Caller& caller,
                                  const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, workflow.GetSpec(key));
  GAVEL_RETURN_IF_ERROR(CheckReadable(workflow.policy(), caller, spec));
  return spec;
}

absl::StatusOr<v1::Revision> FindRevision(const v1::Spec& spec, int number) {
  if (number == 0) return *CurrentRevision(spec);
  if (number < 1 || number > spec.revisions_size()) {
    return MakeError(absl::StatusCode::kNotFound, "REVISION_NOT_FOUND",
                     fmt::format("{} has revisions 1 to {}; there is no {}.", spec.key(),
                                 spec.revisions_size(), number),
                     {{"spec", spec.key()}, {"revision", std::to_string(number)}});
  }
  return spec.revisions(number - 1);
}

// One page of a subject's events of one type (empty: all), through `visit`.
template <typename Visit>
absl::StatusOr<std::string> PageOfEvents(const Workflow& workflow, const std::string& key,
                                         const std::string& type, const std::string& token,
                                         int asked, Visit visit) {
  const std::string query = type + " " + key;
  GAVEL_ASSIGN_OR_RETURN(const int64_t after, ReadPageToken(token, query));
  GAVEL_ASSIGN_OR_RETURN(const int size, PageSize(asked, kPageUsual, kPageMost));
  GAVEL_ASSIGN_OR_RETURN(
      const std::vector<store::EventRow> rows,
      workflow.transaction().view().EventsOf(SpecSubject(key), type, after, size));
  for (const store::EventRow& row : rows) {
    GAVEL_ASSIGN_OR_RETURN(v1::Event event, EventFromRow(row));
    visit(std::move(event));
  }
  if (static_cast<int>(rows.size()) < size) return std::string();
  return MakePageToken(rows.back().seq, query);
}

}  // namespace

absl::Status SpecApi::GetSpec(const Caller& caller, const v1::GetSpecRequest& request,
                              v1::GetSpecResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    response->set_seq(NewestSeq(workflow));
    if (request.min_seq() > response->seq()) {
      return MakeError(
          absl::StatusCode::kUnavailable, "STALE_REPLICA",
          fmt::format("The log stands at {}, before {}.", response->seq(), request.min_seq()),
          {{"head_seq", std::to_string(response->seq())}});
    }
    GAVEL_ASSIGN_OR_RETURN(*response->mutable_spec(), Readable(workflow, caller, request.spec()));
    GAVEL_ASSIGN_OR_RETURN(const std::string standing, StandingText(workflow, response->spec()));
    if (!standing.empty()) response->mutable_spec()->mutable_queue()->set_standing(standing);
    return absl::OkStatus();
  });
}

absl::Status SpecApi::FindSpec(const Caller& caller, const v1::FindSpecRequest& request,
                               v1::FindSpecResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_RETURN_IF_ERROR(CheckPlaceName("repository", request.repository()));
    GAVEL_RETURN_IF_ERROR(CheckPlaceName("path", request.path()));
    GAVEL_ASSIGN_OR_RETURN(const auto subject,
                           workflow.transaction().SubjectAt(request.repository(), request.path()));
    if (!subject.has_value()) {
      return MakeError(
          absl::StatusCode::kNotFound, "SPEC_NOT_FOUND",
          fmt::format("{} of {} is not registered.", request.path(), request.repository()),
          {{"repository", request.repository()}, {"path", request.path()}});
    }
    GAVEL_ASSIGN_OR_RETURN(*response->mutable_spec(),
                           Readable(workflow, caller, WithoutPrefix(*subject, "specs/")));
    response->set_seq(NewestSeq(workflow));
    return absl::OkStatus();
  });
}

absl::Status SpecApi::ListSpecs(const Caller& caller, const v1::ListSpecsRequest& request,
                                v1::ListSpecsResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(const ListFilter filter,
                           ListFilter::Parse(request.filter(), FilterFields()));
    GAVEL_ASSIGN_OR_RETURN(const int64_t after,
                           ReadPageToken(request.page_token(), request.filter()));
    GAVEL_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), kPageUsual, kPageMost));
    response->set_seq(NewestSeq(workflow));
    return WalkSpecs(workflow.transaction().view(), "", after, [&](v1::Spec spec) {
      const bool matches =
          MayRead(workflow.policy(), caller, spec) && filter.Matches([&](std::string_view field) {
            return FieldValues(workflow, spec, field);
          });
      if (!matches) return true;
      if (response->specs_size() == size) {
        response->set_next_page_token(
            MakePageToken(response->specs(size - 1).create_seq(), request.filter()));
        return false;
      }
      *response->add_specs() = std::move(spec);
      return true;
    });
  });
}

absl::Status SpecApi::SearchSpecs(const Caller& caller, const v1::SearchSpecsRequest& request,
                                  v1::SearchSpecsResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), 20, 100));
    GAVEL_ASSIGN_OR_RETURN(
        const std::vector<std::string> subjects,
        workflow.transaction().view().Search(List(store::SearchWords(request.query())), size));
    for (const std::string& subject : subjects) {
      GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, workflow.GetSpec(WithoutPrefix(subject, "specs/")));
      if (MayRead(workflow.policy(), caller, spec)) *response->add_specs() = std::move(spec);
    }
    return absl::OkStatus();
  });
}

absl::Status SpecApi::GetRevision(const Caller& caller, const v1::GetRevisionRequest& request,
                                  v1::GetRevisionResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, Readable(workflow, caller, request.spec()));
    GAVEL_ASSIGN_OR_RETURN(*response->mutable_revision(), FindRevision(spec, request.number()));
    GAVEL_ASSIGN_OR_RETURN(const auto body,
                           workflow.transaction().Body(response->revision().content_hash()));
    if (!body.has_value()) {
      return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                       fmt::format("The bytes of {} are gone.", spec.key()),
                       {{"spec", spec.key()}});
    }
    response->set_content(*body);
    return absl::OkStatus();
  });
}

absl::Status SpecApi::ListComments(const Caller& caller, const v1::ListCommentsRequest& request,
                                   v1::ListCommentsResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_RETURN_IF_ERROR(Readable(workflow, caller, request.spec()).status());
    GAVEL_ASSIGN_OR_RETURN(
        *response->mutable_next_page_token(),
        PageOfEvents(
            workflow, request.spec(), "CommentAdded", request.page_token(), request.page_size(),
            [&](v1::Event event) { *response->add_comments() = event.comment_added().comment(); }));
    return absl::OkStatus();
  });
}

absl::Status SpecApi::ListSpecEvents(const Caller& caller, const v1::ListSpecEventsRequest& request,
                                     v1::ListSpecEventsResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_RETURN_IF_ERROR(Readable(workflow, caller, request.spec()).status());
    GAVEL_ASSIGN_OR_RETURN(
        *response->mutable_next_page_token(),
        PageOfEvents(workflow, request.spec(), "", request.page_token(), request.page_size(),
                     [&](v1::Event event) { *response->add_events() = std::move(event); }));
    return absl::OkStatus();
  });
}

absl::Status SpecApi::ExplainSpec(const Caller& caller, const v1::ExplainSpecRequest& request,
                                  v1::ExplainSpecResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, Readable(workflow, caller, request.spec()));
    GAVEL_ASSIGN_OR_RETURN(const auto around, workflow.Around(spec, "", nullptr));
    const Situation situation = workflow.SituationOf(around);
    *response->mutable_turn() = TurnOf(situation);
    response->set_state_text(StateText(situation));
    for (const std::string& line : rules::ExplainText(spec.verdict(), false)) {
      response->add_verdict_lines(line);
    }
    for (const std::string& command : AllowedCommandsOf(situation, caller.principal)) {
      response->add_allowed(command);
    }
    for (const std::string& line : GateLines(spec)) response->add_gates(line);
    GAVEL_ASSIGN_OR_RETURN(*response->mutable_queue_text(), StandingText(workflow, spec));
    return absl::OkStatus();
  });
}

absl::Status SpecApi::ListDecisions(const Caller& caller, const v1::ListDecisionsRequest& request,
                                    v1::ListDecisionsResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_RETURN_IF_ERROR(CheckArea(workflow.organisation(), request.area()));
    const std::string query = "decisions " + request.area();
    GAVEL_ASSIGN_OR_RETURN(const int64_t skip, ReadPageToken(request.page_token(), query));
    GAVEL_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), kPageUsual, kPageMost));
    std::vector<v1::DecisionRecord> records;
    GAVEL_RETURN_IF_ERROR(
        WalkSpecs(workflow.transaction().view(), request.area(), 0, [&](const v1::Spec& spec) {
          for (const v1::Decision& decision : spec.decisions()) {
            v1::DecisionRecord& record = records.emplace_back();
            record.set_spec(spec.key());
            record.set_area(spec.area());
            record.set_title(spec.title());
            *record.mutable_decision() = decision;
          }
          return true;
        }));
    std::stable_sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
      return FromProto(a.decision().decide_time()) > FromProto(b.decision().decide_time());
    });
    const size_t first = std::min(records.size(), static_cast<size_t>(skip));
    const size_t last = std::min(records.size(), first + static_cast<size_t>(size));
    for (size_t i = first; i < last; ++i) *response->add_decisions() = std::move(records[i]);
    if (last < records.size()) {
      response->set_next_page_token(MakePageToken(static_cast<int64_t>(last), query));
    }
    return absl::OkStatus();
  });
}

}  // namespace gavel::app
