#include "engine/domain/health/pulse.h"

#include <algorithm>

namespace gavel::health {

void PulseSum::Add(const v1::Pulse& pulse, const std::string& meeting) {
  ++answers;
  useful += pulse.useful();
  heard += pulse.heard();
  on_topic += pulse.on_topic();
  meetings.insert(meeting);
}

void PulseSum::Add(const PulseSum& other) {
  answers += other.answers;
  useful += other.useful;
  heard += other.heard;
  on_topic += other.on_topic;
  meetings.insert(other.meetings.begin(), other.meetings.end());
}

void PulseBox::Add(absl::Time time, PersonNumber person, const std::string& meeting,
                   const v1::Pulse& pulse) {
  answers_.push_back(time);
  const bool author = pulse.role() == "presenter";
  (author ? batch_.authors : batch_.others).Add(pulse, meeting);
  (author ? batch_authors_ : batch_others_).insert(person);
  std::set<PersonNumber> people = batch_authors_;
  people.insert(batch_others_.begin(), batch_others_.end());
  if (people.size() >= kPulseFloor) EndBatch(time);
}

int PulseBox::NewOnSmallerSide() const {
  const auto fresh = [&](const std::set<PersonNumber>& people) {
    return std::count_if(people.begin(), people.end(), [&](PersonNumber person) {
      return run_people_.count(person) == 0;
    });
  };
  return static_cast<int>(std::min(fresh(batch_authors_), fresh(batch_others_)));
}

void PulseBox::EndBatch(absl::Time time) {
  batches_.push_back({.time = time, .sides = batch_});
  run_smaller_sides_ += NewOnSmallerSide();
  run_.authors.Add(batch_.authors);
  run_.others.Add(batch_.others);
  run_people_.insert(batch_authors_.begin(), batch_authors_.end());
  run_people_.insert(batch_others_.begin(), batch_others_.end());
  batch_ = {};
  batch_authors_.clear();
  batch_others_.clear();
  if (run_smaller_sides_ < kPulseFloor) return;
  runs_.push_back({.time = time, .sides = run_});
  run_ = {};
  run_people_.clear();
  run_smaller_sides_ = 0;
}

PulseSum PulseBox::Sum(PulseRole role, absl::Time from, absl::Time to) const {
  PulseSum sum;
  for (const Ended& ended : role == PulseRole::kAll ? batches_ : runs_) {
    if (ended.time < from || ended.time >= to) continue;
    if (role != PulseRole::kOthers) sum.Add(ended.sides.authors);
    if (role != PulseRole::kAuthors) sum.Add(ended.sides.others);
  }
  return sum;
}

bool PulseBox::Answered(absl::Time from, absl::Time to) const {
  const auto first = std::lower_bound(answers_.begin(), answers_.end(), from);
  return first != answers_.end() && *first < to;
}

}  // namespace gavel::health
