// Looking at the concerns of a spec.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/domain/situation.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

bool IsOpenBlock(const v1::Concern& concern);
bool IsAnswered(const v1::Concern& concern);

// By id, or by title (whole, any ASCII case). Null when there is none.
const v1::Concern* FindConcern(const v1::Spec& spec, std::string_view id_or_title);

// `c1 "key rotation"` of every concern, for messages.
std::vector<std::string> ConcernNames(const v1::Spec& spec);

// Who may clear the concern now: its owner; once they left or became an author, the owner of their
// gate, else of the area's gate, else who answers for the area. Never an author.
std::string OwnerNow(const Situation& situation, const v1::Concern& concern);

// True where the raiser has been silent for 5 business days after the answer: a facilitator may
// downgrade the concern.
bool IsStaleConcern(const Situation& situation, const v1::Concern& concern);

// Open blocking concerns, oldest first.
std::vector<const v1::Concern*> OpenBlocks(const v1::Spec& spec);

}  // namespace gavel
