#include "engine/domain/fold_concern.h"

#include "engine/domain/concern.h"
#include "engine/domain/names.h"

namespace gavel {
namespace {

v1::Concern* MutableConcern(v1::Spec& spec, const std::string& id) {
  for (v1::Concern& concern : *spec.mutable_concerns()) {
    if (concern.id() == id) return &concern;
  }
  return nullptr;
}

void Reply(const v1::Event& event, const std::string& text, bool answer, v1::Concern& concern) {
  if (text.empty()) return;
  v1::ConcernReply& reply = *concern.add_replies();
  reply.set_author(event.actor());
  reply.set_text(text);
  reply.set_answer(answer);
  *reply.mutable_create_time() = event.time();
}

void Close(const v1::Event& event, v1::Concern::Status status, const std::string& text,
           v1::Concern* concern) {
  if (concern == nullptr) return;
  concern->set_status(status);
  concern->set_resolution(text);
  concern->set_closed_by(event.actor());
  *concern->mutable_close_time() = event.time();
  Reply(event, text, false, *concern);
}

void FoldSeverity(const v1::Event& event, v1::Concern& concern) {
  const v1::ConcernSeverityChanged& changed = event.concern_severity_changed();
  concern.set_severity(changed.severity());
  if (!changed.criteria().empty()) concern.set_criteria(changed.criteria());
  Reply(event, changed.text(), false, concern);
  if (changed.severity() != v1::Concern::SEVERITY_BLOCKING) return;
  // A block raised now: what was answered before was a question.
  *concern.mutable_raise_time() = event.time();
  concern.clear_answer_time();
  concern.clear_disputed();
}

}  // namespace

void FoldConcern(const v1::Event& event, v1::Spec& spec) {
  switch (event.payload_case()) {
    case v1::Event::kConcernRaised:
      *spec.add_concerns() = event.concern_raised().concern();
      if (event.concern_raised().concern().severity() == v1::Concern::SEVERITY_BLOCKING) {
        spec.set_engaged(true);
      }
      break;
    case v1::Event::kConcernAnswered:
      if (v1::Concern* concern = MutableConcern(spec, event.concern_answered().concern())) {
        *concern->mutable_answer_time() = event.time();
        concern->set_disputed(event.concern_answered().disputed());
        Reply(event, event.concern_answered().text(), true, *concern);
      }
      break;
    case v1::Event::kConcernResolved:
      Close(event, v1::Concern::STATUS_RESOLVED, event.concern_resolved().text(),
            MutableConcern(spec, event.concern_resolved().concern()));
      break;
    case v1::Event::kConcernWithdrawn:
      Close(event, v1::Concern::STATUS_WITHDRAWN, event.concern_withdrawn().text(),
            MutableConcern(spec, event.concern_withdrawn().concern()));
      break;
    case v1::Event::kConcernOverruled:
      Close(event, v1::Concern::STATUS_OVERRULED, event.concern_overruled().reason(),
            MutableConcern(spec, event.concern_overruled().concern()));
      break;
    case v1::Event::kConcernSeverityChanged:
      if (v1::Concern* concern = MutableConcern(spec, event.concern_severity_changed().concern())) {
        FoldSeverity(event, *concern);
        if (IsOpenBlock(*concern)) spec.set_engaged(true);
      }
      break;
    case v1::Event::kConcernInherited:
      if (v1::Concern* concern = MutableConcern(spec, event.concern_inherited().concern())) {
        concern->set_owner(event.concern_inherited().owner());
      }
      break;
    default:
      break;
  }
}

void ReopenOverruled(const google::protobuf::Timestamp& time, v1::Spec& spec) {
  for (v1::Concern& concern : *spec.mutable_concerns()) {
    const bool then = FromProto(concern.close_time()) == FromProto(time);
    if (concern.status() != v1::Concern::STATUS_OVERRULED || !then) continue;
    concern.set_status(v1::Concern::STATUS_OPEN);
    concern.clear_resolution();
    concern.clear_closed_by();
    concern.clear_close_time();
  }
}

}  // namespace gavel
