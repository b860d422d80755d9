// WatchEvents over a real connection: the parts of the contract that depend on time, on the
// connection, and on the server's stop. What is sent is tested in
// engine/app/watch/watch_session_test.cc.
#include "engine/rpc/watch_stream.h"

#include <gtest/gtest.h>

#include <thread>

#include "engine/base/error.h"
#include "engine/rpc/dispatcher.h"
#include "engine/rpc/server.h"
#include "engine/store/memory/memory_store.h"
#include "gavel/v1/watch_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "tests/testing/append_events.h"

namespace gavel::rpc {
namespace {

// One client's end of a stream.
struct Watcher {
  Watcher(v1::WatchService::Stub& stub, const v1::WatchEventsRequest& request,
          const std::string& principal = "ana") {
    if (!principal.empty()) context.AddMetadata("gavel-principal", principal);
    reader = stub.WatchEvents(&context, request);
  }

  // The next response; fails the test when the stream ends instead.
  v1::WatchEventsResponse Next() {
    v1::WatchEventsResponse response;
    if (!reader->Read(&response)) {
      ADD_FAILURE() << "The stream ended: " << reader->Finish().error_message();
    }
    return response;
  }

  std::string CursorTrailer() {
    const auto& trailers = context.GetServerTrailingMetadata();
    const auto it = trailers.find("gavel-cursor-bin");
    return it == trailers.end() ? "" : std::string(it->second.data(), it->second.size());
  }

  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientReader<v1::WatchEventsResponse>> reader;
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

class WatchStreamTest : public ::testing::Test {
 protected:
  void Start(const app::WatchTiming& timing = {}) {
    const auto everything = [](const app::Caller&) {
      return app::WatchPermission{
          .may_watch = [] { return absl::OkStatus(); },
          .may_see = [](const store::View&, const v1::Event&) { return true; }};
    };
    api_.emplace(store_, hub_, everything, timing, app::WatchSession::Options{});
    std::vector<HostedService> services;
    services.push_back(MakeWatchService(dispatcher_, executor_, *api_));
    auto server = Server::Start(*ParseListenAddress("127.0.0.1:0"), std::move(services));
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    stub_ = v1::WatchService::NewStub(
        grpc::CreateChannel(server_->address().ToString(), grpc::InsecureChannelCredentials()));
  }

  void TearDown() override {
    hub_.Stop();
    server_.reset();
  }

  // Appends one command and tells the hub, as the committer does.
  int64_t Commit(size_t padding = 0) {
    v1::Event event = testing::MakeEvent("SpecSubmitted", "media", "MEDIA-1");
    event.set_meeting(std::string(padding, 'm'));
    const int64_t head = testing::AppendEvents(store_, {event});
    hub_.Publish(head);
    return head;
  }

  static v1::WatchEventsRequest After(int64_t seq) {
    v1::WatchEventsRequest request;
    request.set_after_seq(seq);
    return request;
  }

