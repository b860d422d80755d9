// What one run of `gavel check` found, before it is written in some format.
#pragma once

#include <string>
#include <vector>

#include "clients/check/check_spec.h"
#include "gavel/v1/facts.pb.h"

namespace gavel::check {

struct CheckedFile {
  // As people named it, from the working directory. Bytes of the file system: not always UTF-8, and
  // every byte but NUL can be among them.
  std::string path;
  // Below the top folder of the working tree, with `/`: what CI systems look up. Outside of one the
  // absolute path, or empty for what has no file.
  std::string repository_path;
  std::string content;
  Checked checked;
};

struct Report {
  std::vector<CheckedFile> files;  // In the order they are shown.
  v1::Finding::Severity fail_on = v1::Finding::SEVERITY_ERROR;
  const rules::Policy* policy = nullptr;  // That was checked with; may be null. Must outlive it.
  std::string version = {};               // Of the program that checks.
};

// True where a finding is at or above `fail_on`: exit code 1, whatever the format.
bool Fails(const Report& report);

// How many findings have this severity, over all files.
int CountFindings(const Report& report, v1::Finding::Severity severity);

// `path` for one line of text: control characters as `\n` or `\x1b`, and nothing at its start that
// a CI system would take for a command (`::add-mask::`). Other bytes stay as they are.
std::string PathText(std::string_view path);

// `error`, `warning` or `info`: the words that editors and problem matchers know.
std::string_view LevelWord(v1::Finding::Severity severity);

}  // namespace gavel::check
