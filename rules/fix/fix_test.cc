#include "rules/fix/fix.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rules/document.h"
#include "rules/document/links.h"
#include "rules/edge_rows.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Policy& SomePolicy() {
  static const auto* const kPolicy = new std::shared_ptr<const Policy>(WorkedPolicy());
  return **kPolicy;
}

Document MustRead(const std::string& text) {
  auto document = ReadDocument(text, {.policy = &SomePolicy()});
  EXPECT_TRUE(document.ok()) << document.status();
  return document.ok() ? *std::move(document) : Document();
}

// The findings of `text` with that code.
std::vector<v1::Finding> FindingsOf(const std::string& text, std::string_view code) {
  std::vector<v1::Finding> found = MustRead(text).findings;
  for (const v1::Finding& finding : CheckLinks(text, {})) found.push_back(finding);
  std::erase_if(found, [&](const v1::Finding& finding) { return finding.code() != code; });
  return found;
}

std::vector<std::string> Titles(const std::vector<Fix>& fixes) {
  std::vector<std::string> titles;
  for (const Fix& fix : fixes) titles.push_back(fix.title);
  return titles;
}

// What a fix is asked to mend: one edit of the boring spec, and what the first fix makes of it.
struct Row {
  const char* name;
  const char* from;    // In the boring spec.
  const char* broken;  // What is written there instead.
  const char* code;
  const char* title;   // Of the first fix.
  const char* mended;  // What the mended document holds.
  const char* gone;    // What it no longer holds.
  FixKind kind = FixKind::kSuggested;
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

std::string WithCarriageReturns(std::string text) {
  for (size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) {
    text.replace(at, 1, "\r\n");
  }
  return text;
}

// The ways in which an editor may have saved the same text.
struct Saved {
  const char* name;
  std::string (*as)(std::string text);
};
const Saved kSaved[] = {
    {"Plain", [](std::string text) { return text; }},
    {"CarriageReturns", WithCarriageReturns},
    {"ByteOrderMark", [](std::string text) { return "\xEF\xBB\xBF" + text; }},
    {"Emoji",
     [](std::string text) { return Edited(std::move(text), "title: Order", "title: 🙂 Order"); }},
    {"BothAndEmoji",
     [](std::string text) {
       return "\xEF\xBB\xBF" +
              WithCarriageReturns(Edited(std::move(text), "title: Order", "title: 🙂 Order"));
     }},
};

class FixRows : public testing::TestWithParam<Row> {};

TEST_P(FixRows, MendsTheFindingHoweverTheFileIsSaved) {
  const Row& row = GetParam();
  for (const Saved& saved : kSaved) {
    SCOPED_TRACE(saved.name);
    const std::string text = saved.as(Edited(BoringSpec(), row.from, row.broken));
    const bool crlf = text.find("\r\n") != std::string::npos;
    const auto findings = FindingsOf(text, row.code);
    ASSERT_FALSE(findings.empty());
    const auto fixes = FixesFor(text, findings.front(), &SomePolicy());
    ASSERT_FALSE(fixes.empty());
    EXPECT_EQ(fixes.front().title, row.title);
    EXPECT_EQ(fixes.front().kind, row.kind);
    const std::string mended = ApplyEdits(text, fixes.front().edits);
    const auto as_saved = [&](const char* part) {
      return crlf ? WithCarriageReturns(part) : std::string(part);
    };
    EXPECT_THAT(mended, HasSubstr(as_saved(row.mended)));
    if (*row.gone != '\0') {
      EXPECT_THAT(mended, testing::Not(HasSubstr(as_saved(row.gone))));
    }
    EXPECT_LT(FindingsOf(mended, row.code).size(), findings.size()) << mended;
    // Every line still ends as the file's lines do.
    if (crlf) {
      EXPECT_EQ(std::count(mended.begin(), mended.end(), '\n'),
                std::count(mended.begin(), mended.end(), '\r'));
    }
  }
}

constexpr FixKind kSafe = FixKind::kSafe;

INSTANTIATE_TEST_SUITE_P(
    FrontMatter, FixRows,
    testing::Values(
        Row{"MissingKey", "system: uploads\nauthors: [\"@ana\"]\n", "system: uploads\n", "GV101",
            "Add `authors` to fill in", "system: uploads\nauthors: [TBD]\nopen_decisions", ""},
        Row{"MissingNestedKey", "{classification: internal, personal: false}",
            "{classification: internal}", "GV101", "Add `personal` to fill in",
            "{classification: internal, personal: TBD}", ""},
        Row{"MissingKeyOfABlock", "  monthly_usd: {low: 400, high: 900}\n",
            "  monthly_usd:\n    low: 400\n", "GV101", "Add `high` to fill in",
            "    low: 400\n    high: TBD\n", ""},
        Row{"MissingKeyAfterFoldedText", "area: media\n", "", "GV101", "Add `area` to fill in",
            "deployment.\narea: TBD  # The area that decides.", ""},
        Row{"UnknownKey", "regions: [us-east]", "region: [us-east]", "GV102", "Change to `regions`",
            "\nregions: [us-east]", "\nregion:"},
        Row{"UnknownKeyWithoutLikeness", "regions: [us-east]", "flavour: vanilla", "GV102",
            "Make it a key of your own, `x-flavour`", "\nx-flavour: vanilla", ""},
        Row{"OneWhereAListBelongs", "authors: [\"@ana\"]", "authors: \"@ana\"", "GV103",
            "Make it a list of one", "authors: [\"@ana\"]", ""},
        Row{"NearWord", "blast_radius: low", "blast_radius: loww", "GV104", "Change to low",
            "blast_radius: low}", "loww"},
        Row{"QuotedTruth", "personal: false", "personal: \"false\"", "GV104", "Change to false",
            "personal: false}", "\"false\""},
        Row{"UpperCaseTier", "use: k8s/standard", "use: K8s/Standard", "GV105",
            "Change to k8s/standard", "use: k8s/standard}", "K8s"},
        Row{"Quantity", "for: ledger reads", "quantity: 4instances", "GV105",
            "Change to 4 instances", "quantity: 4 instances}", ""},
        Row{"PersonWithoutAt", "[\"@ana\"]", "[ana]", "GV105", "Change to @ana", "[\"@ana\"]", ""},
        Row{"Repeated", "regions: [us-east]", "regions: [us-east, eu-west, us-east]", "GV107",
            "Remove the repetition", "regions: [us-east, eu-west]", ""},
        Row{"RepeatedInABlock", "regions: [us-east]", "regions:\n  - us-east\n  - us-east", "GV107",
            "Remove the repetition", "regions:\n  - us-east\ncost", ""},
        Row{"Amount", "low: 400", "low: $400", "GV109", "Change to 400", "low: 400,", "$"},
        Row{"AmountRange", "{low: 400, high: 900}", "400-900", "GV109",
            "Change to {low: 400, high: 900}", "monthly_usd: {low: 400, high: 900}\n", ""},
        Row{"Swapped", "{low: 400, high: 900}", "{low: 900, high: 400}", "GV110",
            "Swap low and high", "{low: 400, high: 900}", ""},
        Row{"Version", "spec: 1", "spec: 2", "GV111", "Change to 1", "spec: 1\n", "spec: 2"},
        Row{"Spelling", "classification: internal", "classification: Internal", "GV112",
            "Change to internal", "classification: internal,", "Internal", kSafe},
        Row{"QuotedSpelling", "classification: internal", "classification: ' INTERNAL'", "GV112",
            "Change to internal", "classification: 'internal',", "INTERNAL", kSafe},
        Row{"Day", "system: uploads", "review: {by: 2026/12/18}", "GV113", "Change to 2026-12-18",
            "by: 2026-12-18}", ""},
        Row{"AmbiguousDay", "system: uploads", "review: {by: 03.04.2027}", "GV113",
            "Change to 2027-04-03", "by: 2027-04-03}", ""}),
    RowName());

INSTANTIATE_TEST_SUITE_P(
    Names, FixRows,
    testing::Values(
        Row{"Area", "area: media", "area: medai", "GV201", "Change to media", "area: media\n",
            "medai"},
        Row{"Person", "[\"@ana\"]", "[\"@anna\"]", "GV203", "Change to @ana", "[\"@ana\"]", ""},
        Row{"Region", "[us-east]", "[us-eats]", "GV208", "Change to us-east", "[us-east]", ""},
        Row{"Category", "category: service-change", "category: service-chnge", "GV209",
            "Change to service-change", "category: service-change\n", ""},
        Row{"System", "system: uploads", "system: upload", "GV210", "Change to uploads",
            "system: uploads\n", ""},
        Row{"OwnAreaAlone", "regions: [us-east]", "regions: [us-east]\nconsulted: [media]", "GV212",
            "Remove `media`", "regions: [us-east]\ncost", "consulted", kSafe},
        Row{"OwnArea", "regions: [us-east]", "regions: [us-east]\nconsulted: [media, platform]",
            "GV212", "Remove `media`", "consulted: [platform]\n", "", kSafe}),
    RowName());

INSTANTIATE_TEST_SUITE_P(
    Dependencies, FixRows,
    testing::Values(
        Row{"EmptyList",
            "dependencies:\n  - {use: postgres/standard-m, for: ledger reads}\n  - {use: "
            "k8s/standard}\n",
            "dependencies: []\n", "GV114", "Change to none", "dependencies: none\n", "[]", kSafe},
        Row{"TierTypo", "use: k8s/standard", "use: k8s/standrad", "GV204", "Change to k8s/standard",
            "{use: k8s/standard}", ""},
        Row{"ProductTypo", "use: postgres/standard-m", "use: postgress/standard-m", "GV204",
            "Change to postgres/standard-m", "{use: postgres/standard-m,", ""},
        Row{"TierMissing", "use: k8s/standard", "use: k8s", "GV205", "Change to k8s/standard",
            "{use: k8s/standard}", ""},
        Row{"ListedTwice", "  - {use: k8s/standard}\n",
            "  - {use: k8s/standard}\n  - {use: k8s/standard}\n", "GV206", "Remove the repetition",
            "  - {use: k8s/standard}\ndata", "", kSafe},
        Row{"ListedTwiceOverLines", "  - {use: k8s/standard}\n",
            "  - use: k8s/standard\n    for: a\n  - use: k8s/standard\n    for: a\n", "GV206",
            "Remove the repetition", "    for: a\ndata", "", kSafe},
        Row{"ListedTwiceWithAnotherUse", "  - {use: k8s/standard}\n",
            "  - {use: k8s/standard}\n  - {use: k8s/standard, for: b}\n", "GV206",
            "Remove this entry and what it says of quantity and use", "  - {use: k8s/standard}\n",
            "for: b"},
        Row{"Alias", "use: postgres/standard-m", "use: pg/standard-m", "GV207",
            "Change to postgres/standard-m", "{use: postgres/standard-m,", "pg/", kSafe},
        Row{"UsedAndNot", "regions:", "not_used: [kafka, k8s]\nregions:", "GV211",
            "Remove `k8s` from `not_used`", "not_used: [kafka]\n", ""},
        Row{"Mentioned", "## Rollback\n", "## Rollback\n\nKafka would do as well.\n", "GV223",
            "Add kafka/shared to `dependencies`",
            "  - {use: k8s/standard}\n  - {use: kafka/shared}\n", ""}),
    RowName());

TEST(DeclareMention, OffersToSayThatItIsNotUsed) {
  const std::string text =
      Edited(BoringSpec(), "## Rollback\n", "## Rollback\n\nKafka would do as well.\n");
  const auto fixes = FixesFor(text, FindingsOf(text, "GV223").front(), &SomePolicy());
  ASSERT_THAT(Titles(fixes), testing::Contains("Add kafka to `not_used`"));
  const std::string mended = ApplyEdits(text, fixes.back().edits);
  EXPECT_THAT(mended, HasSubstr("  - {use: k8s/standard}\nnot_used: [kafka]\ndata:"));
  EXPECT_THAT(FindingsOf(mended, "GV223"), IsEmpty());
}

// Facts without what an edit may move or respell: places, and the words in which they are written.
v1::Facts Comparable(v1::Facts facts) {
  facts.clear_body_line();
  for (auto* source :
       {facts.mutable_category()->mutable_source(), facts.mutable_system()->mutable_source(),
        facts.mutable_dependencies()->mutable_source(),
        facts.mutable_classification()->mutable_source(),
        facts.mutable_personal()->mutable_source(), facts.mutable_regions()->mutable_source(),
        facts.mutable_monthly_cost()->mutable_source(),
        facts.mutable_reversible()->mutable_source(),
        facts.mutable_blast_radius()->mutable_source(), facts.mutable_sections()->mutable_source(),
        facts.mutable_mentions_undeclared()->mutable_source()}) {
    source->clear_line();
  }
  for (v1::Dependency& dependency : *facts.mutable_dependencies()->mutable_dependencies()) {
    dependency.mutable_source()->clear_line();
    dependency.clear_written();
  }
  return facts;
}

std::vector<std::string> AllCodes(const std::string& text) {
  std::vector<std::string> codes;
  for (const v1::Finding& finding : MustRead(text).findings) codes.push_back(finding.code());
  std::sort(codes.begin(), codes.end());
  return codes;
}

// Documents with every mistake that has a safe fix, several at once.
std::vector<std::string> SafelyBroken() {
  const std::pair<const char*, const char*> mistakes[] = {
      {"classification: internal", "classification: \"Internal \""},
      {"blast_radius: low", "blast_radius:   LOW"},
      {"regions: [us-east]", "regions: [us-east]\nconsulted:\n  - media\n  - platform"},
      {"use: postgres/standard-m", "use: \"pg/standard-m\""},
      {"  - {use: k8s/standard}\n", "  - {use: k8s/standard}\n  - {use: k8s/standard}\n"},
  };
  constexpr size_t kSubsets = size_t{1} << std::size(mistakes);
  std::vector<std::string> documents;
  for (size_t subset = 1; subset < kSubsets; ++subset) {
    std::string text = BoringSpec();
    for (size_t i = 0; i < std::size(mistakes); ++i) {
      if ((subset >> i & 1) != 0) text = Edited(text, mistakes[i].first, mistakes[i].second);
    }
    for (const Saved& saved : kSaved) documents.push_back(saved.as(text));
  }
  return documents;
}

TEST(SafeFixes, ChangeNoFactAndTakeAwayOnlyTheirFinding) {
  int applied = 0;
  for (const std::string& text : SafelyBroken()) {
    const Document before = MustRead(text);
    for (const v1::Finding& finding : before.findings) {
      for (const Fix& fix : FixesFor(text, finding, &SomePolicy())) {
        if (fix.kind != FixKind::kSafe) continue;
        ++applied;
        const std::string mended = ApplyEdits(text, fix.edits);
        EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
            Comparable(before.facts), Comparable(MustRead(mended).facts)))
            << mended;
        std::vector<std::string> expected = AllCodes(text);
        expected.erase(std::find(expected.begin(), expected.end(), finding.code()));
        EXPECT_EQ(AllCodes(mended), expected) << finding.message() << "\n" << mended;
      }
    }
  }
  EXPECT_GT(applied, 300);
}

