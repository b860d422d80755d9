// Answers to the pulse, shown only in groups of at least five people.
//
// Guarded: answers of an area are collected in the order of the log into *batches*; a batch ends as
// soon as five different people have answered in it. Every figure that ever leaves, whatever the
// area and the span, is a mean over whole batches. So is every difference between two figures:
// asking for two spans a day apart, for all areas and for all but one, or again after each answer,
// shows no fewer than five people's answers together.
//
// By role (authors, who present, and everybody else) batches are collected further into *runs*.
// Two figures of roles and the batches' own ones could be subtracted from each other; what is left
// of each batch is then at least the smaller of its two sides. A run therefore ends only when the
// smaller sides of its batches, counting nobody twice, add up to five people. Then neither figure
// and no combination of any of them covers fewer.
//
// Not guarded: what five people say together says something of each where they all say the same;
// and four of five who compare notes know the fifth's answer. A small area may wait long for its
// figures by role, or never see them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/health/life.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::health {

inline constexpr int kPulseFloor = 5;

enum class PulseRole { kAll, kAuthors, kOthers };

// Sums of answers of whole batches.
struct PulseSum {
  int answers = 0;
  int useful = 0;
  int heard = 0;
  int on_topic = 0;
  std::set<std::string> meetings;

  void Add(const v1::Pulse& pulse, const std::string& meeting);
  void Add(const PulseSum& other);
};

// The pulses of one area. Add in the order of the log.
class PulseBox {
 public:
  void Add(absl::Time time, PersonNumber person, const std::string& meeting,
           const v1::Pulse& pulse);

  // What ended in [from, to).
  PulseSum Sum(PulseRole role, absl::Time from, absl::Time to) const;

  // True where somebody answered in [from, to), shown or not.
  bool Answered(absl::Time from, absl::Time to) const;

 private:
  // Both sides of a batch or run.
  struct Sides {
    PulseSum authors;
    PulseSum others;
  };
  struct Ended {
    absl::Time time;
    Sides sides;
  };

  void EndBatch(absl::Time time);
  // People of a batch who are new to the run, on its smaller side.
  int NewOnSmallerSide() const;

  std::vector<absl::Time> answers_;
  std::vector<Ended> batches_;
  std::vector<Ended> runs_;
  Sides batch_;
  std::set<PersonNumber> batch_authors_;
  std::set<PersonNumber> batch_others_;
  Sides run_;
  std::set<PersonNumber> run_people_;
  int run_smaller_sides_ = 0;
};

}  // namespace gavel::health
