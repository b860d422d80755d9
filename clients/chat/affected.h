// Which messages an event may have changed. Specs and meetings are never rendered from events: they
// only say what to look at again, so any number of them for one spec becomes at most one edit. What
// only an event tells (an alert, a new time) is rendered from it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "clients/chat/message.h"
#include "gavel/v1/event.pb.h"

namespace gavel::chat {

// Something to look at, and why.
struct Post {
  MessageKind kind = MessageKind::kCard;
  // The event. Of one that a listing stands for, only `spec` or `meeting` is set.
  v1::Event event;
};

// What the post is, the same for every event of one card: `card/MEDIA-42`,
// `packet/2026-12-10-media`, `alert/7301`.
std::string PostKey(const Post& post);

Post CardPost(const std::string& spec);
Post MeetingPost(MessageKind kind, const std::string& meeting);

struct Affected {
  std::set<std::string> specs;    // Keys.
  std::set<std::string> agendas;  // Meetings whose specs' cards name their place on the agenda.
  std::vector<Post> posts;        // In the order of what happened.
};

void AddAffected(const v1::Event& event, Affected& affected);

}  // namespace gavel::chat
