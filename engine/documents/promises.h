// Action items: what earlier meetings promised, which opens the next one.
#pragma once

#include <string>
#include <vector>

#include "engine/documents/meeting_papers.h"

namespace gavel::documents {

struct Promises {
  std::vector<v1::ActionItem> open;  // Oldest meeting first.
  std::vector<v1::ActionItem> done;  // Since the last held meeting began; the same order.
};

// Of `papers.earlier`.
Promises EarlierPromises(const MeetingPapers& papers);

// "Bo: rotation runbook (due Tue 8 Dec, 2 days overdue)", "Ana: ask legal (done Wed 9 Dec)".
// Overdue on the day of the meeting.
std::string PromiseText(const MeetingPapers& papers, const v1::ActionItem& item);

}  // namespace gavel::documents
