// Brings one channel up to date with what it should show, so that nothing appears twice whenever
// the bot is killed:
//
//   1. write down the intent to post      a crash from here on leaves the intent
//   2. post                               the answer may be lost
//   3. record where it is, drop the intent
//
// An intent found later is settled before anything else. A service that can be asked is asked
// whether the post arrived. For one that cannot (IRC, incoming webhooks), the post counts as
// arrived: a card or packet seen twice is worse than one seen late, and the next state is posted
// anyway. A decision must not be lost, so it is posted once more, marked "(again)"; so is
// everything by mail, where both copies carry one Message-ID. There are never more than two.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/chat/channel.h"
#include "clients/chat/config.h"
#include "clients/chat/holding.h"
#include "clients/chat/memory.h"
#include "clients/chat/message.h"
#include "clients/chat/next_step.h"
#include "clients/chat/retry_schedule.h"
#include "clients/chat/waiter.h"

namespace gavel::chat {

struct Outcome {
  enum class Kind {
    kDone,
    kLater,    // Something is in the way: call again after `pause`, with the state of then.
    kRefused,  // The service will say no every time; `reason` says why.
    kStopped,  // The bot is to stop.
  };

  Kind kind = Kind::kDone;
  absl::Duration pause;
  std::string reason;
  // With kDone: from then on (by the server's clock) what was held back may be sent.
  std::optional<absl::Time> held_until = std::nullopt;
};

// By when messages may have to wait: see clients/chat/holding.h.
struct Moment {
  absl::Time now;                           // By the server's clock.
  std::optional<absl::Time> waiting_until;  // Where they wait already.
};

// For one destination, used by one thread.
class Deliverer {
 public:
  struct Hooks {
    Jitter jitter;                     // Of the back-off.
    std::function<void()> after_send;  // Between a message's arrival and its record. May be empty.
  };

  // Everything must outlive the deliverer.
  Deliverer(const Config& config, const Destination& destination, Channel& channel, Memory& memory,
            Waiter& waiter, Hooks hooks);

  // True while messages may be in the channel that the bot has no record of, because its memory is
  // new: it then asks before it posts.
  void set_in_doubt(bool in_doubt) { in_doubt_ = in_doubt; }

  // Sends what is missing or has changed among `messages`, in order; stops at the first that cannot
  // be sent. Without a moment nothing is held back. Errors are the memory's own: nothing may go on
  // without it.
  absl::StatusOr<Outcome> Deliver(const std::vector<Message>& messages,
                                  const std::optional<Moment>& moment = {});

 private:
  struct Job;  // One message on its way.

  // Looks up what the channel shows of it and what there is to do.
  absl::StatusOr<Job> Prepare(const Message& message, StepFacts facts);
  // Whether something among `messages` is to be sent that must not wait.
  absl::StatusOr<bool> HasUrgent(const std::vector<Message>& messages, const StepFacts& facts);
  absl::Time HeldUntil(const Job& job, const Moment& moment) const;
  absl::StatusOr<Outcome> DeliverOne(Job& job);
  absl::StatusOr<Outcome> Post(Job& job);
  absl::StatusOr<Outcome> Edit(Job& job);
  // Finds out about an earlier attempt. Leaves `outcome` done where the message may be posted.
  absl::Status Settle(Job& job, const std::optional<Intent>& intent, Outcome& outcome);
  // What is remembered of an attempt that certainly did not arrive: what was before it.
  absl::Status TakeBack(const Job& job, const std::optional<Intent>& before);
  // Asks the service where the message is; `arrived` is nothing where it is not there.
  absl::StatusOr<Outcome> Ask(const Job& job, const std::optional<Intent>& intent,
                              std::optional<Placement>& arrived);
  absl::StatusOr<Outcome> Fail(const Job& job, const SendResult& result);
  absl::Status Record(const Job& job, const Placement& placement, const std::string& fingerprint,
                      MessageRow::Fate fate);
  bool Pace();

  const Config& config_;
  const Destination& destination_;
  Channel& channel_;
  Memory& memory_;
  Waiter& waiter_;
  const Hooks hooks_;
  Holding holding_;
  bool in_doubt_ = false;
  absl::Time next_send_ = absl::InfinitePast();
};

}  // namespace gavel::chat
