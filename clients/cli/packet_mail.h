// The packet of a meeting as a mail, ready to be sent by any mail program.
#pragma once

#include <string>

#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::cli {

// One RFC 5322 message: the packet as text and as HTML. The same packet is the same mail, byte for
// byte: id and date are the meeting's. `agenda` has its `html`. It is addressed to nobody by name,
// as the service knows no addresses.
std::string PacketMail(const v1::Meeting& meeting, const v1::GetAgendaResponse& agenda);

}  // namespace gavel::cli
