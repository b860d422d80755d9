#include "tests/end_to_end/bot_harness.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "clients/chat/http.h"
#include "clients/chat/text.h"
#include "clients/common/request_id.h"
#include "engine/domain/names.h"
#include "fmt/format.h"
#include "gavel/v1/server_service.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::e2e {
namespace {

constexpr char kSpec[] = GAVEL_SOURCE_DIR "/deploy/examples/specs/2026-shared-work-queue.md";

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

void WriteFile(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

void Server::Start(const std::string& now) {
  const std::string address_file = folder_ + "/address";
  std::filesystem::create_directories(folder_);
  std::filesystem::remove(address_file);
  process_ = Process::Start(
      {.arguments = {GAVEL_GAVELD, "--dev", "--dev-now", now, "--listen",
                     address_.empty() ? "127.0.0.1:0" : address_, "--address-file", address_file,
                     "--state", data(), "--policy", GAVEL_SOURCE_DIR "/deploy/policy"},
       .log = folder_ + "/gaveld.log"});
  address_ = AwaitFile(address_file);
  while (!address_.empty() && address_.back() == '\n') address_.pop_back();
  ASSERT_FALSE(address_.empty()) << ReadFile(folder_ + "/gaveld.log");
  connections_.clear();
}

void Server::Kill() {
  process_->Signal(SIGKILL);
  process_->Wait();
}

void Server::Stop() {
  process_->Signal(SIGTERM);
  EXPECT_EQ(process_->Wait(), 0) << ReadFile(folder_ + "/gaveld.log");
}

template <typename Response, typename Request>
Response Server::Call(const std::string& person, const Request& request) {
  auto& connection = connections_[person];
  if (connection == nullptr) {
    connection = *client::Connection::Open({.server = address_, .principal = person});
  }
  const auto response = connection->Call<Response>(request);
  EXPECT_TRUE(response.ok()) << person << " " << request.GetTypeName() << ": " << response.status();
  return response.value_or(Response());
}

std::string Server::Submit(const std::string& author, const std::string& path,
                           const std::string& wants) {
  std::string text = ReadFile(kSpec);
  text = chat::ReplaceAll(std::move(text), "authors: [\"@ana\"", "authors: [\"@" + author + "\"");
  text = chat::ReplaceAll(std::move(text), "wants: auto", "wants: " + wants);
  v1::CreateSpecRequest create;
  create.set_area("media");
  create.set_repository("git.example.org/acme/uploads");
  create.set_path(path);
  create.set_content(text);
  create.set_unpublished(true);
  create.set_request_id(client::NewRequestId());
  const auto created = Call<v1::CreateSpecResponse>(author, create);
  v1::SubmitSpecRequest submit;
  submit.set_spec(created.spec().key());
  submit.set_request_id(client::NewRequestId());
  return Call<v1::SubmitSpecResponse>(author, submit).spec().key();
}

void Server::ApproveByReviewers(const std::string& key) {
  v1::GetSpecRequest get;
  get.set_spec(key);
  const v1::Spec before = Call<v1::GetSpecResponse>("kim", get).spec();
  for (const v1::Assignment& assignment : before.assignments()) {
    v1::TakePositionRequest take;
    take.set_spec(key);
    take.set_revision(before.revisions_size());
    take.set_kind(v1::Position::KIND_APPROVE);
    take.set_request_id(client::NewRequestId());
    Call<v1::TakePositionResponse>(assignment.person(), take);
  }
  const v1::Spec after = Call<v1::GetSpecResponse>("kim", get).spec();
  EXPECT_EQ(after.state(), v1::Spec::STATE_APPROVED) << after.ShortDebugString();
}

void Server::Comment(const std::string& person, const std::string& key) {
  v1::AddCommentRequest request;
  request.set_spec(key);
  request.set_text("Noted.");
  request.set_request_id(client::NewRequestId());
  Call<v1::AddCommentResponse>(person, request);
}

void Server::RaiseBlock(const std::string& person, const std::string& key,
                        const std::string& title) {
  v1::RaiseConcernRequest request;
  request.set_spec(key);
  request.set_title(title);
  request.set_text("It loses pictures.");
  request.set_severity(v1::Concern::SEVERITY_BLOCKING);
  request.set_criteria("No picture is lost.");
  request.set_request_id(client::NewRequestId());
  Call<v1::RaiseConcernResponse>(person, request);
}

void Server::AdvanceTo(const std::string& time) {
  absl::Time to;
  std::string error;
  ASSERT_TRUE(absl::ParseTime(absl::RFC3339_full, time, &to, &error)) << error;
  v1::AdvanceClockRequest request;
  *request.mutable_to() = ToProto(to);
  Call<v1::AdvanceClockResponse>("gus", request);
}

FakeSlack::FakeSlack(const std::string& folder) {
  const std::string address_file = folder + "/slack.address";
  process_ =
      Process::Start({.arguments = {"/usr/bin/python3",
                                    GAVEL_SOURCE_DIR "/tests/testing/fake_slack.py", address_file},
                      .log = folder + "/slack.log"});
  address_ = AwaitFile(address_file);
  EXPECT_FALSE(address_.empty()) << ReadFile(folder + "/slack.log");
}

nlohmann::json FakeSlack::Ask(const std::string& path, const nlohmann::json& body) {
  chat::CurlHttp http;
  const auto answer =
      http.Post({.url = "http://" + address_ + path, .body = body.dump(), .answer_cap = 16 << 20});
  EXPECT_TRUE(answer.ok()) << answer.status();
  return answer.ok() ? nlohmann::json::parse(answer->body) : nlohmann::json();
}

std::vector<nlohmann::json> FakeSlack::Messages(const std::string& event_type,
                                                const std::string& key) {
  std::vector<nlohmann::json> found;
  const nlohmann::json state = State();
  for (const nlohmann::json& message : state["messages"]) {
    const nlohmann::json& metadata = message["metadata"];
    if (message["deleted"] || metadata.value("event_type", "") != event_type) continue;
    const std::string own = metadata["event_payload"]["key"];
    if (own == key || own.starts_with(key + "/")) found.push_back(message);
  }
  return found;
}

MailServer::MailServer(const std::string& folder) {
  process_ = Process::Start(
      {.arguments = {"/usr/bin/python3", GAVEL_SOURCE_DIR "/tests/testing/mail_server.py", folder},
       .log = folder + "/mail.log"});
  const std::string addresses = AwaitFile(folder + "/mail.address");
  EXPECT_FALSE(addresses.empty()) << ReadFile(folder + "/mail.log");
  const size_t blank = std::min(addresses.find(' '), addresses.size());
  smtp_ = addresses.substr(0, blank);
  control_ = addresses.substr(std::min(blank + 1, addresses.size()));
}

nlohmann::json MailServer::Ask(const std::string& path, const nlohmann::json& body) {
  chat::CurlHttp http;
  const auto answer =
      http.Post({.url = "http://" + control_ + path, .body = body.dump(), .answer_cap = 16 << 20});
  EXPECT_TRUE(answer.ok()) << answer.status();
  return answer.ok() ? nlohmann::json::parse(answer->body) : nlohmann::json();
}

std::string MailServer::Header(const nlohmann::json& mail, const std::string& name) {
  for (const nlohmann::json& header : mail["headers"]) {
    if (header[0] == name) return header[1];
  }
  return "";
}

Bot::Bot(std::string folder, const std::string& notify_yaml) : folder_(std::move(folder)) {
  WriteFile(folder_ + "/notify.yaml", notify_yaml);
  PutCredential("slack", "xoxb-test\n");
}

void Bot::Rewrite(const std::string& notify_yaml) const {
  WriteFile(folder_ + "/notify.yaml.new", notify_yaml);
  std::filesystem::rename(folder_ + "/notify.yaml.new", folder_ + "/notify.yaml");
}

void Bot::PutCredential(const std::string& name, const std::string& text) {
  WriteFile(folder_ + "/credentials/" + name, text);
}

Process::Options Bot::OptionsFor(const Server& server, std::vector<std::string> more) const {
  std::vector<std::string> arguments = {GAVEL_BOT,        "run",      "--server",
                                        server.address(), "--config", folder_ + "/notify.yaml",
                                        "--state",        state()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return {.arguments = arguments,
          .environment = {{"CREDENTIALS_DIRECTORY", folder_ + "/credentials"}},
          .log = folder_ + "/bot.log"};
}

int Bot::RunOnce(const Server& server, std::vector<std::string> more) const {
  more.push_back("--once");
  return RunProcess(OptionsFor(server, std::move(more)));
}

Process Bot::Follow(const Server& server) const { return Process::Start(OptionsFor(server, {})); }

std::string Bot::Log() const { return ReadFile(folder_ + "/bot.log"); }

std::string SlackNotify(const FakeSlack& slack, const std::string& more) {
  return fmt::format(
      "base_url: https://gavel.example\n"
      "destinations:\n"
      "  review: {{kind: slack, token: credential/slack, channel: C1, start: log, "
      "per_minute: 6000, api: \"http://{}/api\"}}\n"
      "{}"
      "routes:\n"
      "  - {{to: [review], continue: true}}\n",
      slack.address(), more);
}

}  // namespace gavel::e2e
