// A chat channel that is a file: `channel.jsonl` in a folder, one JSON object a line, appended to
// and never rewritten. An edit is a further line, so the history of every card stays readable.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/chat/channel.h"

namespace gavel::chat {

// One message as it stands after every edit.
struct LocalMessage {
  std::string id;      // `m1`, `m2` …
  std::string thread;  // Id of the message it answers; empty for a post of its own.
  bool broadcast = false;
  std::string kind;  // `card`, `decision` …
  std::string key;   // Group key.
  std::string to;    // The one person it is for; empty for the channel.
  absl::Time posted;
  std::string text;                  // What the newest edit says, in lines.
  std::vector<std::string> history;  // Words it showed, oldest first, without repetitions.
};

// The messages of the channel in `folder`, oldest first. A line cut short by a crash is left out.
//
// Errors: NOT_FOUND without a channel there; DATA_LOSS for a line that does not parse.
absl::StatusOr<std::vector<LocalMessage>> ReadLocalChannel(const std::string& folder);

class LocalChannel final : public Channel {
 public:
  // `folder` is made at the first post.
  explicit LocalChannel(std::string folder) : folder_(std::move(folder)) {}

  Abilities abilities() const override { return {.edit = true, .thread = true, .find = true}; }
  SendResult Post(const Message& message, const PostOptions& options) override;
  SendResult Edit(const Message& message, const Placement& placement) override;
  FindResult Find(const Message& message, const PostOptions& options,
                  const TimeWindow& window) override;

 private:
  const std::string folder_;
};

// The whole channel as a terminal shows it: replies under what they answer, the words a card went
// through, the newest text. `color` uses ANSI bold and dim.
std::string ShowLocalChannel(const std::vector<LocalMessage>& messages, const absl::TimeZone& zone,
                             bool color);

}  // namespace gavel::chat
