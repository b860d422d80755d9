// The few things that the client itself looks up in a front matter. Everything else is read by
// rules/document.h, with all its checks.
#pragma once

#include <string>
#include <string_view>

namespace gavel::cli {

struct FrontMatterField {
  std::string value;  // Without quotes and comment.
  int line = 0;       // From 1; 0 where the field is not there.
};

// The plain value of the top-level field `name`. Pure.
FrontMatterField FindField(std::string_view content, std::string_view name);

// True where the front matter is ours: it has a top-level `spec`.
bool IsSpecDocument(std::string_view content);

// `content` with `key: KEY` after the line of `spec`, with the file's own line ends; unchanged
// where it has no `spec`.
std::string WithKey(std::string_view content, std::string_view key);

}  // namespace gavel::cli
