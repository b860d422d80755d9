// SIGKILL in the middle of commits: what was acknowledged is there, and nothing is there by half.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "engine/store/sqlite/sqlite_store.h"
#include "tests/testing/store_testing.h"
#include "tests/testing/temporary_folder.h"

namespace gavel::store {
namespace {

constexpr int kRounds = 20;

// A group of three commands, each with an event, an entity, a document's words and a timer.
std::vector<CommandRows> NextCommands(int64_t seq) {
  std::vector<CommandRows> commands;
  for (int64_t number = seq + 1; number <= seq + 3; ++number) {
    const std::string subject = "specs/A-" + std::to_string(number);
    CommandRows command =
        Create({.subject = subject,
                .kind = "spec",
                .body = std::string(static_cast<size_t>(number * 977 % 9000), 'x')});
    command.searches = {{subject, "title " + std::to_string(number), "text"}};
    command.timers_set = {{subject, "lapse", number, 1}};
    commands.push_back(std::move(command));
  }
  return commands;
}

// Commits until it is killed, and tells `acknowledged` each durable head.
[[noreturn]] void CommitForever(const std::string& path, int acknowledged) {
  const auto store = Must(SqliteStore::Open({.path = path}));
  int64_t seq = Must(store->Read())->head().seq;
  while (true) {
    seq = Must(Commit(*store, NextCommands(seq))).seq;
    if (write(acknowledged, &seq, sizeof(seq)) != sizeof(seq)) _exit(1);
  }
}

// Runs CommitForever in a process that is killed after `acks` acknowledgements, at whatever it does
// then. Returns the last one.
int64_t KillAfter(int acks, const std::string& path) {
  std::array<int, 2> pipe_ends{};
  if (pipe(pipe_ends.data()) != 0) throw std::runtime_error("pipe");
  const pid_t child = fork();
  if (child == 0) CommitForever(path, pipe_ends[1]);
  close(pipe_ends[1]);
  int64_t last = 0;
  int64_t seq = 0;
  for (int i = 0; read(pipe_ends[0], &seq, sizeof(seq)) == sizeof(seq); ++i) {
    last = seq;
    if (i == acks) kill(child, SIGKILL);  // Then reads what else it said before it died.
  }
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  return last;
}

TEST(CrashTest, KillingTheProcessLosesNothingAcknowledgedAndHalvesNothing) {
  const TemporaryFolder folder;
  const std::string path = folder.File("gavel.db");
  int64_t total_acked = 0;
  for (int round = 0; round < kRounds; ++round) {
    const int64_t acked = KillAfter(round % 7, path);
    ASSERT_GT(acked, total_acked);
    total_acked = acked;

    const auto store = Must(SqliteStore::Open({.path = path}));
    const auto view = Must(store->Read());
    const int64_t seq = view->head().seq;
    EXPECT_GE(seq, acked);
    EXPECT_LE(seq, acked + 3) << "one group at most was under way";
    EXPECT_EQ(seq % 3, 0) << "half a group";
    const std::vector<EventRow> events = AllEvents(*view);
    ASSERT_EQ(static_cast<int64_t>(events.size()), seq);
    for (int64_t i = 0; i < seq; ++i) ASSERT_EQ(events[static_cast<size_t>(i)].seq, i + 1);
    EXPECT_EQ(Must(view->CountEntities("spec", "")), seq);
    EXPECT_EQ(Must(view->CountTimers()), seq);
    EXPECT_EQ(static_cast<int64_t>(Must(view->Search({"text"}, 10'000)).size()), seq);
  }
}

}  // namespace
}  // namespace gavel::store
