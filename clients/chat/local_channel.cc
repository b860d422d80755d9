#include "clients/chat/local_channel.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "clients/chat/local_text.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"

// A line is
// `{"op":"post","id":"m1","kind":"card","key":"card/MEDIA-1","time":"…","word":"…","text": "…"}`,
// with "thread" and "broadcast" on replies and "to" where it is for one person; an edit is
// `{"op":"edit","id":"m1","word":"…","text":"…"}`.

namespace gavel::chat {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kFile[] = "/channel.jsonl";

SendResult Failed(const std::string& what) {
  return {.kind = SendResult::Kind::kNotSent,
          .placement = {},
          .retry_after = {},
          .reason = fmt::format("{}: {}", what, std::strerror(errno))};
}

// Everything up to the last line break: what follows it was cut short by a crash.
std::string ReadWholeLines(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  std::string text = bytes.str();
  text.resize(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1);
  return text;
}

// Appends durably, behind the last whole line.
SendResult AppendLine(const std::string& folder, const Json& line) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::string path = folder + kFile;
  const auto whole = static_cast<off_t>(ReadWholeLines(path).size());
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return Failed("cannot open the channel file");
  const std::string text = line.dump() + "\n";
  const bool written =
      ftruncate(fd, whole) == 0 &&
      pwrite(fd, text.data(), text.size(), whole) == static_cast<ssize_t>(text.size()) &&
      fdatasync(fd) == 0;
  SendResult result = written ? SendResult{} : Failed("cannot write the channel file");
  close(fd);
  return result;
}

// Folds one line into the messages before it.
bool ApplyLine(const Json& line, std::vector<LocalMessage>& messages) {
  const std::string id = line.value("id", "");
  const std::string word = line.value("word", "");
  if (line.value("op", "") == "post") {
    LocalMessage message;
    message.id = id;
    message.thread = line.value("thread", "");
    message.broadcast = line.value("broadcast", false);
    message.kind = line.value("kind", "");
    message.key = line.value("key", "");
    message.to = line.value("to", "");
    std::string parse_error;
    if (!absl::ParseTime(absl::RFC3339_full, line.value("time", ""), &message.posted,
                         &parse_error)) {
      return false;
    }
    messages.push_back(std::move(message));
  }
  const auto found = std::find_if(messages.begin(), messages.end(),
                                  [&](const LocalMessage& m) { return m.id == id; });
  if (found == messages.end()) return false;
  found->text = line.value("text", "");
  if (found->history.empty() || found->history.back() != word) found->history.push_back(word);
  return true;
}

}  // namespace

absl::StatusOr<std::vector<LocalMessage>> ReadLocalChannel(const std::string& folder) {
  const std::string path = folder + kFile;
  if (!std::filesystem::exists(path)) {
    return absl::NotFoundError(fmt::format("no chat channel in {}", folder));
  }
  std::vector<LocalMessage> messages;
  std::istringstream lines(ReadWholeLines(path));
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object() || !ApplyLine(json, messages)) {
      return absl::DataLossError(fmt::format("{}:{}: not a chat message", path, number));
    }
  }
  return messages;
}

SendResult LocalChannel::Post(const Message& message, const PostOptions& options) {
  const auto messages = ReadLocalChannel(folder_);
  if (!messages.ok() && !absl::IsNotFound(messages.status())) {
    return {.kind = SendResult::Kind::kRefused,
            .placement = {},
            .retry_after = {},
            .reason = std::string(messages.status().message())};
  }
  const std::string id = fmt::format("m{}", messages.ok() ? messages->size() + 1 : 1);
  Json line = {{"op", "post"},
               {"id", id},
               {"kind", KindName(message.kind)},
               {"key", message.group_key},
               {"time", absl::FormatTime(absl::RFC3339_full, message.time, absl::UTCTimeZone())}};
  if (options.thread) {
    line["thread"] = options.thread->id;
    line["broadcast"] = options.broadcast;
  }
  if (!message.recipient.empty()) line["to"] = message.recipient;
  line["word"] = message.word;
  line["text"] = LocalText(message);
  SendResult result = AppendLine(folder_, line);
  result.placement = {"local", id};
  return result;
}

SendResult LocalChannel::Edit(const Message& message, const Placement& placement) {
  SendResult result = AppendLine(
      folder_,
      {{"op", "edit"}, {"id", placement.id}, {"word", message.word}, {"text", LocalText(message)}});
  result.placement = placement;
  return result;
}

FindResult LocalChannel::Find(const Message& message, const PostOptions&, const TimeWindow&) {
  const auto messages = ReadLocalChannel(folder_);
  if (!messages.ok()) {
    const bool empty = absl::IsNotFound(messages.status());
    return {empty ? absl::OkStatus() : messages.status(), {}, {}};
  }
  for (const LocalMessage& candidate : *messages) {
    if (candidate.key == message.group_key) return {{}, {}, Placement{"local", candidate.id}};
  }
  return {};
}

}  // namespace gavel::chat
