// What every post about a meeting begins with.
#pragma once

#include <string>
#include <vector>

#include "clients/chat/message.h"
#include "clients/chat/state.h"

namespace gavel::chat {

// UTC where the zone is unknown.
absl::TimeZone ZoneOf(const v1::Meeting& meeting);

// The specs it has or had on its agenda, in order, without released ones.
std::vector<v1::Slot> AgendaOf(const v1::Meeting& meeting);

// Nothing where the state holds none of that key.
const v1::Spec* FindSpec(const MeetingState& state, const std::string& key);

// A message about `state.meeting` without words yet.
Message BlankMeetingMessage(const MeetingState& state, MessageKind kind,
                            const std::string& base_url);

// Rows of columns as a fixed-width font shows them: each column as wide as its longest cell, two
// blanks between; the last is not padded. Cells are cleaned already.
std::vector<std::string> AlignColumns(const std::vector<std::vector<std::string>>& rows);

// `text` with a capital and a full stop.
std::string AsSentence(std::string text);

inline constexpr size_t kTitleColumnChars = 40;

}  // namespace gavel::chat
