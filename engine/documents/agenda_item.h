// What an agenda says of one spec below its time and title.
#pragma once

#include <string>
#include <string_view>

#include "engine/documents/markdown.h"
#include "engine/documents/meeting_papers.h"

namespace gavel::documents {

// Who presents it there: a delegate where the author is away.
std::string PresenterText(const MeetingPapers& papers, const v1::Slot& slot);

// What it is about, what is to be decided with options and recommendation, what blocks it, what is
// to be read, asked and approved. `shared_with` is the spec whose place it shares, or empty.
void WriteItemBody(const MeetingPapers& papers, const v1::Slot& slot, std::string_view shared_with,
                   MarkdownWriter& out);

// The little that a consent item needs: its one decision, and the reading.
void WriteConsentBody(const MeetingPapers& papers, const v1::Slot& slot, MarkdownWriter& out);

}  // namespace gavel::documents
