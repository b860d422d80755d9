// Conformance: entities, their pages, their order in time, and their counts.
#include <algorithm>
#include <limits>
#include <set>

#include "engine/base/sha256.h"
#include "tests/conformance/store_conformance.h"

namespace gavel::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

EntityRow Spec(std::string subject, std::string area, std::string state) {
  return {.subject = std::move(subject),
          .kind = "spec",
          .area = std::move(area),
          .state = std::move(state)};
}

EntityRow Meeting(std::string subject, std::string area, int64_t start_us) {
  return {.subject = std::move(subject),
          .kind = "meeting",
          .area = std::move(area),
          .sort_us = start_us};
}

// Every page of `query`, `limit` at a time; `between_pages` runs after each.
template <typename BetweenPages>
std::vector<EntityRow> AllPages(Store& store, EntityQuery query, BetweenPages between_pages) {
  std::vector<EntityRow> rows;
  while (true) {
    const auto page = Must(Must(store.Read())->Entities(query));
    rows.insert(rows.end(), page.begin(), page.end());
    if (page.size() < static_cast<size_t>(query.limit)) return rows;
    query.after_create_seq = page.back().create_seq;
    between_pages();
  }
}

std::set<std::string> AsSet(const std::vector<std::string>& subjects) {
  return {subjects.begin(), subjects.end()};
}

TEST_P(StoreConformance, AnEntityComesBackByteForByte) {
  EntityRow row = Spec("specs/Ä-1", "média", "DRAFT");
  row.sort_us = kMax;
  row.version = kMax;
  row.body = BinaryBytes();
  CommandRows command = Create(row);
  command.entities[0].update_seq = kMax;
  command.entities[0].create_seq = 1;
  Must(Commit(store(), command));
  const EntityRow stored = *Must(Read()->Entity("specs/Ä-1"));
  EXPECT_EQ(stored.subject, row.subject);
  EXPECT_EQ(stored.kind, "spec");
  EXPECT_EQ(stored.area, "média");
  EXPECT_EQ(stored.state, "DRAFT");
  EXPECT_EQ(stored.sort_us, kMax);
  EXPECT_EQ(stored.version, kMax);
  EXPECT_EQ(stored.create_seq, 1);
  EXPECT_EQ(stored.update_seq, kMax);
  EXPECT_EQ(stored.body, row.body);
  EXPECT_EQ(stored.row_hash, Sha256(row.body));
}

TEST_P(StoreConformance, AnUpsertReplacesEveryColumn) {
  Must(Commit(store(), Create(Spec("specs/A-1", "a", "DRAFT"))));
  EntityRow row = *Must(Read()->Entity("specs/A-1"));
  row.area = "b";
  row.sort_us = 7;
  row.body = "new";
  Must(Commit(store(), Change(row, "QUEUED")));
  const EntityRow stored = *Must(Read()->Entity("specs/A-1"));
  EXPECT_EQ(stored.area, "b");
  EXPECT_EQ(stored.state, "QUEUED");
  EXPECT_EQ(stored.sort_us, 7);
  EXPECT_EQ(stored.version, 2);
  EXPECT_EQ(stored.create_seq, 1);
  EXPECT_EQ(stored.update_seq, 2);
  EXPECT_EQ(stored.body, "new");
  EXPECT_EQ(stored.row_hash, Sha256("new"));
}

TEST_P(StoreConformance, ASubjectIsItsBytes) {
  Must(Commit(store(), {Create(Spec("specs/A", "", "")), Create(Spec("specs/a", "", "")),
                        Create(Spec("specs/Ä", "", "")), Create(Spec("specs/A ", "", "")),
                        Create(Spec("", "", ""))}));
  const auto view = Read();
  EXPECT_EQ(Must(view->CountEntities("spec", "")), 5);
  EXPECT_EQ(Must(view->Entity("specs/A"))->create_seq, 1);
  EXPECT_EQ(Must(view->Entity("specs/a"))->create_seq, 2);
  EXPECT_EQ(Must(view->Entity("specs/A "))->create_seq, 4);
  EXPECT_EQ(Must(view->Entity(""))->create_seq, 5);
  EXPECT_EQ(Must(view->Entity("specs/ä")), std::nullopt);
  EXPECT_EQ(Must(view->Entity("specs/A\xCC\x88")), std::nullopt) << "normalised";
  EXPECT_EQ(Must(view->Entity("specs/_")), std::nullopt);
  EXPECT_EQ(Must(view->Entity("specs/%")), std::nullopt);
}

TEST_P(StoreConformance, EntitiesAreChosenByKindAreaAndState) {
  Must(Commit(store(),
              {Create(Spec("specs/Z-1", "a", "DRAFT")), Create(Spec("specs/Y-1", "b", "QUEUED")),
               Create(Meeting("meetings/1", "a", 5)), Create(Spec("specs/X-1", "a", "QUEUED")),
               Create(Spec("specs/W-1", "a", "queued"))}));
  const auto select = [&](EntityQuery query) { return Subjects(Must(Read()->Entities(query))); };
  EXPECT_THAT(select({.kind = "spec"}),
              ElementsAre("specs/Z-1", "specs/Y-1", "specs/X-1", "specs/W-1"));
  EXPECT_THAT(select({.kind = "spec", .area = "a"}),
              ElementsAre("specs/Z-1", "specs/X-1", "specs/W-1"));
  EXPECT_THAT(select({.kind = "spec", .states = {"QUEUED"}}),
              ElementsAre("specs/Y-1", "specs/X-1"));
  EXPECT_THAT(select({.kind = "spec", .area = "a", .states = {"QUEUED", "DRAFT", "QUEUED"}}),
              ElementsAre("specs/Z-1", "specs/X-1"));
  EXPECT_THAT(
      select({.kind = "spec", .states = {"QUEUED", "DRAFT"}, .after_create_seq = 1, .limit = 1}),
      ElementsAre("specs/Y-1"));
  EXPECT_THAT(select({.kind = "Spec"}), IsEmpty());
  EXPECT_THAT(select({.kind = "spec", .area = "A"}), IsEmpty());
}

