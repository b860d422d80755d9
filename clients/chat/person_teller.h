// Tells one person something by the first way that works, and never by two.
//
// A way that has no address for the person, or that refuses (nobody of that name, direct messages
// switched off), is passed over at once; one that cannot be reached after three attempts. A way
// whose answer was lost may have carried the message, so no other is tried until that is settled.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/chat/channel.h"
#include "clients/chat/config.h"
#include "clients/chat/deliverer.h"
#include "clients/chat/memory.h"
#include "clients/chat/waiter.h"
#include "gavel/v1/org.pb.h"

namespace gavel::chat {

// A destination, opened for speaking to people.
struct Way {
  const Destination* destination = nullptr;
  Channel* channel = nullptr;
};

// How `destination` names `person`; empty where it cannot reach them.
std::string AddressOf(const Destination& destination, const v1::Person& person,
                      const PersonPreferences& preferences);

// Used by one thread.
class PersonTeller {
 public:
  // Everything must outlive the teller.
  PersonTeller(const Config& config, const std::vector<Way>& ways, Memory& memory, Waiter& waiter,
               const Deliverer::Hooks& hooks);
  ~PersonTeller();

  // kDone: told now or before. kRefused: no way works. kLater: call again after `pause`. Errors are
  // the memory's own.
  absl::StatusOr<Outcome> Tell(const v1::Person& person, const PersonPreferences& preferences,
                               Message message);

  // Whether any way has carried the message of that key, or may have.
  absl::StatusOr<bool> IsBegun(const std::string& key);

  void Idle();

 private:
  struct Line;  // A way with its deliverer.
  struct Try;   // A line with the person's address.

  std::vector<Try> TriesFor(const v1::Person& person, const PersonPreferences& preferences) const;
  // True where one of `tries` has carried the message already.
  absl::StatusOr<bool> IsTold(const std::vector<Try>& tries, const std::string& key);
  absl::StatusOr<bool> IsInDoubt(const Try& attempt, const std::string& key);
  // True where it was tried often enough without success, and certainly in vain.
  absl::StatusOr<bool> IsWornOut(const Try& attempt, const std::string& key);
  // A way that was begun is settled before any other is tried.
  absl::Status PutInDoubtFirst(std::vector<Try>& tries, const std::string& key);
  absl::StatusOr<Outcome> TellBy(const Try& attempt, const Message& message);

  Memory& memory_;
  std::vector<std::unique_ptr<Line>> lines_;
};

}  // namespace gavel::chat
