// Product names in the text: which words count, and what hides none.
#include "rules/document/mentions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/document.h"
#include "rules/document/visible_text.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Mentioned(const std::string& body) {
  std::vector<std::string> products;
  const Outline outline = ReadOutline(body, 1);
  for (const Mention& mention : FindMentions(WorkedPolicy()->catalog(), outline).products) {
    products.push_back(mention.product);
  }
  return products;
}

std::vector<std::string> Disguised(const std::string& body) {
  std::vector<std::string> words;
  const Outline outline = ReadOutline(body, 1);
  for (const Disguise& disguise : FindMentions(WorkedPolicy()->catalog(), outline).disguises) {
    words.push_back(disguise.word);
  }
  return words;
}

TEST(Mentions, AreWholeWordsOfAnyCaseAndAliases) {
  EXPECT_THAT(Mentioned("We use PostgreSQL, object\nstorage? No: Object  Storage and `eks`.\n"),
              ElementsAre("k8s", "postgres", "s3"));
  EXPECT_THAT(Mentioned("kafkaesque, s30, plambda\n"), IsEmpty());
}

TEST(Mentions, IgnoreCodeCommentsUrlsAndWhatIsNotDone) {
  EXPECT_THAT(Mentioned("```\nkafka\n```\n<!-- kafka -->\n[docs](https://kafka.example/lambda) "
                        "https://s3.example/x\n"),
              IsEmpty());
  EXPECT_THAT(
      Mentioned(
          "## Alternatives considered\nkafka\n### Deeper\ns3\n## Goals and non-goals\nlambda\n"
          "## Prior art\ndynamo\n## Design\neks\n"),
      ElementsAre("k8s"));
}

struct Hidden {
  const char* name;
  const char* text;
};
void PrintTo(const Hidden& row, std::ostream* os) { *os << row.name; }

class HiddenNames : public testing::TestWithParam<Hidden> {};

TEST_P(HiddenNames, AreFound) { EXPECT_THAT(Mentioned(GetParam().text), ElementsAre("kafka")); }

INSTANTIATE_TEST_SUITE_P(
    Table, HiddenNames,
    testing::Values(Hidden{"CyrillicLetter", "We use kafk\u0430 here.\n"},
                    Hidden{"CyrillicCapital", "We use \u041Aafka here.\n"},
                    Hidden{"GreekLetter", "We use k\u03B1fka here.\n"},
                    Hidden{"FullWidth", "We use \uFF4B\uFF41\uFF46\uFF4B\uFF41 here.\n"},
                    Hidden{"Mathematical",
                           "We use \U0001D424\U0001D41A\U0001D41F\U0001D424\U0001D41A.\n"},
                    Hidden{"Circled", "We use \u24DA\u24D0\u24D5\u24DA\u24D0.\n"},
                    Hidden{"ZeroWidthSpace", "We use kaf\u200Bka here.\n"},
                    Hidden{"SoftHyphen", "We use kaf\u00ADka here.\n"},
                    Hidden{"BidiMark", "We use kaf\u200Eka here.\n"},
                    Hidden{"CombiningLine", "We use kaf\u0332ka here.\n"},
                    Hidden{"Reference", "We use k&#97;fk&#x61; here.\n"},
                    Hidden{"InvisibleReference", "We use kaf&shy;ka here.\n"},
                    Hidden{"Comment", "We use kaf<!-- -->ka here.\n"},
                    Hidden{"Tag", "We use kaf<b></b>ka here.\n"},
                    Hidden{"TagBetweenWords", "Redpanda<br>Kafka<br/>Pulsar\n"},
                    Hidden{"Emphasis", "We use kaf*ka* here.\n"},
                    Hidden{"EmphasisAround", "We use **Kafka**.\n"},
                    Hidden{"BetweenIdeographs", "\u4F7F\u7528Kafka\u96C6\u7FA4\n"},
                    Hidden{"LinkText", "We use [Kafka](https://example.org).\n"}),
    RowName());

