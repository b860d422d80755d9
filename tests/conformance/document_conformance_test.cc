// Conformance: bodies, files, and search.
#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "tests/conformance/store_conformance.h"

namespace gavel::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A command of one event with nothing else.
CommandRows Step(int64_t version) {
  CommandRows command;
  command.events = {MakeEvent("policy", version)};
  return command;
}

TEST_P(StoreConformance, ABodyComesBackByteForByte) {
  const std::string large(1 << 20, '\xFE');
  CommandRows command = Step(1);
  for (const std::string& bytes : {BinaryBytes(), std::string(), large}) {
    command.bodies.push_back({Sha256Hex(bytes), bytes});
  }
  Must(Commit(store(), command));
  const auto view = Read();
  for (const BodyRow& body : command.bodies) {
    EXPECT_TRUE(Must(view->Body(body.content_hash)) == body.bytes) << body.content_hash;
  }
  EXPECT_EQ(Must(view->Body(Sha256Hex("other"))), std::nullopt);
}

TEST_P(StoreConformance, ABodyIsStoredOnce) {
  CommandRows command = Step(1);
  command.bodies = {{Sha256Hex("x"), "x"}, {Sha256Hex("x"), "x"}};
  Must(Commit(store(), command));
  command.events = Step(2).events;
  Must(Commit(store(), command));
  EXPECT_EQ(Must(Read()->Body(Sha256Hex("x"))), "x");
}

TEST_P(StoreConformance, AFileBelongsToTheLastSubject) {
  CommandRows command = Step(1);
  command.paths = {{"repo", "a.md", "specs/A-1"},
                   {"repo", "a.md", "specs/A-2"},
                   {"repo", "A.md", "specs/A-3"},
                   {"repo/a.md", "", "specs/A-4"},
                   {"", "", "specs/A-5"}};
  Must(Commit(store(), command));
  const auto view = Read();
  EXPECT_EQ(Must(view->SubjectAt("repo", "a.md")), "specs/A-2");
  EXPECT_EQ(Must(view->SubjectAt("repo", "A.md")), "specs/A-3");
  EXPECT_EQ(Must(view->SubjectAt("repo/a.md", "")), "specs/A-4");
  EXPECT_EQ(Must(view->SubjectAt("", "")), "specs/A-5");
  EXPECT_EQ(Must(view->SubjectAt("repo", "b.md")), std::nullopt);
  EXPECT_EQ(Must(view->SubjectAt("Repo", "a.md")), std::nullopt);

  CommandRows later = Step(2);
  later.paths = {{"repo", "a.md", "specs/A-9"}};
  Must(Commit(store(), later));
  EXPECT_EQ(Must(Read()->SubjectAt("repo", "a.md")), "specs/A-9");
}

class SearchConformance : public StoreConformance {
 protected:
  void Put(std::string subject, std::string title, std::string text) {
    CommandRows command = Step(++version_);
    command.searches = {{std::move(subject), std::move(title), std::move(text)}};
    Must(Commit(store(), command));
  }

  std::vector<std::string> Search(const std::vector<std::string>& words, int limit = 100) {
    return Must(Read()->Search(words, limit));
  }

