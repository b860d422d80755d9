// The inbox: what waits for somebody, from the attention sets. Everybody's home.

#include <algorithm>
#include <set>
#include <tuple>

#include "engine/app/command/access.h"
#include "engine/app/command/entity.h"
#include "engine/app/command/run_command.h"
#include "engine/app/spec/spec_api.h"
#include "engine/domain/attention.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

// Who acts for whom today. Looks up each person once.
class StandIns {
 public:
  explicit StandIns(const Workflow& workflow) : workflow_(workflow) {}

  absl::StatusOr<std::string> Of(const std::string& person, absl::CivilDay today) {
    if (looked_up_.insert(person).second) {
      GAVEL_ASSIGN_OR_RETURN(Absences more, workflow_.AbsencesOf({person}));
      absences_.merge(more);
    }
    return StandIn(absences_, person, today);
  }

 private:
  const Workflow& workflow_;
  std::set<std::string> looked_up_;
  Absences absences_;
};

// Adds an item for each entry that asks `person`, or somebody for whom they stand in.
absl::Status AddItems(const Workflow& workflow, const v1::Spec& spec, const std::string& person,
                      StandIns& stand_ins, v1::ListInboxResponse& inbox) {
  GAVEL_ASSIGN_OR_RETURN(const auto around, workflow.Around(spec, "", nullptr));
  const Situation situation = workflow.SituationOf(around);
  const absl::CivilDay today = situation.calendar().DayOf(workflow.now());
  for (const v1::Attention& entry : spec.attention()) {
    for (const std::string& asked : PeopleBehind(situation, entry)) {
      GAVEL_ASSIGN_OR_RETURN(const std::string stand_in, stand_ins.Of(asked, today));
      if (asked != person && stand_in != person) continue;
      v1::InboxItem& item = *inbox.add_items();
      *item.mutable_spec() = spec;
      item.mutable_turn()->add_people(asked);
      item.mutable_turn()->set_action(entry.reason());
      const absl::Time due = DueOf(situation, entry, asked);
      if (due != absl::InfiniteFuture()) *item.mutable_turn()->mutable_due_time() = ToProto(due);
    }
  }
  return absl::OkStatus();
}

// Soonest due first, then what has waited longest; what has no deadline comes last.
bool IsMorePressing(const v1::InboxItem& a, const v1::InboxItem& b) {
  const auto rank = [](const v1::InboxItem& item) {
    const absl::Time due =
        item.turn().has_due_time() ? FromProto(item.turn().due_time()) : absl::InfiniteFuture();
    return std::tuple(due, FromProto(item.spec().attention(0).since_time()));
  };
  return rank(a) < rank(b);
}

}  // namespace

absl::Status SpecApi::ListInbox(const Caller& caller, const v1::ListInboxRequest& request,
                                v1::ListInboxResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_RETURN_IF_ERROR(CheckArea(workflow.organisation(), request.area()));
    const std::string person = request.person().empty() ? caller.principal : request.person();
    GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> waiting,
                           workflow.transaction().WaitingSpecs(request.area()));
    StandIns stand_ins(workflow);
    for (const v1::Spec& spec : waiting) {
      if (!MayRead(workflow.policy(), caller, spec)) continue;
      GAVEL_RETURN_IF_ERROR(AddItems(workflow, spec, person, stand_ins, *response));
    }
    std::stable_sort(response->mutable_items()->begin(), response->mutable_items()->end(),
                     IsMorePressing);
    return absl::OkStatus();
  });
}

}  // namespace gavel::app
