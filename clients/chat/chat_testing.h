// What the bot's tests share: specs and meetings in states worth showing, a channel that obeys the
// bot and can fail like a service, a server that is a table, and a clock that never sleeps.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "clients/chat/channel.h"
#include "clients/chat/config.h"
#include "clients/chat/memory.h"
#include "clients/chat/message.h"
#include "clients/chat/source.h"
#include "clients/chat/waiter.h"
#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "gavel/v1/event.pb.h"

namespace gavel::chat {

inline absl::TimeZone Berlin() {
  absl::TimeZone zone;
  absl::LoadTimeZone("Europe/Berlin", &zone);
  return zone;
}

// Wall time in Berlin, December 2026.
inline absl::Time December(int day, int hour, int minute) {
  return absl::FromCivil(absl::CivilMinute(2026, 12, day, hour, minute), Berlin());
}

// MEDIA-51 of area media, submitted once, in async review.
inline SpecState ReviewedSpec() {
  SpecState state;
  v1::Spec& spec = state.spec;
  spec.set_key("MEDIA-51");
  spec.set_area("media");
  spec.set_title("Tenant-scoped signing keys");
  spec.set_summary("Per-tenant keys in the shared KMS, so that one leaked key exposes one tenant.");
  spec.set_state(v1::Spec::STATE_ASYNC_REVIEW);
  spec.add_authors("bo");
  spec.set_submitted_revision(1);
  spec.set_update_seq(48213);
  *spec.mutable_update_time() = ToProto(December(8, 9, 12));
  v1::Revision& revision = *spec.add_revisions();
  revision.set_number(1);
  revision.set_words(1310);
  spec.mutable_verdict()->set_mode(v1::REVIEW_MODE_ASYNC);
  spec.mutable_verdict()->set_summary("`kms/tenant-keys` is not a standard tier.");
  state.turn.add_people("chen");
  state.turn.add_people("dee");
  state.turn.set_action("take a first position");
  *state.turn.mutable_due_time() = ToProto(December(9, 17, 0));
  state.zone = Berlin();
  return state;
}

inline v1::Concern& AddBlock(v1::Spec& spec) {
  v1::Concern& concern = *spec.add_concerns();
  concern.set_id("c1");
  concern.set_title("key rotation");
  concern.set_text("A key that is never rotated leaks for ever.");
  concern.set_criteria("Rotation is automated.");
  concern.set_raiser("dee");
  concern.set_severity(v1::Concern::SEVERITY_BLOCKING);
  concern.set_status(v1::Concern::STATUS_OPEN);
  return concern;
}

inline v1::Decision& AddMeetingDecision(v1::Spec& spec) {
  spec.set_state(v1::Spec::STATE_APPROVED);
  v1::Decision& decision = *spec.add_decisions();
  decision.set_id("d1");
  decision.set_outcome(v1::DECISION_OUTCOME_APPROVED_WITH_CONDITIONS);
  decision.set_authority(v1::Decision::AUTHORITY_MEETING);
  decision.set_force(v1::Decision::FORCE_IN_FORCE);
  decision.set_rationale("Exposure falls to one tenant; the cost is known.");
  decision.set_decided_by("fay");
  decision.set_meeting("2026-12-10-media");
  *decision.mutable_decide_time() = ToProto(December(10, 15, 20));
  *decision.mutable_final_time() = ToProto(December(11, 15, 20));
  v1::Condition& condition = *decision.add_conditions();
  condition.set_text("rotation is automated before launch");
  condition.set_owner("bo");
  *condition.mutable_due() = ToDate(absl::CivilDay(2027, 1, 30));
  return decision;
}

// What the server says to dee on 8 December at 09:15: one thing is due today, one on Friday.
inline v1::Event ToldDee() {
  v1::Event event;
  *event.mutable_time() = ToProto(December(8, 9, 15));
  event.set_subject("people/dee");
  v1::PersonNotified& told = *event.mutable_person_notified();
  told.set_person("dee");
  *told.mutable_day() = ToDate(absl::CivilDay(2026, 12, 8));
  told.set_waiting_for_others(1);
  const auto add = [&](const char* spec, const char* title, const char* step, const char* text,
                       absl::Time due) {
    v1::NotifiedItem& item = *told.add_items();
    item.set_spec(spec);
    item.set_title(title);
    item.set_step(step);
    item.set_text(text);
    *item.mutable_due_time() = ToProto(due);
  };
  add("MEDIA-51", "Tenant-scoped signing keys", "due", "answer needed on “key rotation”",
      December(8, 17, 0));
  add("PLAT-57", "One cache for all", "turn", "take a first position", December(11, 17, 0));
  return event;
}

inline v1::Person Dee() {
  v1::Person person;
  person.set_id("dee");
  person.set_name("Dee Okoye");
  person.set_email("dee@example.org");
  person.set_slack("U02DEE");
  return person;
}

// A frozen meeting with two items and a stand-by.
inline MeetingState FrozenMeeting() {
  MeetingState state;
  state.seq = 48300;
  v1::Meeting& meeting = state.meeting;
  meeting.set_id("2026-12-10-media");
  meeting.set_area("media");
  meeting.set_zone("Europe/Berlin");
  meeting.set_state(v1::Meeting::STATE_FROZEN);
  *meeting.mutable_start_time() = ToProto(December(10, 15, 0));
  *meeting.mutable_end_time() = ToProto(December(10, 15, 50));
  *meeting.mutable_packet_time() = ToProto(December(8, 10, 0));
  meeting.set_stand_by("PLAT-60");
  const auto add = [&](const char* key, const char* title, int minutes, const char* presenter) {
    v1::Slot& slot = *meeting.add_slots();
    slot.set_spec(key);
    slot.set_title(title);
    slot.set_order(meeting.slots_size());
    slot.set_timebox_minutes(minutes);
    slot.set_presenter(presenter);
    slot.set_words(2200);
    slot.set_state(v1::Slot::STATE_PLANNED);
    v1::Spec& spec = state.specs.emplace_back();
    spec.set_key(key);
    spec.set_title(title);
    spec.add_revisions()->set_words(2200);
  };
  add("MEDIA-47", "Upload retries", 15, "ana");
  add("MEDIA-51", "Tenant-scoped signing keys", 20, "bo");
  state.specs[0].add_open_decisions()->set_question("At-least-once or dedupe?");
  state.specs[1].add_open_decisions()->set_question("Who rotates?");
  AddBlock(state.specs[1]);
  const auto reads = [&](const char* person, int minutes) {
    v1::PacketReader& reader = *meeting.add_readers();
    reader.set_person(person);
    reader.set_minutes(minutes);
  };
  reads("ana", 11);
  reads("chen", 22);
  reads("dee", 0);  // Nothing left to read: not named.
  v1::Spec& stand_by = state.specs.emplace_back();
  stand_by.set_key("PLAT-60");
  stand_by.set_title("Cache tiers");
  stand_by.add_revisions()->set_words(900);
  return state;
}

// Stands still; a wait moves it on and is written down.
class FakeWaiter final : public Waiter {
 public:
  absl::Time Now() const override { return now_; }
  bool Wait(absl::Duration pause) override {
    waits.push_back(pause);
    now_ += pause;
    return !stopped_;
  }
  bool stopped() const override { return stopped_; }
  void Stop() { stopped_ = true; }

