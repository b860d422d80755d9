// The example of the design, as the tests of this folder share it: three specs on a Thursday in the
// example organisation.
#pragma once

#include <string>

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "engine/documents/meeting_papers.h"
#include "engine/domain/names.h"
#include "engine/domain/testing/acme.h"

namespace gavel::documents_test {

using documents::MeetingPapers;

template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// A local time in Berlin.
inline absl::Time Berlin(absl::CivilSecond local) {
  return testing::Acme().CalendarOf("media").zone().At(local).pre;
}

inline google::protobuf::Timestamp Stamp(absl::CivilSecond local) { return ToProto(Berlin(local)); }

inline v1::Spec UploadRetries() {
  return FromText<v1::Spec>(R"pb(
    key: 'MEDIA-47'
    area: 'media'
    title: 'Upload retries'
    authors: 'ana'
    presenter: 'ana'
    summary: 'Clients retry an upload that broke off, so that a tunnel costs seconds, not a file.'
    repository: 'github.com/acme/uploads'
    path: 'specs/2026-upload-retries.md'
    revisions { number: 1 words: 900 commit: 'c1' }
    revisions { number: 2 words: 1150 commit: '5d41402abc4b2a76b9719d911017c592ae2f1b3c' }
    open_decisions {
      question: 'at-least-once or dedupe in the client?'
      options: 'at-least-once'
      options: 'dedupe in the client'
      recommendation: 'at-least-once'
    }
    concerns {
      id: 'c1'
      title: 'retry storms'
      severity: SEVERITY_QUESTION
      raiser: 'fay'
      status: STATUS_OPEN
    }
    assignments { person: 'chen' reason: 'area:media' }
    assignments { person: 'fay' reason: 'area:media' }
    positions { person: 'fay' revision: 2 kind: KIND_APPROVE }
    positions { person: 'kim' revision: 2 kind: KIND_APPROVE }
    gates { id: 'area:media' area: 'media' approvals: 2 quorum: 2 satisfied: true }
  )pb");
}

inline v1::Spec SigningKeys() {
  return FromText<v1::Spec>(R"pb(
    key: 'MEDIA-51'
    area: 'media'
    title: 'Tenant-scoped signing keys'
    authors: 'bo'
    presenter: 'bo'
    consulted: 'security'
    summary: 'Per-tenant keys in the shared KMS, so that one leaked key exposes one tenant.'
    repository: 'github.com/acme/uploads'
    path: 'specs/2026-signing-keys.md'
    revisions { number: 1 words: 2000 }
    revisions { number: 2 words: 2400 }
    revisions { number: 3 words: 2710 commit: '7d793037a0760186574b0282f2f435e7b6e1a2c4' }
    open_decisions { question: 'who rotates the keys' options: 'the platform' options: 'each team' }
    concerns {
      id: 'c1'
      title: 'key rotation'
      severity: SEVERITY_BLOCKING
      raiser: 'dee'
      criteria: 'rotation is automated'
      status: STATUS_OPEN
    }
    assignments { person: 'chen' reason: 'area:media' }
    assignments { person: 'dee' reason: 'consulted:security' }
    positions { person: 'dee' revision: 2 kind: KIND_NEEDS_DISCUSSION stale: true }
    gates { id: 'area:media' area: 'media' approvals: 1 quorum: 2 }
    gates { id: 'consulted:security' area: 'security' approvals: 0 quorum: 1 }
  )pb");
}

inline v1::Spec AvatarCache() {
  return FromText<v1::Spec>(R"pb(
    key: 'MEDIA-58'
    area: 'media'
    title: 'Longer cache lifetime for avatars'
    authors: 'fay'
    presenter: 'fay'
    revisions { number: 1 words: 300 }
    open_decisions {
      question: 'One day or one week?'
      options: 'day'
      options: 'week'
      recommendation: 'week'
    }
    gates { id: 'area:media' area: 'media' approvals: 2 quorum: 2 satisfied: true }
  )pb");
}

inline v1::Spec Spare(const std::string& key, const std::string& title) {
  v1::Spec spec = FromText<v1::Spec>(R"pb(
    area: 'media'
    authors: 'ana'
    presenter: 'ana'
    revisions { number: 1 words: 700 }
  )pb");
  spec.set_key(key);
  spec.set_title(title);
  return spec;
}

inline v1::Slot SlotOf(const v1::Spec& spec, int order, int minutes) {
  v1::Slot slot;
  slot.set_spec(spec.key());
  slot.set_title(spec.title());
  slot.set_order(order);
  slot.set_place(order);
  slot.set_timebox_minutes(minutes);
  slot.set_revision(spec.revisions_size());
  slot.set_words(spec.revisions().rbegin()->words());
  slot.set_presenter(spec.presenter());
  slot.set_state(v1::Slot::STATE_PLANNED);
  return slot;
}

// Thursday 10 December 2026, 15:00 to 16:00, nothing on it.
inline MeetingPapers EmptyPapers() {
  MeetingPapers papers{.organisation = testing::Acme()};
  v1::Meeting& meeting = papers.meeting;
  meeting.set_id("2026-12-10-media");
  meeting.set_area("media");
  meeting.set_series("weekly");
  meeting.set_state(v1::Meeting::STATE_PLANNED);
  *meeting.mutable_start_time() = Stamp(absl::CivilSecond(2026, 12, 10, 15, 0));
  *meeting.mutable_end_time() = Stamp(absl::CivilSecond(2026, 12, 10, 16, 0));
  *meeting.mutable_freeze_time() = Stamp(absl::CivilSecond(2026, 12, 8, 10, 0));
  *meeting.mutable_minutes_due_time() = Stamp(absl::CivilSecond(2026, 12, 11, 15, 0));
  return papers;
}

// The week before, with one promise kept and two open.
inline v1::Meeting WeekBefore() {
  v1::Meeting meeting = FromText<v1::Meeting>(R"pb(
    id: '2026-12-03-media'
    area: 'media'
    state: STATE_CLOSED
    action_items {
      id: 'a1'
      owner: 'bo'
      text: 'rotation runbook'
      spec: 'MEDIA-51'
      due { year: 2026 month: 12 day: 8 }
    }
    action_items {
      id: 'a2'
      owner: 'ana'
      text: 'ask legal'
      due { year: 2026 month: 12 day: 10 }
    }
    action_items { id: 'a3' owner: 'kim' text: 'book a larger room' }
  )pb");
  *meeting.mutable_open_time() = Stamp(absl::CivilSecond(2026, 12, 3, 15, 0));
  *meeting.mutable_action_items(2)->mutable_done_time() =
      Stamp(absl::CivilSecond(2026, 12, 4, 9, 0));
  return meeting;
}

// The packet of the design's example: two specs and a consent item, a stand-by, two that wait.
inline MeetingPapers FullPapers() {
  MeetingPapers papers = EmptyPapers();
  for (const v1::Spec& spec :
       {UploadRetries(), SigningKeys(), AvatarCache(), Spare("MEDIA-60", "Cache tiers"),
        Spare("MEDIA-57", "Thumbnails on demand"), Spare("MEDIA-62", "Shared work queue")}) {
    papers.specs[spec.key()] = spec;
  }
  v1::Meeting& meeting = papers.meeting;
  meeting.set_facilitator("kim");
  meeting.set_notetaker("lee");
  *meeting.add_slots() = SlotOf(UploadRetries(), 1, 15);
  *meeting.add_slots() = SlotOf(SigningKeys(), 2, 25);
  meeting.mutable_slots(1)->add_joint_areas("platform");
  *meeting.add_slots() = SlotOf(AvatarCache(), 3, 1);
  meeting.mutable_slots(2)->set_quick(true);
  meeting.mutable_slots(2)->set_place(0);
  meeting.set_stand_by("MEDIA-60");
  meeting.set_stand_by_revision(1);
  for (const auto& [key, reason] : {std::pair("MEDIA-57", "revision is 1 day old"),
                                    std::pair("MEDIA-60", "all 3 places were taken"),
                                    std::pair("MEDIA-62", "presenter is away")}) {
    v1::NotPicked& rest = *meeting.add_not_picked();
    rest.set_spec(key);
    rest.set_reason(reason);
  }
  *papers.forecasts["MEDIA-57"].mutable_expected_time() =
      Stamp(absl::CivilSecond(2026, 12, 17, 15, 0));
  papers.earlier = {WeekBefore()};
  return papers;
}

// The same meeting held: one approved with conditions, one that ran over, one taken off.
inline MeetingPapers HeldPapers() {
  MeetingPapers papers = FullPapers();
  v1::Meeting& meeting = papers.meeting;
  meeting.set_state(v1::Meeting::STATE_CLOSED);
  *meeting.mutable_packet_time() = Stamp(absl::CivilSecond(2026, 12, 8, 10, 0));
  *meeting.mutable_open_time() = Stamp(absl::CivilSecond(2026, 12, 10, 15, 1));
  *meeting.mutable_close_time() = Stamp(absl::CivilSecond(2026, 12, 10, 15, 52));
  for (const auto& [person, role] : {std::pair("kim", "facilitator"), std::pair("lee", "notetaker"),
                                     std::pair("chen", "sponsor"), std::pair("ana", "presenter"),
                                     std::pair("dee", "attendee")}) {
    v1::Attendance& entry = *meeting.add_attendance();
    entry.set_person(person);
    entry.set_role(role);
  }

  v1::Slot& retries = *meeting.mutable_slots(0);
  retries.set_state(v1::Slot::STATE_DONE);
  retries.set_go(v1::Slot::GO_GO);
  retries.set_off_topic_marks(1);
  *retries.mutable_open_time() = Stamp(absl::CivilSecond(2026, 12, 10, 15, 6));
  *retries.mutable_close_time() = Stamp(absl::CivilSecond(2026, 12, 10, 15, 24));
  retries.mutable_outcome()->set_kind(v1::Outcome::KIND_APPROVE_WITH_CONDITIONS);
  retries.mutable_outcome()->set_decision("d1");
  retries.mutable_outcome()->set_recorded_by("kim");
  *retries.mutable_outcome()->mutable_record_time() = retries.close_time();
  v1::Note& note = *retries.add_notes();
  note.set_author("lee");
  note.set_text("Ana showed the retry graph.\nFay asked about **storms**; a cap answers it.");
  v1::Decision decision = FromText<v1::Decision>(R"pb(
    id: 'd1'
    outcome: DECISION_OUTCOME_APPROVED_WITH_CONDITIONS
    authority: AUTHORITY_MEETING
    revision: 2
    content_hash: '9f86d081884c7d65'
    decided_by: 'kim'
    meeting: '2026-12-10-media'
    force: FORCE_IN_FORCE
    rationale: 'Writing a thumbnail twice is harmless; a dedupe is not free.'
    dissent { person: 'fay' text: 'I would dedupe from the first day.' }
    conditions {
      id: 'k1'
      text: 'retries are capped at five'
      owner: 'ana'
      due { year: 2027 month: 1 day: 30 }
    }
  )pb");
  *decision.mutable_decide_time() = retries.close_time();
  *decision.mutable_final_time() = Stamp(absl::CivilSecond(2026, 12, 11, 15, 24));
  *papers.specs["MEDIA-47"].add_decisions() = decision;

  v1::Slot& keys = *meeting.mutable_slots(1);
  keys.set_state(v1::Slot::STATE_OVERRAN);
  *keys.mutable_open_time() = Stamp(absl::CivilSecond(2026, 12, 10, 15, 25));
  *keys.mutable_close_time() = Stamp(absl::CivilSecond(2026, 12, 10, 15, 52));

  v1::Slot& avatars = *meeting.mutable_slots(2);
  avatars.set_state(v1::Slot::STATE_RELEASED);
  avatars.set_reason("fay raised a concern in the room");
  *avatars.mutable_close_time() = keys.close_time();

  *meeting.add_action_items() = FromText<v1::ActionItem>(
      "id: 'a1' owner: 'lee' text: 'post the graph' due { year: 2026 month: 12 day: 14 }");
  v1::Event undone;
  undone.set_spec("MEDIA-47");
  undone.set_actor("kim");
  *undone.mutable_time() = Stamp(absl::CivilSecond(2026, 12, 10, 15, 20));
  undone.mutable_outcome_undone()->set_reason("recorded as approved without the condition");
  papers.undone = {undone};
  return papers;
}

}  // namespace gavel::documents_test