 private:
  int64_t version_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Store, SearchConformance, ::testing::ValuesIn(Backends()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_P(SearchConformance, EveryWordMustBeThereWholly) {
  Put("specs/A-1", "Cache for thumbnails", "Uses Redis, sized at 12GB.");
  Put("specs/A-2", "Caching proxy", "A cache-like thing in front of Redis");
  EXPECT_THAT(Search({"cache"}), ElementsAre("specs/A-1", "specs/A-2"));
  EXPECT_THAT(Search({"REDIS", "cache"}), ElementsAre("specs/A-2", "specs/A-1"));
  EXPECT_THAT(Search({"redis", "12gb"}), ElementsAre("specs/A-1"));
  EXPECT_THAT(Search({"cach"}), IsEmpty());
  EXPECT_THAT(Search({"redis", "kafka"}), IsEmpty());
  EXPECT_THAT(Search({}), IsEmpty());
}

TEST_P(SearchConformance, TitleHitsComeFirstThenTheNewest) {
  Put("specs/A-1", "Queue", "");
  Put("specs/A-2", "Other", "queue");
  Put("specs/A-3", "Queue again", "");
  Put("specs/A-4", "More", "the queue");
  EXPECT_THAT(Search({"queue"}), ElementsAre("specs/A-3", "specs/A-1", "specs/A-4", "specs/A-2"));
  EXPECT_THAT(Search({"queue"}, 2), ElementsAre("specs/A-3", "specs/A-1"));
  Put("specs/A-1", "Queue", "touched");
  EXPECT_THAT(Search({"queue"}), ElementsAre("specs/A-1", "specs/A-3", "specs/A-4", "specs/A-2"));
}

TEST_P(SearchConformance, EntriesOfOneCommandAreOrderedBySubject) {
  CommandRows command = Step(1);
  command.searches = {{"specs/b", "same", ""}, {"specs/a", "same", ""}, {"specs/B", "same", ""}};
  Must(Commit(store(), command));
  EXPECT_THAT(Search({"same"}), ElementsAre("specs/B", "specs/a", "specs/b"));
}

TEST_P(SearchConformance, AnEntryReplacesTheOneBefore) {
  Put("specs/A-1", "alpha", "beta");
  Put("specs/A-1", "gamma", "");
  EXPECT_THAT(Search({"alpha"}), IsEmpty());
  EXPECT_THAT(Search({"beta"}), IsEmpty());
  EXPECT_THAT(Search({"gamma"}), ElementsAre("specs/A-1"));
}

TEST_P(SearchConformance, WordsOfAnyAlphabetAreFoundAsTheyAreWritten) {
  Put("specs/A-1", "Größe—Straße", "東京、大阪 naïve 𝒳");
  for (const char* word : {"größe", "GRößE", "straße", "東京", "大阪", "naïve", "𝒳"}) {
    EXPECT_THAT(Search({word}), ElementsAre("specs/A-1")) << word;
  }
  for (const char* word : {"grosse", "GRÖSSE", "GRÖßE", "naive", "東", "na"}) {
    EXPECT_THAT(Search({word}), IsEmpty()) << word;
  }
}

TEST_P(SearchConformance, WordsOfTheQueryLanguageAreJustWords) {
  Put("specs/A-1", "AND OR NOT NEAR", "title text rowid");
  for (const char* word : {"and", "OR", "NOT", "NEAR", "title", "text", "rowid"}) {
    EXPECT_THAT(Search({word}), ElementsAre("specs/A-1")) << word;
  }
}

TEST_P(SearchConformance, TextThatIsNoTextIsSearchedForTheWordsInIt) {
  Put("specs/A-1", BinaryBytes(), std::string("before\0after \xFF nul", 17));
  EXPECT_THAT(Search({"before", "after"}), ElementsAre("specs/A-1"));
  EXPECT_THAT(Search({"0123456789"}), ElementsAre("specs/A-1"));
}

TEST_P(SearchConformance, LongWordsAreFoundByTheirBeginning) {
  const std::string word(100'000, 'w');
  Put("specs/A-1", "", word);
  EXPECT_THAT(Search({word}), ElementsAre("specs/A-1"));
  EXPECT_THAT(Search({std::string(256, 'w')}), ElementsAre("specs/A-1"));
  EXPECT_THAT(Search({std::string(255, 'w')}), IsEmpty());
}

TEST_P(SearchConformance, AnythingButOneWordIsRefused) {
  Put("specs/A-1", "a b", "");
  for (const char* word : {"", "a b", "a*", "\"a\"", "title:a", "a'; DROP TABLE event"}) {
    const auto found = Read()->Search({"a", word}, 10);
    EXPECT_EQ(found.status().code(), absl::StatusCode::kInvalidArgument) << word;
    EXPECT_EQ(ErrorReasonOf(found.status()), "FIELD_INVALID") << word;
  }
}

}  // namespace
}  // namespace gavel::store
