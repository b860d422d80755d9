#include "clients/chat/mail_html.h"

#include "clients/chat/text.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

constexpr std::string_view kPage = R"(<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body style="margin:24px;max-width:720px;font:15px/1.5 sans-serif;color:#1b1f24">
{body}</body>
</html>
)";
constexpr std::string_view kTable =
    "<table style=\"border-collapse:collapse;margin:12px 0\">\n{}</table>\n";
constexpr std::string_view kRow =
    "<tr><th style=\"text-align:left;vertical-align:top;padding:4px 16px 4px 0;"
    "white-space:nowrap;font-weight:600\">{}</th>"
    "<td style=\"padding:4px 0\">{}</td></tr>\n";
constexpr std::string_view kPre =
    "<pre style=\"background:#f6f8fa;padding:12px;font:13px/1.5 monospace;"
    "white-space:pre-wrap\">{}</pre>\n";

std::string LinkTo(const std::string& url, const std::string& text) {
  if (url.empty()) return HtmlEscape(text);
  return fmt::format("<a href=\"{}\" style=\"color:#0550ae\">{}</a>", HtmlEscape(url),
                     HtmlEscape(text));
}

std::string Heading(const Message& message) {
  std::string line = fmt::format("<strong>{}</strong>", HtmlEscape(message.word));
  const std::string head = HeadLine(message);
  line += HtmlEscape(std::string_view(head).substr(message.word.size()));
  return fmt::format(
      "<h1 style=\"font-size:19px;margin:0 0 8px\">{}</h1>\n<p style=\"margin:0 0 12px\">{}</p>\n",
      LinkTo(message.url, message.title), line);
}

std::string FieldTable(const Message& message) {
  if (message.fields.empty()) return "";
  std::string rows;
  for (const Field& field : message.fields) {
    rows += fmt::format(kRow, HtmlEscape(field.label), HtmlEscape(field.value));
  }
  return fmt::format(kTable, rows);
}

std::string LineBlock(const Message& message) {
  if (message.lines.empty()) return "";
  std::string text;
  for (const std::string& line : message.lines) text += HtmlEscape(line) + "\n";
  return fmt::format(kPre, text);
}

std::string LinkLine(const Message& message) {
  std::string text;
  for (const Link& link : message.links) {
    text += (text.empty() ? "" : " · ") + LinkTo(link.url, link.label);
  }
  return text.empty() ? "" : fmt::format("<p>{}</p>\n", text);
}

}  // namespace

std::string HtmlEscape(std::string_view text) {
  std::string out = ReplaceAll(std::string(text), "&", "&amp;");
  out = ReplaceAll(std::move(out), "<", "&lt;");
  out = ReplaceAll(std::move(out), ">", "&gt;");
  return ReplaceAll(std::move(out), "\"", "&quot;");
}

std::string HtmlPage(const Message& message) {
  std::string body = Heading(message);
  if (!message.summary.empty()) body += fmt::format("<p>{}</p>\n", HtmlEscape(message.summary));
  body += FieldTable(message) + LineBlock(message) + LinkLine(message);
  if (!message.footer.empty()) {
    body += fmt::format("<p style=\"color:#57606a\">{}</p>\n", HtmlEscape(message.footer));
  }
  return fmt::format(kPage, fmt::arg("title", HtmlEscape(message.title)), fmt::arg("body", body));
}

}  // namespace gavel::chat
