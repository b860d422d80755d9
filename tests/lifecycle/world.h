// A small Gavel without a store: some specs, the weekly meeting of one area, timers and a clock. It
// does what the application does around the core, and tells an observer of every step.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/domain/apply_meeting.h"
#include "engine/domain/command.h"
#include "engine/domain/deadlines.h"
#include "engine/domain/situation.h"
#include "gavel/v1/event.pb.h"

namespace gavel::lifecycle_test {

// One spec with its history, so that the history can be folded again.
struct Entry {
  v1::Spec spec;
  std::vector<v1::Event> events;
  Deadlines deadlines;
};

// What a step was about. `situation` is the one before it.
struct Step {
  const Situation& situation;
  const Command& command;
};

class Observer {
 public:
  virtual ~Observer() = default;
  // `entry` is as it became; `events` are its newest.
  virtual void Accepted(const Step& step, const std::vector<v1::Event>& events,
                        const Entry& entry) = 0;
  virtual void Refused(const Step& step, const absl::Status& status) = 0;
  // A timer of a spec has fired at `now`; `entry` is as it became.
  virtual void Fired(const std::string& timer, absl::Time due, absl::Time now,
                     const Entry& entry) = 0;
};

class World {
 public:
  World(std::shared_ptr<const Organisation> organisation, Absences absences, absl::Time start);

  void Watch(Observer* observer) { observer_ = observer; }

  absl::Time now() const { return now_; }
  const Organisation& organisation() const { return *organisation_; }
  const std::map<std::string, Entry>& specs() const { return specs_; }
  const v1::Meeting& meeting() const { return meetings_.at(current_); }
  Situation SituationOf(const v1::Spec& spec, std::string_view meeting = "") const;

  // The key of the next spec.
  std::string NextKey() const { return "MEDIA-" + std::to_string(next_number_); }
  // Runs a command; CreateSpec makes NextKey(). `meeting` is the one it names; empty: its own.
  absl::Status Run(const std::string& key, const Command& command, const std::string& meeting = "");
  absl::Status RunMeeting(const MeetingCommand& command);
  // Closes or cancels the current meeting; what was not reached or finished goes home.
  absl::Status CloseMeeting(const std::string& actor);
  absl::Status CancelMeeting(const std::string& actor, const std::string& reason);

  // Lets time pass; what is due meanwhile fires at its time, in order. Stops where a meeting opens,
  // so that people can speak in it.
  void Advance(absl::Duration duration);
  // Moves the clock to the next timer of a spec or of the meeting and fires it.
  void JumpToNextTimer();
  // The same for the timers of specs alone; false where there is none.
  bool JumpToNextSpecTimer();

  void Forget(const std::string& key) { specs_.erase(key); }

 private:
  struct Due {
    absl::Time time = absl::InfiniteFuture();
    std::string key;  // Empty: the meeting.
    std::string kind;
  };

  Due NextSpecTimer() const;
  Due NextTimer() const;
  void Fire(const Due& due);
  void FireMeetingTimer(const std::string& kind);
  void Tick() { now_ += absl::Microseconds(1); }
  void FoldIntoMeetings(const v1::Event& event);
  void Consequences(const v1::Event& event);
  void PlanNextMeeting();
  void PlanAgenda();
  void SendPacketOrCancel();
  absl::Status RunSystem(const std::string& key, CommandKind kind, const std::string& reason);

  std::shared_ptr<const Organisation> organisation_;
  const Absences absences_;
  absl::Time now_;
  Observer* observer_ = nullptr;
  int next_number_ = 1;
  std::map<std::string, Entry> specs_;
  std::map<std::string, v1::Meeting> meetings_;
  std::string current_;  // Id of the meeting ahead, or being held.
  v1::Planning planning_;
};

}  // namespace gavel::lifecycle_test
