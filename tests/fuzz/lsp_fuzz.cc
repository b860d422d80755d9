// Any bytes as what an editor sends. The first byte says what the others are: a stream with its
// framing, the text of a message, or edits of a spec, which are then shown by every feature.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "clients/lsp/framing.h"
#include "clients/lsp/server.h"
#include "rules/compile/policy_files.h"
#include "tests/fuzz/behaviour.h"
#include "tests/fuzz/shipped.h"

namespace gavel::lsp {
namespace {

constexpr char kUri[] = "file:///w/specs/a.md";
constexpr size_t kBehaviourBytes = 200;  // Of an answer: enough to tell kinds of them apart.

// The shipped policy, and nobody to talk to.
class QuietHost : public Host {
 public:
  absl::StatusOr<Defaults> Configure(const Settings& /*settings*/,
                                     const std::string& /*folder*/) override {
    return Defaults{.area = "media", .author = "ana", .spec_folder = "/w/specs"};
  }
  v1::Date Today() override { return fuzz::Today(); }
  std::string PolicyStamp() override { return "shipped"; }
  absl::StatusOr<LoadedPolicy> LoadPolicy() override {
    static const auto* const kPolicy = [] {
      auto policy = rules::CompilePolicy(fuzz::ShippedSource(), fuzz::Today());
      if (!policy.ok()) std::abort();
      return new std::shared_ptr<const rules::Policy>(*std::move(policy));
    }();
    return LoadedPolicy{*kPolicy, "shipped"};
  }
  bool Exists(const std::string& /*document*/, const std::string& path) override {
    return path.size() % 2 == 0;
  }
  std::string FileText(const std::string& /*path*/) override { return {}; }
  void FetchPolicy() override {}
  void FollowSpec(const std::string& /*path*/, const std::string& /*key*/,
                  OnSpec /*on_spec*/) override {}
  void Submit(const std::string& /*path*/, std::function<void(Submitted)> done) override {
    done({});
  }
};

class Editor {
 public:
  explicit Editor(bool utf8) : server_(host_) {
    Json capabilities = {{"textDocument",
                          {{"codeAction", {{"codeActionLiteralSupport", Json::object()}}},
                           {"completion", {{"completionItem", {{"snippetSupport", true}}}}}}}};
    if (utf8) capabilities["general"] = {{"positionEncodings", {"utf-8"}}};
    Send(Dump(
        Request(1, "initialize",
                {{"capabilities", capabilities}, {"initializationOptions", {{"online", true}}}})));
    Send(Dump(Notification("initialized", Json::object())));
  }

  // Every answer is JSON of version 2.0.
  void Send(const std::string& message) {
    server_.Receive(std::vector<std::string>{message}, absl::UnixEpoch());
    for (const std::string& answer : server_.TakeOutput()) {
      const auto json = ParseJson(answer);
      fuzz::Require(json.has_value() && TextAt(*json, "jsonrpc") == "2.0",
                    "an answer is a message");
      fuzz::Saw(std::string_view(answer).substr(0, kBehaviourBytes));
    }
  }

  void Open(const std::string& text) {
    const Json item = {{"uri", kUri}, {"languageId", "markdown"}, {"version", 1}, {"text", text}};
    Send(Dump(Notification("textDocument/didOpen", {{"textDocument", item}})));
  }

  void Edit(int64_t line, int64_t character, int64_t behind, const std::string& text) {
    const Json range = {{"start", {{"line", line}, {"character", character}}},
                        {"end", {{"line", line}, {"character", character + behind}}}};
    const Json change = {{"range", range}, {"text", text}};
    Send(Dump(Notification("textDocument/didChange",
                           {{"textDocument", {{"uri", kUri}, {"version", ++version_}}},
                            {"contentChanges", Json::array({change})}})));
  }

  void ShowAll(int64_t line, int64_t character) {
    const Json place = {{"line", line}, {"character", character}};
    for (const char* method : {"diagnostic", "completion", "hover", "codeAction", "codeLens",
                               "documentLink", "foldingRange", "documentSymbol"}) {
      Send(Dump(Request(++version_, std::string("textDocument/") + method,
                        {{"textDocument", {{"uri", kUri}}},
                         {"position", place},
                         {"range", {{"start", place}, {"end", place}}},
                         {"context", Json::object()}})));
    }
  }

 private:
  QuietHost host_;
  Server server_;
  int64_t version_ = 2;
};

constexpr char kStart[] =
    "---\nspec: 1\ntitle: A queue\narea: media\ndependencies:\n  - {use: kafka/shared}\n---\n"
    "# A queue\n\n## Cost\n";

void ReadStream(std::string_view bytes) {
  FrameReader reader;
  Editor editor(false);
  for (size_t at = 0; at < bytes.size(); at += 7) {
    reader.Feed(bytes.substr(at, 7));
    while (true) {
      const auto message = reader.Next();
      if (!message.ok()) return;
      if (!message->has_value()) break;
      editor.Send(**message);
    }
  }
}

// Each edit: line, character, length, number of bytes, bytes.
void MakeEdits(std::string_view bytes, bool utf8) {
  Editor editor(utf8);
  editor.Open(kStart);
  int64_t line = 0;
  int64_t character = 0;
  while (bytes.size() >= 4) {
    line = static_cast<unsigned char>(bytes[0]) % 16;
    character = static_cast<unsigned char>(bytes[1]) % 64;
    const int64_t behind = static_cast<unsigned char>(bytes[2]) % 64;
    const size_t length = static_cast<unsigned char>(bytes[3]);
    bytes.remove_prefix(4);
    editor.Edit(line, character, behind, std::string(bytes.substr(0, length)));
    bytes.remove_prefix(std::min(length, bytes.size()));
  }
  editor.ShowAll(line, character);
}

void CheckInput(std::string_view bytes) {
  if (bytes.empty()) return;
  const int kind = static_cast<unsigned char>(bytes.front()) % 4;
  bytes.remove_prefix(1);
  if (kind == 0) return ReadStream(bytes);
  if (kind == 1) {
    Editor editor(false);
    editor.Open(kStart);
    return editor.Send(std::string(bytes));
  }
  MakeEdits(bytes, kind == 3);
}

}  // namespace
}  // namespace gavel::lsp

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  gavel::lsp::CheckInput({reinterpret_cast<const char*>(data), size});
  return 0;
}
