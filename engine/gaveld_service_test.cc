// The whole server in this process: the shipped policy, a store in memory, a real connection.
#include "engine/gaveld_service.h"

#include <gtest/gtest.h>

#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "engine/base/error.h"
#include "engine/store/memory/memory_store.h"
#include "gavel/v1/meeting_service.grpc.pb.h"
#include "gavel/v1/org_service.grpc.pb.h"
#include "gavel/v1/rules_service.grpc.pb.h"
#include "gavel/v1/server_service.grpc.pb.h"
#include "gavel/v1/spec_service.grpc.pb.h"
#include "gavel/v1/watch_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"

namespace gavel {
namespace {

google::rpc::ErrorInfo InfoOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  details.ParseFromString(status.error_details());
  for (const auto& any : details.details()) {
    if (any.UnpackTo(&info)) break;
  }
  return info;
}

// Metadata of a call by `principal`; empty: by nobody.
std::unique_ptr<grpc::ClientContext> As(const std::string& principal) {
  auto context = std::make_unique<grpc::ClientContext>();
  if (!principal.empty()) context->AddMetadata("gavel-principal", principal);
  return context;
}

class GaveldServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    GaveldFlags flags;
    flags.listen = *rpc::ParseListenAddress("127.0.0.1:0");
    flags.policy_dir = GAVEL_SOURCE_DIR "/deploy/policy";
    flags.dev = true;
    flags.dev_now = absl::FromUnixSeconds(1'796'112'000);  // 2026-12-01 08:00 UTC.
    auto service = GaveldService::Start(flags, std::make_unique<store::MemoryStore>("log"),
                                        [](const absl::Status&) { FAIL(); });
    ASSERT_TRUE(service.ok()) << service.status();
    service_ = *std::move(service);
    channel_ =
        grpc::CreateChannel(service_->address().ToString(), grpc::InsecureChannelCredentials());
  }

  // Calls `method` (`/gavel.v1.OrgService/ListAreas`) as nobody, with an empty or given request.
  grpc::Status CallRaw(const std::string& method, const std::string& request,
                       std::string* response = nullptr) {
    grpc::Slice slice(request);
    const grpc::ByteBuffer in(&slice, 1);
    grpc::ByteBuffer out;
    grpc::ClientContext context;
    grpc::GenericStub stub(channel_);
    std::promise<grpc::Status> done;
    stub.UnaryCall(&context, method, grpc::StubOptions(), &in, &out,
                   [&](grpc::Status status) { done.set_value(std::move(status)); });
    const grpc::Status status = done.get_future().get();
    grpc::Slice bytes;
    if (response != nullptr && out.DumpToSingleSlice(&bytes).ok()) {
      response->assign(bytes.begin(), bytes.end());
    }
    return status;
  }

