// The life of the server, documents, settings and commands.
#include "clients/lsp/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/lsp/lsp_testing.h"

namespace gavel::lsp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ServerTest : public testing::Test {
 protected:
  // Codes of the diagnostics that were shown last.
  std::vector<std::string> Codes() {
    std::vector<std::string> codes;
    const Json shown = client_.Heard("textDocument/publishDiagnostics");
    for (const Json& diagnostic : At(shown, "diagnostics")) codes.push_back(diagnostic["code"]);
    return codes;
  }
  // What is sent back for these messages.
  std::vector<Json> Raw(const std::vector<std::string>& messages) {
    client_.server().Receive(messages, absl::InfinitePast());
    std::vector<Json> answers;
    for (const std::string& text : client_.server().TakeOutput()) {
      answers.push_back(Json::parse(text));
    }
    return answers;
  }
  static std::string Wrong() {
    std::string text = GoodSpec();
    return text.replace(text.find("area: media"), 11, "area: medai");
  }
  static int ErrorOf(const Json& answer) {
    return static_cast<int>(IntAt(answer, "error/code").value_or(0));
  }

  FakeHost host_;
  TestClient client_{host_};
};

TEST_F(ServerTest, NothingComesBeforeInitialize) {
  EXPECT_EQ(ErrorOf(client_.Ask("textDocument/hover", {})), -32002);
  client_.Open(Wrong());
  EXPECT_EQ(client_.CountHeard("textDocument/publishDiagnostics"), 0U);
  EXPECT_TRUE(client_.Start()["result"].is_object());
  EXPECT_EQ(ErrorOf(client_.Ask("initialize", {})), -32600);
}

TEST_F(ServerTest, TheExitCodeTellsWhetherShutdownCameFirst) {
  client_.Start();
  EXPECT_TRUE(client_.Ask("shutdown", nullptr).contains("result"));
  EXPECT_EQ(ErrorOf(client_.Ask("textDocument/hover", {})), -32600);
  client_.Tell("exit", nullptr);
  EXPECT_TRUE(client_.server().IsDone());
  EXPECT_EQ(client_.server().exit_code(), 0);

  TestClient rude(host_);
  rude.Start();
  rude.Tell("exit", nullptr);
  EXPECT_TRUE(rude.server().IsDone());
  EXPECT_EQ(rude.server().exit_code(), 1);
}

TEST_F(ServerTest, UnknownRequestsAreRefusedAndUnknownNotificationsAreNot) {
  client_.Start();
  EXPECT_EQ(ErrorOf(client_.Ask("textDocument/rename", {})), -32601);
  client_.Tell("$/setTrace", {{"value", "off"}});
  client_.Tell("workspace/didRenameFiles", Json::array());
  EXPECT_TRUE(client_.Ask("shutdown", nullptr).contains("result"));
}

TEST_F(ServerTest, ParametersOfTheWrongShapeAreRefused) {
  client_.Start();
  client_.Open(GoodSpec());
  const Json uri = {{"uri", kUri}};
  for (const Json& params :
       {Json(), Json(3), Json::array(), Json{{"textDocument", 3}}, Json{{"textDocument", uri}},
        Json{{"textDocument", uri}, {"position", {{"line", -1}, {"character", 0}}}},
        Json{{"textDocument", uri}, {"position", {{"line", 1.5}, {"character", 0}}}},
        Json{{"textDocument", {{"uri", "file:///other"}}}}}) {
    EXPECT_EQ(ErrorOf(client_.Ask("textDocument/hover", params)), -32602) << params;
  }
}

TEST_F(ServerTest, WhatIsNoJsonOrNoMessageIsAnsweredWithoutId) {
  client_.Start();
  const std::vector<Json> answers = Raw({"{", "[]", "{\"jsonrpc\":\"2.0\",\"id\":[]}", "\xFF"});
  ASSERT_EQ(answers.size(), 4U);
  for (const Json& answer : answers) EXPECT_TRUE(answer["id"].is_null());
  EXPECT_EQ(answers[0]["error"]["code"], -32700);
  EXPECT_EQ(answers[1]["error"]["code"], -32600);
  EXPECT_EQ(answers[2]["error"]["code"], -32600);
  EXPECT_EQ(answers[3]["error"]["code"], -32700);
}

