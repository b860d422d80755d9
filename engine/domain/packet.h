// What the packet of a meeting holds, and who has to read what of it before they meet.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/domain/organisation.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

using SpecsByKey = std::map<std::string, v1::Spec, std::less<>>;

// Null when unknown.
const v1::Spec* FindSpec(const SpecsByKey& specs, std::string_view key);

// Slots on the agenda, in its order; without those released.
std::vector<const v1::Slot*> SlotsInOrder(const v1::Meeting& meeting);

// The revision with that number; the newest where `number` is 0, as it is before the freeze. `spec`
// must have one.
const v1::Revision& RevisionOf(const v1::Spec& spec, int number);

// Minutes to read one revision, rounded up.
int ReadingMinutes(const v1::Spec& spec, int revision);

// Minutes to read the whole packet: every spec on the agenda and the stand-by, each rounded up as
// documents show it, so that the parts add up to the whole. A spec that `specs` lacks counts with
// its slot's words.
int PacketMinutes(const v1::Meeting& meeting, const SpecsByKey& specs);

// One person's part of a packet.
struct PacketReading {
  std::string person;
  std::vector<std::string> specs;   // Keys that they present, review or decide on, agenda order.
  std::vector<std::string> unread;  // Those of them that they have not read yet.
  int minutes = 0;                  // To read `unread`.
};

// By person id. Whoever runs the meeting, takes notes or answers for the area reads everything, the
// stand-by too; the sponsor of a joint area its specs; reviewers what they were asked for or took a
// position on. Authors and the presenter know their own; a position that a later major revision did
// not make stale says that its reviewer has read. Nobody who has left.
std::vector<PacketReading> PacketReadings(const v1::Meeting& meeting, const SpecsByKey& specs,
                                          const Organisation& organisation);

v1::PacketReader ToProto(const PacketReading& reading);

}  // namespace gavel
