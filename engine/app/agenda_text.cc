#include "engine/app/agenda_text.h"

#include <algorithm>

#include "engine/base/status_macros.h"
#include "engine/domain/concern.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/agenda.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/weight.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

// Promises made this long ago still open the next agenda.
constexpr absl::Duration kPromiseMemory = absl::Hours(24 * 90);

bool OnAgenda(const v1::Slot& slot) { return slot.state() != v1::Slot::STATE_RELEASED; }

AgendaItem ItemOf(const Organisation& organisation, const v1::Spec& spec, const v1::Slot& slot) {
  AgendaItem item;
  item.key = spec.key();
  item.revision = slot.revision() > 0 ? slot.revision() : CurrentRevision(spec)->number();
  item.title = spec.title();
  item.presenter = organisation.NameOf(spec.presenter());
  item.minutes = slot.timebox_minutes();
  item.reading_minutes = ReadingMinutes(slot.words());
  item.packet = fmt::format("`gavel view {} --revision {}`", item.key, item.revision);
  for (const v1::OpenDecision& decision : spec.open_decisions()) {
    item.decisions.push_back({decision.question(), decision.recommendation()});
  }
  for (const v1::Concern& concern : spec.concerns()) {
    if (IsOpenBlock(concern)) {
      item.blocks.push_back(
          {concern.title(), organisation.NameOf(concern.raiser()), concern.criteria()});
    } else if (concern.status() == v1::Concern::STATUS_OPEN) {
      ++item.questions;
    }
  }
  for (const v1::Gate& gate : spec.gates()) {
    item.approvals.push_back({gate.area(), gate.approvals(), gate.quorum()});
  }
  return item;
}

absl::Status AddPromises(const Workflow& workflow, const v1::Meeting& meeting,
                         AgendaDocument& agenda) {
  const absl::Time start = FromProto(meeting.start_time());
  GAVEL_ASSIGN_OR_RETURN(
      const std::vector<v1::Meeting> earlier,
      workflow.transaction().Meetings(meeting.area(), start - kPromiseMemory, start));
  for (const v1::Meeting& before : earlier) {
    for (const v1::ActionItem& item : before.action_items()) {
      ++agenda.action_items;
      if (item.has_done_time()) continue;
      AgendaActionItem open{workflow.organisation().NameOf(item.owner()), item.text(),
                            std::nullopt};
      if (item.has_due()) open.due = ToCivilDay(item.due());
      agenda.open_action_items.push_back(std::move(open));
    }
  }
  return absl::OkStatus();
}

std::string DecisionLine(const v1::Spec& spec, const v1::Outcome& outcome) {
  const v1::Decision* decision = FindDecision(spec, outcome.decision());
  if (decision == nullptr) {
    std::string kind = v1::Outcome::Kind_Name(outcome.kind()).substr(5);
    std::transform(kind.begin(), kind.end(), kind.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    return fmt::format("- Outcome: **{}**\n- Why: {}\n", kind, outcome.text());
  }
  std::string text =
      fmt::format("- Outcome: **{}** (authority {}, revision {})\n- Why: {}\n",
                  OutcomeText(decision->outcome()), AuthorityName(decision->authority()),
                  decision->revision(), decision->rationale());
  if (decision->force() == v1::Decision::FORCE_VOID) text += "- This outcome was taken back.\n";
  if (decision->dissent().empty()) text += "- Dissent: none\n";
  for (const v1::Dissent& dissent : decision->dissent()) {
    text += fmt::format("- Dissent: @{}: {}\n", dissent.person(), dissent.text());
  }
  if (decision->conditions().empty()) text += "- Conditions: none\n";
  for (const v1::Condition& condition : decision->conditions()) {
    text += fmt::format("- Condition {}: {} (@{}, due {})\n", condition.id(), condition.text(),
                        condition.owner(), DayYearText(ToCivilDay(condition.due())));
  }
  return text;
}

std::string NoteLines(const google::protobuf::RepeatedPtrField<v1::Note>& notes) {
  if (notes.empty()) return "- Notes: none\n";
  std::string text;
  for (const v1::Note& note : notes) {
    text += fmt::format("- Notes (@{}): {}\n", note.author(), note.text());
  }
  return text;
}

std::string ItemMinutes(const v1::Spec& spec, const v1::Slot& slot) {
  std::string text = fmt::format("\n## {} {}\n", spec.key(), spec.title());
  switch (slot.state()) {
    case v1::Slot::STATE_DONE:
      text += DecisionLine(spec, slot.outcome());
      break;
    case v1::Slot::STATE_OVERRAN:
      text += "- Outcome: none; time ran out, carried over\n";
      break;
    case v1::Slot::STATE_RELEASED:
      text += fmt::format("- Not discussed: {}\n", slot.reason());
      return text;
    default:
      text += "- Outcome: none yet\n";
  }
  text += fmt::format("- Off-topic marks: {}\n", slot.off_topic_marks());
  return text + NoteLines(slot.notes());
}

}  // namespace