TEST_F(ServerTest, ARequestThatIsCancelledAtOnceIsNotWorkedOn) {
  client_.Start();
  client_.Open(GoodSpec());
  const Json params = client_.At({1, 0});
  const std::vector<Json> answers = Raw({Dump(Request(100, "textDocument/hover", params)),
                                         Dump(Notification("$/cancelRequest", {{"id", 100}})),
                                         Dump(Request(101, "textDocument/hover", params))});
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0]["error"]["code"], -32800);
  EXPECT_TRUE(answers[1].contains("result"));
}

TEST_F(ServerTest, FindingsComeAtOnceWhenAFileIsOpened) {
  client_.Start();
  client_.Open(Wrong());
  EXPECT_THAT(Codes(), ElementsAre("GV201"));
  const Json verdict = client_.Heard("gavel/verdict");
  EXPECT_EQ(verdict["errors"], 1);
  EXPECT_EQ(verdict["mode"], "author");
}

TEST_F(ServerTest, FindingsWaitUntilTypingStops) {
  client_.Start();
  client_.Open(Wrong());
  EXPECT_THAT(Codes(), ElementsAre("GV201"));
  const Position end = Behind(Wrong(), "area: medai");
  client_.Edit({end.line, end.character - 2}, end, "i");
  client_.Pass(kTypingPause - absl::Milliseconds(1));
  EXPECT_EQ(client_.CountHeard("textDocument/publishDiagnostics"), 0U);
  client_.Edit({end.line, end.character - 2}, {end.line, end.character - 1}, "ia");
  client_.Pass(kTypingPause - absl::Milliseconds(1));
  EXPECT_EQ(client_.CountHeard("textDocument/publishDiagnostics"), 0U);
  client_.Pass(absl::Milliseconds(1));
  EXPECT_EQ(client_.CountHeard("textDocument/publishDiagnostics"), 1U);
  EXPECT_THAT(Codes(), ElementsAre());
}

TEST_F(ServerTest, SavingDoesNotWait) {
  client_.Start();
  client_.Open(GoodSpec());
  (void)Codes();
  client_.Edit({0, 0}, {0, 0}, "x");
  client_.Tell("textDocument/didSave", {{"textDocument", {{"uri", kUri}}}});
  EXPECT_EQ(client_.CountHeard("textDocument/publishDiagnostics"), 1U);
}

TEST_F(ServerTest, AClosedFileHasNoFindings) {
  client_.Start();
  client_.Open(Wrong());
  client_.Tell("textDocument/didClose", {{"textDocument", {{"uri", kUri}}}});
  EXPECT_THAT(Codes(), ElementsAre());
  EXPECT_EQ(client_.Ask("textDocument/hover", client_.At({0, 0}))["error"]["code"], -32602);
}

TEST_F(ServerTest, OtherFilesAreLeftAlone) {
  client_.Start();
  client_.Open("# Read me\n", "file:///w/README.md");
  client_.Open("a: 1\n", "file:///w/specs/x.yaml");
  EXPECT_EQ(client_.CountHeard("textDocument/publishDiagnostics"), 0U);
  client_.Open("# A spec without front matter\n", "file:///w/specs/sub/%C3%A9.md");
  EXPECT_EQ(client_.CountHeard("textDocument/publishDiagnostics"), 1U);
}

TEST_F(ServerTest, AnEditThatFitsNowhereIsToldOnceAndTheWholeTextMendsIt) {
  client_.Start();
  client_.Open(Wrong());
  (void)Codes();
  client_.Edit({500, 0}, {900, 0}, "x");
  client_.Edit({2, 5}, {1, 0}, "x");
  EXPECT_EQ(client_.CountHeard("window/showMessage"), 1U);
  client_.Pass(kTypingPause);
  EXPECT_THAT(Codes(), ElementsAre());
  client_.Tell("textDocument/didChange", {{"textDocument", {{"uri", kUri}, {"version", 9}}},
                                          {"contentChanges", {{{"text", Wrong()}}}}});
  client_.Pass(kTypingPause);
  EXPECT_THAT(Codes(), ElementsAre("GV201"));
}