TEST_P(StoreConformance, PagesHoldWhatExistsThroughoutExactlyOnce) {
  constexpr int kSpecs = 25;
  std::vector<CommandRows> commands;
  for (int i = 0; i < kSpecs; ++i) {
    // Subjects in an order that is not that of creation.
    commands.push_back(Create(Spec("specs/A-" + std::to_string((i * 7) % kSpecs), "a", "DRAFT")));
  }
  Must(Commit(store(), commands));
  // Between two pages one spec is changed and one is created, in this area and state.
  int turn = 0;
  const auto change_something = [&] {
    const std::string changed = "specs/A-" + std::to_string(turn % kSpecs);
    Must(Commit(store(), {Change(*Must(Read()->Entity(changed)), "DRAFT"),
                          Create(Spec("specs/B-" + std::to_string(turn), "a", "DRAFT"))}));
    ++turn;
  };
  for (const EntityQuery& query :
       {EntityQuery{.kind = "spec", .area = "a", .limit = 3},
        EntityQuery{.kind = "spec", .area = "a", .states = {"DRAFT", "QUEUED"}, .limit = 4},
        EntityQuery{.kind = "spec", .limit = 5}}) {
    const auto rows = AllPages(store(), query, change_something);
    const std::set<std::string> distinct = AsSet(Subjects(rows));
    EXPECT_EQ(distinct.size(), rows.size()) << "returned twice";
    for (int i = 0; i < kSpecs; ++i) {
      EXPECT_EQ(distinct.count("specs/A-" + std::to_string(i)), 1u) << "missed " << i;
    }
    EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
      return a.create_seq < b.create_seq;
    }));
  }
}

TEST_P(StoreConformance, EntitiesBetweenAreInOrderOfTimeThenSubject) {
  Must(Commit(store(),
              {Create(Meeting("meetings/c", "a", 30)), Create(Meeting("meetings/b", "a", 20)),
               Create(Meeting("meetings/a", "b", 20)), Create(Meeting("meetings/d", "a", 10)),
               Create(Spec("specs/A-1", "a", "DRAFT")), Create(Meeting("meetings/e", "a", -5))}));
  const auto view = Read();
  const auto between = [&](std::string_view area, int64_t from, int64_t to, int limit) {
    return Subjects(Must(view->EntitiesBetween("meeting", area, from, to, limit)));
  };
  EXPECT_THAT(between("", 10, 30, 10), ElementsAre("meetings/d", "meetings/a", "meetings/b"));
  EXPECT_THAT(between("a", 10, 31, 10), ElementsAre("meetings/d", "meetings/b", "meetings/c"));
  EXPECT_THAT(between("", kMin, kMax, 2), ElementsAre("meetings/e", "meetings/d"));
  EXPECT_THAT(between("", 30, 10, 10), IsEmpty());
  EXPECT_THAT(Must(view->EntitiesBetween("spec", "", kMin, kMax, 10)), IsEmpty())
      << "what has no time is on no time line";
}

TEST_P(StoreConformance, AMovedMeetingIsFoundAtItsNewTimeOnly) {
  Must(Commit(store(), Create(Meeting("meetings/a", "a", 10))));
  EntityRow row = *Must(Read()->Entity("meetings/a"));
  row.sort_us = 50;
  Must(Commit(store(), Change(row, "PLANNED")));
  EXPECT_THAT(Must(Read()->EntitiesBetween("meeting", "a", 0, 50, 10)), IsEmpty());
  EXPECT_THAT(Subjects(Must(Read()->EntitiesBetween("meeting", "a", 50, 51, 10))),
              ElementsAre("meetings/a"));
}

TEST_P(StoreConformance, CountsFollowCreationAndMoveButNotChange) {
  Must(Commit(store(),
              {Create(Spec("specs/A-1", "a", "DRAFT")), Create(Spec("specs/A-2", "a", "DRAFT")),
               Create(Spec("specs/B-1", "b", "DRAFT")), Create(Meeting("meetings/1", "a", 5))}));
  EXPECT_EQ(Must(Read()->CountEntities("spec", "a")), 2);
  EXPECT_EQ(Must(Read()->CountEntities("spec", "")), 3);
  EXPECT_EQ(Must(Read()->CountEntities("spec", "c")), 0);

  EntityRow moved = *Must(Read()->Entity("specs/A-2"));
  moved.area = "c";
  Must(Commit(store(),
              {Change(*Must(Read()->Entity("specs/A-1")), "QUEUED"), Change(moved, "QUEUED")}));
  EXPECT_EQ(Must(Read()->CountEntities("spec", "a")), 1);
  EXPECT_EQ(Must(Read()->CountEntities("spec", "c")), 1);
  EXPECT_EQ(Must(Read()->CountEntities("spec", "")), 3);
}

TEST_P(StoreConformance, TheLastUpsertOfAGroupCounts) {
  EntityRow row = Spec("specs/A-1", "a", "DRAFT");
  CommandRows create = Create(row);
  row.version = 1;
  row.create_seq = 1;
  Must(Commit(store(), {create, Change(row, "QUEUED")}));
  EXPECT_EQ(Must(Read()->Entity("specs/A-1"))->state, "QUEUED");
  EXPECT_EQ(Must(Read()->CountEntities("spec", "a")), 1);
}

}  // namespace
}  // namespace gavel::store
