#include "engine/app/bootstrap.h"

#include "engine/app/command/canonical_bytes.h"
#include "engine/app/command/committer.h"
#include "engine/app/command/entity.h"
#include "engine/app/insight/backtest_rebuild.h"
#include "engine/app/policy/policy_change.h"
#include "engine/app/policy/policy_check.h"
#include "engine/app/policy/policy_follow.h"
#include "engine/app/policy/policy_source.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/domain/roles.h"
#include "rules/compile/policy_files.h"

namespace gavel::app {
namespace {

v1::PolicyVersion FirstVersion(const LivePolicy& policy, absl::Time now) {
  v1::PolicyVersion version;
  version.set_source_hash(policy.source_hash);
  for (const std::string& pin : policy.rules->Pins()) version.add_pins(pin);
  *version.mutable_published() = policy.rules->published();
  *version.mutable_publish_time() = ToProto(now);
  version.set_publisher(std::string(kSystemActor));
  version.set_first(true);
  for (const std::string& rule : ChangedAutoRules(nullptr, *policy.rules)) {
    version.add_changed_auto_rules(rule);
  }
  return version;
}

absl::Status AppendFirst(Transaction& transaction, const LivePolicy& policy) {
  v1::Event event;
  event.set_subject(std::string(kPolicySubject));
  event.set_actor(std::string(kSystemActor));
  v1::PolicyPublished& published = *event.mutable_policy_published();
  *published.mutable_version() = FirstVersion(policy, transaction.now());
  *published.mutable_pins() = published.version().pins();
  published.set_source_hash(policy.source_hash);
  *published.mutable_published() = policy.rules->published();
  transaction.PutBody(policy.source_hash, CanonicalBytes(policy.rules->source()));
  return transaction.Append(std::move(event));
}

// The first publish, into an empty store: it needs no approval, and says that it had none.
absl::Status PublishFirst(Environment& environment, const v1::PolicySource& source) {
  GAVEL_ASSIGN_OR_RETURN(const Validation validation,
                         RequireValid(source, DateOf(environment.clock.Now())));
  const LivePolicy& policy = validation.policy;
  environment.policy.Keep(policy);
  const CommandRequest request{.principal = std::string(kSystemActor),
                               .method = "PublishPolicy",
                               .request_id = "",
                               .fingerprint = ""};
  return environment.committer
      .Execute(request,
               [&](Transaction& transaction) -> absl::StatusOr<std::string> {
                 GAVEL_RETURN_IF_ERROR(AppendFirst(transaction, policy));
                 return std::string();
               })
      .status();
}

}  // namespace

absl::Status Bootstrap(Environment& environment, const std::string& policy_dir) {
  GAVEL_ASSIGN_OR_RETURN(const bool loaded, BringIntoForce(environment));
  v1::PolicySource first;
  if (!loaded) {
    GAVEL_ASSIGN_OR_RETURN(first, rules::LoadPolicySource(policy_dir));
  }
  return Bootstrap(environment, first);
}

absl::Status Bootstrap(Environment& environment, const v1::PolicySource& first) {
  GAVEL_ASSIGN_OR_RETURN(const bool loaded, BringIntoForce(environment));
  if (!loaded) {
    GAVEL_RETURN_IF_ERROR(PublishFirst(environment, first));
    GAVEL_RETURN_IF_ERROR(BringIntoForce(environment).status());
  }
  GAVEL_RETURN_IF_ERROR(FollowOrganisation(environment));
  return FillReviewCases(environment);
}

}  // namespace gavel::app