TEST_F(ServerTest, NoPolicyIsSaidOnceAndTheFormIsCheckedAllTheSame) {
  host_.has_policy = false;
  client_.Start();
  std::string text = GoodSpec();
  text.replace(text.find("monthly_usd: 40"), 15, "monthly_usd: -3");
  client_.Open(text);
  client_.Pass(kPolicyCheckInterval);
  EXPECT_EQ(client_.CountHeard("window/showMessage"), 1U);
  EXPECT_FALSE(Codes().empty());
  EXPECT_TRUE(client_.Heard("gavel/verdict")["mode"].is_null());
}

TEST_F(ServerTest, APolicyThatChangesOnDiskIsReadAgain) {
  host_.has_policy = false;
  client_.Start();
  client_.Open(Wrong());
  EXPECT_THAT(Codes(), ElementsAre());
  host_.has_policy = true;
  host_.stamp = "2";
  client_.Pass(kPolicyCheckInterval);
  EXPECT_THAT(Codes(), ElementsAre("GV201"));
  const int loads = host_.loads;
  client_.Pass(kPolicyCheckInterval);
  EXPECT_EQ(host_.loads, loads);
}

TEST_F(ServerTest, AClientThatAsksForFindingsIsNotSentThem) {
  client_.Start({}, {{"textDocument", {{"diagnostic", Json::object()}}}});
  client_.Open(Wrong());
  EXPECT_EQ(client_.CountHeard("textDocument/publishDiagnostics"), 0U);
  const Json report =
      client_.Result("textDocument/diagnostic", {{"textDocument", {{"uri", kUri}}}});
  EXPECT_EQ(report["kind"], "full");
  EXPECT_EQ(report["items"][0]["code"], "GV201");
}

TEST_F(ServerTest, SettingsChangeWhileItRuns) {
  client_.Start({{"area", "media"}, {"restricted", true}});
  client_.Tell("workspace/didChangeConfiguration",
               {{"settings", {{"gavel", {{"area", "platform"}, {"restricted", false}}}}}});
  ASSERT_EQ(host_.configured.size(), 2U);
  EXPECT_EQ(host_.configured[0].area, "media");
  EXPECT_EQ(host_.configured[1].area, "platform");
  EXPECT_TRUE(host_.configured[1].restricted) << "no setting lifts it";
}

TEST_F(ServerTest, AClientThatWantsToBeAskedForSettingsIsAsked) {
  client_.Start({}, {{"workspace", {{"configuration", true}}}});
  client_.Tell("workspace/didChangeConfiguration", {{"settings", nullptr}});
  EXPECT_EQ(client_.CountHeard("workspace/configuration"), 1U);
  client_.Send({R"({"jsonrpc":"2.0","id":1,"result":[{"area":"platform"}]})"});
  EXPECT_EQ(host_.configured.back().area, "platform");
}

TEST_F(ServerTest, OfflineNothingIsAskedOfTheNetwork) {
  client_.Start();
  client_.Open(GoodSpec());
  EXPECT_EQ(host_.fetches, 0);
  EXPECT_TRUE(host_.followed_keys.empty());
  const Json answer = client_.Ask("workspace/executeCommand",
                                  {{"command", "gavel.submit"}, {"arguments", {{{"uri", kUri}}}}});
  EXPECT_THAT(answer["error"]["message"], HasSubstr("gavel.online"));
  EXPECT_FALSE(host_.submitted);
}

