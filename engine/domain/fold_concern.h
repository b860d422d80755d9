// The part of a spec's fold that is about concerns.
#pragma once

#include "gavel/v1/event.pb.h"
#include "gavel/v1/spec.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace gavel {

// Applies one event where it is about a concern. Total; see FoldSpec.
void FoldConcern(const v1::Event& event, v1::Spec& spec);

// Opens what was overruled at `time` again: the outcome that overruled it is taken back.
void ReopenOverruled(const google::protobuf::Timestamp& time, v1::Spec& spec);

}  // namespace gavel