TEST(SafeFixes, AreAppliedTogether) {
  for (const std::string& text : SafelyBroken()) {
    std::vector<TextEdit> edits;
    for (const v1::Finding& finding : MustRead(text).findings) {
      for (const Fix& fix : FixesFor(text, finding, &SomePolicy())) {
        if (fix.kind == FixKind::kSafe)
          edits.insert(edits.end(), fix.edits.begin(), fix.edits.end());
      }
    }
    const std::string mended = ApplyEdits(text, edits);
    for (const char* code : {"GV112", "GV206", "GV207", "GV212"}) {
      EXPECT_THAT(FindingsOf(mended, code), IsEmpty()) << mended;
    }
  }
}

// The mistakes of the edge table, and what each possible fix makes of them.
TEST(EveryFix, LeavesADocumentThatReads) {
  int applied = 0;
  for (const EdgeRow& row : EdgeRows()) {
    for (const Saved& saved : kSaved) {
      const std::string text = saved.as(Edited(BoringSpec(), row.from, row.to));
      for (const v1::Finding& finding : MustRead(text).findings) {
        for (const Fix& fix : FixesFor(text, finding, &SomePolicy())) {
          SCOPED_TRACE(fmt::format("{}, {}: {}", row.name, saved.name, fix.title));
          const std::string mended = ApplyEdits(text, fix.edits);
          EXPECT_NE(mended, text);
          const Document after = MustRead(mended);
          const auto same = [&](const v1::Finding& other) {
            return other.code() == finding.code() && other.message() == finding.message() &&
                   other.field() == finding.field();
          };
          EXPECT_TRUE(std::none_of(after.findings.begin(), after.findings.end(), same)) << mended;
          ++applied;
        }
      }
    }
  }
  EXPECT_GT(applied, 300);
}

