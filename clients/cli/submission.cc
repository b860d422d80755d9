#include "clients/cli/submission.h"

#include <openssl/sha.h>

#include <array>

#include "clients/cli/document/front_matter.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/common/request_id.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

// One file on its way. Keeps what every step needs.
class Steps {
 public:
  Steps(Session& session, const Source& source, const SubmitOptions& options)
      : session_(session), source_(source), options_(options) {}

  absl::Status Create();
  absl::Status Revise();
  absl::Status Route();

  Submission result;

 private:
  template <typename Response, typename Request>
  absl::StatusOr<Response> Send(Request request) {
    request.set_validate_only(options_.validate_only);
    request.set_request_id(
        StepRequestId(session_.config().server.value, source_, result.spec.etag(), request));
    return session_.Call<Response>(request);
  }

  template <typename Response, typename Request>
  absl::Status SendRoute() {
    Request request;
    request.set_spec(result.spec.key());
    request.set_facts_unknown(options_.facts_unknown);
    request.set_wants(options_.wants);
    for (const std::string& person : options_.reviewers) request.add_reviewers(PersonId(person));
    GAVEL_ASSIGN_OR_RETURN(const Response response, Send<Response>(request));
    result.spec = response.spec();
    result.routed = true;
    if (options_.validate_only) result.preview = result.spec.verdict();
    return absl::OkStatus();
  }

  template <typename Request>
  void FillContent(Request& request) const {
    request.set_content(source_.content);
    request.set_commit(source_.commit);
    request.set_blob(source_.blob);
    request.set_unpublished(source_.unpublished);
    request.set_message(options_.message);
    request.mutable_evidence()->Add(options_.evidence.begin(), options_.evidence.end());
  }

  bool HasNewsForReview() const;

  Session& session_;
  const Source& source_;
  const SubmitOptions& options_;
};

absl::Status Steps::Create() {
  v1::CreateSpecRequest request;
  request.set_repository(source_.repository);
  request.set_path(source_.path);
  request.set_area(options_.area);
  FillContent(request);
  const auto response = Send<v1::CreateSpecResponse>(request);
  if (absl::IsAlreadyExists(response.status())) {
    // Somebody was faster, or our own earlier run was: then the bytes are there already.
    const ErrorMetadata metadata = ErrorMetadataOf(response.status());
    const auto key = metadata.find("key");
    if (key == metadata.end()) return response.status();
    GAVEL_ASSIGN_OR_RETURN(result.spec, GetSpec(session_, key->second));
    return Revise();
  }
  GAVEL_RETURN_IF_ERROR(response.status());
  result.spec = response->spec();
  result.created = true;
  result.preview = response->preview();
  return absl::OkStatus();
}

absl::Status Steps::Revise() {
  const v1::Spec& spec = result.spec;
  // Whether evidence is new is for the server to say.
  if (options_.evidence.empty() && !spec.revisions().empty() &&
      spec.revisions().rbegin()->content_hash() == ContentHash(source_.content)) {
    return absl::OkStatus();
  }
  v1::AddRevisionRequest request;
  request.set_spec(spec.key());
  FillContent(request);
  request.set_etag(spec.etag());
  const auto response = Send<v1::AddRevisionResponse>(request);
  if (absl::IsAborted(response.status())) {
    return absl::AbortedError(fmt::format(
        "{} changed while it was being submitted. See it: gavel status {}. Then submit again",
        spec.key(), spec.key()));
  }
  GAVEL_RETURN_IF_ERROR(response.status());
  result.spec = response->spec();
  result.revised = !response->unchanged();
  if (result.revised) result.preview = response->preview();
  return absl::OkStatus();
}

// Whether a resubmission says anything that the last one did not.
bool Steps::HasNewsForReview() const {
  const v1::Spec& spec = result.spec;
  if (CurrentRevision(spec) > spec.submitted_revision()) return true;
  if (options_.facts_unknown && !spec.facts_unknown()) return true;
  int answered = 0;
  for (const v1::Concern& concern : spec.concerns()) {
    if (concern.status() != v1::Concern::STATUS_OPEN ||
        concern.severity() != v1::Concern::SEVERITY_BLOCKING) {
      continue;
    }
    if (!concern.has_answer_time()) return false;
    ++answered;
  }
  return answered > 0;
}

absl::Status Steps::Route() {
  if (options_.draft) return absl::OkStatus();
  // A new spec or revision that was only validated is not there to be routed.
  if (options_.validate_only && (result.created || result.revised)) return absl::OkStatus();
  if (result.spec.state() == v1::Spec::STATE_DRAFT) {
    return SendRoute<v1::SubmitSpecResponse, v1::SubmitSpecRequest>();
  }
  if (result.spec.state() == v1::Spec::STATE_CHANGES_REQUESTED && HasNewsForReview()) {
    return SendRoute<v1::ResubmitSpecResponse, v1::ResubmitSpecRequest>();
  }
  return absl::OkStatus();
}

}  // namespace

std::string ContentHash(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  std::string hex;
  for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
  return hex;
}

std::string StepRequestId(const std::string& server, const Source& source, const std::string& etag,
                          const google::protobuf::Message& request) {
  // Requests have no map fields, so equal requests have equal bytes.
  return client::DeriveRequestId({server, source.repository, source.path, etag,
                                  request.GetTypeName(), request.SerializeAsString()});
}

absl::StatusOr<Submission> SubmitSource(Session& session, const Source& source,
                                        const std::optional<v1::Spec>& existing,
                                        const SubmitOptions& options) {
  Steps steps(session, source, options);
  if (existing.has_value()) {
    steps.result.spec = *existing;
    GAVEL_RETURN_IF_ERROR(steps.Revise());
  } else {
    GAVEL_RETURN_IF_ERROR(steps.Create());
  }
  GAVEL_RETURN_IF_ERROR(steps.Route());
  return steps.result;
}

}  // namespace gavel::cli
