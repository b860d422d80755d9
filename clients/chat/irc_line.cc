#include "clients/chat/irc_line.h"

namespace gavel::chat {
namespace {

// Takes the text up to the next blank, and the blanks behind it.
std::string TakeWord(std::string_view& rest) {
  const size_t end = rest.find(' ');
  const std::string word(rest.substr(0, end));
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end);
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  return word;
}

}  // namespace

bool IrcLine::is_error() const {
  return command == "ERROR" || (command.size() == 3 && (command[0] == '4' || command[0] == '5'));
}

IrcLine ParseIrcLine(std::string_view line) {
  IrcLine out;
  if (!line.empty() && line.front() == ':') {
    line.remove_prefix(1);
    out.prefix = TakeWord(line);
  }
  out.command = TakeWord(line);
  while (!line.empty()) {
    if (line.front() == ':') {
      out.params.emplace_back(line.substr(1));
      break;
    }
    out.params.push_back(TakeWord(line));
  }
  return out;
}

}  // namespace gavel::chat