TEST(Mentions, SeeAsciiLookAlikesInLongNamesOnly) {
  EXPECT_THAT(Mentioned("larnbda\n"), ElementsAre("lambda"));
  EXPECT_THAT(Mentioned("1ambda\n"), ElementsAre("lambda"));
  EXPECT_THAT(Mentioned("Iambda\n"), ElementsAre("lambda"));
  EXPECT_THAT(Mentioned("S3 and \uFF53\uFF13\n"), ElementsAre("s3"));
  EXPECT_THAT(Mentioned("modern, M1, pig, p9, k85\n"), IsEmpty());
}

TEST(Disguises, AreWordsThatAreNotWhatTheyLookLike) {
  EXPECT_THAT(Disguised("We use kafk\u0430, larnbda and pay\u200Bpal.\n"),
              ElementsAre("kafk\u0430", "larnbda", "pay\u200Bpal"));
  EXPECT_THAT(Disguised("A p\u0430ypal, p\u0430ypal again.\n"), ElementsAre("p\u0430ypal"));
}

TEST(Disguises, AreNotTheWordsOfOtherLanguagesOrUnits) {
  EXPECT_THAT(Disguised("Na\u00EFve caf\u00E9, 5 \u00B5s, \u0394T, \u03B1-test, 2\u00D73, "
                        "\u0441\u043E\u0440\u0442 \u0438 \u043D\u043E\u0440\u0430, "
                        "\U0001F468\u200D\U0001F4BB, lambda.\n"),
              IsEmpty());
}

v1::Facts Facts(const std::string& text) {
  const auto policy = WorkedPolicy();
  const auto document = ReadDocument(text, {.policy = policy.get(), .default_area = "media"});
  EXPECT_TRUE(document.ok()) << document.status();
  return document->facts;
}

TEST(Disguises, AreSaidOnce) {
  const auto policy = WorkedPolicy();
  const auto document =
      ReadDocument(Edited(BoringSpec(), "## Rollback\n", "## Rollback\n\nOr kafk\u0430.\n"),
                   {.policy = policy.get(), .default_area = "media"});
  ASSERT_TRUE(document.ok());
  EXPECT_THAT(CodesOf(document->findings), Contains("GV230"));
  EXPECT_THAT(document->facts.mentions_undeclared().values(), ElementsAre("kafka"));
}

TEST(NotUsed, SettlesAMention) {
  const std::string text = Edited(BoringSpec(), "## Rollback\n", "## Rollback\n\nNot Kafka.\n");
  EXPECT_THAT(Facts(text).mentions_undeclared().values(), ElementsAre("kafka"));
  EXPECT_THAT(
      Facts(Edited(text, "data: {", "not_used: [kafka]\ndata: {")).mentions_undeclared().values(),
      IsEmpty());
}

int Unread(const std::string& body) { return FirstUnreadLine(ReadOutline(body, 1)); }

TEST(UnreadParts, AreImagesRawHtmlAndEncodedBlocks) {
  EXPECT_EQ(Unread("# A\n\n![diagram](a.png)\n"), 3);
  EXPECT_EQ(Unread("text <img src=\"a.png\"/>\n"), 1);
  EXPECT_EQ(Unread("text <b>bold</b>\n"), 1);
  EXPECT_EQ(Unread("a\n" + std::string(200, 'A') + "==\n"), 2);
  EXPECT_EQ(Unread("a\n```\n" + std::string(300, 'A') + "\n```\n"), 3);
}

TEST(UnreadParts, AreNotLinksCodeCommentsOrHashes) {
  EXPECT_EQ(Unread("<https://example.org> <ana@example.org> 1 < 2 > 0 !\n"), 0);
  EXPECT_EQ(Unread("`vector<int> x` and `![a](b)`\n```\n<b>\n![a](b)\n```\n<!-- <b> -->\n"), 0);
  EXPECT_EQ(Unread(std::string(64, 'a') + " " + std::string(199, 'b') + "\n"), 0);
}

}  // namespace
}  // namespace gavel::rules
