#include "engine/domain/person_message.h"

#include <algorithm>
#include <tuple>

#include "engine/base/contains.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"

namespace gavel {
namespace {

constexpr int kDigestMinute = 9 * 60 + 15;
constexpr int kDaysAhead = 2 * 366;

// The hours in which the person may be written to.
class Hours {
 public:
  explicit Hours(const Addressee& addressee) : to_(addressee) {}

  // From the digest hour to the close of business; a digest hour outside of them is the opening.
  absl::Time Start(absl::CivilDay day) const {
    const absl::Time digest = to_.calendar.LocalTime(day, to_.digest_minute);
    const bool inside = to_.calendar.Opening(day) <= digest && digest < to_.calendar.Closing(day);
    return inside ? digest : to_.calendar.Opening(day);
  }

  // A business day on which they are there and were not told anything yet.
  bool IsFree(absl::CivilDay day) const {
    if (!to_.calendar.IsBusinessDay(day)) return false;
    if (to_.record.has_notified() && day <= ToCivilDay(to_.record.notified())) return false;
    const auto& absences = to_.record.absences();
    return std::none_of(absences.begin(), absences.end(), [day](const v1::Absence& absence) {
      return ToCivilDay(absence.from()) <= day && day <= ToCivilDay(absence.to());
    });
  }

  // The first instant at or after `time`; at the digest hour only, unless `any_hour`.
  absl::Time First(absl::Time time, bool any_hour) const {
    absl::CivilDay day = to_.calendar.DayOf(time);
    for (int ahead = 0; ahead < kDaysAhead; ++ahead, ++day) {
      const absl::Time start = Start(day);
      if (!IsFree(day) || time >= to_.calendar.Closing(day)) continue;
      if (time <= start) return start;
      if (any_hour) return time;
    }
    return absl::InfiniteFuture();
  }

 private:
  const Addressee& to_;
};

// When a rung may be said, whether or not that has passed.
absl::Time TimeToSay(const Hours& hours, const Rung& rung) {
  return hours.First(rung.step == step::kTurn ? rung.time + kFlurry : rung.time, rung.direct);
}

v1::NotifiedItem MakeItem(const OpenItem& item, const Rung& rung) {
  v1::NotifiedItem made;
  made.set_spec(item.spec);
  made.set_title(item.title);
  made.set_step(std::string(rung.step));
  made.set_text(item.text);
  if (item.due != absl::InfiniteFuture()) *made.mutable_due_time() = ToProto(item.due);
  *made.mutable_since_time() = ToProto(item.since);
  return made;
}

bool HasRole(const Organisation& organisation, const v1::Area& area, std::string_view person,
             absl::Time now) {
  return area.sponsor() == person || area.deputy() == person ||
         Contains(area.facilitators(), person) || Contains(area.notetakers(), person) ||
         Contains(organisation.ReviewersOf(area.id(), now), person);
}

}  // namespace

std::string HomeArea(const Organisation& organisation, std::string_view person,
                     std::string_view otherwise, absl::Time now) {
  for (const v1::Area& area : organisation.org().areas()) {
    if (HasRole(organisation, area, person, now)) return area.id();
  }
  return std::string(otherwise);
}

Addressee AddresseeIn(const Organisation& organisation, std::string_view area,
                      std::string_view person, const v1::PersonRecord& record) {
  const v1::AreaSettings& settings = organisation.FindArea(area)->settings();
  return {.person = person,
          .record = record,
          .calendar = organisation.CalendarOf(area),
          .digest_minute = settings.has_digest_minute() ? settings.digest_minute() : kDigestMinute};
}

absl::Time NextMessageTime(const Addressee& addressee, const std::vector<OpenItem>& items,
                           absl::Time now) {
  const Hours hours(addressee);
  absl::Time next = absl::InfiniteFuture();
  for (const OpenItem& item : items) {
    if (const auto rung = UnsaidRung(item, addressee.record, now)) {
      const absl::Time ready = TimeToSay(hours, *rung);
      // What should have been said before is said at the next chance, at whatever hour.
      next = std::min(next, ready > now ? ready : hours.First(now, /*any_hour=*/true));
    }
    if (const auto rung = NextRung(item, now)) next = std::min(next, TimeToSay(hours, *rung));
  }
  return next;
}

std::optional<v1::PersonNotified> MessageAt(const Addressee& addressee,
                                            const std::vector<OpenItem>& items,
                                            int waiting_for_others, absl::Time now) {
  if (NextMessageTime(addressee, items, now) > now) return std::nullopt;
  v1::PersonNotified message;
  std::vector<v1::NotifiedItem> unsaid;
  for (const OpenItem& item : items) {
    const auto rung = UnsaidRung(item, addressee.record, now);
    if (!rung.has_value()) continue;
    message.set_direct(message.direct() || rung->direct);
    unsaid.push_back(MakeItem(item, *rung));
  }
  const auto rank = [](const v1::NotifiedItem& item) {
    const absl::Time due =
        item.has_due_time() ? FromProto(item.due_time()) : absl::InfiniteFuture();
    return std::tuple(due, FromProto(item.since_time()), std::string_view(item.spec()));
  };
  std::stable_sort(unsaid.begin(), unsaid.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  message.set_person(std::string(addressee.person));
  *message.mutable_day() = ToDate(addressee.calendar.DayOf(now));
  message.mutable_items()->Assign(unsaid.begin(), unsaid.end());
  message.set_waiting_for_others(waiting_for_others);
  return message;
}

}  // namespace gavel
