// One row of a table of stories: how it begins, what is asked, how it ends.
#pragma once

#include <functional>
#include <ostream>
#include <string>

#include "engine/domain/testing/scene.h"

namespace gavel::testing {

using Step = std::function<void(Scene&)>;
using Ask = std::function<absl::Status(Scene&)>;

// `kind` by `actor`; `$M` in the request stands for the meeting's id.
inline Ask By(const std::string& actor, CommandKind kind, const std::string& request = "") {
  return [=](Scene& scene) {
    std::string text = request;
    if (const size_t at = text.find("$M"); at != std::string::npos) {
      text.replace(at, 2, "'" + scene.meeting.id() + "'");
    }
    return scene.Do(actor, kind, text);
  };
}

// AddRevision by ana.
inline Ask NewRevision(const std::string& bytes, const RevisionText& text = {}) {
  return [=](Scene& scene) { return scene.Revise(bytes, text); };
}

// A timer at its time.
inline Ask Timer(const std::string& timer) {
  return [=](Scene& scene) { return scene.Fire(timer); };
}

inline Step To(v1::Spec::State state) {
  return [=](Scene& scene) { scene.PlayTo(state); };
}

inline Step Then(const Step& first, const Step& second) {
  return [=](Scene& scene) {
    first(scene);
    second(scene);
  };
}

inline Step Says(v1::ReviewMode mode, bool author_gate = false) {
  return [=](Scene& scene) { scene.verdict = VerdictOf(mode, author_gate); };
}

// In the meeting, fay and kim having approved.
inline void InMeetingWithApprovals(Scene& scene) {
  scene.PlayTo(v1::Spec::STATE_IN_MEETING);
  scene.Position("fay");
  scene.Position("kim");
}

// Approved by the meeting; fay and chen were not there.
inline void ApprovedByMeeting(Scene& scene) {
  InMeetingWithApprovals(scene);
  scene.meeting.add_attendance()->set_person("kim");
  scene.Outcome("APPROVE");
}

struct Story {
  const char* name;  // A sentence.
  int row;           // Of lifecycle.md; 0 for a command that does not move the spec.
  CommandKind command;
  Step before;
  Ask ask;
  std::string end;   // The state it leads to, or the reason of the refusal.
  std::string says;  // The types of the events, or a part of the refusal's message.
};

inline void PrintTo(const Story& story, std::ostream* os) { *os << story.name; }

}  // namespace gavel::testing
