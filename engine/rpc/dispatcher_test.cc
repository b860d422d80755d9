// The way of a unary call, against a real server with a service of two methods.
#include "engine/rpc/dispatcher.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <functional>
#include <future>

#include "absl/time/clock.h"
#include "engine/app/command/service_errors.h"
#include "engine/base/error.h"
#include "engine/rpc/serve_method.h"
#include "engine/rpc/server.h"
#include "gavel/v1/server_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"

namespace gavel::rpc {
namespace {

// GetServerInfo is open to everybody and names the caller; AdvanceClock does what a test wants.
class FakeApi {
 public:
  absl::Status GetServerInfo(const app::Caller& caller, const v1::GetServerInfoRequest&,
                             v1::GetServerInfoResponse* response) {
    response->set_principal(caller.principal);
    return absl::OkStatus();
  }
  absl::Status AdvanceClock(const app::Caller& caller, const v1::AdvanceClockRequest&,
                            v1::AdvanceClockResponse*) {
    return advance(caller);
  }

  std::function<absl::Status(const app::Caller&)> advance = [](const app::Caller&) {
    return absl::OkStatus();
  };
};

class FakeService final : public v1::ServerService::CallbackService {
 public:
  FakeService(Dispatcher& dispatcher, FakeApi& api) : dispatcher_(dispatcher), api_(api) {}

  GAVEL_SERVE_AS(FakeApi, GetServerInfo, Access::kOpen)
  GAVEL_SERVE(FakeApi, AdvanceClock)

 private:
  Dispatcher& dispatcher_;
  FakeApi& api_;
};

std::string ReasonOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  if (!details.ParseFromString(status.error_details())) return "";
  for (const auto& any : details.details()) {
    if (any.UnpackTo(&info)) return info.reason();
  }
  return "";
}

class DispatcherTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::vector<HostedService> services;
    services.push_back({"test.Fake", std::make_unique<FakeService>(dispatcher_, api_)});
    auto server = Server::Start(*ParseListenAddress("127.0.0.1:0"), std::move(services));
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    stub_ = v1::ServerService::NewStub(
        grpc::CreateChannel(server_->address().ToString(), grpc::InsecureChannelCredentials()));
  }

  grpc::Status Advance(grpc::ClientContext& context) {
    v1::AdvanceClockResponse response;
    return stub_->AdvanceClock(&context, {}, &response);
  }
  grpc::Status AdvanceAs(const std::string& principal) {
    grpc::ClientContext context;
    context.AddMetadata("gavel-principal", principal);
    return Advance(context);
  }

  Identity identity_{{}, /*believe_claims=*/true};
  Executor executor_{{.threads = 2, .queue_max = 1}};
  Dispatcher dispatcher_{identity_, executor_};
  FakeApi api_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::ServerService::Stub> stub_;
};

TEST_F(DispatcherTest, TheApplicationLearnsWhoCallsAndUntilWhen) {
  app::Caller seen;
  api_.advance = [&](const app::Caller& caller) {
    seen = caller;
    return absl::OkStatus();
  };
  const absl::Time before = absl::Now();
  ASSERT_TRUE(AdvanceAs("ana").ok());
  EXPECT_EQ(seen.principal, "ana");
  EXPECT_GE(seen.deadline, before + Dispatcher::kDefaultDeadline);

  grpc::ClientContext context;
  context.AddMetadata("gavel-principal", "ana");
  const absl::Time deadline = absl::Now() + absl::Hours(1);
  context.set_deadline(absl::ToChronoTime(deadline));
  ASSERT_TRUE(Advance(context).ok());
  EXPECT_LT(absl::AbsDuration(seen.deadline - deadline), absl::Seconds(30));
}

TEST_F(DispatcherTest, OnlyOpenMethodsServeStrangers) {
  grpc::ClientContext context;
  const auto refused = Advance(context);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ReasonOf(refused), "SIGN_IN_REQUIRED");

  grpc::ClientContext open;
  open.AddMetadata("authorization", "Bearer gvl_unknown");
  v1::GetServerInfoResponse response;
  EXPECT_TRUE(stub_->GetServerInfo(&open, {}, &response).ok());
  EXPECT_EQ(response.principal(), "");
}

TEST_F(DispatcherTest, ErrorsArriveWithReasonAndRetryHint) {
  api_.advance = [](const app::Caller&) {
    return app::Overloaded("command queue", absl::Milliseconds(250));
  };
  grpc::ClientContext context;
  context.AddMetadata("gavel-principal", "ana");
  const auto status = Advance(context);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(status), "OVERLOADED");
  const auto& trailers = context.GetServerTrailingMetadata();
  ASSERT_EQ(trailers.count("grpc-retry-pushback-ms"), 1u);
  EXPECT_EQ(trailers.find("grpc-retry-pushback-ms")->second, "250");
}

TEST_F(DispatcherTest, TheRequestTagIsEchoedOrMade) {
  const auto echo = [&](const std::string& sent) {
    grpc::ClientContext context;
    context.AddMetadata("gavel-principal", "ana");
    if (!sent.empty()) context.AddMetadata("x-gavel-request", sent);
    EXPECT_TRUE(Advance(context).ok());
    const auto& headers = context.GetServerInitialMetadata();
    const auto it = headers.find("x-gavel-request");
    return it == headers.end() ? "" : std::string(it->second.data(), it->second.size());
  };
  EXPECT_EQ(echo("my-request_1.2"), "my-request_1.2");
  EXPECT_EQ(echo("").size(), 16u);
  EXPECT_NE(echo(""), echo(""));
  EXPECT_EQ(echo("not a tag").size(), 16u);
  EXPECT_EQ(echo(std::string(65, 'a')).size(), 16u);
}

TEST_F(DispatcherTest, ACallThatWaitedTooLongIsNeverStarted) {
  std::promise<void> release;
  std::array<std::promise<void>, 2> busy;
  std::atomic<size_t> started = 0;
  api_.advance = [&, gate = release.get_future().share()](const app::Caller&) {
    busy.at(started++).set_value();
    gate.wait();
    return absl::OkStatus();
  };
  auto first = std::async(std::launch::async, [&] { return AdvanceAs("ana"); });
  busy[0].get_future().wait();
  auto second = std::async(std::launch::async, [&] { return AdvanceAs("bo"); });
  busy[1].get_future().wait();

  constexpr absl::Duration kPatience = absl::Milliseconds(200);
  grpc::ClientContext late;
  late.AddMetadata("gavel-principal", "cy");
  late.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  EXPECT_EQ(Advance(late).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  // It still waits in the queue of one, so the next call does not fit.
  const auto refused = AdvanceAs("dee");
  EXPECT_EQ(ReasonOf(refused), "OVERLOADED");
  // gRPC sends what is left of the client's time, and the server counts from when it hears of the
  // call. It has heard, or `dee` would have been let in: so after this even that time is over.
  absl::SleepFor(kPatience);

  release.set_value();
  EXPECT_TRUE(first.get().ok());
  EXPECT_TRUE(second.get().ok());
  executor_.Stop();
  EXPECT_EQ(started, 2u);
}

TEST_F(DispatcherTest, AStoppingServerRefusesNewCalls) {
  dispatcher_.RefuseNewCalls();
  const auto status = AdvanceAs("ana");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(status), "SHUTTING_DOWN");
}

TEST_F(DispatcherTest, ASecondServerCannotTakeThePort) {
  const auto second = Server::Start(server_->address(), {});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable) << second.status();
}

}  // namespace
}  // namespace gavel::rpc
