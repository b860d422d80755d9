// One file to the server: registered or revised, then routed. Every step asks with a request id
// that follows from what it says, so that a run killed anywhere and started again makes one
// revision.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/repository/source.h"
#include "clients/cli/session.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/spec.pb.h"
#include "gavel/v1/verdict.pb.h"

namespace gavel::cli {

struct SubmitOptions {
  std::string area = {};  // For documents that name none.
  std::string message = {};
  std::vector<std::string> reviewers = {};
  v1::ReviewMode wants = v1::REVIEW_MODE_UNSPECIFIED;
  std::vector<v1::Evidence> evidence = {};
  bool facts_unknown = false;
  bool draft = false;          // Register and revise only.
  bool validate_only = false;  // Change nothing; `preview` says what the rules would say.
};

struct Submission {
  v1::Spec spec;
  bool created = false;
  bool revised = false;
  bool routed = false;  // Submitted or resubmitted.
  std::optional<v1::Verdict> preview;
};

// Submits `source` as a revision of `existing`, or as a new spec without one. The same content as
// the current revision, with the same evidence or none, adds nothing.
//
// Errors: those of CreateSpec, AddRevision, SubmitSpec and ResubmitSpec.
absl::StatusOr<Submission> SubmitSource(Session& session, const Source& source,
                                        const std::optional<v1::Spec>& existing,
                                        const SubmitOptions& options);

// The request id of one step: the same for the same server, file, spec version and request. A retry
// asks the same question; going back to earlier bytes later does not.
std::string StepRequestId(const std::string& server, const Source& source, const std::string& etag,
                          const google::protobuf::Message& request);

// SHA-256 of `bytes`, lower-case hex: Revision.content_hash.
std::string ContentHash(std::string_view bytes);

}  // namespace gavel::cli
