// Tells people what waits for them: the server says whom and what (PersonNotified), `notify.yaml`
// says how.
//
//   PersonNotified → the person's row in the memory, with the cursor → a way → record → row dropped
//
// A person has at most one row: after the bot was down, nobody gets a stack of old news, but one
// message, the newest, with what the others said and it does not. It is told when it can be, late
// rather than never, because the server does not repeat what it has said; its days are then told as
// seen from that day, and after a week it is dropped. The person's quiet hours hold it back. What
// was told is remembered by person and day, so neither a crash nor a lost answer tells it twice.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "clients/chat/config.h"
#include "clients/chat/deliverer.h"
#include "clients/chat/follower.h"
#include "clients/chat/person_teller.h"

namespace gavel::chat {

class PeopleWorker final : public Follower {
 public:
  struct Options {
    bool once = false;
    Deliverer::Hooks hooks;
  };

  // Everything must outlive the worker.
  PeopleWorker(const Config& config, const std::vector<Way>& ways, Source& source, Memory& memory,
               Waiter& waiter, Options options);

 private:
  // Both begin at the head of the log: what was said to people before is not said again.
  absl::Status Join(const LogHead& head) override;
  absl::Status Resync() override;
  absl::Status Apply(const v1::WatchEventsResponse& response, const Position& position) override;
  absl::Status Tick() override;
  void Idle() override { teller_.Idle(); }

  // Puts what `event` says into the person's row.
  absl::Status Keep(v1::Event event);
  // One attempt for everybody whose time has come; how long to wait where some are left.
  absl::StatusOr<absl::Duration> TellAll();
  absl::StatusOr<Outcome> TellOne(const Waiting& row, absl::Time now);

  const Config& config_;
  PersonTeller teller_;
};

}  // namespace gavel::chat
