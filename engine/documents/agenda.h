// The agenda as a document, and with its revisions pinned the packet: one text for CLI, web, mail
// and chat, valid Markdown and readable as it stands. Deterministic; every empty part says "none".
#pragma once

#include <string>

#include "engine/documents/meeting_papers.h"

namespace gavel::documents {

// The agenda as it stands: a preview until revisions are pinned, then what the packet sends. Ends
// with a newline.
std::string AgendaMarkdown(const MeetingPapers& papers);

// What happened to the agenda after the packet went out: go and no-go, items taken off, the
// stand-by moving up, cancellation. A part to stand below the packet; empty where nothing happened.
std::string ChangesSincePacket(const MeetingPapers& papers);

}  // namespace gavel::documents
