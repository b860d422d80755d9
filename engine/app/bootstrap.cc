#include "engine/app/bootstrap.h"

#include "engine/app/committer.h"
#include "engine/app/entity.h"
#include "engine/app/intake.h"
#include "engine/app/meeting_calendar.h"
#include "engine/app/workflow.h"
#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "rules/compile/policy_files.h"

namespace gavel::app {
namespace {

// Deterministic, so that the hash names the content. Proto maps have no order of their own.
std::string SourceBytes(const v1::PolicySource& source) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  source.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

absl::StatusOr<LivePolicy> Compile(const v1::PolicySource& source, const v1::Date& published) {
  LivePolicy live;
  GAVEL_ASSIGN_OR_RETURN(live.rules, rules::CompilePolicy(source, published));
  GAVEL_ASSIGN_OR_RETURN(live.organisation, Organisation::Create(live.rules->org()));
  return live;
}

absl::Status Execute(Environment& environment, const char* method, const Work& work) {
  const CommandRequest request{.principal = std::string(kSystemActor),
                               .method = method,
                               .request_id = "",
                               .fingerprint = ""};
  return environment.committer.Execute(request, work).status();
}

// The first publish, into an empty store.
absl::Status PublishFirst(Environment& environment, const std::string& policy_dir) {
  GAVEL_ASSIGN_OR_RETURN(const v1::PolicySource source, rules::LoadPolicySource(policy_dir));
  const v1::Date today = DateOf(environment.clock.Now());
  GAVEL_ASSIGN_OR_RETURN(LivePolicy live, Compile(source, today));
  const std::string bytes = SourceBytes(source);
  GAVEL_RETURN_IF_ERROR(Execute(
      environment, "PublishPolicy", [&](Transaction& transaction) -> absl::StatusOr<std::string> {
        v1::Event event;
        event.set_subject(std::string(kPolicySubject));
        event.set_actor(std::string(kSystemActor));
        v1::PolicyPublished& published = *event.mutable_policy_published();
        for (const std::string& pin : live.rules->Pins()) published.add_pins(pin);
        published.set_source_hash(Sha256Hex(bytes));
        *published.mutable_published() = today;
        transaction.PutBody(published.source_hash(), bytes);
        GAVEL_RETURN_IF_ERROR(transaction.Append(std::move(event)));
        return std::string();
      }));
  environment.policy.Publish(std::move(live));
  return absl::OkStatus();
}

absl::StatusOr<bool> LoadPublished(Environment& environment) {
  GAVEL_ASSIGN_OR_RETURN(const auto view, environment.store.Read());
  GAVEL_ASSIGN_OR_RETURN(const auto row, view->Entity(kPolicySubject));
  if (!row.has_value()) return false;
  v1::PolicyPublished published;
  v1::PolicySource source;
  bool readable = published.ParseFromString(row->body);
  if (readable) {
    GAVEL_ASSIGN_OR_RETURN(const auto bytes, view->Body(published.source_hash()));
    readable = bytes.has_value() && source.ParseFromString(*bytes);
  }
  if (!readable) {
    return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                     "The stored policy cannot be read.", {{"subject", "policy"}});
  }
  GAVEL_ASSIGN_OR_RETURN(LivePolicy live, Compile(source, published.published()));
  environment.policy.Publish(std::move(live));
  return true;
}

}  // namespace

absl::Status Bootstrap(Environment& environment, const std::string& policy_dir) {
  GAVEL_ASSIGN_OR_RETURN(const bool loaded, LoadPublished(environment));
  if (!loaded) GAVEL_RETURN_IF_ERROR(PublishFirst(environment, policy_dir));
  const LivePolicy policy = environment.policy.live();
  for (const v1::Area& area : policy.organisation->org().areas()) {
    if (area.series().empty()) continue;
    GAVEL_RETURN_IF_ERROR(Execute(environment, "PlanHorizon",
                                  [&](Transaction& transaction) -> absl::StatusOr<std::string> {
                                    Workflow workflow(transaction, policy);
                                    GAVEL_RETURN_IF_ERROR(PlanHorizon(workflow, area.id()));
                                    GAVEL_RETURN_IF_ERROR(workflow.Finish());
                                    return std::string();
                                  }));
  }
  return absl::OkStatus();
}

}  // namespace gavel::app
