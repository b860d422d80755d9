#include "engine/domain/planning/agenda.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/weight.h"
#include "engine/domain/planning/wording.h"

namespace gavel {
namespace {

std::string Or(std::string_view text, std::string_view fallback) {
  const std::string line = OneLine(text);
  return line.empty() ? std::string(fallback) : line;
}

// A question keeps its own full stop or question mark; anything else gets one.
std::string Sentence(std::string_view text) {
  std::string line = Or(text, "not said");
  if (line.back() != '.' && line.back() != '?' && line.back() != '!') line += '.';
  return line;
}

// Writes top to bottom and keeps the time: each item starts when the one before it ends.
class Writer {
 public:
  explicit Writer(const AgendaDocument& agenda)
      : agenda_(agenda), cursor_(agenda.start + absl::Minutes(kOpeningMin)) {}

  std::string Write() {
    WriteHeading();
    WriteOpening();
    WriteSpecs();
    WriteConsentList();
    WriteClosing();
    return std::move(text_);
  }

 private:
  template <typename... Args>
  void Line(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...);
    text_ += '\n';
  }

  void WriteHeading() {
    const absl::TimeZone& zone = agenda_.zone;
    Line("# Spec review: {} — {}, {}-{} {}", Or(agenda_.areas, "no area"),
         DayYearText(absl::ToCivilDay(agenda_.start, zone)), ClockText(agenda_.start, zone),
         ClockText(agenda_.end, zone), zone.name());
    Line("");
    if (!agenda_.cancelled.empty()) {
      Line("**Cancelled**: {} Next: {}.", Sentence(agenda_.cancelled),
           Or(agenda_.next, "not planned yet"));
      Line("");
    }
    int minutes = 0;
    int reading = 0;
    for (const AgendaItem& item : agenda_.items) {
      minutes += item.minutes;
      reading += item.reading_minutes;
    }
    Line("Facilitator {} · notes {} · {}, {} min · reading {} min (revisions are pinned)",
         Or(agenda_.facilitator, "nobody yet"), Or(agenda_.notetaker, "nobody yet"),
         CountText(static_cast<int>(agenda_.items.size()), "item"), minutes, reading);
    Line("");
  }

  void WriteOpening() {
    const std::string open =
        agenda_.open_action_items.empty()
            ? "none open"
            : fmt::format("{} of {} open", agenda_.open_action_items.size(), agenda_.action_items);
    Line("- {} Opening, action items: {}", ClockText(agenda_.start, agenda_.zone), open);
    for (const AgendaActionItem& action : agenda_.open_action_items) {
      Line("  - {}: {}{}", Or(action.owner, "nobody"), Or(action.text, "not said"),
           DueText(action));
    }
  }

  std::string DueText(const AgendaActionItem& action) const {
    if (!action.due.has_value()) return "";
    const absl::civil_diff_t late = absl::ToCivilDay(agenda_.start, agenda_.zone) - *action.due;
    if (late <= 0) return fmt::format(" (due {})", DayText(*action.due));
    return fmt::format(" (due {}, {} overdue)", DayText(*action.due),
                       CountText(static_cast<int>(late), "day"));
  }

  void WriteSpecs() {
    bool any = false;
    for (const AgendaItem& item : agenda_.items) {
      if (item.quick) continue;
      any = true;
      WriteItemHead("- ", item);
      WriteItemBody(item);
    }
    if (!any) Line("- Specs: none");
  }

  void WriteConsentList() {
    if (!agenda_.offers_consent_list) return;
    const bool any = std::any_of(agenda_.items.begin(), agenda_.items.end(),
                                 [](const AgendaItem& item) { return item.quick; });
    Line("- {} Consent list, stopped by any concern:{}", ClockText(cursor_, agenda_.zone),
         any ? "" : " none");
    for (const AgendaItem& item : agenda_.items) {
      if (item.quick) WriteItemHead("  - ", item);
    }
  }

  void WriteItemHead(std::string_view indent, const AgendaItem& item) {
    Line("{}{} {} r{} {} ({}, {} min)", indent, ClockText(cursor_, agenda_.zone), item.key,
         item.revision, Or(item.title, "without a title"), Or(item.presenter, "no presenter"),
         item.minutes);
    cursor_ += absl::Minutes(item.minutes);
  }

  void WriteItemBody(const AgendaItem& item) {
    if (item.decisions.empty()) Line("  - Decide: none declared, the spec as a whole");
    for (const AgendaDecision& decision : item.decisions) {
      Line("  - Decide: {} Recommended: {}", Sentence(decision.question),
           Or(decision.recommendation, "none"));
    }
    if (item.blocks.empty()) Line("  - Blocking: none");
    for (const AgendaBlock& block : item.blocks) {
      Line("  - Blocking: “{}” ({}): done when {}", Or(block.title, "without a title"),
           Or(block.raiser, "nobody"), Or(block.criteria, "not said"));
    }
    Line("  - Read: {} min. Open: {}. Approvals: {}. Packet: {}", item.reading_minutes,
         item.questions == 0 ? "none" : CountText(item.questions, "question"),
         ApprovalsText(item), Or(item.packet, "none"));
  }

  static std::string ApprovalsText(const AgendaItem& item) {
    std::string text;
    for (const AgendaApproval& approval : item.approvals) {
      if (!text.empty()) text += ", ";
      text += fmt::format("{} {}/{}", approval.gate, approval.given, approval.needed);
    }
    return Or(text, "none");
  }

  void WriteClosing() {
    Line("- {} Closing: outcomes read back", ClockText(cursor_, agenda_.zone));
    Line("");
    if (agenda_.stand_by.has_value()) {
      Line("Stand-by: {} {}", agenda_.stand_by->key,
           Or(agenda_.stand_by->title, "without a title"));
    } else {
      Line("Stand-by: none");
    }
    Line("");
    WriteNotToday();
  }

  void WriteNotToday() {
    if (agenda_.not_today.empty()) {
      Line("Not today and why: none");
      return;
    }
    Line("Not today and why:");
    Line("");
    for (const AgendaNotToday& rest : agenda_.not_today) {
      Line("- {} ({})", rest.key, Or(rest.reason, "not said"));
    }
  }

  const AgendaDocument& agenda_;
  absl::Time cursor_;
  std::string text_;
};

}  // namespace

std::string RenderAgenda(const AgendaDocument& agenda) { return Writer(agenda).Write(); }

}  // namespace gavel
