// One spec and the meeting it may come to, played with real commands: nothing sets a state by hand.
#pragma once

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
#include "engine/domain/testing/acme.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::testing {

// 10:00 in Berlin on a day.
absl::Time Morning(absl::CivilDay day);

// `request` of a command from protobuf text, `revision: 1 kind: KIND_APPROVE`; null for the
// service's own commands.
std::unique_ptr<google::protobuf::Message> RequestOf(CommandKind kind, const std::string& text);

v1::Verdict VerdictOf(v1::ReviewMode mode, bool author_gate = false);

// What a new revision is like, beside its bytes.
struct RevisionText {
  std::string facts = "facts";                               // Stands for the facts hash.
  double changed_percent = 100;                              // Of the body's words.
  v1::Revision::Kind kind = v1::Revision::KIND_UNSPECIFIED;  // What the author calls it.
};

// Public members are what a test turns before the next command. Every command takes a second.
struct Scene {
  Scene();
  explicit Scene(std::shared_ptr<const Organisation> organisation);

  std::shared_ptr<const Organisation> organisation;
  v1::Spec spec;
  v1::Meeting meeting;    // 2026-12-10-media, planned.
  v1::Planning planning;  // Of the meeting's area.
  Absences absences;
  std::vector<v1::Spec> superseded;                        // What stands behind `spec.supersedes`.
  absl::Time now = Morning(absl::CivilDay(2026, 11, 30));  // A Monday.

  // What the next revision holds and what the rules say of it.
  v1::Facts facts;
  v1::Verdict verdict = VerdictOf(v1::REVIEW_MODE_ASYNC);

  std::vector<v1::Event> events;  // All of the spec's, oldest first.
  std::vector<std::string> last;  // Types of the newest command's events.

  Situation situation() const;
  v1::Spec::State state() const { return spec.state(); }
  const v1::Concern& concern(std::string_view title) const;
  const v1::Decision& decision() const { return spec.decisions(spec.decisions_size() - 1); }

  // Runs a command; what it brings beside its request comes from the members above.
  absl::Status Do(std::string_view actor, CommandKind kind, const std::string& request = "");
  // The same, and fails the test where it is refused.
  void Must(std::string_view actor, CommandKind kind, const std::string& request = "");
  absl::Status Run(const Command& command);

  // AddRevision by `author`. Equal `bytes` are equal contents.
  absl::Status Revise(const std::string& bytes, const RevisionText& text = {},
                      const std::string& author = "ana");

  absl::Status Meet(std::string_view actor, MeetingCommandKind kind,
                    const google::protobuf::Message* request = nullptr,
                    const v1::Event& payload = {});

  // Fires a timer at its time, which must be among the deadlines.
  absl::Status Fire(std::string_view timer);
  Deadlines deadlines() const { return DeadlinesOf(situation()); }

  // Steps of a story, each of which has to work.
  void Create(const std::string& key = "MEDIA-1", const std::string& author = "ana");
  void Submit(v1::ReviewMode mode = v1::REVIEW_MODE_ASYNC);
  void Position(const std::string& person, const std::string& kind = "APPROVE");
  void Block(const std::string& person, const std::string& title = "keys");
  void Answer(const std::string& title = "keys", bool disputed = false);
  void Queue();        // At the author's request.
  void Schedule();     // By the planner, on `meeting`.
  void Freeze();       // The packet goes out.
  void OpenMeeting();  // At its start.
  void OpenItem();
  void CloseMeeting();
  void Outcome(const std::string& kind, const std::string& more = "");

  // Plays a new spec to a state by the shortest way.
  void PlayTo(v1::Spec::State state);
};

// The names of a test's states and reasons, for messages.
std::string Reason(const absl::Status& status);

}  // namespace gavel::testing
