// The author and the reviewers of the simulation. Every method is the commands they would give;
// what the lifecycle refuses comes back as its error.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/simulation/history.h"
#include "engine/simulation/service.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::simulation {

class People {
 public:
  // `service` must outlive the people.
  explicit People(Service& service) : service_(service) {}

  // Registers a draft; its key.
  absl::StatusOr<std::string> Register(std::string_view spec, std::string_view title);

  // Takes up again what was withdrawn or rejected. Anything else is on its way already: its next
  // revision comes with its next review.
  absl::Status Return(const std::string& key);

  // A review that ended and found that the room has to decide: leads to QUEUED.
  absl::Status SendToRoom(const std::string& key);

  // A decision without the room.
  absl::Status Decide(const std::string& key, Verdict verdict);

  absl::Status Withdraw(const std::string& key, std::string_view reason);

  // A deferred spec has come to its wake date, and the history does not take it up: it waits on.
  absl::Status DeferAgain(const std::string& key);

  // Both reviewers say so of the newest revision.
  absl::Status TakePositions(const std::string& key, v1::Position::Kind kind);

  // The author has done what the approval asks for.
  absl::Status MeetConditions(const std::string& key);

  // What a deferred spec waits for, as far as the engine lets it wait.
  v1::Deferral DeferralOf() const;

 private:
  // Leads to ASYNC_REVIEW, by the command that the spec's state has for it.
  absl::Status OpenReview(const std::string& key);
  // A new text, other than any before, that no earlier position speaks of.
  absl::Status Revise(const std::string& key);
  absl::Status ResolveBlocks(const v1::Spec& spec);
  absl::Status Reopen(const std::string& key);
  absl::Status Reject(const std::string& key);
  absl::Status ReturnToAuthor(const std::string& key);

  Service& service_;
};

}  // namespace gavel::simulation
