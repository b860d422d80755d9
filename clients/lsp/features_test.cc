// What each feature shows, through the server as a client sees it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/lsp/lsp_testing.h"

namespace gavel::lsp {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class FeaturesTest : public testing::Test {
 protected:
  void SetUp() override {
    client_.Start({}, {{"textDocument",
                        {{"completion",
                          {{"completionItem",
                            {{"snippetSupport", true}, {"documentationFormat", {"markdown"}}}}}},
                         {"hover", {{"contentFormat", {"markdown"}}}},
                         {"documentSymbol", {{"hierarchicalDocumentSymbolSupport", true}}},
                         {"codeAction", {{"codeActionLiteralSupport", Json::object()}}}}}});
  }

  // GoodSpec() with `from` replaced; `|` in `to` marks the cursor.
  void OpenWith(const std::string& from, std::string to) {
    text_ = GoodSpec();
    const size_t at = text_.find(from);
    text_.replace(at, from.size(), to);
    if (const size_t mark = text_.find('|', at); mark != std::string::npos) {
      text_.erase(mark, 1);
      cursor_ = TextIndex(text_).PositionOf(text_, mark, PositionEncoding::kUtf16);
    }
    client_.Open(text_);
  }

  Json Items() { return client_.Result("textDocument/completion", client_.At(cursor_))["items"]; }
  std::vector<std::string> Labels() {
    std::vector<std::string> labels;
    for (const Json& item : Items()) labels.push_back(item["label"]);
    return labels;
  }
  Json ItemNamed(const std::string& label) {
    for (const Json& item : Items()) {
      if (item["label"] == label) return item;
    }
    return nullptr;
  }
  std::string HoverText() {
    const Json hover = client_.Result("textDocument/hover", client_.At(cursor_));
    return TextAt(hover, "contents/value").value_or("");
  }
  Json Whole() { return {{"textDocument", {{"uri", kUri}}}}; }

