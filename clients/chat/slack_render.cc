#include "clients/chat/slack_render.h"

#include <algorithm>
#include <cctype>

#include "clients/chat/text.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMostChars = 4000;
constexpr size_t kMostFields = 5;
constexpr size_t kButtonChars = 75;

// Lengths before escaping. Escaping can make a text five times as long, so a message that comes out
// too long is rendered again with half of each.
struct Limits {
  size_t title = 160;
  size_t sentence = 600;
  size_t summary = 600;
  size_t field = 300;
  size_t reason = 700;
  size_t table = 1400;

  Limits Halved() const {
    return {title / 2, sentence / 2, summary / 2, field / 2, reason / 2, table / 2};
  }
};

bool IsWordChar(std::string_view text, size_t at) {
  if (at >= text.size()) return false;
  const auto c = static_cast<unsigned char>(text[at]);
  return std::isalnum(c) != 0 || c >= 0x80;
}

// Slack has no escape for its formatting marks. Between two word characters they are harmless
// (`snake_case`); elsewhere a look-alike stands in. Pairs of backticks may stay where
// `keep_code` says so: nothing is read as markup between them.
std::string NeutraliseMarks(std::string_view text, bool keep_code) {
  const bool paired = std::count(text.begin(), text.end(), '`') % 2 == 0 &&
                      text.find("``") == std::string_view::npos;
  const std::string_view backtick = keep_code && paired ? "`" : "ˋ";
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool inside = i > 0 && IsWordChar(text, i - 1) && IsWordChar(text, i + 1);
    switch (text[i]) {
      case '*':
        out += inside ? "*" : "∗";
        break;
      case '_':
        out += inside ? "_" : "ˍ";
        break;
      case '~':
        out += inside ? "~" : "∼";
        break;
      case '`':
        out += backtick;
        break;
      default:
        out += text[i];
    }
  }
  return out;
}

std::string Entities(std::string_view text) {
  std::string out = ReplaceAll(std::string(text), "&", "&amp;");
  out = ReplaceAll(std::move(out), "<", "&lt;");
  return ReplaceAll(std::move(out), ">", "&gt;");
}

// `<url|label>`: a bar in the label would end the address early.
std::string LinkTo(const std::string& url, const std::string& label) {
  const std::string text = SlackEscape(ReplaceAll(label, "|", "¦"));
  return url.empty() ? text : fmt::format("<{}|{}>", url, text);
}

// A sentence, in which `code` may stand as such.
std::string Prose(std::string_view text, size_t max_chars) {
  return DefuseMentions(Entities(NeutraliseMarks(Clip(text, max_chars), true)));
}

std::string Again(bool again) { return again ? "(again) " : ""; }

Json Mrkdwn(const std::string& text) { return {{"type", "mrkdwn"}, {"text", text}}; }

Json Section(const std::string& text) { return {{"type", "section"}, {"text", Mrkdwn(text)}}; }

// Inside a fence only the entities and the fence itself mean anything.
std::string Fenced(const std::vector<std::string>& lines, size_t max_chars) {
  std::string text = "```\n";
  size_t used = 0;
  for (const std::string& line : lines) {
    used += CharCount(line) + 1;
    if (used > max_chars) {
      text += "…\n";
      break;
    }
    text += DefuseMentions(Entities(ReplaceAll(line, "`", "ˋ"))) + "\n";
  }
  return text + "```";
}

Json HeadSection(const Message& message, bool again, const Limits& limits) {
  std::string text =
      fmt::format("{}*{}*", Again(again), LinkTo(message.url, Clip(message.title, limits.title)));
  if (message.kind != MessageKind::kCard) {  // A card's first field says it.
    const std::string rest =
        message.kind == MessageKind::kPerson ? "" : " " + Prose(message.sentence, limits.sentence);
    text += fmt::format("\n*{}*{}", SlackEscape(message.word), rest);
  }
  if (!message.summary.empty()) text += "\n" + Prose(message.summary, limits.summary);
  return Section(text);
}

// A card's facts stand in two columns.
Json ColumnsSection(const Message& message, const Limits& limits) {
  Json fields = Json::array();
  for (size_t i = 0; i < message.fields.size() && i < kMostFields; ++i) {
    const Field& field = message.fields[i];
    fields.push_back(Mrkdwn(
        fmt::format("*{}*\n{}", SlackEscape(field.label), Prose(field.value, limits.field))));
  }
  return {{"type", "section"}, {"fields", fields}};
}

