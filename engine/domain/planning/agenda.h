// The agenda as a document: one text for CLI, web, mail and the calendar feed, valid Markdown and
// readable as it stands. Deterministic; every empty part says "none".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace gavel {

struct AgendaActionItem {
  std::string owner;
  std::string text;
  std::optional<absl::CivilDay> due;
};

struct AgendaDecision {
  std::string question;
  std::string recommendation;  // May be empty.
};

struct AgendaBlock {
  std::string title;
  std::string raiser;
  std::string criteria;  // What would resolve it.
};

struct AgendaApproval {
  std::string gate;
  int given = 0;
  int needed = 0;
};

struct AgendaItem {
  std::string key;
  int revision = 0;  // Pinned: what the packet holds and the outcome is about.
  std::string title;
  std::string presenter;
  int minutes = 0;
  int reading_minutes = 0;
  bool quick = false;  // On the consent list, which comes after the specs.
  std::vector<AgendaDecision> decisions;
  std::vector<AgendaBlock> blocks;
  int questions = 0;  // Open concerns that do not block.
  std::vector<AgendaApproval> approvals;
  std::string packet;  // Link; may be empty.
};

struct AgendaStandBy {
  std::string key;
  std::string title;
};

struct AgendaNotToday {
  std::string key;
  std::string reason;
};

struct AgendaDocument {
  std::string areas;  // "media + platform"
  absl::Time start;
  absl::Time end;
  absl::TimeZone zone;
  std::string facilitator;  // Empty: nobody yet.
  std::string notetaker;
  int action_items = 0;  // Of earlier meetings, done ones too.
  std::vector<AgendaActionItem> open_action_items;
  std::vector<AgendaItem> items;    // In agenda order, each starting when the one before it ends.
  bool offers_consent_list = false;
  std::optional<AgendaStandBy> stand_by;
  std::vector<AgendaNotToday> not_today;
  std::string cancelled;  // Why the meeting was cancelled; empty: it is on.
  std::string next;       // "Thu 17 Dec 15:00": named when it is cancelled; may be empty.
};

// Ends with a newline. Control characters and line breaks in texts of people become one space, so a
// title cannot start a line of its own.
std::string RenderAgenda(const AgendaDocument& agenda);

}  // namespace gavel
