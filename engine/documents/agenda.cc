#include "engine/documents/agenda.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "engine/documents/agenda_item.h"
#include "engine/documents/markdown.h"
#include "engine/documents/promises.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/weight.h"
#include "engine/domain/planning/wording.h"

namespace gavel::documents {
namespace {

bool IsPinned(const v1::Meeting& meeting) {
  return meeting.has_packet_time() ||
         std::any_of(meeting.slots().begin(), meeting.slots().end(),
                     [](const v1::Slot& slot) { return slot.revision() > 0; });
}

// The meeting's series; null for an ad-hoc session.
const v1::Series* SeriesOf(const MeetingPapers& papers) {
  for (const v1::Series& series : papers.area().series()) {
    if (series.id() == papers.meeting.series()) return &series;
  }
  return nullptr;
}

bool OffersConsentList(const MeetingPapers& papers) {
  const auto& slots = papers.meeting.slots();
  const v1::Series* series = SeriesOf(papers);
  return (series != nullptr && series->quick_items() > 0) ||
         std::any_of(slots.begin(), slots.end(), [](const auto& slot) { return slot.quick(); });
}

// Half of what the series sets aside for opening and closing comes first.
absl::Time FirstItemTime(const MeetingPapers& papers) {
  const v1::Series* series = SeriesOf(papers);
  const int minutes = series == nullptr ? kOpeningMin : NumbersOf(*series).opening_closing_min / 2;
  return FromProto(papers.meeting.start_time()) + absl::Minutes(minutes);
}

// Writes top to bottom and keeps the time: each item starts when the one before it ends.
class Agenda {
 public:
  explicit Agenda(const MeetingPapers& papers)
      : papers_(papers),
        meeting_(papers.meeting),
        slots_(SlotsInOrder(papers.meeting)),
        cursor_(FirstItemTime(papers)) {}

  std::string Write() {
    WriteHeading();
    WriteReaders();
    WriteOpening();
    WriteSpecs();
    WriteConsentList();
    out_.Line("- {} Closing: outcomes read back", Clock(cursor_));
    out_.Blank();
    WriteStandBy();
    WriteNotToday();
    return out_.Take();
  }

 private:
  std::string Clock(absl::Time time) const { return ClockText(time, papers_.zone()); }

  void WriteHeading() {
    out_.Line("# Spec review: {} — {}", AreasText(papers_), WhenText(papers_));
    out_.Blank();
    if (meeting_.state() == v1::Meeting::STATE_CANCELLED) {
      out_.Line("**Cancelled**: {}", NotHeldText(papers_));
      out_.Blank();
    }
    int minutes = 0;
    for (const v1::Slot* slot : slots_) minutes += slot->timebox_minutes();
    out_.Line("{} · {}, {} min · reading {} min ({})", RolesText(papers_),
              CountText(static_cast<int>(slots_.size()), "item"), minutes,
              PacketMinutes(meeting_, papers_.specs), PinnedText());
    out_.Blank();
  }

  std::string PinnedText() const {
    if (IsPinned(meeting_)) return "revisions are pinned";
    if (meeting_.state() != v1::Meeting::STATE_PLANNED) return "nothing was sent out";
    return fmt::format("a preview; sent out {}",
                       TimeText(FromProto(meeting_.freeze_time()), papers_.zone()));
  }

  void WriteReaders() {
    std::vector<std::string> done;
    std::vector<const PacketReading*> waiting;
    const auto readings = PacketReadings(meeting_, papers_.specs, papers_.organisation);
    for (const PacketReading& reading : readings) {
      if (reading.minutes > 0) {
        waiting.push_back(&reading);
      } else if (!reading.specs.empty()) {
        done.push_back(NameText(papers_, reading.person));
      }
    }
    out_.Line("Read before:{}", waiting.empty() ? " none" : "");
    out_.Blank();
    for (const PacketReading* reading : waiting) {
      out_.Line("- {} {} min ({})", NameText(papers_, reading->person), reading->minutes,
                Joined(reading->unread));
    }
    if (!waiting.empty() && !done.empty()) out_.Line("- Nothing left to read: {}", Joined(done));
    if (!waiting.empty()) out_.Blank();
  }

  void WriteOpening() {
    out_.Line("Agenda:");
    out_.Blank();
    const Promises promises = EarlierPromises(papers_);
    const size_t all = promises.open.size() + promises.done.size();
    out_.Line("- {} Opening, action items: {}", Clock(FromProto(meeting_.start_time())),
              all == 0 ? "none open" : fmt::format("{} of {} open", promises.open.size(), all));
    for (const v1::ActionItem& item : promises.open) {
      out_.Line("  - {}", PromiseText(papers_, item));
    }
    for (const v1::ActionItem& item : promises.done) {
      out_.Line("  - {}", PromiseText(papers_, item));
    }
  }

