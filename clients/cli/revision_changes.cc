#include "clients/cli/revision_changes.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "clients/cli/command.h"
#include "clients/cli/files.h"
#include "clients/cli/repository/git.h"
#include "clients/common/temporary_folder.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "rules/document/frame.h"
#include "rules/yaml/strict_yaml.h"

namespace gavel::cli {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

void Flatten(const rules::YamlNode& node, const std::string& path, Fields& fields);

// `k8s/standard` for an item with a `use`, so that a new item in front changes no other.
std::string NameOfItem(const rules::YamlNode& item, size_t index) {
  const rules::YamlNode* use = item.IsMapping() ? item.Find("use") : nullptr;
  return use != nullptr && use->IsScalar() ? "." + use->value : fmt::format("[{}]", index);
}

void FlattenSequence(const rules::YamlNode& node, const std::string& path, Fields& fields) {
  const bool plain = std::all_of(node.items.begin(), node.items.end(),
                                 [](const rules::YamlNode& item) { return item.IsScalar(); });
  if (!plain) {
    for (size_t i = 0; i < node.items.size(); ++i) {
      Flatten(node.items[i], path + NameOfItem(node.items[i], i), fields);
    }
    return;
  }
  std::string text;
  for (const rules::YamlNode& item : node.items) text += (text.empty() ? "" : ", ") + item.value;
  fields.emplace_back(path, text);
}

void Flatten(const rules::YamlNode& node, const std::string& path, Fields& fields) {
  if (node.IsScalar()) {
    fields.emplace_back(path, node.value);
  } else if (node.IsSequence()) {
    FlattenSequence(node, path, fields);
  } else {
    for (const rules::YamlEntry& entry : node.entries) {
      Flatten(entry.value, path.empty() ? entry.key.value : path + "." + entry.key.value, fields);
    }
  }
}

// Every value of the front matter by its path, in file order; nothing where it cannot be read.
std::optional<Fields> FieldsOf(std::string_view content) {
  const rules::Frame frame = rules::SplitFrame(content);
  if (!frame.fenced) return std::nullopt;
  const rules::YamlResult yaml = rules::ParseStrictYaml(frame.header, {});
  if (!yaml.ok()) return std::nullopt;
  Fields fields;
  Flatten(yaml.root, "", fields);
  return fields;
}

absl::StatusOr<std::string> GitDiff(std::string_view before, std::string_view after,
                                    TextDiff kind) {
  const client::TemporaryFolder folder;
  if (folder.path().empty())
    return UsageError("cannot make a temporary folder; is TMPDIR writable?");
  GAVEL_RETURN_IF_ERROR(WriteFileAtomically(folder.path() + "/before", before));
  GAVEL_RETURN_IF_ERROR(WriteFileAtomically(folder.path() + "/after", after));
  std::vector<std::string> words = {"diff",          "--no-index", "--no-ext-diff",
                                    "--no-textconv", "--no-color", "--text"};
  if (kind == TextDiff::kWords) words.emplace_back("--word-diff=porcelain");
  words.insert(words.end(), {"--", "before", "after"});
  GAVEL_ASSIGN_OR_RETURN(ProcessResult result, Git(folder.path()).Run(words));
  if (result.exit_code > 1) return UsageError("git cannot compare them: " + result.err);
  return std::move(result.out);
}

// `lines 40-52` of `@@ -38,7 +40,13 @@`, counted in the file, whose body starts at `body_line`.
std::string PlaceOf(std::string_view hunk, int body_line) {
  const size_t plus = hunk.find('+');
  if (plus == std::string_view::npos) return "";
  const char* const end = hunk.data() + hunk.size();
  int first = 0;
  int count = 1;
  const auto parsed = std::from_chars(hunk.data() + plus + 1, end, first);
  if (parsed.ptr != end && *parsed.ptr == ',') std::from_chars(parsed.ptr + 1, end, count);
  first += body_line - 1;
  if (count <= 1) return fmt::format("line {}", first);
  return fmt::format("lines {}-{}", first, first + count - 1);
}

DiffPart PartOf(std::string_view line, TextDiff kind) {
  DiffPart part;
  part.ends_line = kind == TextDiff::kLines || line.starts_with('~');
  if (line.starts_with('+')) part.kind = DiffPart::Kind::kAdded;
  if (line.starts_with('-')) part.kind = DiffPart::Kind::kRemoved;
  if (!line.empty()) line.remove_prefix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  part.text = line;
  return part;
}

}  // namespace

std::vector<FieldChange> FrontMatterChanges(std::string_view before, std::string_view after) {
  const std::optional<Fields> old_fields = FieldsOf(before);
  const std::optional<Fields> new_fields = FieldsOf(after);
  if (!old_fields.has_value() || !new_fields.has_value()) return {};
  std::map<std::string, std::string> gone(old_fields->begin(), old_fields->end());
  std::vector<FieldChange> changes;
  for (const auto& [field, value] : *new_fields) {
    const auto old = gone.find(field);
    const std::string was = old == gone.end() ? std::string() : old->second;
    if (was != value) changes.push_back({field, was, value});
    if (old != gone.end()) gone.erase(old);
  }
  for (const auto& [field, value] : *old_fields) {
    if (gone.contains(field)) changes.push_back({field, value, ""});
  }
  return changes;
}

absl::StatusOr<std::vector<DiffPart>> ProseChanges(std::string_view before, std::string_view after,
                                                   TextDiff kind) {
  // A front matter that cannot be read is compared as text, like the rest.
  const bool whole = !FieldsOf(before).has_value() || !FieldsOf(after).has_value();
  const rules::Frame old_frame = rules::SplitFrame(before);
  const rules::Frame new_frame = rules::SplitFrame(after);
  GAVEL_ASSIGN_OR_RETURN(const std::string diff, GitDiff(whole ? before : old_frame.body,
                                                         whole ? after : new_frame.body, kind));
  std::vector<DiffPart> parts;
  bool in_hunk = false;
  for (std::string_view rest = diff; !rest.empty();) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with("@@ ")) {
      in_hunk = true;
      parts.push_back({DiffPart::Kind::kPlace, PlaceOf(line, whole ? 1 : new_frame.body_line)});
    } else if (in_hunk && !line.starts_with('\\')) {  // `\ No newline at end of file`
      parts.push_back(PartOf(line, kind));
    }
  }
  return parts;
}

}  // namespace gavel::cli
