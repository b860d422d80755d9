#include "engine/documents/promises.h"

#include <algorithm>

#include "engine/documents/markdown.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/wording.h"

namespace gavel::documents {
namespace {

absl::Time LastHeld(const MeetingPapers& papers) {
  absl::Time last = absl::InfinitePast();
  for (const v1::Meeting& meeting : papers.earlier) {
    if (meeting.has_open_time()) last = std::max(last, FromProto(meeting.open_time()));
  }
  return last;
}

std::string StatusText(const MeetingPapers& papers, const v1::ActionItem& item) {
  if (item.has_done_time()) {
    const absl::CivilDay day = absl::ToCivilDay(FromProto(item.done_time()), papers.zone());
    return fmt::format(" (done {})", DayText(day, DayOf(papers)));
  }
  if (!item.has_due()) return "";
  const absl::CivilDay due = ToCivilDay(item.due());
  const absl::civil_diff_t late = DayOf(papers) - due;
  if (late <= 0) return fmt::format(" (due {})", DayText(due, DayOf(papers)));
  return fmt::format(" (due {}, {} overdue)", DayText(due, DayOf(papers)),
                     CountText(static_cast<int>(late), "day"));
}

}  // namespace

Promises EarlierPromises(const MeetingPapers& papers) {
  const absl::Time last_held = LastHeld(papers);
  Promises promises;
  for (const v1::Meeting& meeting : papers.earlier) {
    for (const v1::ActionItem& item : meeting.action_items()) {
      if (!item.has_done_time()) {
        promises.open.push_back(item);
      } else if (FromProto(item.done_time()) >= last_held) {
        promises.done.push_back(item);
      }
    }
  }
  return promises;
}

std::string PromiseText(const MeetingPapers& papers, const v1::ActionItem& item) {
  const std::string about = item.spec().empty() ? "" : item.spec() + ", ";
  return fmt::format("{}: {}{}{}", NameText(papers, item.owner()), about, Inline(item.text()),
                     StatusText(papers, item));
}

}  // namespace gavel::documents
