// A database that was written before there were review cases gets them at the next start.
#include "engine/app/insight/backtest_rebuild.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/app/bootstrap.h"
#include "engine/app/command/run_command.h"
#include "engine/app/testing/service.h"

namespace gavel::app {
namespace {

// What a server of that time left behind: everything but the cases.
class ForgetfulStore final : public store::Store {
 public:
  explicit ForgetfulStore(store::Store& store) : store_(store) {}

  absl::StatusOr<std::unique_ptr<store::View>> Read() const override { return store_.Read(); }

  absl::StatusOr<store::Head> Commit(Build build) override {
    return store_.Commit([&](const store::View& view) -> absl::StatusOr<store::Group> {
      GAVEL_ASSIGN_OR_RETURN(store::Group group, build(view));
      for (store::CommandRows& command : group.commands) command.review_cases.clear();
      return group;
    });
  }

 private:
  store::Store& store_;
};

// One run of the server over a store.
class ServerRun {
 public:
  explicit ServerRun(store::Store& store) : committer_(store, clock_, {}) {
    environment_.emplace(Environment{.store = store,
                                     .committer = committer_,
                                     .clock = clock_,
                                     .policy = policy_,
                                     .dev_clock = &clock_,
                                     .version = "test",
                                     .audit_key = "the secret of the tests, 32 bytes"});
    const absl::Status started = Bootstrap(*environment_, GAVEL_SOURCE_DIR "/deploy/policy");
    EXPECT_TRUE(started.ok()) << started;
  }

  template <typename Request, typename Response>
  Response Do(absl::Status (SpecApi::*method)(const Caller&, const Request&, Response*),
              const Request& request) {
    SpecApi api(*environment_);
    Response response;
    const absl::Status status = (api.*method)(Caller{.principal = "ana"}, request, &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }

  std::string Create(const std::string& path) {
    v1::CreateSpecRequest create;
    create.set_repository("github.com/acme/uploads");
    create.set_path(path);
    create.set_content(testing::Document("Resize on a queue", "s3/glacier", "ana"));
    create.set_area("media");
    return Do(&SpecApi::CreateSpec, create).spec().key();
  }

  std::string Submit(const std::string& path) {
    v1::SubmitSpecRequest submit;
    submit.set_spec(Create(path));
    Do(&SpecApi::SubmitSpec, submit);
    return submit.spec();
  }

 private:
  SettableClock clock_{testing::Monday()};
  Committer committer_;
  PolicyHolder policy_;
  std::optional<Environment> environment_;
};

// Every stored case, in order.
std::vector<v1::ReviewCase> Cases(const store::Store& store) {
  std::vector<v1::ReviewCase> cases;
  const auto view = store.Read();
  EXPECT_TRUE(view.ok());
  const absl::Status scanned = (*view)->ScanReviewCases(
      std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max(),
      [&](std::string_view body) {
        EXPECT_TRUE(cases.emplace_back().ParseFromString(std::string(body)));
        return absl::OkStatus();
      });
  EXPECT_TRUE(scanned.ok()) << scanned;
  return cases;
}

TEST(RebuildReviewCases, AnOlderDatabaseGetsItsCasesAtTheStart) {
  store::MemoryStore store("00000000-0000-4000-8000-000000000001");
  std::string first, second;
  {
    ForgetfulStore old(store);
    ServerRun server(old);
    first = server.Submit("specs/a.md");
    server.Create("specs/draft.md");
    second = server.Submit("specs/b.md");
  }
  EXPECT_TRUE(Cases(store).empty());
  { ServerRun server(store); }
  const std::vector<v1::ReviewCase> filled = Cases(store);
  ASSERT_EQ(filled.size(), 2u) << "a draft has none";
  EXPECT_EQ(filled[0].spec(), first);
  EXPECT_EQ(filled[1].spec(), second);
  EXPECT_EQ(filled[0].mode(), v1::REVIEW_MODE_SYNC);
  EXPECT_EQ(filled[0].facts().dependencies_size(), 1);
  // The next start leaves them, and new submissions join.
  ServerRun server(store);
  const std::string third = server.Submit("specs/c.md");
  ASSERT_EQ(Cases(store).size(), 3u);
  EXPECT_EQ(Cases(store)[2].spec(), third);
}

}  // namespace
}  // namespace gavel::app
