#include "rules/findings_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "rules/document/frame.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kSpec = R"md(---
spec: 1
title: Order ledger read replica
summary: >-
  Adds a read replica to the order ledger so that reports no longer slow down
  the checkout. One standard deployment.
area: media
category: service-change
system: uploads
authors: ["@ana"]
open_decisions: none
dependencies:
  - {use: k8s/standard}
data: {classification: internal, personal: false}
regions: [us-east]
cost:
  monthly_usd: {low: 400, high: 900}
change: {reversible: true, blast_radius: low}
---

# Order ledger read replica

## Summary

Reports read the same tables as the checkout, and on the last day of a month they slow it down for
an hour. A read replica takes the reports away, so that customers notice nothing of them any more.

## Cost

The replica costs 400 USD a month for the instance at the low end, and 900 USD at the high end when
the storage grows as it did last year. Traffic between the two stays inside one zone and is free.

## Alternatives considered

We looked at doing nothing, which keeps the checkout slow, and at reports from the nightly copy,
which are a day old; neither helps the people who close the month and wait for their numbers.

## Rollback

Reports point at the primary again by one flag. The replica is removed a week later, when nobody has
asked for it. Nothing is written to the replica, so nothing is lost by going back to the old way.
)md";

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// `text` in pieces, each starting with a line for which `starts` holds.
template <typename Starts>
std::vector<std::string> Pieces(std::string_view text, Starts starts) {
  std::vector<std::string> pieces(1);
  for (const std::string& line : LinesOf(text)) {
    if (starts(line)) pieces.emplace_back();
    pieces.back() += line + "\n";
  }
  return pieces;
}

std::string FirstLine(const std::string& piece) { return piece.substr(0, piece.find('\n')); }

// What two pieces have in common where one replaces the other: the key, or the heading.
std::string KeyOf(const std::string& piece) {
  const std::string line = FirstLine(piece);
  return line.starts_with('#') ? line : line.substr(0, line.find(':'));
}

// The pieces of `base`, each replaced by the one of `change` with the same key; others follow.
std::string Replaced(std::vector<std::string> base, const std::vector<std::string>& change) {
  for (const std::string& piece : change) {
    if (piece.empty()) continue;
    const auto same = std::find_if(base.begin(), base.end(), [&](const std::string& candidate) {
      return KeyOf(candidate) == KeyOf(piece);
    });
    if (same != base.end()) {
      *same = piece;
    } else {
      base.push_back(piece);
    }
  }
  std::string text;
  for (const std::string& piece : base) text += piece;
  return text;
}

bool StartsKey(const std::string& line) { return !line.empty() && IsAsciiAlnum(line.front()); }
bool StartsSection(const std::string& line) { return line.starts_with("## "); }

std::string Hex(std::string_view digits) {
  return std::string(1, static_cast<char>(std::stoi(std::string(digits), nullptr, 16)));
}

std::string CodePoint(std::string_view digits) {
  const int c = std::stoi(std::string(digits), nullptr, 16);
  const auto tail = [](int bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
  if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), tail(c)};
  return {static_cast<char>(0xE0 | c >> 12), tail(c >> 6), tail(c)};
}

// `\0`, `\r`, `\xF6` and `\u200B` as what they stand for.
std::string Unescaped(std::string_view text) {
  std::string plain;
  for (size_t at = 0; at < text.size(); ++at) {
    const char next = text[at] == '\\' && at + 1 < text.size() ? text[at + 1] : ' ';
    const size_t length = next == 'x' ? 4 : next == 'u' ? 6 : 2;
    if (next == '0') {
      plain += '\0';
    } else if (next == 'r') {
      plain += '\r';
    } else if (next == 'x') {
      plain += Hex(text.substr(at + 2, 2));
    } else if (next == 'u') {
      plain += CodePoint(text.substr(at + 2, 4));
    } else {
      plain += text[at];
      continue;
    }
    at += length - 1;
  }
  return plain;
}

bool IsWholeFile(const PageBlock& block) {
  return block.info == "text" || block.text.starts_with("---") || block.text.starts_with("# ");
}

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