TEST_F(ServerTest, OnlineTheLensFollowsTheSpec) {
  client_.Start({{"online", true}}, {{"workspace", {{"codeLens", {{"refreshSupport", true}}}}}});
  client_.Open(GoodSpec());
  EXPECT_EQ(host_.fetches, 1);
  ASSERT_THAT(host_.followed_keys, ElementsAre("MEDIA-7"));
  (void)client_.Heard("workspace/codeLens/refresh");
  v1::Spec spec;
  spec.set_key("MEDIA-7");
  spec.set_state(v1::Spec::STATE_ASYNC_REVIEW);
  for (const auto severity : {v1::Concern::SEVERITY_BLOCKING, v1::Concern::SEVERITY_QUESTION}) {
    spec.add_concerns()->set_severity(severity);
    spec.mutable_concerns()->rbegin()->set_status(v1::Concern::STATUS_OPEN);
  }
  spec.add_concerns()->set_status(v1::Concern::STATUS_RESOLVED);
  host_.on_spec(spec);
  client_.Pass(absl::ZeroDuration());
  EXPECT_EQ(client_.CountHeard("workspace/codeLens/refresh"), 1U);
  const Json params = {{"textDocument", {{"uri", kUri}}}};
  EXPECT_EQ(client_.Result("textDocument/codeLens", params)[0]["command"]["title"],
            "MEDIA-7 · Async review · 2 open (1 blocking)");
  // What is typed is not what the server has.
  client_.Edit({20, 0}, {20, 0}, "x");
  EXPECT_THAT(client_.Result("textDocument/codeLens", params)[0]["command"]["title"],
              HasSubstr("Would be: "));
}

TEST_F(ServerTest, SubmitIsAnsweredWhenItIsDone) {
  client_.Start({{"online", true}});
  client_.Open(GoodSpec());
  const Json call = {{"command", "gavel.submit"}, {"arguments", {{{"uri", kUri}}}}};
  EXPECT_THAT(client_.Ask("workspace/executeCommand", call)["error"]["message"],
              HasSubstr("Save it first"));
  host_.on_disk = GoodSpec();
  EXPECT_TRUE(Raw({Dump(Request(77, "workspace/executeCommand", call))}).empty());
  ASSERT_TRUE(host_.submitted);
  host_.submitted({.ok = true, .text = "MEDIA-7 submitted"});
  const std::vector<std::string> answers = client_.server().TakeOutput();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(Json::parse(answers[0])["id"], 77);
  EXPECT_EQ(Json::parse(answers[0])["result"]["text"], "MEDIA-7 submitted");
}

TEST_F(ServerTest, NothingIsSubmittedFromAnUntrustedWorkspace) {
  client_.Start({{"online", true}, {"restricted", true}});
  host_.on_disk = GoodSpec();
  client_.Open(GoodSpec());
  const Json answer = client_.Ask("workspace/executeCommand",
                                  {{"command", "gavel.submit"}, {"arguments", {{{"uri", kUri}}}}});
  EXPECT_THAT(answer["error"]["message"], HasSubstr("not trusted"));
  EXPECT_FALSE(host_.submitted);
}

TEST_F(ServerTest, ASubmissionThatIsCancelledIsAnsweredOnce) {
  client_.Start({{"online", true}});
  host_.on_disk = GoodSpec();
  client_.Open(GoodSpec());
  client_.Send({Dump(Request(77, "workspace/executeCommand",
                             {{"command", "gavel.submit"}, {"arguments", {{{"uri", kUri}}}}}))});
  client_.server().Receive(
      std::vector<std::string>{Dump(Notification("$/cancelRequest", {{"id", 77}}))},
      absl::InfinitePast());
  EXPECT_EQ(Json::parse(client_.server().TakeOutput().at(0))["error"]["code"], -32800);
  host_.submitted({.ok = true, .text = ""});
  EXPECT_TRUE(client_.server().TakeOutput().empty());
}

TEST_F(ServerTest, ALargeDocumentTakesThousandsOfEdits) {
  client_.Start();
  std::string text = GoodSpec() + std::string(900'000, 'x') + "\n";
  client_.Open(text);
  Json changes = Json::array();
  for (int i = 0; i < 2000; ++i) {
    const Json place = PositionJson({19, 3});
    changes.push_back({{"range", {{"start", place}, {"end", place}}}, {"text", "y"}});
  }
  client_.Tell("textDocument/didChange",
               {{"textDocument", {{"uri", kUri}, {"version", 2}}}, {"contentChanges", changes}});
  (void)Codes();
  client_.Pass(kTypingPause);
  EXPECT_EQ(client_.Heard("textDocument/publishDiagnostics")["version"], 2);
  const Json symbols =
      client_.Result("textDocument/documentSymbol", {{"textDocument", {{"uri", kUri}}}});
  EXPECT_TRUE(symbols[2]["name"] == std::string(2000, 'y') + "Summary");
}

}  // namespace
}  // namespace gavel::lsp
