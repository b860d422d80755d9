// What is remembered of each spec and each meeting so that health can be told for any span of time.
// Every fact carries its moment, so what was true at a time can be asked later. People are numbers
// here: their ids stay with the fold that made these and are in no figure.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::health {

using PersonNumber = int32_t;

inline constexpr absl::Time kNever = absl::InfiniteFuture();

// A stay in one state.
struct Visit {
  v1::Spec::State state = v1::Spec::STATE_UNSPECIFIED;
  absl::Time enter;
  absl::Time leave = kNever;
};

// A wait for the room: from when the spec was queued until it was opened or left the queue.
struct RoomWait {
  absl::Time since;
  absl::Time end = kNever;
  bool reached = false;  // It was opened.
};

// Back to the author: by the rules (then with the codes of what to mend) or by people.
struct Return {
  absl::Time time;
  bool by_rules = false;
  std::set<std::string> codes;
};

struct ConcernLife {
  std::string id;
  PersonNumber raiser = 0;
  absl::Time raised;
  absl::Time blocked = kNever;     // When it became a block first.
  absl::Time downgraded = kNever;  // When it stopped being one.
  absl::Time nit = kNever;         // When it became a mere note.
  absl::Time overruled = kNever;
};

// Something that was done and may have been undone.
struct Undoable {
  absl::Time time;
  absl::Time undone = kNever;
};

struct Stay {
  absl::Time from;
  absl::Time to = kNever;
};

struct ConditionLife {
  std::string id;
  std::string decision;
  // From when on which day counts: the first entry is the decision's, the others extensions.
  std::vector<std::pair<absl::Time, absl::CivilDay>> due;
  absl::Time met = kNever;
};

struct DecisionLife {
  std::string id;
  absl::Time time;
  absl::Time void_from = kNever;  // Undone, replaced, or its spec withdrawn or reopened.
  absl::Time undone = kNever;
  std::vector<Stay> stays;
  v1::Decision::Authority authority = v1::Decision::AUTHORITY_UNSPECIFIED;
  bool approves = false;
  bool has_rationale = false;
  bool silent = false;  // Nobody but its authors had said a word.
  // Without whose approval a gate would not have been satisfied.
  std::set<PersonNumber> needed;
};

// A moment, and whether it went well.
struct Check {
  absl::Time time;
  bool fine = false;
};

// What a person did with a spec that shows that they read it.
struct Reading {
  int position_revision = 0;                 // Of their newest position or anchored remark.
  absl::Time remark = absl::InfinitePast();  // Their newest position, comment or concern.
};

struct GateLife {
  std::set<PersonNumber> people;
  int quorum = 0;
};

// Grows with a spec's moves, decisions, concerns, conditions, reviewers and citations: what each
// spec may have a few of. Comments and minor revisions add nothing.
struct SpecLife {
  std::string key;
  std::string area;
  absl::Time created;
  std::set<PersonNumber> authors;
  std::vector<Visit> visits;
  std::vector<RoomWait> waits;

  std::vector<absl::Time> submissions;  // Resubmissions too.
  int first_time_authors = 0;           // Among its authors at the first one.
  std::vector<Return> returns;

  absl::Time review_opened = kNever;
  absl::Time first_position = kNever;
  std::map<PersonNumber, absl::Time> answered;  // First position of each reviewer.
  std::vector<absl::Time> lapses;
  absl::Time first_word = kNever;  // First comment, concern or worded position of a non-author.

  std::vector<GateLife> gates;
  std::set<PersonNumber> approvals;  // Fresh ones.
  std::map<PersonNumber, Reading> readings;

  std::vector<ConcernLife> concerns;
  std::vector<DecisionLife> decisions;
  std::vector<ConditionLife> conditions;
  std::vector<absl::Time> reopened;  // After a rejection.
  std::vector<absl::Time> contested;
  std::vector<Undoable> continued;
  std::string last_outcome;  // Decision id of the newest outcome; empty where it made none.
  std::vector<Check> audits;
  absl::Time superseded = kNever;
  std::map<std::string, absl::Time> cited_by;  // First time by each other spec.

  bool submitted_by(absl::Time time) const {
    return !submissions.empty() && submissions.front() < time;
  }
};

struct ItemLife {
  std::string spec;
  int timebox_minutes = 0;
  int pinned = 0;
  bool quick = false;  // Of the consent list.
  absl::Time opened = kNever;
  absl::Time ended = kNever;
  bool approved = false;
  bool overran = false;  // The meeting closed over it.
};

struct Seat {
  PersonNumber person = 0;
  std::string role;
};

struct MeetingLife {
  std::string id;
  std::string area;
  bool ad_hoc = false;
  absl::Time start;
  absl::Time planned = kNever;  // Cut-off.
  absl::Time packet = kNever;
  absl::Time opened = kNever;
  absl::Time closed = kNever;
  absl::Time cancelled = kNever;
  bool taken_off = false;  // Cancelled since the series no longer has it: nobody expected it.
  int requested_minutes = 0;
  int usable_minutes = 0;
  int off_topic = 0;
  std::vector<ItemLife> items;     // In order of assignment; released ones are gone.
  std::vector<Seat> seats;         // As recorded last.
  std::set<PersonNumber> asked;    // Who had to read something: presenters, reviewers, deciders.
  std::set<PersonNumber> readers;  // Who showed that they read an item, until it closed.
  std::set<PersonNumber> contributors;  // Who said something on an item in writing, until then.
};

}  // namespace gavel::health
