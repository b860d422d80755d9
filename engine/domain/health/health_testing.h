// Hand-made logs for the tests of health: one short call per thing that happens.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/health/health_fold.h"
#include "engine/domain/health/report.h"
#include "engine/domain/names.h"
#include "engine/domain/testing/acme.h"
#include "fmt/format.h"
#include "google/protobuf/text_format.h"

namespace gavel::health::testing {

// 10:00 in Berlin, days after Monday 2 November 2026; no holiday is near.
inline absl::Time DayAt(int day, int minute = 0) {
  absl::TimeZone zone;
  absl::LoadTimeZone("Europe/Berlin", &zone);
  const absl::CivilMinute at = absl::CivilMinute(2026, 11, 2, 10, 0) + minute;
  const absl::CivilDay date = absl::CivilDay(at) + day;
  return absl::FromCivil(
      absl::CivilMinute(date.year(), date.month(), date.day(), at.hour(), at.minute()), zone);
}

// Four weeks, and as many before.
inline Span FourWeeks() { return {DayAt(0), DayAt(28)}; }

class Log {
 public:
  // The service is there before the span before.
  Log() {
    On(-60);
    Add("policy", "", "", "system", "policy_published {}");
  }

  // From now on, events are of this moment; each further one is a second later.
  Log& On(int day, int minute = 0) {
    now_ = DayAt(day, minute);
    return *this;
  }

