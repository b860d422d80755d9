#include "engine/documents/meeting_papers.h"

#include "engine/base/contains.h"
#include "engine/documents/markdown.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/wording.h"
#include "fmt/format.h"

namespace gavel::documents {

std::string AreasText(const MeetingPapers& papers) {
  std::vector<std::string> ids = {papers.meeting.area()};
  for (const v1::Slot* slot : SlotsInOrder(papers.meeting)) {
    for (const std::string& id : slot->joint_areas()) {
      if (!Contains(ids, id)) ids.push_back(id);
    }
  }
  std::vector<std::string> names;
  for (const std::string& id : ids) {
    const v1::Area* area = papers.organisation.FindArea(id);
    names.push_back(Inline(area == nullptr ? id : area->name()));
  }
  return Joined(names, " + ");
}

std::string WhenText(const MeetingPapers& papers) {
  const absl::TimeZone zone = papers.zone();
  const absl::Time start = FromProto(papers.meeting.start_time());
  const absl::Time end = FromProto(papers.meeting.end_time());
  return fmt::format("{}, {}-{} {}", DayYearText(absl::ToCivilDay(start, zone)),
                     ClockText(start, zone), ClockText(end, zone), zone.name());
}

std::string RolesText(const MeetingPapers& papers) {
  return fmt::format("Facilitator {} · notes {}", NameText(papers, papers.meeting.facilitator()),
                     NameText(papers, papers.meeting.notetaker()));
}

std::string NotHeldText(const MeetingPapers& papers) {
  std::string text = CancelReasonText(papers.meeting.cancel_reason());
  int without = 0;
  std::string next = "not planned yet";
  if (papers.cancelled.has_value()) {
    without = papers.cancelled->approved_without();
    if (papers.cancelled->has_next_time()) {
      next = TimeText(FromProto(papers.cancelled->next_time()), papers.zone());
    }
  }
  if (without > 0) {
    text += fmt::format(" ({} {} approved without it)", CountText(without, "spec"),
                        without == 1 ? "was" : "were");
  }
  return fmt::format("{} Next: {}.", Sentence(text), next);
}

std::string ItemText(const MeetingPapers& papers, const std::string& key, int revision) {
  const v1::Spec* spec = FindSpec(papers.specs, key);
  if (spec == nullptr) return key;
  return fmt::format("{} r{} {}", key, RevisionOf(*spec, revision).number(),
                     Inline(spec->title(), "without a title"));
}

std::string NameText(const MeetingPapers& papers, std::string_view person) {
  if (person.empty()) return "nobody yet";
  return Inline(papers.organisation.NameOf(person));
}

absl::CivilDay DayOf(const MeetingPapers& papers) {
  return absl::ToCivilDay(FromProto(papers.meeting.start_time()), papers.zone());
}

}  // namespace gavel::documents
