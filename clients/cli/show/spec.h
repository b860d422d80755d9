// How a spec is shown after a command and by `gavel status`. Sentences about states, turns and
// verdicts are the server's.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/session.h"
#include "gavel/v1/spec.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {

// `@ana, @bo`.
std::string People(const google::protobuf::RepeatedPtrField<std::string>& ids);
std::string Person(std::string id);

// `ana` for `@ana`.
std::string PersonId(std::string text);

int CurrentRevision(const v1::Spec& spec);
std::string StateWord(const Output& output, v1::Spec::State state);

// The caller's person id, from the settings or from the server; empty where nobody is signed in.
//
// Errors: those of GetServerInfo.
absl::StatusOr<std::string> AskWhoAmI(Session& session);
// The same, empty where it cannot be known.
std::string WhoAmI(Session& session);

absl::StatusOr<v1::ExplainSpecResponse> Explain(Session& session, const std::string& key);

// The result of a command: key, revision, state and the server's sentence; the spec under --json.
absl::StatusOr<ExitCode> ShowSpec(Session& session, const v1::Spec& spec);

// The screen of `gavel status`.
absl::StatusOr<ExitCode> ShowStatus(Session& session, const v1::Spec& spec);

// A list of specs: key, state, title, authors, time of the last event.
void ShowSpecs(Output& output, const std::vector<v1::Spec>& specs);

// Gives `request` the id of --request-id, so that a caller who got no answer may run the command
// again; without the flag every run is a request of its own.
template <typename Request>
void UseRequestId(const Session& session, Request& request) {
  request.set_request_id(session.Text("request-id"));
}

// Sends `request` and shows the spec that the answer holds.
template <typename Response, typename Request>
absl::StatusOr<ExitCode> SendAndShow(Session& session, Request request) {
  UseRequestId(session, request);
  const absl::StatusOr<Response> response = session.Call<Response>(std::move(request));
  if (!response.ok()) return response.status();
  return ShowSpec(session, response->spec());
}

}  // namespace gavel::cli
