#include "clients/common/mime.h"

#include <algorithm>
#include <cctype>

#include "engine/domain/planning/wording.h"
#include "fmt/format.h"

namespace gavel::client {
namespace {

constexpr size_t kLineChars = 76;
constexpr std::string_view kWordBegin = "=?UTF-8?Q?";
constexpr std::string_view kWordEnd = "?=";

std::string Hex(char c) { return fmt::format("={:02X}", static_cast<unsigned char>(c)); }

// Bytes of the code point that `text` (not empty) begins with; a stray byte stands alone.
size_t CodePointBytes(std::string_view text) {
  size_t bytes = 1;
  while (bytes < text.size() && bytes < 4 && (text[bytes] & 0xC0) == 0x80) ++bytes;
  return bytes;
}

// What stands for the first character of `rest` at `column` of an encoded line. Blanks at the end
// of a line get lost on the way; a dot or `From ` at the beginning is added to.
std::string Token(std::string_view rest, size_t column) {
  const char c = rest.front();
  const bool fragile_end = rest.size() == 1 && c == ' ';
  const bool fragile_start = column == 0 && (c == '.' || rest.starts_with("From "));
  const bool plain = c >= ' ' && c <= '~' && c != '=' && !fragile_end && !fragile_start;
  return plain ? std::string(1, c) : Hex(c);
}

// One line of text, without its break.
void AppendLine(std::string_view line, std::string& out) {
  size_t column = 0;
  for (; !line.empty(); line.remove_prefix(1)) {
    std::string token = Token(line, column);
    const size_t room = kLineChars - (line.size() == 1 ? 0 : 1);  // For a `=` at the end.
    if (column + token.size() > room) {
      out += "=\r\n";
      column = 0;
      token = Token(line, column);
    }
    out += token;
    column += token.size();
  }
  out += "\r\n";
}

bool IsPlain(std::string_view text) {
  const bool ascii =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  // What looks like an encoded word would be decoded, whoever wrote it.
  return ascii && text.find("=?") == std::string_view::npos;
}

// One code point as a Q-encoded word writes it.
std::string QEncoded(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const bool plain =
        static_cast<unsigned char>(c) < 0x80 && std::isalnum(static_cast<unsigned char>(c)) != 0;
    out += c == ' ' ? "_" : plain ? std::string(1, c) : Hex(c);
  }
  return out;
}

std::string EncodedWords(std::string_view name, std::string_view text) {
  std::string out;
  std::string word(kWordBegin);
  size_t room = kLineChars - name.size() - 2;
  while (!text.empty()) {
    const size_t bytes = CodePointBytes(text);
    const std::string token = QEncoded(text.substr(0, bytes));
    text.remove_prefix(bytes);
    if (word.size() + token.size() + kWordEnd.size() > room) {
      out += word.append(kWordEnd) + "\r\n ";
      word = kWordBegin;
      room = kLineChars - 1;
    }
    word += token;
  }
  return out + word.append(kWordEnd);
}

std::string Folded(std::string_view name, std::string_view text) {
  std::string out;
  size_t column = name.size() + 2;
  while (!text.empty()) {
    const size_t blank = std::min(text.find(' ', 1), text.size());
    const std::string_view word = text.substr(0, blank);
    if (!out.empty() && column + word.size() > kLineChars && word.front() == ' ') {
      out += "\r\n";
      column = 0;
    }
    out += word;
    column += word.size();
    text.remove_prefix(blank);
  }
  return out;
}

}  // namespace

std::string QuotedPrintable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    AppendLine(text.substr(0, end), out);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string HeaderLine(std::string_view name, std::string_view text) {
  const std::string line = OneLine(text);
  return fmt::format("{}: {}\r\n", name,
                     IsPlain(line) ? Folded(name, line) : EncodedWords(name, line));
}

std::string MailDate(absl::Time time, const absl::TimeZone& zone) {
  return absl::FormatTime("%a, %d %b %Y %H:%M:%S %z", time, zone);
}

std::string MultipartAlternative(const std::vector<MimePart>& parts, const std::string& boundary) {
  std::string out = fmt::format(
      "MIME-Version: 1.0\r\n"
      "Content-Type: multipart/alternative;\r\n boundary=\"{}\"\r\n\r\n",
      boundary);
  for (const MimePart& part : parts) {
    // The line break before a boundary is the boundary's, so each part has one more.
    out += fmt::format(
        "--{}\r\nContent-Type: {}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
        boundary, part.type, QuotedPrintable(part.text));
  }
  return out + fmt::format("--{}--\r\n", boundary);
}

}  // namespace gavel::client