  FakeHost host_;
  TestClient client_{host_};
  std::string text_;
  Position cursor_;
};

TEST_F(FeaturesTest, KeysThatAreThereAreNotOfferedAgain) {
  OpenWith("system: uploads\n", "|\n");
  const auto labels = Labels();
  EXPECT_THAT(labels, Contains("system"));
  EXPECT_THAT(labels, Contains("reviewers"));
  EXPECT_THAT(labels, Not(Contains("area")));
  EXPECT_EQ(ItemNamed("review")["insertTextFormat"], 2);
}

TEST_F(FeaturesTest, NestedKeysAreOffered) {
  OpenWith("kafka/shared, for: resize jobs}", "kafka/shared, |}");
  EXPECT_THAT(Labels(), ElementsAre("for", "quantity", "growth", "why"));
}

TEST_F(FeaturesTest, EveryKeySaysWhatItIsFor) {
  OpenWith("system: uploads\n", "|\n");
  for (const Json& item : Items()) {
    const std::string text = item["documentation"]["value"];
    EXPECT_THAT(text, HasSubstr("\n\n")) << item["label"];
  }
}

TEST_F(FeaturesTest, StandardTiersComeFirst) {
  OpenWith("kafka/shared", "ka|");
  const Json standard = ItemNamed("kafka/shared");
  EXPECT_LT(standard["sortText"], ItemNamed("k8s/gpu")["sortText"]);
  EXPECT_LT(ItemNamed("k8s/gpu")["sortText"], ItemNamed("dynamodb/on-demand")["sortText"]);
  EXPECT_EQ(standard["textEdit"]["newText"], "kafka/shared");
  EXPECT_EQ(standard["textEdit"]["range"]["start"]["character"], 10);
  EXPECT_EQ(standard["textEdit"]["range"]["end"]["character"], 12);
  EXPECT_THAT(std::string(standard["documentation"]["value"]), HasSubstr("300 USD"));
  const Json old = ItemNamed("dynamodb/on-demand");
  EXPECT_THAT(std::string(old["documentation"]["value"]), HasSubstr("2026-03-31"));
  EXPECT_THAT(std::string(old["documentation"]["value"]), HasSubstr("postgres/standard-m"));
  EXPECT_EQ(old["tags"], Json({1}));
}

TEST_F(FeaturesTest, PeopleAreWrittenInQuotes) {
  OpenWith("\"@bo\"]", "@|]");
  EXPECT_EQ(ItemNamed("@chen")["textEdit"]["newText"], "\"@chen\"");
  EXPECT_EQ(ItemNamed("@chen")["detail"], "Chen Wu");
}

struct ValueRow {
  const char* name;
  const char* from;
  const char* to;
  std::vector<std::string> want;
};
void PrintTo(const ValueRow& row, std::ostream* os) { *os << row.name; }

class ValuesTest : public FeaturesTest, public testing::WithParamInterface<ValueRow> {};

TEST_P(ValuesTest, AreOffered) {
  OpenWith(GetParam().from, GetParam().to);
  EXPECT_EQ(Labels(), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Values, ValuesTest,
    testing::Values(
        ValueRow{"deciding_area", "area: media", "area: |", {"media", "platform"}},
        ValueRow{"consulted_area",
                 "area: media",
                 "area: media\nconsulted: [|]",
                 {"media", "platform", "security"}},
        ValueRow{"classification",
                 "classification: internal",
                 "classification: |",
                 {"public", "internal", "confidential", "restricted", "unknown"}},
        ValueRow{"yes_or_no", "personal: false", "personal: |", {"true", "false", "unknown"}},
        ValueRow{"wants", "system: uploads", "review:\n  wants: |", {"auto", "async", "sync"}},
        ValueRow{"system", "system: uploads", "system: |", {"uploads", "unknown"}},
        ValueRow{"prose", "title: Shared", "title: |", {}},
        ValueRow{"body", "## Summary\n", "## Summary\nte|xt\n", {}},
        ValueRow{"missing_section", "## Cost", "## |", {"Cost"}}),
    [](const auto& test) { return test.param.name; });

TEST_F(FeaturesTest, HoverSaysWhatStandsThere) {
  struct Row {
    const char* from;
    const char* to;
    const char* want;
  };
  for (const Row& row :
       {Row{"summary: Moves", "sum|mary: Moves", "Two or three sentences"},
        Row{"kafka/shared", "kafka/sh|ared", "at most 300 USD a month"},
        Row{"kafka/shared", "pg/standa|rd-m", "at most 600 USD a month"},
        Row{"kafka/shared", "rab|bit/mq", "not in the catalog"},
        Row{"kafka/shared", "k8|s", "`k8s/gpu` allowed"},
        Row{"\"@bo\"", "\"@ch|en\"", "sponsor, gate owner, reviewer of Media"},
        Row{"\"@bo\"", "bo@exa|mple.org", "**Bo Lind**"},
        Row{"area: media", "area: me|dia", "2 of media-reviewers (chen, kim, fay)"},
        Row{"classification: internal", "classification: int|ernal", "The highest class"}}) {
    OpenWith(row.from, row.to);
    EXPECT_THAT(HoverText(), HasSubstr(row.want)) << row.to;
  }
  OpenWith("## Summary", "## Su|mmary");
  EXPECT_EQ(HoverText(), "");
}

TEST_F(FeaturesTest, DiagnosticsHaveTheirPlaceBehindEmojiAndWithCrlf) {
  OpenWith("authors: [\"@ana\", \"@bo\"]", "authors: [\"@ana\", \"@nobody\"] # 😀");
  std::string crlf;
  for (const char c : text_) {
    if (c == '\n') crlf += '\r';
    crlf += c;
  }
  crlf.replace(crlf.find("{use: kafka/shared, for: resize"), 31,
               "{for: \"😀é\", use: kafka/shraed, why: ");
  client_.Open(crlf);
  const Json shown = client_.Heard("textDocument/publishDiagnostics");
  for (const Json& diagnostic : shown["diagnostics"]) {
    EXPECT_THAT(std::string(diagnostic["codeDescription"]["href"]),
                HasSubstr(std::string(diagnostic["code"])));
    if (diagnostic["code"] != "GV204") continue;
    const int64_t line = diagnostic["range"]["start"]["line"];
    const Position begin = Behind(crlf, "use: kafka/shraed");
    EXPECT_EQ(line, begin.line);
    EXPECT_EQ(diagnostic["range"]["end"]["character"], begin.character);
    return;
  }
  FAIL() << shown;
}

TEST_F(FeaturesTest, AFixIsOfferedWhereTheFindingIs) {
  OpenWith("area: media", "area: medai");
  Json params = Whole();
  const Position place = Behind(text_, "area: m");
  params["range"] = {{"start", PositionJson(place)}, {"end", PositionJson(place)}};
  params["context"] = {{"diagnostics", Json::array()}};
  const Json actions = client_.Result("textDocument/codeAction", params);
  ASSERT_FALSE(actions.empty());
  EXPECT_EQ(actions[0]["kind"], "quickfix");
  EXPECT_EQ(actions[0]["edit"]["changes"][kUri][0]["newText"], "media");
  params["context"]["only"] = {"refactor"};
  EXPECT_TRUE(client_.Result("textDocument/codeAction", params).empty());
  params["context"]["only"] = nullptr;
  params["range"] = {{"start", PositionJson({1, 0})}, {"end", PositionJson({1, 0})}};
  EXPECT_TRUE(client_.Result("textDocument/codeAction", params).empty());
}

TEST_F(FeaturesTest, TheLensSaysWhatItWouldBe) {
  OpenWith("kafka/shared", "k8s/gpu, why: a model that does not fit into any other machine");
  const Json lenses = client_.Result("textDocument/codeLens", Whole());
  ASSERT_EQ(lenses.size(), 1U);
  EXPECT_EQ(lenses[0]["range"]["start"]["line"], 3);
  EXPECT_THAT(std::string(lenses[0]["command"]["title"]), HasSubstr("Would be: "));
}

TEST_F(FeaturesTest, LinksLeadToAddressesAndFilesThatAreThere) {
  OpenWith("Image resizing moves",
           "See https://example.org/a_(b). [n](notes%20with%20space.md#x) [m](missing.md)\n"
           "```\nhttps://in.code\n```\nMEDIA-3 moves");
  const Json links = client_.Result("textDocument/documentLink", Whole());
  ASSERT_EQ(links.size(), 2U);
  EXPECT_THAT(std::string(links[0]["target"]), HasSubstr("https://example.org/a_"));
  EXPECT_EQ(links[1]["target"], "file:///w/specs/notes%20with%20space.md");
}

TEST_F(FeaturesTest, KeysAreLinksOnlyOnline) {
  TestClient online(host_);
  online.Start({{"online", true}});
  std::string text = GoodSpec();
  online.Open(text.replace(text.find("Image resizing"), 14, "MEDIA-3, XMEDIA-4, MEDIA-x, NOPE-1"));
  const Json links = online.Result("textDocument/documentLink", Whole());
  ASSERT_EQ(links.size(), 2U);  // The key of the spec itself is the first.
  EXPECT_EQ(links[1]["target"], "gavel://MEDIA-3");
}

TEST_F(FeaturesTest, FrontMatterSectionsAndCodeFold) {
  OpenWith("## Summary", "```\ncode\n```\n\n## Summary");
  const Json folds = client_.Result("textDocument/foldingRange", Whole());
  ASSERT_EQ(folds.size(), 7U);
  EXPECT_EQ(folds[0]["startLine"], 0);
  EXPECT_EQ(folds[0]["endLine"], 16);
  EXPECT_EQ(folds[6]["startLine"], 19);
  EXPECT_EQ(folds[6]["endLine"], 21);
}

TEST_F(FeaturesTest, TheOutlineIsNested) {
  OpenWith("## Summary", "## First\n\n### Deeper\n\n## Summary");
  const Json symbols = client_.Result("textDocument/documentSymbol", Whole());
  ASSERT_EQ(symbols.size(), 2U);
  EXPECT_EQ(symbols[0]["name"], "Front matter");
  EXPECT_EQ(symbols[1]["children"][0]["name"], "First");
  EXPECT_EQ(symbols[1]["children"][0]["children"][0]["name"], "Deeper");
  EXPECT_EQ(symbols[1]["children"][1]["name"], "Summary");
}

TEST_F(FeaturesTest, ExplainAnswersAndShows) {
  OpenWith("area: media", "area: media");
  const Json code =
      client_.Result("workspace/executeCommand",
                     {{"command", "gavel.explain"}, {"arguments", {{{"code", "GV201"}}}}});
  EXPECT_FALSE(std::string(code["text"]).empty());
  EXPECT_EQ(client_.CountHeard("window/showMessage"), 1U);
  const Json spec = client_.Result(
      "workspace/executeCommand",
      {{"command", "gavel.explain"}, {"arguments", {{{"uri", kUri}, {"quiet", true}}}}});
  EXPECT_FALSE(std::string(spec["text"]).empty());
  EXPECT_EQ(client_.CountHeard("window/showMessage"), 1U);
}

}  // namespace
}  // namespace gavel::lsp