// Everything else reads as paragraphs.
std::string Paragraphs(const Message& message, size_t max_chars) {
  std::string text;
  for (const Field& field : message.fields) {
    text += fmt::format("{}*{}:* {}", text.empty() ? "" : "\n", SlackEscape(field.label),
                        Prose(field.value, max_chars));
  }
  return text;
}

Json ActionsBlock(const Message& message) {
  Json elements = Json::array();
  for (const Link& link : message.links) {
    elements.push_back(
        {{"type", "button"},
         {"text", {{"type", "plain_text"}, {"text", Clip(link.label, kButtonChars)}}},
         {"url", link.url}});
  }
  return {{"type", "actions"}, {"elements", elements}};
}

// Slack shows the time in each reader's own zone; what follows the bar is for everything else.
Json ContextBlock(const Message& message) {
  std::string text = SlackEscape(message.footer);
  if (message.kind == MessageKind::kCard) {
    text += fmt::format(" · updated <!date^{}^{{date_short_pretty}} {{time}}|{}>",
                        absl::ToUnixSeconds(message.time),
                        absl::FormatTime("%Y-%m-%d %H:%M UTC", message.time, absl::UTCTimeZone()));
  }
  return {{"type", "context"}, {"elements", Json::array({Mrkdwn(text)})}};
}

Json Blocks(const Message& message, bool again, const Limits& limits) {
  Json blocks = Json::array({HeadSection(message, again, limits)});
  if (message.kind == MessageKind::kCard) {
    blocks.push_back(ColumnsSection(message, limits));
  } else if (!message.fields.empty()) {
    blocks.push_back(Section(Paragraphs(message, limits.reason)));
  }
  if (!message.lines.empty()) blocks.push_back(Section(Fenced(message.lines, limits.table)));
  if (!message.links.empty()) blocks.push_back(ActionsBlock(message));
  if (!message.footer.empty()) blocks.push_back(ContextBlock(message));
  return blocks;
}

std::string PlainText(const Message& message, bool again, const Limits& limits) {
  return Again(again) + SlackEscape(Clip(TextOf(message), limits.title + limits.sentence));
}

size_t TextChars(const Json& json) {
  if (json.is_string()) return CharCount(json.get_ref<const std::string&>());
  size_t total = 0;
  if (json.is_structured()) {
    for (const Json& part : json) total += TextChars(part);
  }
  return total;
}

std::string WebhookText(const Message& message, bool again, const Limits& limits) {
  std::string text = fmt::format("{}*{}*: {}", Again(again),
                                 LinkTo(message.url, Clip(message.title, limits.title)),
                                 Prose(StatusLine(message), limits.sentence));
  const bool is_post = message.kind != MessageKind::kCard && !message.fields.empty();
  if (is_post) text += "\n" + Paragraphs(message, limits.reason);
  if (!message.lines.empty()) text += "\n" + Fenced(message.lines, limits.table);
  return text;
}

}  // namespace

std::string SlackEscape(std::string_view text) {
  return DefuseMentions(Entities(NeutraliseMarks(text, false)));
}

std::string SlackSubject(const Message& message) {
  return message.group_key.substr(message.group_key.find('/') + 1);
}

Json SlackBody(const Message& message, bool again) {
  const Json payload = {{"key", SlackSubject(message)}, {"seq", fmt::format("{}", message.seq)}};
  Json body;
  for (Limits limits;; limits = limits.Halved()) {
    body["text"] = PlainText(message, again, limits);
    body["blocks"] = Blocks(message, again, limits);
    if (TextChars(body) <= kMostChars) break;
  }
  body["metadata"] = {{"event_type", "gavel_" + KindName(message.kind)},
                      {"event_payload", payload}};
  return body;
}

Json SlackWebhookBody(const Message& message, bool again) {
  Json body;
  for (Limits limits;; limits = limits.Halved()) {
    body["text"] = WebhookText(message, again, limits);
    if (TextChars(body) <= kMostChars) return body;
  }
}

}  // namespace gavel::chat
