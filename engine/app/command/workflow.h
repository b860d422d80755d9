// Domain commands inside one transaction, and everything that follows from them: superseded specs,
// the stand-by moving up, meetings that lose their last item, timers.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/app/command/transaction.h"
#include "engine/app/environment.h"
#include "engine/domain/apply_meeting.h"
#include "engine/domain/command.h"
#include "engine/domain/organisation.h"
#include "engine/domain/situation.h"

namespace gavel::app {

class Workflow {
 public:
  // Both must outlive the workflow.
  Workflow(Transaction& transaction, const LivePolicy& policy)
      : transaction_(transaction), policy_(policy) {}

  Transaction& transaction() const { return transaction_; }
  const LivePolicy& policy() const { return policy_; }
  const Organisation& organisation() const { return *policy_.organisation; }
  absl::Time now() const { return transaction_.now(); }

  // Runs a command on a spec (for CreateSpec: on none). `meeting` names the meeting it is about;
  // empty: the spec's own. Errors: NOT_FOUND, and those of Apply.
  absl::Status RunSpec(const std::string& key, const Command& command,
                       std::string_view meeting = "");

  // Runs a command on a meeting. Errors: NOT_FOUND, and those of ApplyMeeting.
  absl::Status RunMeeting(const std::string& id, const MeetingCommand& command);

  // Closes a meeting that may be closed, and sends home what was not reached or not finished.
  absl::Status CloseMeeting(const std::string& id, std::string_view actor);

  // Cancels a meeting and releases every slot. `request` is the RPC's, or null with `reason`.
  absl::Status CancelMeeting(const std::string& id, std::string_view actor,
                             const google::protobuf::Message* request, const std::string& reason);

  // Makes the timers of a spec or meeting equal to what its state asks for; other subjects keep
  // theirs.
  absl::Status SetTimers(const std::string& subject);

  // SetTimers for everything that changed. Call last.
  absl::Status Finish();

  // Something that whoever runs the service has to hear of, once the command is durable.
  void Alert(std::string text) { alerts_.push_back(std::move(text)); }
  const std::vector<std::string>& alerts() const { return alerts_; }

  // What stands around a spec: its meeting, absences, what it supersedes. Lives as long as it.
  struct Surroundings {
    v1::Spec spec;
    std::optional<v1::Meeting> meeting;
    std::vector<v1::Spec> superseded;
    Absences absences;
  };
  absl::StatusOr<Surroundings> Around(v1::Spec spec, std::string_view meeting,
                                      const v1::Facts* facts) const;
  Situation SituationOf(const Surroundings& surroundings) const;

  absl::StatusOr<v1::Spec> GetSpec(const std::string& key) const;
  absl::StatusOr<v1::Meeting> GetMeeting(const std::string& id) const;
  // Absence records of the given people.
  absl::StatusOr<Absences> AbsencesOf(const std::vector<std::string>& people) const;

 private:
  absl::Status Consequences(const v1::Event& event);
  absl::Status AfterRelease(const v1::Event& event);

  Transaction& transaction_;
  const LivePolicy& policy_;
  std::vector<std::string> alerts_;
};

// Warns of each in the log.
void LogAlerts(const std::vector<std::string>& alerts);

}  // namespace gavel::app
