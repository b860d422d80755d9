#include "clients/cli/completion/reply.h"

#include "clients/cli/completion/completion.h"
#include "clients/cli/completion/values.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

const char* NameOf(ShellFiles files) {
  switch (files) {
    case ShellFiles::kNone:
      return "none";
    case ShellFiles::kFiles:
      return "files";
    case ShellFiles::kFolders:
      return "folders";
    case ShellFiles::kSpecs:
      return "specs";
  }
  return "none";
}

void RemoveQuotes(const std::string& shell, std::vector<std::string>& words) {
  const size_t first = shell == "bash" ? 0 : words.size() - 1;
  if (shell == "zsh" || words.empty()) return;
  for (size_t i = first; i < words.size(); ++i) words[i] = WithoutQuotes(words[i]);
}

}  // namespace

std::string WithoutQuotes(const std::string& text) {
  std::string plain;
  char open = '\0';
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool escapes = c == '\\' && open != '\'' && i + 1 < text.size();
    if (escapes) {
      plain += text[++i];
    } else if (open == '\0' && (c == '"' || c == '\'')) {
      open = c;
    } else if (c == open && open != '\0') {
      open = '\0';
    } else {
      plain += c;
    }
  }
  return plain;
}

std::string CompletionReply(std::span<const Command> commands, const Environment& environment,
                            std::vector<std::string> words) {
  if (words.empty()) return "";
  const std::string shell = words.front();
  words.erase(words.begin());
  if (words.empty()) words.emplace_back();
  RemoveQuotes(shell, words);
  const Completions found =
      Complete(commands, words, [&](ValueKind kind, const TypedValues& typed) {
        return CompletionValues(environment, kind, typed);
      });
  std::string reply = fmt::format(":{}\t{}\n", NameOf(found.files), words.back());
  for (const Candidate& candidate : found.candidates) {
    reply += fmt::format("{}\t{}\n", candidate.value, candidate.description);
  }
  return reply;
}

}  // namespace gavel::cli