  store::MemoryStore store_{"log"};
  app::WatchHub hub_{0};
  Identity identity_{{}, /*believe_claims=*/true};
  Executor executor_{{.threads = 2, .queue_max = 1000}};
  Dispatcher dispatcher_{identity_, executor_};
  std::optional<app::WatchApi> api_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::WatchService::Stub> stub_;
};

TEST_F(WatchStreamTest, HistoryIsFollowedByWhatHappens) {
  Commit();
  Commit();
  Start();
  Watcher watcher(*stub_, After(0));
  const auto history = watcher.Next();
  EXPECT_EQ(history.events_size(), 2);
  EXPECT_EQ(history.through_seq(), 2);
  for (int64_t seq = 3; seq <= 20; ++seq) {
    Commit();
    const auto live = watcher.Next();
    ASSERT_EQ(live.events_size(), 1);
    EXPECT_EQ(live.events(0).seq(), seq);
    EXPECT_EQ(live.from_seq_exclusive(), seq - 1);
  }
}

TEST_F(WatchStreamTest, TheFirstResponseBringsACursorEvenWithoutEvents) {
  Start();
  Watcher watcher(*stub_, After(-1));
  const auto first = watcher.Next();
  EXPECT_EQ(first.events_size(), 0);
  EXPECT_FALSE(first.cursor().empty());
}

TEST_F(WatchStreamTest, AQuietStreamBeats) {
  Commit();
  Start({.heartbeat = absl::Milliseconds(20)});
  v1::WatchEventsRequest request = After(0);
  request.mutable_filter()->add_types("DecisionRecorded");
  Watcher watcher(*stub_, request);
  EXPECT_EQ(watcher.Next().through_seq(), 1);
  EXPECT_EQ(watcher.Next().through_seq(), 1) << "The log did not move, but the stream is alive.";
  Commit();
  int64_t through = 1;
  while (through == 1) {
    const auto beat = watcher.Next();
    EXPECT_EQ(beat.events_size(), 0);
    EXPECT_EQ(beat.from_seq_exclusive(), through);
    through = beat.through_seq();
  }
  EXPECT_EQ(through, 2);
}

TEST_F(WatchStreamTest, ManyWatchersSeeEverythingUnderLoad) {
  Start();
  std::vector<std::thread> watchers;
  for (int i = 0; i < 8; ++i) {
    watchers.emplace_back([this] {
      Watcher watcher(*stub_, After(0));
      int64_t through = 0;
      while (through < 200) {
        const auto response = watcher.Next();
        ASSERT_EQ(response.from_seq_exclusive(), through);
        for (const auto& event : response.events()) ASSERT_EQ(event.seq(), ++through);
        ASSERT_EQ(response.through_seq(), through);
      }
    });
  }
  for (int i = 0; i < 200; ++i) Commit();
  for (auto& watcher : watchers) watcher.join();
}

TEST_F(WatchStreamTest, StoppingEndsStreamsWithACursorThatGoesOn) {
  Commit();
  Start();
  Watcher watcher(*stub_, After(0));
  watcher.Next();
  hub_.Stop();
  v1::WatchEventsResponse response;
  EXPECT_FALSE(watcher.reader->Read(&response));
  const auto status = watcher.reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(status), "SHUTTING_DOWN");

  v1::WatchEventsRequest request;
  request.set_cursor(watcher.CursorTrailer());
  testing::AppendEvents(store_, {testing::MakeEvent("Queued", "media", "MEDIA-1")});
  auto session = api_->Open({.principal = "ana"}, request);
  ASSERT_TRUE(session.ok()) << session.status();
  EXPECT_EQ((**session->Step()).events(0).seq(), 2);
}

TEST_F(WatchStreamTest, AConsumerThatDoesNotReadIsClosedWithItsCursor) {
  for (int i = 0; i < 64; ++i) Commit(/*padding=*/900'000);
  Start({.heartbeat = absl::Seconds(30), .write_patience = absl::Milliseconds(150)});
  Watcher watcher(*stub_, After(0));
  // Real time is what is under test: nothing tells the client that the server lost its patience,
  // and on a loaded machine the server needs a while to fill what the transport buffers.
  std::this_thread::sleep_for(std::chrono::seconds(4));

  v1::WatchEventsResponse response;
  int64_t through = 0;
  while (watcher.reader->Read(&response)) {
    EXPECT_EQ(response.from_seq_exclusive(), through);
    through = response.through_seq();
  }
  EXPECT_LT(through, 64);
  const auto status = watcher.reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(status), "SLOW_CONSUMER");

  v1::WatchEventsRequest request;
  request.set_cursor(watcher.CursorTrailer());
  Watcher resumed(*stub_, request);
  EXPECT_EQ(resumed.Next().from_seq_exclusive(), through);
}

TEST_F(WatchStreamTest, ACancelledStreamLetsGo) {
  Start();
  Watcher watcher(*stub_, After(0));
  watcher.Next();
  watcher.context.TryCancel();
  EXPECT_EQ(watcher.reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  // Would wait for ever for a stream that nobody finishes.
  server_->Shutdown(absl::InfiniteDuration());
}

TEST_F(WatchStreamTest, BadRequestsAreRefusedWithTheirReason) {
  Start();
  const auto reason = [&](const v1::WatchEventsRequest& request, const std::string& principal) {
    Watcher watcher(*stub_, request, principal);
    v1::WatchEventsResponse response;
    EXPECT_FALSE(watcher.reader->Read(&response));
    return ReasonOf(watcher.reader->Finish());
  };
  v1::WatchEventsRequest nonsense;
  nonsense.set_cursor("nonsense");
  EXPECT_EQ(reason(nonsense, "ana"), "CURSOR_INVALID");
  EXPECT_EQ(reason(After(7), "ana"), "CURSOR_IN_FUTURE");
  EXPECT_EQ(reason(After(0), ""), "SIGN_IN_REQUIRED");
  dispatcher_.RefuseNewCalls();
  EXPECT_EQ(reason(After(0), "ana"), "SHUTTING_DOWN");
}

}  // namespace
}  // namespace gavel::rpc