  // One event from protobuf text.
  void Add(const std::string& subject, const std::string& spec, const std::string& meeting,
           const std::string& actor, const std::string& text) {
    v1::Event event;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &event)) << text;
    event.set_seq(static_cast<int64_t>(events_.size()) + 1);
    event.set_subject(subject);
    event.set_spec(spec);
    event.set_meeting(meeting);
    event.set_actor(actor);
    event.set_area(area_);
    *event.mutable_time() = ToProto(now_);
    events_.push_back(std::move(event));
    now_ += absl::Seconds(1);
  }
  void Spec(const std::string& key, const std::string& actor, const std::string& text,
            const std::string& meeting = "") {
    Add("specs/" + key, key, meeting, actor, text);
  }
  void Meet(const std::string& id, const std::string& actor, const std::string& text,
            const std::string& spec = "") {
    Add("meetings/" + id, spec, id, actor, text);
  }
  // The area of what follows.
  void In(const std::string& area) { area_ = area; }

  void Draft(const std::string& key, const std::string& author = "ana") {
    Spec(key, author, "to_state: STATE_DRAFT spec_created {}");
    Revise(key, 1, author);
  }
  void Revise(const std::string& key, int number, const std::string& author = "ana",
              const std::string& more = "") {
    Spec(key, author,
         fmt::format("revision_added {{ revision {{ number: {} kind: KIND_MAJOR }} "
                     "authors: '{}' {} }}",
                     number, author, more));
  }
  // One gate of fay and kim with a quorum of 1 or 2.
  void Submit(const std::string& key, int quorum = 1) {
    Spec(key, "ana", "spec_submitted { revision: 1 }");
    Spec(key, "system", "to_state: STATE_ASYNC_REVIEW review_opened {}");
    Spec(key, "system",
         fmt::format("reviewers_assigned {{ gates {{ people: 'fay' people: 'kim' quorum: {} }} }}",
                     quorum));
  }
  void New(const std::string& key, const std::string& author = "ana") {
    Draft(key, author);
    Submit(key);
  }
  void Position(const std::string& key, const std::string& person,
                const std::string& kind = "KIND_APPROVE", const std::string& text = "") {
    Spec(key, person,
         fmt::format("position_taken {{ position {{ person: '{}' revision: 1 kind: {} "
                     "text: '{}' }} }}",
                     person, kind, text));
  }
  void Concern(const std::string& key, const std::string& person, const std::string& id,
               const std::string& severity = "SEVERITY_BLOCKING") {
    Spec(key, person,
         fmt::format("concern_raised {{ concern {{ id: '{}' raiser: '{}' severity: {} }} }}", id,
                     person, severity));
  }
  void Return(const std::string& key, const std::string& code) {
    Spec(key, "rules",
         fmt::format("to_state: STATE_CHANGES_REQUESTED returned_to_author {{ findings {{ "
                     "code: '{}' severity: SEVERITY_ERROR }} }}",
                     code));
  }
  void AskForChanges(const std::string& key) {
    Spec(key, "kim", "to_state: STATE_CHANGES_REQUESTED changes_requested {}");
  }
  void Resubmit(const std::string& key) {
    Spec(key, "ana", "resubmitted { revision: 1 }");
    Spec(key, "system", "to_state: STATE_ASYNC_REVIEW review_opened {}");
  }
  void Queue(const std::string& key) {
    Spec(key, "system", "to_state: STATE_QUEUED queued { reason: REASON_VERDICT }");
  }
  void Slot(const std::string& key, const std::string& meeting, int timebox = 15) {
    Spec(key, "system",
         fmt::format("to_state: STATE_SCHEDULED slot_assigned {{ slot {{ spec: '{}' "
                     "timebox_minutes: {} }} }}",
                     key, timebox),
         meeting);
  }
  void Open(const std::string& key, const std::string& meeting) {
    Spec(key, "kim", "to_state: STATE_IN_MEETING item_opened { revision: 1 }", meeting);
  }
  // A decision of people: in the room where `meeting` is given.
  void Approve(const std::string& key, const std::string& meeting = "",
               const std::string& more = "rationale: 'Sound.'", int number = 1) {
    Spec(key, "kim",
         fmt::format("to_state: STATE_APPROVED decision_recorded {{ decision {{ id: 'd{}' "
                     "authority: {} outcome: DECISION_OUTCOME_APPROVED {} }} }}",
                     number, meeting.empty() ? "AUTHORITY_ASYNC" : "AUTHORITY_MEETING", more),
         meeting);
  }
  void Reject(const std::string& key) {
    Spec(key, "chen",
         "to_state: STATE_REJECTED decision_recorded { decision { id: 'd1' authority: "
         "AUTHORITY_SPONSOR outcome: DECISION_OUTCOME_REJECTED rationale: 'No.' } }");
  }
  void AutoApprove(const std::string& key) {
    Spec(key, "rules",
         "to_state: STATE_AUTO_APPROVED decision_recorded { decision { id: 'd1' authority: "
         "AUTHORITY_RULE outcome: DECISION_OUTCOME_APPROVED rationale: 'r' } }");
  }

  // A meeting of the series on a day at 15:00.
  void Plan(const std::string& id, int day) {
    Meet(id, "system",
         fmt::format("meeting_planned {{ meeting {{ id: '{}' area: '{}' usable_minutes: 50 "
                     "start_time {{ seconds: {} }} }} }}",
                     id, area_, absl::ToUnixSeconds(DayAt(day, 300))));
  }
  void CutOff(const std::string& id, int requested) {
    Meet(id, "system", fmt::format("agenda_planned {{ requested_minutes: {} }}", requested));
  }
  void Packet(const std::string& id, const std::string& more = "") {
    Meet(id, "system", fmt::format("packet_sent {{ {} }}", more));
  }
  void OpenMeeting(const std::string& id, const std::string& facilitator = "kim") {
    Meet(id, facilitator, fmt::format("meeting_opened {{ facilitator: '{}' }}", facilitator));
  }
  // People and their roles, `fay attendee`.
  void Attend(const std::string& id,
              const std::vector<std::pair<std::string, std::string>>& people) {
    std::string text;
    for (const auto& [person, role] : people) {
      text += fmt::format("attendance {{ person: '{}' role: '{}' }} ", person, role);
    }
    Meet(id, "kim", fmt::format("attendance_recorded {{ {} }}", text));
  }
  void Close(const std::string& id) { Meet(id, "kim", "meeting_closed {}"); }
  void Cancel(const std::string& id, const std::string& reason = "NO_ITEMS") {
    Meet(id, "system", fmt::format("meeting_cancelled {{ reason: '{}' }}", reason));
  }
  void Pulse(const std::string& id, const std::string& person, const std::string& role, int useful,
             int heard, int on_topic) {
    Meet(id, person,
         fmt::format("pulse_submitted {{ person: '{}' pulse {{ role: '{}' useful: {} heard: {} "
                     "on_topic: {} }} }}",
                     person, role, useful, heard, on_topic));
  }

  const std::vector<v1::Event>& events() const { return events_; }

  HealthFold Fold() const {
    HealthFold fold;
    for (const v1::Event& event : events_) fold.Add(event);
    return fold;
  }

  v1::HealthReport Report(const Span& span = FourWeeks(), const std::string& area = "media",
                          const QueueReading& queue = {}) const {
    const HealthFold fold = Fold();
    return MakeReport(
        fold.lives(), gavel::testing::Acme(),
        {.area = area, .span = span, .queue = queue, .queue_before = QueueReading()});
  }

 private:
  std::vector<v1::Event> events_;
  std::string area_ = "media";
  absl::Time now_;
};

// A signal of a report by id, wherever it stands; the test fails where there is none.
inline v1::HealthSignal SignalIn(const v1::HealthReport& report, const std::string& id) {
  for (const auto& question : report.questions()) {
    for (const auto& signal : question.signals()) {
      if (signal.id() == id) return signal;
    }
  }
  for (const auto& pattern : report.patterns()) {
    for (const auto& signal : pattern.signals()) {
      if (signal.id() == id) return signal;
    }
  }
  ADD_FAILURE() << "no signal " << id;
  return {};
}

}  // namespace gavel::health::testing