  void WriteSpecs() {
    const v1::Slot* before = nullptr;
    for (const v1::Slot* slot : slots_) {
      if (slot->quick()) continue;
      WriteItem("- ", *slot);
      const bool shares =
          before != nullptr && slot->place() > 0 && slot->place() == before->place();
      WriteItemBody(papers_, *slot, shares ? before->spec() : "", out_);
      before = slot;
    }
    if (before == nullptr) out_.Line("- Specs: none");
  }

  void WriteConsentList() {
    if (!OffersConsentList(papers_)) return;
    const bool any = std::any_of(slots_.begin(), slots_.end(),
                                 [](const v1::Slot* slot) { return slot->quick(); });
    out_.Line("- {} Consent list, stopped by any concern:{}", Clock(cursor_), any ? "" : " none");
    for (const v1::Slot* slot : slots_) {
      if (!slot->quick()) continue;
      WriteItem("  - ", *slot);
      WriteConsentBody(papers_, *slot, out_);
    }
  }

  void WriteItem(std::string_view indent, const v1::Slot& slot) {
    out_.Line("{}{} {} ({}, {} min)", indent, Clock(cursor_),
              ItemText(papers_, slot.spec(), slot.revision()), PresenterText(papers_, slot),
              slot.timebox_minutes());
    cursor_ += absl::Minutes(slot.timebox_minutes());
  }

  void WriteStandBy() {
    const v1::Spec* spec = FindSpec(papers_.specs, meeting_.stand_by());
    if (spec == nullptr) {
      out_.Line("Stand-by: none");
    } else {
      const int revision = meeting_.stand_by_revision();
      out_.Line("Stand-by: {} ({}), read {} min", ItemText(papers_, spec->key(), revision),
                NameText(papers_, spec->presenter()), ReadingMinutes(*spec, revision));
    }
    out_.Blank();
  }

  void WriteNotToday() {
    std::vector<const v1::NotPicked*> rest;
    for (const v1::NotPicked& each : meeting_.not_picked()) {
      const bool elsewhere = each.spec() == meeting_.stand_by() ||
                             std::any_of(slots_.begin(), slots_.end(), [&](const v1::Slot* slot) {
                               return slot->spec() == each.spec();
                             });
      if (!elsewhere) rest.push_back(&each);
    }
    out_.Line("Not today and why:{}", rest.empty() ? " none" : "");
    if (!rest.empty()) out_.Blank();
    for (const v1::NotPicked* each : rest) {
      const v1::Spec* spec = FindSpec(papers_.specs, each->spec());
      out_.Line("- {}{} ({}{})", each->spec(),
                spec == nullptr ? "" : " " + Inline(spec->title(), "without a title"),
                Inline(each->reason()), ExpectedText(each->spec()));
    }
  }

  // "; expected Thu 17 Dec"
  std::string ExpectedText(const std::string& key) const {
    const auto found = papers_.forecasts.find(key);
    if (found == papers_.forecasts.end() || !found->second.has_expected_time()) return "";
    const absl::Time time = FromProto(found->second.expected_time());
    return fmt::format("; expected {}", DayText(absl::ToCivilDay(time, papers_.zone())));
  }

  const MeetingPapers& papers_;
  const v1::Meeting& meeting_;
  const std::vector<const v1::Slot*> slots_;
  absl::Time cursor_;
  MarkdownWriter out_;
};

}  // namespace

std::string AgendaMarkdown(const MeetingPapers& papers) { return Agenda(papers).Write(); }

std::string ChangesSincePacket(const MeetingPapers& papers) {
  const v1::Meeting& meeting = papers.meeting;
  if (!papers.sent.has_value()) return "";
  std::vector<std::string> changes;
  for (const v1::Slot& slot : meeting.slots()) {
    const bool sent = papers.sent->count(slot.spec()) > 0;
    if (slot.state() == v1::Slot::STATE_RELEASED) {
      // Taken off before the packet: it never promised the item.
      if (slot.has_close_time() &&
          FromProto(slot.close_time()) < FromProto(meeting.packet_time())) {
        continue;
      }
      changes.push_back(fmt::format("{}: taken off, {}", slot.spec(), Inline(slot.reason())));
    } else if (!sent) {
      changes.push_back(
          fmt::format("{}: on the agenda now, {} min", slot.spec(), slot.timebox_minutes()));
    }
    if (slot.state() != v1::Slot::STATE_RELEASED && slot.go() == v1::Slot::GO_GO) {
      changes.push_back(fmt::format("{}: go", slot.spec()));
    }
  }
  if (meeting.state() == v1::Meeting::STATE_CANCELLED) {
    changes.push_back("**Cancelled**: " + NotHeldText(papers));
  }
  if (changes.empty()) return "";
  MarkdownWriter out;
  out.Blank();
  out.Line("Since this was sent out:");
  out.Blank();
  for (const std::string& change : changes) out.Line("- {}", change);
  return out.Take();
}

}  // namespace gavel::documents
