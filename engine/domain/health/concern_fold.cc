#include "engine/domain/health/concern_fold.h"

#include <algorithm>

#include "engine/domain/names.h"

namespace gavel::health {
namespace {

ConcernLife* Find(SpecLife& life, const std::string& id) {
  for (ConcernLife& concern : life.concerns) {
    if (concern.id == id) return &concern;
  }
  return nullptr;
}

void Raise(const v1::Concern& concern, absl::Time now, People& people, SpecLife& life) {
  ConcernLife& raised = life.concerns.emplace_back();
  raised.id = concern.id();
  raised.raiser = people.NumberOf(concern.raiser());
  raised.raised = now;
  if (concern.severity() == v1::Concern::SEVERITY_BLOCKING) raised.blocked = now;
}

// What is raised to a block again is one again; whether it was a block first counts once.
void ChangeSeverity(v1::Concern::Severity severity, absl::Time now, ConcernLife& concern) {
  if (severity == v1::Concern::SEVERITY_BLOCKING) {
    concern.blocked = std::min(concern.blocked, now);
    return;
  }
  if (concern.blocked == kNever) return;
  concern.downgraded = std::min(concern.downgraded, now);
  if (severity == v1::Concern::SEVERITY_NOTE) concern.nit = std::min(concern.nit, now);
}

}  // namespace

void FoldConcernLife(const v1::Event& event, People& people, SpecLife& life) {
  const absl::Time now = FromProto(event.time());
  if (event.has_concern_raised()) {
    Raise(event.concern_raised().concern(), now, people, life);
  } else if (event.has_concern_severity_changed()) {
    const auto& changed = event.concern_severity_changed();
    if (ConcernLife* concern = Find(life, changed.concern())) {
      ChangeSeverity(changed.severity(), now, *concern);
    }
  } else if (event.has_concern_overruled()) {
    if (ConcernLife* concern = Find(life, event.concern_overruled().concern())) {
      concern->overruled = std::min(concern->overruled, now);
    }
  }
}

}  // namespace gavel::health
