// What minutes say of one spec below its title.
#pragma once

#include "engine/documents/markdown.h"
#include "engine/documents/meeting_papers.h"

namespace gavel::documents {

// Outcome, authority, why, dissent, conditions, until when it may be contested, what was taken
// back, go or no-go, minutes planned and used, off-topic marks, notes.
void WriteItemMinutes(const MeetingPapers& papers, const v1::Slot& slot, MarkdownWriter& out);

// Minutes the room spent on it, rounded to the nearest; 0 where it was not opened.
int MinutesUsed(const v1::Slot& slot);

// "in force", "stayed: a reviewer contests it", "taken back", "replaced by d2"; a clause.
std::string ForceText(const v1::Spec& spec, const v1::Decision& decision);

// "Notes (Lee)"; quoted where they have more than one line.
void WriteNotes(const MeetingPapers& papers,
                const google::protobuf::RepeatedPtrField<v1::Note>& notes, MarkdownWriter& out);

}  // namespace gavel::documents
