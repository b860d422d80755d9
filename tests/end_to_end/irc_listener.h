// A real ngircd, and somebody who sits in a channel and hears what is said.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/testing/process.h"

namespace gavel::e2e {

class IrcServer {
 public:
  explicit IrcServer(std::string folder);

  void Start();  // On the port it had before.
  void Kill();
  const std::string& address() const { return address_; }  // `127.0.0.1:PORT`
  int port() const { return port_; }

 private:
  const std::string folder_;
  const int port_;
  const std::string address_;
  std::optional<Process> process_;
};

// Speaks IRC over a plain socket, with nothing of the bot's own code.
class IrcListener {
 public:
  IrcListener(const IrcServer& server, const std::string& nick, const std::string& channel);
  ~IrcListener();
  IrcListener(const IrcListener&) = delete;
  IrcListener& operator=(const IrcListener&) = delete;

  // Sends a raw line.
  void Send(const std::string& line);
  // What was said in the channel or to this nick so far: waits until `count` lines were, at most 10
  // s, and then a little longer for one too many.
  std::vector<std::string> Heard(size_t count);

 private:
  // Reads until a line contains `text`, or `patience` is over.
  bool ReadUntil(const std::string& text, absl::Duration patience);

  int socket_ = -1;
  std::string pending_;
  std::vector<std::string> heard_;
};

}  // namespace gavel::e2e
