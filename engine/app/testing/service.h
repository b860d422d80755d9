// The whole application on the in-memory store, with the shipped policy and a clock that the test
// moves. What a server does, without the wire.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "engine/app/bootstrap.h"
#include "engine/app/command/committer.h"
#include "engine/app/environment.h"
#include "engine/app/meeting/meeting_api.h"
#include "engine/app/org_api.h"
#include "engine/app/policy/rules_api.h"
#include "engine/app/server_api.h"
#include "engine/app/spec/spec_api.h"
#include "engine/app/timer/timer_source.h"
#include "engine/store/memory/memory_store.h"
#include "fmt/format.h"

namespace gavel::app::testing {

// 2026-11-23 is a Monday; the media area meets on Thursdays at 15:00 in Berlin.
inline absl::Time Monday() {
  return absl::FromCivil(absl::CivilMinute(2026, 11, 23, 8, 0), absl::UTCTimeZone());
}

// A document of ours with the given tier, long enough to be real. `extra` is more front matter.
inline std::string Document(std::string_view title, std::string_view use, std::string_view author,
                            std::string_view extra = "", int words = 300) {
  std::string text = fmt::format(
      "---\nspec: 1\ntitle: {}\nsummary: A summary that is long enough to say what changes for "
      "whom.\n"
      "area: media\ncategory: service-change\nsystem: uploads\nauthors: [\"@{}\"]\n"
      "open_decisions: none\ndependencies:\n  - {{use: {}, for: the work, "
      "why: no standard tier holds this much data}}\n"
      "data: {{classification: internal, personal: false}}\nregions: [us-east]\n"
      "cost: {{monthly_usd: {{low: 100, high: 200}}}}\n"
      "change: {{reversible: true, blast_radius: low}}\n{}---\n# {}\n\n## Summary\n",
      title, author, use, extra, title);
  for (int i = 0; i < words; ++i) text += fmt::format("word{} ", i);
  return text + "\n";
}

inline std::string ShippedPolicy() { return GAVEL_SOURCE_DIR "/deploy/policy"; }

class Service {
 public:
  explicit Service(absl::Time start = Monday(), const std::string& policy_dir = ShippedPolicy())
      : store_("00000000-0000-4000-8000-000000000001"),
        clock_(start),
        committer_(store_, clock_, {}),
        environment_{.store = store_,
                     .committer = committer_,
                     .clock = clock_,
                     .policy = policy_,
                     .dev_clock = &clock_,
                     .version = "test",
                     .audit_key = "the secret of the tests, 32 bytes"} {
    const absl::Status started = Bootstrap(environment_, policy_dir);
    EXPECT_TRUE(started.ok()) << started.ToString();
  }

  Environment& environment() { return environment_; }
  absl::Time now() const { return clock_.Now(); }

  // Moves the clock, firing what falls due.
  void AdvanceTo(absl::Time target) {
    const auto fired = TimerSource(environment_).AdvanceTo(target);
    EXPECT_TRUE(fired.ok()) << fired.status().ToString();
  }
  void AdvanceTo(absl::CivilMinute berlin) {
    absl::TimeZone zone;
    absl::LoadTimeZone("Europe/Berlin", &zone);
    AdvanceTo(absl::FromCivil(berlin, zone));
  }

  // Calls a method as a person: `Call(&SpecApi::SubmitSpec, "ana", request, &response)`.
  template <typename Api, typename Request, typename Response>
  absl::Status Call(absl::Status (Api::*method)(const Caller&, const Request&, Response*),
                    std::string_view person, const Request& request, Response* response) {
    Api api(environment_);
    return (api.*method)(Caller{.principal = std::string(person)}, request, response);
  }

  // The same where only the answer matters; a failure fails the test.
  template <typename Api, typename Request, typename Response>
  Response Do(absl::Status (Api::*method)(const Caller&, const Request&, Response*),
              std::string_view person, const Request& request) {
    Response response;
    const absl::Status status = Call(method, person, request, &response);
    EXPECT_TRUE(status.ok()) << Request::descriptor()->name() << ": " << status.ToString();
    return response;
  }

  v1::Spec Get(std::string_view key) {
    v1::GetSpecRequest request;
    request.set_spec(std::string(key));
    return Do(&SpecApi::GetSpec, "gavel-bot", request).spec();
  }

  v1::Meeting GetMeeting(std::string_view id) {
    v1::GetMeetingRequest request;
    request.set_meeting(std::string(id));
    return Do(&MeetingApi::GetMeeting, "kim", request).meeting();
  }

  // Registers a document and submits it; the key.
  std::string Submit(std::string_view person, std::string_view path, const std::string& document,
                     bool facts_unknown = false) {
    v1::CreateSpecRequest create;
    create.set_repository("github.com/acme/uploads");
    create.set_path(std::string(path));
    create.set_content(document);
    create.set_area("media");
    const std::string key = Do(&SpecApi::CreateSpec, person, create).spec().key();
    v1::SubmitSpecRequest submit;
    submit.set_spec(key);
    submit.set_facts_unknown(facts_unknown);
    Do(&SpecApi::SubmitSpec, person, submit);
    return key;
  }

  v1::Spec Take(std::string_view person, const std::string& key, v1::Position::Kind kind) {
    v1::TakePositionRequest request;
    request.set_spec(key);
    request.set_kind(kind);
    request.set_revision(Get(key).revisions_size());
    return Do(&SpecApi::TakePosition, person, request).spec();
  }

 private:
  store::MemoryStore store_;
  SettableClock clock_;
  Committer committer_;
  PolicyHolder policy_;
  Environment environment_;
};

}  // namespace gavel::app::testing
