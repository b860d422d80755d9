// The minutes as a document: what the room decided, by which authority and why; who was there; what
// was promised. The same text in CLI, web and mail; every empty part says "none".
#pragma once

#include <string>

#include "engine/documents/meeting_papers.h"

namespace gavel::documents {

// The minutes as the records stand now: a draft until they are published. A meeting that was not
// held has minutes too. Ends with a newline.
std::string MinutesMarkdown(const MeetingPapers& papers);

// What became of the meeting's decisions and promises after `published`. A part to stand below the
// minutes; empty where nothing happened.
std::string ChangesSinceMinutes(const MeetingPapers& papers, absl::Time published);

}  // namespace gavel::documents
