// Streams of progress and a result, over a real connection.
#include "engine/rpc/finite_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <future>
#include <thread>

#include "engine/base/error.h"
#include "engine/rpc/dispatcher.h"
#include "engine/rpc/serve_method.h"
#include "engine/rpc/server.h"
#include "gavel/v1/rules_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"

namespace gavel::rpc {
namespace {

using Response = v1::SuggestRulesResponse;

class FakeApi {
 public:
  absl::Status SuggestRules(const app::Caller& caller, const v1::SuggestRulesRequest&,
                            const app::Progress<Response>& progress, Response* last) {
    return suggest(caller, progress, last);
  }

  std::function<absl::Status(const app::Caller&, const app::Progress<Response>&, Response*)>
      suggest;
};

class FakeService final : public v1::RulesService::CallbackService {
 public:
  FakeService(Dispatcher& dispatcher, FakeApi& api) : dispatcher_(dispatcher), api_(api) {}

  GAVEL_SERVE_STREAM(FakeApi, SuggestRules)

 private:
  Dispatcher& dispatcher_;
  FakeApi& api_;
};

Response After(int64_t done) {
  Response response;
  response.set_candidates_done(done);
  return response;
}

class FiniteStreamTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::vector<HostedService> services;
    services.push_back({"test.Fake", std::make_unique<FakeService>(dispatcher_, api_)});
    auto server = Server::Start(*ParseListenAddress("127.0.0.1:0"), std::move(services));
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    stub_ = v1::RulesService::NewStub(
        grpc::CreateChannel(server_->address().ToString(), grpc::InsecureChannelCredentials()));
  }

  // Reads the whole stream; `seen` gets what came.
  grpc::Status Read(std::vector<int64_t>& seen, const std::string& principal = "ana") {
    grpc::ClientContext context;
    if (!principal.empty()) context.AddMetadata("gavel-principal", principal);
    const auto reader = stub_->SuggestRules(&context, {});
    Response response;
    while (reader->Read(&response)) seen.push_back(response.candidates_done());
    return reader->Finish();
  }

  FakeApi api_;
  Identity identity_{{}, /*believe_claims=*/true};
  Executor executor_{{.threads = 1, .queue_max = 10}};
  Dispatcher dispatcher_{identity_, executor_};
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::RulesService::Stub> stub_;
};

TEST_F(FiniteStreamTest, TheResultComesLastAndIsNeverDropped) {
  constexpr int64_t kSteps = 10'000;
  api_.suggest = [](const app::Caller&, const app::Progress<Response>& progress, Response* last) {
    for (int64_t i = 1; i <= kSteps; ++i) EXPECT_TRUE(progress(After(i)));
    *last = After(kSteps + 1);
    return absl::OkStatus();
  };
  for (int round = 0; round < 20; ++round) {
    std::vector<int64_t> seen;
    const grpc::Status status = Read(seen);
    ASSERT_TRUE(status.ok()) << status.error_message();
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.back(), kSteps + 1);
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
    EXPECT_LE(seen.size(), static_cast<size_t>(kSteps) + 1);
  }
}

TEST_F(FiniteStreamTest, AnErrorEndsTheStream) {
  api_.suggest = [](const app::Caller&, const app::Progress<Response>& progress, Response*) {
    progress(After(1));
    return FieldError("since", "must be a day");
  };
  std::vector<int64_t> seen;
  EXPECT_EQ(Read(seen).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(seen.size(), 1u);
}

TEST_F(FiniteStreamTest, AStrangerIsRefused) {
  std::vector<int64_t> seen;
  EXPECT_EQ(Read(seen, "").error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_TRUE(seen.empty());
}

TEST_F(FiniteStreamTest, TheProducerHearsThatTheClientHasGone) {
  std::promise<void> gone;
  api_.suggest = [&](const app::Caller&, const app::Progress<Response>& progress, Response*) {
    while (progress(After(1))) std::this_thread::yield();
    gone.set_value();
    return absl::CancelledError("gone");
  };
  grpc::ClientContext context;
  context.AddMetadata("gavel-principal", "ana");
  const auto reader = stub_->SuggestRules(&context, {});
  Response response;
  ASSERT_TRUE(reader->Read(&response));
  context.TryCancel();
  EXPECT_EQ(gone.get_future().wait_for(std::chrono::seconds(30)), std::future_status::ready);
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(FiniteStreamTest, ADeadlineEndsTheStreamAndTheProducer) {
  api_.suggest = [&](const app::Caller&, const app::Progress<Response>& progress, Response*) {
    while (progress(After(1))) std::this_thread::yield();
    return absl::CancelledError("too late");
  };
  grpc::ClientContext context;
  context.AddMetadata("gavel-principal", "ana");
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(200));
  const auto reader = stub_->SuggestRules(&context, {});
  Response response;
  while (reader->Read(&response)) continue;
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  std::vector<int64_t> seen;
  api_.suggest = [](const app::Caller&, const app::Progress<Response>&, Response* last) {
    *last = After(7);
    return absl::OkStatus();
  };
  EXPECT_TRUE(Read(seen).ok()) << "the one thread is free again";
}

}  // namespace
}  // namespace gavel::rpc
