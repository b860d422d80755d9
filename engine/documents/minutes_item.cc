#include "engine/documents/minutes_item.h"

#include <algorithm>

#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/wording.h"

namespace gavel::documents {
namespace {

class ItemMinutes {
 public:
  ItemMinutes(const MeetingPapers& papers, const v1::Slot& slot, MarkdownWriter& out)
      : papers_(papers),
        slot_(slot),
        spec_(FindSpec(papers.specs, slot.spec())),
        decision_(spec_ == nullptr ? nullptr : FindDecision(*spec_, slot.outcome().decision())),
        out_(out) {}

  void Write() {
    if (slot_.state() == v1::Slot::STATE_RELEASED) {
      out_.Line("- Outcome: none, taken off the agenda");
      out_.Quote("", "Why", slot_.reason());
      WriteUndone();
      return;
    }
    WriteOutcome();
    if (slot_.has_outcome()) WriteReasons();
    WriteUndone();
    WriteGo();
    WriteTime();
    out_.Line("- Off-topic marks: {}",
              slot_.off_topic_marks() == 0 ? "none" : NumberText(slot_.off_topic_marks()));
    WriteNotes(papers_, slot_.notes(), out_);
  }

 private:
  std::string When(const google::protobuf::Timestamp& time) const {
    return TimeText(FromProto(time), papers_.zone());
  }

  void WriteOutcome() {
    if (slot_.has_outcome()) {
      out_.Line("- Outcome: **{}**, recorded by {} {}", OutcomeWords(),
                NameText(papers_, slot_.outcome().recorded_by()),
                When(slot_.outcome().record_time()));
    } else if (slot_.state() == v1::Slot::STATE_OVERRAN) {
      const bool had_its_time = MinutesUsed(slot_) >= slot_.timebox_minutes();
      out_.Line("- Outcome: none, {}; it comes first next time",
                had_its_time ? "time ran out" : "the meeting was closed before its time was up");
    } else if (slot_.state() == v1::Slot::STATE_OPEN) {
      out_.Line("- Outcome: none yet, it is being discussed");
    } else {
      out_.Line("- Outcome: none, it was not reached");
    }
  }

  std::string OutcomeWords() const {
    if (decision_ == nullptr) return OutcomeText(slot_.outcome().kind());
    return OutcomeText(decision_->outcome());
  }

  void WriteReasons() {
    if (decision_ == nullptr) {
      out_.Quote("", "Why", slot_.outcome().text());
      return;
    }
    out_.Line("- Authority: {}, on revision {}", AuthorityText(decision_->authority()),
              decision_->revision());
    out_.Quote("", "Why", decision_->rationale());
    WriteDissent();
    WriteConditions();
    WriteFinal();
  }

  void WriteDissent() {
    if (decision_->dissent().empty()) out_.Line("- Dissent: none");
    for (const v1::Dissent& dissent : decision_->dissent()) {
      out_.Quote("", fmt::format("Dissent ({})", NameText(papers_, dissent.person())),
                 dissent.text());
    }
  }

  void WriteConditions() {
    out_.Line("- Conditions:{}", decision_->conditions().empty() ? " none" : "");
    for (const v1::Condition& condition : decision_->conditions()) {
      out_.Line("  - {}: {} ({}, due {}{})", condition.id(), Inline(condition.text()),
                NameText(papers_, condition.owner()), DayYearText(ToCivilDay(condition.due())),
                condition.has_met_time() ? ", met" : "");
    }
  }

  void WriteFinal() {
    if (decision_->force() != v1::Decision::FORCE_IN_FORCE) {
      out_.Line("- Standing: {}", Inline(ForceText(*spec_, *decision_)));
    } else if (decision_->final()) {
      out_.Line("- Standing: final since {}", When(decision_->final_time()));
    } else if (decision_->authority() == v1::Decision::AUTHORITY_MEETING) {
      out_.Line("- Standing: final {}, unless a reviewer who was not there contests it before",
                When(decision_->final_time()));
    } else {
      out_.Line("- Standing: final {}", When(decision_->final_time()));
    }
  }

  void WriteUndone() {
    for (const v1::Event& event : papers_.undone) {
      if (event.spec() != slot_.spec()) continue;
      out_.Quote(
          "",
          fmt::format("Taken back {} by {}", When(event.time()), NameText(papers_, event.actor())),
          event.outcome_undone().reason());
    }
  }

  void WriteGo() {
    const bool go = slot_.go() == v1::Slot::GO_GO;
    out_.Line("- Go or no-go: {}", go ? "go" : "nothing said");
  }

  void WriteTime() {
    if (!slot_.has_open_time()) {
      out_.Line("- Time: {} min planned, not opened", slot_.timebox_minutes());
    } else if (!slot_.has_close_time()) {
      out_.Line("- Time: {} min planned, open since {}", slot_.timebox_minutes(),
                ClockText(FromProto(slot_.open_time()), papers_.zone()));
    } else {
      const int over = MinutesUsed(slot_) - slot_.timebox_minutes();
      out_.Line("- Time: {} min planned, {} used{}", slot_.timebox_minutes(), MinutesUsed(slot_),
                over > 0 ? fmt::format(" ({} over)", over) : "");
    }
  }

  const MeetingPapers& papers_;
  const v1::Slot& slot_;
  const v1::Spec* spec_;
  const v1::Decision* decision_;  // Null where the outcome decided nothing.
  MarkdownWriter& out_;
};

}  // namespace

void WriteItemMinutes(const MeetingPapers& papers, const v1::Slot& slot, MarkdownWriter& out) {
  ItemMinutes(papers, slot, out).Write();
}

int MinutesUsed(const v1::Slot& slot) {
  if (!slot.has_open_time() || !slot.has_close_time()) return 0;
  const absl::Duration used = FromProto(slot.close_time()) - FromProto(slot.open_time());
  return static_cast<int>(absl::ToInt64Minutes(used + absl::Seconds(30)));
}

std::string ForceText(const v1::Spec& spec, const v1::Decision& decision) {
  switch (decision.force()) {
    case v1::Decision::FORCE_IN_FORCE:
      return "in force";
    case v1::Decision::FORCE_STAYED:
      return "stayed: " + decision.stay_reason();
    case v1::Decision::FORCE_REPLACED:
      for (const v1::Decision& later : spec.decisions()) {
        if (later.replaces() == decision.id()) return "replaced by " + later.id();
      }
      return "replaced";
    case v1::Decision::FORCE_VOID:
      return "taken back";
    default:
      return "not known";
  }
}

void WriteNotes(const MeetingPapers& papers,
                const google::protobuf::RepeatedPtrField<v1::Note>& notes, MarkdownWriter& out) {
  if (notes.empty()) out.Line("- Notes: none");
  for (const v1::Note& note : notes) {
    out.Quote("", fmt::format("Notes ({})", NameText(papers, note.author())), note.text());
  }
}

}  // namespace gavel::documents