TEST(EveryFix, SurvivesAFileCutOffAnywhere) {
  const std::string text = kSaved[4].as(
      Edited(BoringSpec(), "classification: internal", "classification: \"Internal 🙂\""));
  const auto findings = MustRead(text).findings;
  for (size_t size = 0; size <= text.size(); ++size) {
    const std::string cut = text.substr(0, size);
    for (const TextRange& range : RangesOf(cut, findings)) {
      ASSERT_LE(range.begin, range.end);
      ASSERT_LE(range.end, size);
    }
    for (const v1::Finding& finding : findings) {
      for (const Fix& fix : FixesFor(cut, finding, &SomePolicy())) {
        for (const TextEdit& edit : fix.edits) ASSERT_LE(edit.offset + edit.length, size);
      }
    }
  }
}

// What must be refused rather than mended wrongly.
TEST(FixesFor, LeavesAloneWhatOneEditCannotKeep) {
  const std::string text =
      Edited(BoringSpec(), "regions: [us-east]", "regions: [us-east, # the first\n  us-east]");
  EXPECT_THAT(FixesFor(text, FindingsOf(text, "GV107").front(), &SomePolicy()), IsEmpty());
}

TEST(FixesFor, KnowsNoNamesWithoutAPolicy) {
  const std::string text = Edited(BoringSpec(), "use: k8s/standard", "use: k8s/standrad");
  EXPECT_THAT(FixesFor(text, FindingsOf(text, "GV204").front(), nullptr), IsEmpty());
}