  std::vector<absl::Duration> waits;

 private:
  absl::Time now_ = December(8, 9, 0);
  bool stopped_ = false;
};

// A chat service in memory. `answers` are taken in order, one per post or edit; without one, it
// says yes. A post that is answered kUnknown arrives when `arrives_unanswered` is set.
class FakeChannel final : public Channel {
 public:
  struct Shown {
    std::string id;
    std::string key;
    std::string text;
    std::string thread;
    std::string to;
    bool broadcast = false;
    bool again = false;
    int edits = 0;
  };

  explicit FakeChannel(Abilities abilities) : abilities_(abilities) {}

  Abilities abilities() const override { return abilities_; }

  SendResult Post(const Message& message, const PostOptions& options) override {
    ++calls;
    const SendResult answer = NextAnswer();
    const bool arrives = answer.kind == SendResult::Kind::kDone ||
                         (answer.kind == SendResult::Kind::kUnknown && arrives_unanswered);
    const std::string id = std::to_string(shown.size() + 1);
    if (arrives) {
      shown.push_back({id, message.group_key, TextOf(message),
                       options.thread ? options.thread->id : "", message.recipient,
                       options.broadcast, options.again});
    }
    SendResult result = answer;
    if (answer.kind == SendResult::Kind::kDone) result.placement = {"C1", id};
    return result;
  }

  SendResult Edit(const Message& message, const Placement& placement) override {
    ++calls;
    const SendResult answer = NextAnswer();
    if (answer.kind != SendResult::Kind::kDone) return answer;
    for (Shown& entry : shown) {
      if (entry.id != placement.id || deleted.contains(entry.id)) continue;
      entry.text = TextOf(message);
      ++entry.edits;
      return answer;
    }
    return {.kind = SendResult::Kind::kGone, .reason = "message_not_found"};
  }

  FindResult Find(const Message& message, const PostOptions&, const TimeWindow&) override {
    ++finds;
    for (auto entry = shown.rbegin(); entry != shown.rend(); ++entry) {
      if (entry->key != message.group_key || deleted.contains(entry->id)) continue;
      return {.placement = Placement{"C1", entry->id}};
    }
    return {};
  }

