#include "clients/lsp/lsp_testing.h"

#include <utility>

#include "rules/test_policies.h"

namespace gavel::lsp {
std::string GoodSpec() {
  return R"(---
spec: 1
key: MEDIA-7
title: Shared work queue for resizing
summary: Moves image resizing off the upload request onto the shared work queue. Adds one queue.
area: media
category: service-change
system: uploads
authors: ["@ana", "@bo"]
open_decisions: none
dependencies:
  - {use: kafka/shared, for: resize jobs}
data: {classification: internal, personal: false}
regions: [us-east]
cost: {monthly_usd: 40}
change: {reversible: true, blast_radius: low}
---
# Shared work queue for resizing

## Summary
Image resizing moves off the upload request onto the shared work queue, so that an upload answers in
under two hundred milliseconds for every user of the service, on every day.

## Cost
The shared queue is in the price list of the platform for everybody at 40 USD a month, low and high;
nothing is paid once, and in a year it is the same, as traffic is not expected to grow.

## Alternatives considered
Resizing inside of the request is what hurts now. A queue of our own is one more thing to run, and
nothing that we need is missing in the shared one, so it would be work without any use.

## Risks, rollout and rollback
A flag turns the queue off within one minute, and resizing then happens in the request as before. It
is tried on one region first, for a week, while the alert of the upload latency is watched.
)";
}

FakeHost::FakeHost() : policy_(rules::ShippedPolicy()) {}

absl::StatusOr<Defaults> FakeHost::Configure(const Settings& settings, const std::string& folder) {
  configured.push_back(settings);
  return Defaults{.author = "ana", .spec_folder = folder.empty() ? "" : folder + "/specs"};
}

v1::Date FakeHost::Today() { return rules::Day(2026, 11, 23); }

absl::StatusOr<LoadedPolicy> FakeHost::LoadPolicy() {
  ++loads;
  if (!has_policy) return absl::NotFoundError("No policy yet.");
  return LoadedPolicy{policy_, "test"};
}

bool FakeHost::Exists(const std::string& /*document*/, const std::string& path) {
  return path == "notes with space.md";
}

void FakeHost::FollowSpec(const std::string& /*path*/, const std::string& key, OnSpec follow) {
  followed_keys.push_back(key);
  on_spec = std::move(follow);
}

void FakeHost::Submit(const std::string& /*path*/, std::function<void(Submitted)> done) {
  submitted = std::move(done);
}

Json TestClient::Start(Json options, Json capabilities) {
  Json answer = Ask("initialize", {{"processId", nullptr},
                                   {"rootUri", "file:///w"},
                                   {"initializationOptions", std::move(options)},
                                   {"capabilities", std::move(capabilities)}});
  Tell("initialized", Json::object());
  return answer;
}

Json TestClient::Ask(const std::string& method, Json params) {
  const int64_t id = next_id_++;
  Send({Dump(Request(id, method, std::move(params)))});
  for (size_t i = 0; i < heard_.size(); ++i) {
    if (lsp::At(heard_[i], "id") != id || heard_[i].contains("method")) continue;
    Json answer = heard_[i];
    heard_.erase(heard_.begin() + static_cast<std::ptrdiff_t>(i));
    return answer;
  }
  return nullptr;
}

void TestClient::Tell(const std::string& method, Json params) {
  Send({Dump(Notification(method, std::move(params)))});
}

void TestClient::Send(const std::vector<std::string>& messages) {
  server_.Receive(messages, now_);
  Collect();
}

void TestClient::Pass(absl::Duration time) {
  now_ += time;
  if (server_.NextWake() <= now_) server_.Wake(now_);
  Collect();
}

void TestClient::Collect() {
  for (const std::string& text : server_.TakeOutput()) heard_.push_back(Json::parse(text));
}

void TestClient::Open(const std::string& text, const std::string& uri) {
  Tell("textDocument/didOpen",
       {{"textDocument",
         {{"uri", uri}, {"languageId", "markdown"}, {"version", 1}, {"text", text}}}});
}

void TestClient::Edit(Position start, Position end, const std::string& text,
                      const std::string& uri) {
  Tell("textDocument/didChange",
       {{"textDocument", {{"uri", uri}, {"version", ++version_}}},
        {"contentChanges",
         {{{"range", {{"start", PositionJson(start)}, {"end", PositionJson(end)}}},
           {"text", text}}}}});
}

Json TestClient::At(Position position, const std::string& uri) {
  return {{"textDocument", {{"uri", uri}}}, {"position", PositionJson(position)}};
}

Json TestClient::Heard(const std::string& method) {
  Json last;
  for (const Json& message : heard_) {
    if (TextAt(message, "method") == method) last = message["params"];
  }
  std::erase_if(heard_,
                [&method](const Json& message) { return TextAt(message, "method") == method; });
  return last;
}

size_t TestClient::CountHeard(const std::string& method) const {
  size_t count = 0;
  for (const Json& message : heard_) count += TextAt(message, "method") == method ? 1 : 0;
  return count;
}

Position Behind(const std::string& text, const std::string& mark) {
  return TextIndex(text).PositionOf(text, text.find(mark) + mark.size(), PositionEncoding::kUtf16);
}

}  // namespace gavel::lsp
