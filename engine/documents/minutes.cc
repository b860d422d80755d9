#include "engine/documents/minutes.h"

#include <algorithm>
#include <vector>

#include "engine/documents/markdown.h"
#include "engine/documents/minutes_item.h"
#include "engine/documents/promises.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/wording.h"

namespace gavel::documents {
namespace {

// What was on the agenda in its order, then what was taken off it.
std::vector<const v1::Slot*> SlotsOfMinutes(const v1::Meeting& meeting) {
  std::vector<const v1::Slot*> slots = SlotsInOrder(meeting);
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() == v1::Slot::STATE_RELEASED) slots.push_back(&slot);
  }
  return slots;
}

class Minutes {
 public:
  explicit Minutes(const MeetingPapers& papers)
      : papers_(papers), meeting_(papers.meeting), slots_(SlotsOfMinutes(papers.meeting)) {}

  std::string Write() {
    out_.Line("# Minutes: {} — {}", AreasText(papers_), WhenText(papers_));
    out_.Blank();
    const bool held = meeting_.state() != v1::Meeting::STATE_CANCELLED;
    if (held) {
      WriteHeld();
    } else {
      out_.Line("**Not held**: {}", NotHeldText(papers_));
    }
    WriteItems();
    WriteActionItems();
    WriteEarlier();
    out_.Blank();
    out_.Line("## Notes on the meeting");
    out_.Blank();
    WriteNotes(papers_, meeting_.notes(), out_);
    return out_.Take();
  }

 private:
  void WriteHeld() {
    if (meeting_.state() != v1::Meeting::STATE_CLOSED) {
      out_.Line("**Draft**: the meeting is not over.");
      out_.Blank();
    } else if (!meeting_.has_minutes_time()) {
      out_.Line("**Draft**: published at the latest {}.",
                TimeText(FromProto(meeting_.minutes_due_time()), papers_.zone()));
      out_.Blank();
    }
    out_.Line("{} · {} · {}", RolesText(papers_), HeldText(), TimeUsedText());
    out_.Blank();
    out_.Line("Present: {}", PresentText());
  }

  std::string HeldText() const {
    if (!meeting_.has_open_time()) return "not opened yet";
    const std::string from = ClockText(FromProto(meeting_.open_time()), papers_.zone());
    if (!meeting_.has_close_time()) return "open since " + from;
    return fmt::format("held {}-{}", from,
                       ClockText(FromProto(meeting_.close_time()), papers_.zone()));
  }

  std::string TimeUsedText() const {
    int planned = 0;
    int used = 0;
    for (const v1::Slot* slot : slots_) {
      if (slot->state() == v1::Slot::STATE_RELEASED) continue;
      planned += slot->timebox_minutes();
      used += MinutesUsed(*slot);
    }
    return fmt::format("{} of {} min used", used, planned);
  }

  std::string PresentText() const {
    std::vector<std::string> people;
    for (const v1::Attendance& entry : meeting_.attendance()) {
      people.push_back(fmt::format("{} ({})", NameText(papers_, entry.person()),
                                   Inline(entry.role(), "attendee")));
    }
    return Joined(people, ", ", "not recorded");
  }

  void WriteItems() {
    if (slots_.empty()) {
      out_.Blank();
      out_.Line("Items: none");
    }
    for (const v1::Slot* slot : slots_) {
      out_.Blank();
      out_.Line("## {}{}", ItemText(papers_, slot->spec(), slot->revision()),
                slot->quick() ? " (consent list)" : "");
      out_.Blank();
      WriteItemMinutes(papers_, *slot, out_);
    }
  }

  void WriteActionItems() {
    out_.Blank();
    out_.Line("## Action items");
    out_.Blank();
    if (meeting_.action_items().empty()) out_.Line("- New: none");
    for (const v1::ActionItem& item : meeting_.action_items()) {
      out_.Line("- {} {}", item.id(), PromiseText(papers_, item));
    }
  }

  void WriteEarlier() {
    const Promises promises = EarlierPromises(papers_);
    if (promises.done.empty()) out_.Line("- Completed since the last meeting: none");
    for (const v1::ActionItem& item : promises.done) {
      out_.Line("- Completed since the last meeting: {}", PromiseText(papers_, item));
    }
    if (promises.open.empty()) out_.Line("- Still open from earlier meetings: none");
    for (const v1::ActionItem& item : promises.open) {
      out_.Line("- Still open from earlier meetings: {}", PromiseText(papers_, item));
    }
  }

  const MeetingPapers& papers_;
  const v1::Meeting& meeting_;
  const std::vector<const v1::Slot*> slots_;
  MarkdownWriter out_;
};

// Where a decision of the meeting stands, when that is not what the minutes said.
void AddDecisionChange(const v1::Slot& slot, const v1::Spec& spec, absl::Time published,
                       std::vector<std::string>& changes) {
  const v1::Decision* decision = FindDecision(spec, slot.outcome().decision());
  if (decision == nullptr) return;
  if (decision->force() != v1::Decision::FORCE_IN_FORCE) {
    changes.push_back(
        fmt::format("{}: the decision is {}", spec.key(), Inline(ForceText(spec, *decision))));
    return;
  }
  if (decision->final() && FromProto(decision->final_time()) > published) {
    changes.push_back(fmt::format("{}: the decision is final", spec.key()));
  }
  for (const v1::Condition& condition : decision->conditions()) {
    if (!condition.has_met_time() || FromProto(condition.met_time()) <= published) continue;
    changes.push_back(fmt::format("{}: condition {} is met", spec.key(), condition.id()));
  }
}

}  // namespace

std::string MinutesMarkdown(const MeetingPapers& papers) { return Minutes(papers).Write(); }

std::string ChangesSinceMinutes(const MeetingPapers& papers, absl::Time published) {
  std::vector<std::string> changes;
  for (const v1::Slot* slot : SlotsInOrder(papers.meeting)) {
    const v1::Spec* spec = FindSpec(papers.specs, slot->spec());
    if (spec != nullptr) AddDecisionChange(*slot, *spec, published, changes);
  }
  for (const v1::ActionItem& item : papers.meeting.action_items()) {
    if (!item.has_done_time() || FromProto(item.done_time()) <= published) continue;
    changes.push_back(fmt::format("{} {}", item.id(), PromiseText(papers, item)));
  }
  if (changes.empty()) return "";
  MarkdownWriter out;
  out.Blank();
  out.Line("Since these minutes were published:");
  out.Blank();
  for (const std::string& change : changes) out.Line("- {}", change);
  return out.Take();
}

}  // namespace gavel::documents