absl::StatusOr<std::string> AgendaText(const Workflow& workflow, const v1::Meeting& meeting) {
  const Organisation& organisation = workflow.organisation();
  AgendaDocument agenda;
  agenda.areas = organisation.FindArea(meeting.area())->name();
  agenda.start = FromProto(meeting.start_time());
  agenda.end = FromProto(meeting.end_time());
  agenda.zone = organisation.CalendarOf(meeting.area()).zone();
  if (!meeting.facilitator().empty())
    agenda.facilitator = organisation.NameOf(meeting.facilitator());
  if (!meeting.notetaker().empty()) agenda.notetaker = organisation.NameOf(meeting.notetaker());
  GAVEL_RETURN_IF_ERROR(AddPromises(workflow, meeting, agenda));
  std::vector<v1::Slot> slots(meeting.slots().begin(), meeting.slots().end());
  std::sort(slots.begin(), slots.end(),
            [](const auto& a, const auto& b) { return a.order() < b.order(); });
  for (const v1::Slot& slot : slots) {
    if (!OnAgenda(slot)) continue;
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(slot.spec()));
    agenda.items.push_back(ItemOf(organisation, spec, slot));
  }
  if (!meeting.stand_by().empty()) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(meeting.stand_by()));
    agenda.stand_by = AgendaStandBy{spec.key(), spec.title()};
  }
  for (const v1::NotPicked& not_picked : meeting.not_picked()) {
    if (not_picked.spec() == meeting.stand_by()) continue;
    agenda.not_today.push_back({not_picked.spec(), not_picked.reason()});
  }
  if (meeting.state() == v1::Meeting::STATE_CANCELLED) agenda.cancelled = meeting.cancel_reason();
  return RenderAgenda(agenda);
}

absl::StatusOr<std::string> MinutesText(const Workflow& workflow, const v1::Meeting& meeting) {
  const Organisation& organisation = workflow.organisation();
  const absl::TimeZone& zone = organisation.CalendarOf(meeting.area()).zone();
  std::string text =
      fmt::format("# Minutes: {} spec review — {}\n", organisation.FindArea(meeting.area())->name(),
                  SpanText(FromProto(meeting.start_time()), FromProto(meeting.end_time()), zone));
  text += fmt::format(
      "Facilitator {} · notes {}\n",
      meeting.facilitator().empty() ? "nobody" : organisation.NameOf(meeting.facilitator()),
      meeting.notetaker().empty() ? "nobody" : organisation.NameOf(meeting.notetaker()));
  text += "Present: ";
  for (int i = 0; i < meeting.attendance_size(); ++i) {
    text += fmt::format("{}{} ({})", i == 0 ? "" : ", ",
                        organisation.NameOf(meeting.attendance(i).person()),
                        meeting.attendance(i).role());
  }
  text += meeting.attendance().empty() ? "not recorded\n" : "\n";
  for (const v1::Slot& slot : meeting.slots()) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(slot.spec()));
    text += ItemMinutes(spec, slot);
  }
  text += "\n## Action items\n";
  if (meeting.action_items().empty()) text += "none\n";
  for (const v1::ActionItem& item : meeting.action_items()) {
    text += fmt::format("- {}: {} (@{}{}{})\n", item.id(), item.text(), item.owner(),
                        item.has_due() ? ", due " + DayYearText(ToCivilDay(item.due())) : "",
                        item.has_done_time() ? ", done" : "");
  }
  if (!meeting.notes().empty()) text += "\n## Notes\n" + NoteLines(meeting.notes());
  return text;
}

}  // namespace gavel::app