TEST(FixesFor, SurvivesAnyFindingAboutAnyBytes) {
  v1::Finding finding = FindingsOf(Edited(BoringSpec(), "low: 400", "low: x"), "GV109").front();
  for (const char* code :
       {"GV018", "GV101", "GV104", "GV109", "GV115", "GV206", "GV301", "GV312", "GV402", "GV999"}) {
    for (const char* bytes : {"", "\n", "---\nspec: 1\n", "---\nspec: 1\n---", "\xFF\xFE", "a"}) {
      for (const int line : {-1, 0, 1, 99}) {
        finding.set_code(code);
        finding.set_line(line);
        finding.set_column(line);
        for (const Fix& fix : FixesFor(bytes, finding, &SomePolicy())) ApplyEdits(bytes, fix.edits);
        const TextRange range = RangeOf(bytes, finding);
        EXPECT_LE(range.begin, range.end);
        EXPECT_LE(range.end, std::string_view(bytes).size());
      }
    }
  }
}

TEST(AddFrontMatter, TurnsAForeignDocumentIntoOneOfOurs) {
  const std::string text = "# A title\r\n\r\nText.\r\n";
  const auto fixes = FixesFor(text, FindingsOf(text, "GV115").front(), &SomePolicy());
  ASSERT_EQ(fixes.size(), 1u);
  const Document mended = MustRead(ApplyEdits(text, fixes.front().edits));
  EXPECT_FALSE(mended.facts.foreign());
  EXPECT_EQ(mended.facts.title(), "A title");
}

TEST(StandardTierFixes, ProposeWhatTheCatalogPutsInThePlace) {
  const std::string text =
      Edited(BoringSpec(), "use: postgres/standard-m", "use: dynamodb/on-demand");
  const auto fixes = StandardTierFixes(text, SomePolicy(), Day(2026, 11, 22));
  EXPECT_THAT(Titles(fixes), ElementsAre("Change dynamodb/on-demand to postgres/standard-m"));
  EXPECT_EQ(ApplyEdits(text, fixes.front().edits), BoringSpec());
}

}  // namespace
}  // namespace gavel::rules