FindingsPage ReadPage(const std::filesystem::path& path) {
  FindingsPage page{.code = path.stem().string(), .text = ReadAll(path)};
  std::vector<PageBlock>* part = nullptr;
  std::vector<v1::Evidence> evidence;
  const std::vector<std::string> lines = LinesOf(page.text);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i] == "## Wrong") part = &page.wrong;
    if (lines[i] == "## Right") part = &page.right;
    if (!lines[i].starts_with("```")) continue;
    PageBlock block{lines[i].substr(3), ""};
    while (lines[++i] != "```") block.text += lines[i] + "\n";
    if (block.info == "yaml score.yaml") {
      v1::Evidence& found = (evidence = {v1::Evidence()}).back();
      found.set_detector("score");
      found.set_name("score.yaml");
      found.set_content(block.text);
      continue;
    }
    if (part == &page.wrong) page.wrong_evidence = evidence;
    if (part == &page.right) page.right_evidence = evidence;
    if (part != nullptr) part->push_back(std::move(block));
  }
  return page;
}

}  // namespace

std::vector<FindingsPage> ReadFindingsPages() {
  std::vector<FindingsPage> pages;
  const std::string folder = std::string(GAVEL_SOURCE_DIR) + "/docs/findings";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename() != "README.md") pages.push_back(ReadPage(entry.path()));
  }
  if (pages.empty()) std::abort();
  std::sort(pages.begin(), pages.end(),
            [](const FindingsPage& a, const FindingsPage& b) { return a.code < b.code; });
  return pages;
}

std::string SpecWith(const std::vector<PageBlock>& blocks) {
  std::string spec(kSpec);
  for (const PageBlock& block : blocks) {
    if (IsWholeFile(block)) {
      return block.info == "text" ? Unescaped(block.text.substr(0, block.text.size() - 1))
                                  : block.text;
    }
    const Frame frame = SplitFrame(spec);
    std::string header(frame.header), body(frame.body);
    if (block.info == "yaml") {
      header = Replaced(Pieces(header, StartsKey), Pieces(block.text, StartsKey));
    } else {
      body = Replaced(Pieces(body, StartsSection), Pieces(block.text + "\n", StartsSection));
    }
    spec = fmt::format("---\n{}---\n{}", header, body);
  }
  return spec;
}

std::string PolicyFileOf(const PageBlock& block) {
  return block.info.starts_with("yaml ") ? block.info.substr(5) : std::string();
}

v1::PolicySource PolicyWith(v1::PolicySource source, const PageBlock& right,
                            const PageBlock& wrong) {
  std::string& file = source.mutable_files()->at(PolicyFileOf(right));
  const std::vector<std::string> lines = LinesOf(file), part = LinesOf(right.text);
  for (size_t first = 0; first + part.size() <= lines.size(); ++first) {
    const auto has = [&](size_t i) {
      return lines[first + i].find(Trim(part[i])) != std::string::npos;
    };
    size_t same = 0;
    while (same < part.size() && has(same)) ++same;
    if (same < part.size()) continue;
    const std::string& top = lines[first];
    const std::string& bottom = lines[first + part.size() - 1];
    const std::string_view last = Trim(part.back());
    const std::string before = top.substr(0, top.find(Trim(part.front())));
    const std::string after = bottom.substr(bottom.find(last) + last.size());
    const std::string indent(std::min(top.find_first_not_of(' '), top.size()), ' ');
    std::string text;
    for (size_t i = 0; i < first; ++i) text += lines[i] + "\n";
    const std::vector<std::string> instead = LinesOf(wrong.text);
    for (size_t i = 0; i < instead.size(); ++i) {
      text += (i == 0 ? before : "\n" + indent) + instead[i];
    }
    text += after + "\n";
    for (size_t i = first + part.size(); i < lines.size(); ++i) text += lines[i] + "\n";
    file = text;
    return source;
  }
  file += wrong.text;
  return source;
}

}  // namespace gavel::rules