  v1::GetServerInfoResponse ServerInfo() {
    v1::GetServerInfoResponse response;
    const auto status =
        v1::ServerService::NewStub(channel_)->GetServerInfo(As("").get(), {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  grpc::Status SetAbsence(const v1::SetAbsenceRequest& request, v1::SetAbsenceResponse* response) {
    return v1::OrgService::NewStub(channel_)->SetAbsence(As("ana").get(), request, response);
  }

  static v1::SetAbsenceRequest Absence(int day, const std::string& request_id) {
    v1::SetAbsenceRequest request;
    auto& absence = *request.mutable_absence();
    absence.mutable_from()->set_year(2026);
    absence.mutable_from()->set_month(12);
    absence.mutable_from()->set_day(day);
    *absence.mutable_to() = absence.from();
    request.set_request_id(request_id);
    return request;
  }

  std::unique_ptr<GaveldService> service_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(GaveldServiceTest, ComesUpWithTheShippedPolicyAndSaysSo) {
  const auto info = ServerInfo();
  EXPECT_TRUE(info.dev());
  EXPECT_EQ(info.log_id(), "log");
  EXPECT_GT(info.seq(), 0);
  EXPECT_EQ(info.now().seconds(), 1'796'112'000);
  EXPECT_FALSE(info.policy().empty());
}

TEST_F(GaveldServiceTest, EveryMethodOfTheApiIsServedToMembersOnly) {
  int methods = 0;
  for (const auto* file :
       {v1::SubmitSpecRequest::descriptor()->file(), v1::OpenItemRequest::descriptor()->file(),
        v1::GetAreaRequest::descriptor()->file(), v1::EvaluateRequest::descriptor()->file(),
        v1::AdvanceClockRequest::descriptor()->file()}) {
    const auto* service = file->service(0);
    for (int i = 0; i < service->method_count(); ++i, ++methods) {
      const auto& name = service->method(i)->name();
      const auto status = CallRaw("/" + service->full_name() + "/" + name, "");
      const auto expected =
          name == "GetServerInfo" ? grpc::StatusCode::OK : grpc::StatusCode::UNAUTHENTICATED;
      EXPECT_EQ(status.error_code(), expected) << name << ": " << status.error_message();
    }
  }
  EXPECT_GT(methods, 70);
}

TEST_F(GaveldServiceTest, StrangersAreNobody) {
  v1::ListAreasResponse areas;
  const auto status = v1::OrgService::NewStub(channel_)->ListAreas(As("mallory").get(), {}, &areas);
  EXPECT_EQ(InfoOf(status).reason(), "SIGN_IN_REQUIRED");
  v1::WatchEventsResponse response;
  const auto context = As("mallory");
  const auto stream = v1::WatchService::NewStub(channel_)->WatchEvents(context.get(), {});
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(InfoOf(stream->Finish()).reason(), "SIGN_IN_REQUIRED");
}

TEST_F(GaveldServiceTest, ErrorsOfTheApplicationArriveWhole) {
  v1::GetSpecRequest request;
  request.set_spec("MEDIA-1");
  v1::GetSpecResponse response;
  const auto status =
      v1::SpecService::NewStub(channel_)->GetSpec(As("ana").get(), request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(InfoOf(status).reason(), "SPEC_NOT_FOUND");
  EXPECT_EQ(InfoOf(status).domain(), "gavel.dev");
}

TEST_F(GaveldServiceTest, ARepeatedRequestIsOneCommandAndOneEvent) {
  const int64_t before = ServerInfo().seq();
  v1::SetAbsenceResponse first;
  v1::SetAbsenceResponse second;
  const auto request = Absence(7, "5cbb8ea4-62ab-4d1e-9f0f-6c0c7b2f4d11");
  ASSERT_TRUE(SetAbsence(request, &first).ok());
  ASSERT_TRUE(SetAbsence(request, &second).ok());
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
  EXPECT_EQ(ServerInfo().seq(), before + 1);
  const auto reused = SetAbsence(Absence(8, request.request_id()), &second);
  EXPECT_EQ(InfoOf(reused).reason(), "REQUEST_ID_REUSED");
}

TEST_F(GaveldServiceTest, AWatcherSeesACommandOnceItIsAnswered) {
  v1::WatchEventsRequest request;
  request.set_after_seq(-1);
  const auto context = As("gavel-bot");
  const auto stream = v1::WatchService::NewStub(channel_)->WatchEvents(context.get(), request);
  v1::WatchEventsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  v1::SetAbsenceResponse answer;
  ASSERT_TRUE(SetAbsence(Absence(7, ""), &answer).ok());
  ASSERT_TRUE(stream->Read(&response));
  ASSERT_EQ(response.events_size(), 1);
  EXPECT_EQ(response.events(0).type(), "AbsenceSet");
  EXPECT_EQ(response.events(0).seq(), answer.seq());
  EXPECT_EQ(response.events(0).actor(), "ana");
  context->TryCancel();
}

TEST_F(GaveldServiceTest, ConcurrentCommandsAllSucceedWithoutGaps) {
  const int64_t before = ServerInfo().seq();
  std::vector<std::thread> writers;
  std::mutex mutex;
  std::set<int64_t> numbers;
  for (int writer = 0; writer < 8; ++writer) {
    writers.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        v1::SetAbsenceResponse response;
        ASSERT_TRUE(SetAbsence(Absence(7, ""), &response).ok());
        std::lock_guard lock(mutex);
        numbers.insert(response.seq());
      }
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(numbers.size(), 80u);
  EXPECT_EQ(*numbers.begin(), before + 1);
  EXPECT_EQ(*numbers.rbegin(), before + 80);
}

TEST_F(GaveldServiceTest, TheDevelopmentClockMovesAndFiresTimers) {
  v1::AdvanceClockRequest request;
  request.mutable_by()->set_seconds(8 * 24 * 3600);
  v1::AdvanceClockResponse response;
  const auto status =
      v1::ServerService::NewStub(channel_)->AdvanceClock(As("ana").get(), request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.now().seconds(), 1'796'112'000 + 8 * 24 * 3600);
  EXPECT_GT(response.timers_fired(), 0);
}

TEST_F(GaveldServiceTest, HealthKnowsEveryService) {
  const auto health = [&](const std::string& service) {
    std::string request = "\x0a" + std::string(1, static_cast<char>(service.size())) + service;
    std::string response;
    const auto status = CallRaw("/grpc.health.v1.Health/Check", request, &response);
    return status.ok() ? response : status.error_message();
  };
  const std::string serving = "\x08\x01";  // HealthCheckResponse.status = SERVING
  for (const char* name : {"SpecService", "MeetingService", "OrgService", "RulesService",
                           "ServerService", "WatchService"}) {
    EXPECT_EQ(health(std::string("gavel.v1.") + name), serving) << name;
  }
}

// One request of the reflection stream, and what it answers.
class ReflectionCall final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  ReflectionCall(grpc::GenericStub& stub, const std::string& request) : slice_(request) {
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    stub.PrepareBidiStreamingCall(&context_,
                                  "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                                  grpc::StubOptions(), this);
    StartWriteLast(&request_, grpc::WriteOptions());
    StartRead(&response_);
    StartCall();
  }
  void OnDone(const grpc::Status& status) override {
    grpc::Slice bytes;
    if (status.ok() && response_.DumpToSingleSlice(&bytes).ok()) {
      return done_.set_value(std::string(bytes.begin(), bytes.end()));
    }
    done_.set_value(status.error_message());
  }
  std::string Answer() { return done_.get_future().get(); }

 private:
  grpc::ClientContext context_;
  grpc::Slice slice_;
  grpc::ByteBuffer request_{&slice_, 1};
  grpc::ByteBuffer response_;
  std::promise<std::string> done_;
};

TEST_F(GaveldServiceTest, ReflectionListsEveryService) {
  grpc::GenericStub stub(channel_);
  ReflectionCall call(stub, "\x3a\x01*");  // ServerReflectionRequest.list_services = "*"
  const std::string answer = call.Answer();
  for (const char* name : {"SpecService", "MeetingService", "OrgService", "RulesService",
                           "ServerService", "WatchService"}) {
    EXPECT_NE(answer.find(std::string("gavel.v1.") + name), std::string::npos) << answer;
  }
}

TEST_F(GaveldServiceTest, StopEndsStreamsAndRefusesCallers) {
  const auto context = As("ana");
  const auto stream = v1::WatchService::NewStub(channel_)->WatchEvents(context.get(), {});
  v1::WatchEventsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  std::thread stopper([this] { service_->Stop(); });
  while (stream->Read(&response)) {
  }
  const auto status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(InfoOf(status).reason(), "SHUTTING_DOWN");
  EXPECT_EQ(context->GetServerTrailingMetadata().count("gavel-cursor-bin"), 1u);
  stopper.join();
  v1::SetAbsenceResponse answer;
  EXPECT_EQ(SetAbsence(Absence(7, ""), &answer).error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST(GaveldServiceCheck, TheShippedPolicyIsGoodAndAMissingOneIsNot) {
  GaveldFlags flags;
  flags.policy_dir = GAVEL_SOURCE_DIR "/deploy/policy";
  EXPECT_TRUE(GaveldService::Check(flags).ok());
  flags.policy_dir = GAVEL_SOURCE_DIR "/deploy";
  EXPECT_FALSE(GaveldService::Check(flags).ok());
  flags.policy_dir = GAVEL_SOURCE_DIR "/deploy/policy";
  flags.tokens_file = flags.policy_dir + "/org.yaml";
  EXPECT_EQ(ErrorReasonOf(GaveldService::Check(flags)), "FIELD_INVALID");
}

}  // namespace
}  // namespace gavel
