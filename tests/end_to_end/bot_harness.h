// The real parts that the bot's end-to-end tests put together: a gaveld with the shipped policy, a
// strict fake Slack, the bot itself, and the few commands that make a spec move.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/common/connection.h"
#include "nlohmann/json.hpp"
#include "tests/testing/process.h"

namespace gavel::e2e {

// A gaveld with a settable clock. Its state is `folder`/data.
class Server {
 public:
  explicit Server(std::string folder) : folder_(std::move(folder)) {}

  // Starts it, on the address it had before if there was one, and waits until it answers. A new log
  // begins at `now`.
  void Start(const std::string& now = "2026-11-23T08:00:00Z");
  void Kill();  // SIGKILL.
  void Stop();  // SIGTERM.
  const std::string& address() const { return address_; }
  std::string data() const { return folder_ + "/data"; }

  // Creates and submits a spec that is all on the paved road, as `author`. `wants` is `auto` (a
  // rule approves it) or `async` (people do). Returns its key.
  std::string Submit(const std::string& author, const std::string& path, const std::string& wants);
  // The reviewers of area media say yes, which decides a spec that wants async.
  void ApproveByReviewers(const std::string& key);
  // As `person`; fails the test on any error.
  void Comment(const std::string& person, const std::string& key);
  void RaiseBlock(const std::string& person, const std::string& key, const std::string& title);
  // Sets the development clock to a later time; timers on the way have fired when it returns.
  void AdvanceTo(const std::string& time);

 private:
  template <typename Response, typename Request>
  Response Call(const std::string& person, const Request& request);

  const std::string folder_;
  std::string address_;
  std::optional<Process> process_;
  std::map<std::string, std::unique_ptr<client::Connection>> connections_;  // By person.
};

// tests/testing/fake_slack.py.
class FakeSlack {
 public:
  explicit FakeSlack(const std::string& folder);

  const std::string& address() const { return address_; }
  // See the script for the keys.
  void Control(const nlohmann::json& faults) { Ask("/control", faults); }
  nlohmann::json State() { return Ask("/state", nlohmann::json::object()); }

  // Messages that are there and carry this metadata: `gavel_card`, `MEDIA-1`. A decision's key
  // begins with the spec's.
  std::vector<nlohmann::json> Messages(const std::string& event_type, const std::string& key);

 private:
  nlohmann::json Ask(const std::string& path, const nlohmann::json& body);

  std::string address_;
  std::optional<Process> process_;
};

// tests/testing/mail_server.py: a real SMTP server with a Maildir.
class MailServer {
 public:
  explicit MailServer(const std::string& folder);

  const std::string& address() const { return smtp_; }
  // See the script for the keys.
  void Control(const nlohmann::json& faults) { Ask("/control", faults); }
  nlohmann::json State() { return Ask("/state", nlohmann::json::object()); }
  // Everything that was taken, in order of arrival, as Python's `email` reads it.
  nlohmann::json Mails() { return State()["mails"]; }
  // The value of a header; empty where there is none.
  static std::string Header(const nlohmann::json& mail, const std::string& name);

 private:
  nlohmann::json Ask(const std::string& path, const nlohmann::json& body);

  std::string smtp_;
  std::string control_;
  std::optional<Process> process_;
};

// The bot with one `notify.yaml`; its state is `folder`/bot.
class Bot {
 public:
  Bot(std::string folder, const std::string& notify_yaml);

  // A credential file of that name.
  void PutCredential(const std::string& name, const std::string& text);
  // `gavel-bot run --once` and its exit code.
  int RunOnce(const Server& server, std::vector<std::string> more = {}) const;
  // `gavel-bot run`, until it is told to stop.
  Process Follow(const Server& server) const;
  // Replaces `notify.yaml`, as an editor does.
  void Rewrite(const std::string& notify_yaml) const;
  std::string state() const { return folder_ + "/bot"; }
  std::string Log() const;

 private:
  Process::Options OptionsFor(const Server& server, std::vector<std::string> more) const;

  const std::string folder_;
};

// Slack destination `review` at `slack`, everything routed to it.
std::string SlackNotify(const FakeSlack& slack, const std::string& more = "");

}  // namespace gavel::e2e