  int CountOf(const std::string& key) const {
    int count = 0;
    for (const Shown& entry : shown) count += entry.key == key ? 1 : 0;
    return count;
  }

  std::vector<Shown> shown;
  std::set<std::string> deleted;  // Ids.
  std::vector<SendResult> answers;
  bool arrives_unanswered = false;
  int calls = 0;
  int finds = 0;

 private:
  SendResult NextAnswer() {
    if (answers.empty()) return {};
    const SendResult answer = answers.front();
    answers.erase(answers.begin());
    return answer;
  }

  const Abilities abilities_;
};

inline constexpr Abilities kSlackLike = {.edit = true, .thread = true, .find = true};
inline constexpr Abilities kIrcLike = {};
inline constexpr Abilities kMailLike = {.cards = false, .recognisable = true};

// A server that is a table. Events are what `Log` appends; a cursor is a number as text.
class FakeSource : public Source {
 public:
  absl::StatusOr<LogHead> Head() override { return LogHead{log_id, head(), now}; }

  absl::StatusOr<SpecState> Spec(const std::string& key, int64_t) override {
    const auto found = specs.find(key);
    if (found == specs.end()) return absl::NotFoundError("no spec " + key);
    return found->second;
  }

  absl::StatusOr<MeetingState> Meeting(const std::string& id, MessageKind) override {
    const auto found = meetings.find(id);
    if (found == meetings.end()) return absl::NotFoundError("no meeting " + id);
    return found->second;
  }

  absl::StatusOr<PersonState> Person(const std::string& id, const std::string&) override {
    const auto found = people.find(id);
    if (found == people.end()) return absl::NotFoundError("no person " + id);
    return PersonState{found->second, Berlin()};
  }

  absl::StatusOr<Listing> ListSpecs() override {
    Listing listing;
    for (const auto& [key, state] : specs) listing.specs.push_back(state.spec);
    listing.seq = head();
    return listing;
  }

  absl::StatusOr<std::vector<v1::Meeting>> ListMeetings(absl::Time) override {
    std::vector<v1::Meeting> list;
    for (const auto& [id, state] : meetings) list.push_back(state.meeting);
    return list;
  }

  // Sends everything behind `position` in one response, then ends as a server that goes away.
  absl::Status Watch(const Position& position, const OnResponse& on_response) override {
    ++watches;
    if (!lose_cursor_with.empty()) {
      const std::string reason = lose_cursor_with;
      lose_cursor_with.clear();
      return MakeError(absl::StatusCode::kOutOfRange, reason, "the cursor is of no use");
    }
    const int64_t after =
        position.cursor.empty() ? position.through_seq : std::stoll(position.cursor);
    v1::WatchEventsResponse response;
    for (const v1::Event& event : events) {
      if (event.seq() > after) *response.add_events() = event;
    }
    response.set_from_seq_exclusive(after);
    response.set_through_seq(head());
    response.set_cursor(std::to_string(head()));
    if (!on_response(response)) return absl::OkStatus();
    return absl::UnavailableError("the server goes away");
  }

  int64_t head() const { return static_cast<int64_t>(events.size()); }

  v1::Event& Log(const std::string& spec, const std::string& meeting = "") {
    v1::Event& event = events.emplace_back();
    event.set_seq(head());
    event.set_spec(spec);
    event.set_meeting(meeting);
    return event;
  }

  std::string log_id = "log-1";
  absl::Time now = December(8, 9, 0);
  std::map<std::string, SpecState> specs;
  std::map<std::string, MeetingState> meetings;
  std::map<std::string, v1::Person> people;
  std::vector<v1::Event> events;
  std::string lose_cursor_with;
  int watches = 0;
};

// A folder of its own, gone at the end of the test.
class ChatTest : public ::testing::Test {
 protected:
  ChatTest() {
    std::string name = ::testing::TempDir() + "gavel-chat-XXXXXX";
    folder_ = mkdtemp(name.data());
    memory_ = *Memory::Open(folder_ + "/bot");
  }
  ~ChatTest() override { std::filesystem::remove_all(folder_); }

  // As after a crash: only what is in the file is left.
  void ForgetEverythingButTheFile() {
    memory_.reset();
    memory_ = *Memory::Open(folder_ + "/bot");
  }

  static Config EverythingTo(const std::string& name) {
    Config config;
    config.destinations.push_back({.name = name, .start = Destination::Start::kLog});
    config.routes.push_back({.to = {name}});
    return config;
  }

  std::string folder_;
  std::unique_ptr<Memory> memory_;
};

}  // namespace gavel::chat
