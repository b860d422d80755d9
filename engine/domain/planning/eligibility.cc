#include "engine/domain/planning/eligibility.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/wording.h"

namespace gavel {
namespace {

std::string AgeText(absl::civil_diff_t days) {
  if (days <= 0) return "revision is from today";
  return fmt::format("revision is {} old", CountText(static_cast<int>(days), "day"));
}

std::optional<Obstacle> CheckPresenter(const QueueItem& item) {
  if (item.presenter_available) return std::nullopt;
  return Obstacle{ObstacleKind::kPresenterAway, Fault::kAuthor, "presenter is away",
                  "name another presenter or a delegate"};
}

std::optional<Obstacle> CheckRevisionAge(const QueueItem& item, const MeetingTerms& meeting,
                                         const BusinessCalendar& calendar, absl::Time now) {
  const int needed = RevisionAgeRequired(item.words);
  const absl::CivilDay revised = calendar.DayOf(item.major_revision_time);
  if (revised <= calendar.BusinessDaysBefore(meeting.day, needed)) return std::nullopt;
  return Obstacle{ObstacleKind::kRevisionTooYoung, Fault::kAuthor,
                  AgeText(calendar.DayOf(now) - revised),
                  fmt::format("{} need {} before the meeting", CountText(item.words, "word"),
                              CountText(needed, "business day"))};
}

std::optional<Obstacle> CheckNotBefore(const QueueItem& item, const MeetingTerms& meeting) {
  if (!item.not_before.has_value() || *item.not_before <= meeting.day) return std::nullopt;
  const std::string day = DayText(*item.not_before, meeting.day);
  return Obstacle{ObstacleKind::kNotBefore, Fault::kAuthor,
                  fmt::format("author asked for {} or later", day),
                  "change not_before to come earlier"};
}

std::optional<Obstacle> CheckReviewers(const QueueItem& item) {
  if (2 * item.reviewers_available >= item.reviewers_required) return std::nullopt;
  return Obstacle{ObstacleKind::kReviewersAway, Fault::kOrganisation,
                  fmt::format("{} of {} required reviewers can come", item.reviewers_available,
                              item.reviewers_required),
                  "half of them, or their delegates, are needed"};
}

// A session of its own takes a spec of any length; every other meeting has to be able to hold it.
std::optional<Obstacle> CheckOwnSession(const QueueItem& item, const MeetingTerms& meeting) {
  if (!meeting.dedicated_to.empty()) return std::nullopt;
  std::string reason;
  if (item.own_session_only) {
    reason = "continued once already, so it waits for its own session";
  } else if (item.words > meeting.max_words) {
    reason = fmt::format("{} are more than a packet holds, so it needs its own session",
                         CountText(item.words, "word"));
  } else if (!FitsEmptyAgenda(item, meeting)) {
    reason = "longer than the whole meeting, so it needs its own session";
  } else {
    return std::nullopt;
  }
  return Obstacle{ObstacleKind::kOwnSessionNeeded, Fault::kOrganisation, std::move(reason),
                  "ask the facilitator for a session of its own"};
}

std::optional<Obstacle> CheckDedication(const QueueItem& item, const MeetingTerms& meeting) {
  if (!IsDedicatedToOthers(meeting, item.key)) return std::nullopt;
  return Obstacle{ObstacleKind::kOtherSession, Fault::kOrganisation,
                  fmt::format("the session is for {} only", ListText(meeting.dedicated_to)),
                  "it keeps its turn at the weekly meetings"};
}

}  // namespace

Fault Eligibility::fault() const {
  const bool author = std::any_of(obstacles.begin(), obstacles.end(), [](const Obstacle& obstacle) {
    return obstacle.fault == Fault::kAuthor;
  });
  return author ? Fault::kAuthor : Fault::kOrganisation;
}

std::string Eligibility::Reason() const {
  std::string text;
  for (const Obstacle& obstacle : obstacles) {
    if (!text.empty()) text += "; ";
    text += obstacle.reason;
  }
  return text;
}

bool Eligibility::Has(ObstacleKind kind) const {
  return std::any_of(obstacles.begin(), obstacles.end(),
                     [kind](const Obstacle& obstacle) { return obstacle.kind == kind; });
}

int RevisionAgeRequired(int words) {
  if (words <= 1500) return 2;
  if (words <= 4000) return 3;
  return 5;
}

Eligibility CheckEligible(const QueueItem& item, const MeetingTerms& meeting,
                          const BusinessCalendar& calendar, absl::Time now) {
  Eligibility eligibility;
  if (std::optional<Obstacle> elsewhere = CheckDedication(item, meeting)) {
    eligibility.obstacles.push_back(*std::move(elsewhere));
    return eligibility;
  }
  for (std::optional<Obstacle> obstacle :
       {CheckPresenter(item), CheckRevisionAge(item, meeting, calendar, now),
        CheckNotBefore(item, meeting), CheckReviewers(item), CheckOwnSession(item, meeting)}) {
    if (obstacle.has_value()) eligibility.obstacles.push_back(*std::move(obstacle));
  }
  return eligibility;
}

}  // namespace gavel
