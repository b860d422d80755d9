// An IRC channel: joins it and says one line per state, decision, packet or cancelled meeting. Or
// people on a server: says it to their nicks.
//
// IRC has no ids, no edits and no way to ask what was said. A line counts as said once the server
// has answered a PING that was sent behind it: servers work through a connection in order.
#pragma once

#include <optional>
#include <string>

#include "clients/chat/channel.h"
#include "clients/chat/line_connection.h"
#include "clients/chat/secret.h"

namespace gavel::chat {

class IrcChannel final : public Channel {
 public:
  struct Options {
    std::string server;  // HOST:PORT.
    bool tls = true;
    std::string nick;     // `_` is added while it is taken.
    std::string channel;  // `#specs`; empty where it only speaks to people.
    Secret password;      // Of the server; empty for none.
  };

  explicit IrcChannel(Options options) : options_(std::move(options)) {}
  ~IrcChannel() override;

  Abilities abilities() const override { return {}; }
  SendResult Post(const Message& message, const PostOptions& options) override;
  // Answers the server's PINGs, so that it does not throw us out.
  void Idle() override;

 private:
  // OK when signed in, and in the channel where there is one. PERMISSION_DENIED when the server
  // will never let us in.
  absl::Status Join();
  absl::Status Register();
  bool IsAlive();
  std::string NextToken();
  // Says `text` to a channel or nick and waits until the server has worked through it.
  absl::Status Say(const std::string& target, const std::string& text);
  // Waits for the first line whose command is `wanted` and, unless `token` is empty, whose text is
  // `token`; answers PINGs on the way. Every error closes the connection, so the next attempt joins
  // again: PERMISSION_DENIED or FAILED_PRECONDITION for an error reply, final or not; UNAVAILABLE
  // when the connection broke or nothing came for 15 s.
  absl::Status Await(const std::string& wanted, const std::string& token);

  const Options options_;
  LineConnection connection_;
  bool joined_ = false;
  std::string nick_;
  int pings_ = 0;
};

}  // namespace gavel::chat
