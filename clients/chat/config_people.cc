#include <string>
#include <vector>

#include "absl/time/time.h"
#include "clients/chat/config_reader.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

using rules::FileReader;
using rules::YamlNode;
using Names = std::vector<std::string>;

constexpr char kDefault[] = "default";
constexpr absl::Duration kLongestWait = absl::Hours(1);

void ReadWays(FileReader& reader, const YamlNode& mapping, const Config& config,
              PersonPreferences& out) {
  out.by.clear();
  Names names;
  for (const Destination& destination : config.destinations) names.push_back(destination.name);
  for (const YamlNode* name : OneOrMore(reader, mapping, "by")) {
    const Destination* const destination = config.FindDestination(name->value);
    if (destination == nullptr) {
      reader.Unknown(*name, "destination", name->value, names);
    } else if (!destination->reaches_people()) {
      reader.Error(*name, "GV504",
                   fmt::format("`{}` is a webhook, which cannot reach one person.", name->value));
    }
    out.by.push_back(name->value);
  }
}

// `[my_turn, due]`, or `none`.
void ReadDirect(FileReader& reader, const YamlNode& mapping, PersonPreferences& out) {
  out.my_turn = out.due = out.digest = false;
  const YamlNode& node = rules::NodeAt(mapping, "direct");
  if (node.IsScalar() && node.value == "none") return;
  for (const YamlNode* word : OneOrMore(reader, mapping, "direct")) {
    const auto index = reader.OneOf(*word, {"my_turn", "due", "digest"});
    if (!index) continue;
    (*index == 0 ? out.my_turn : *index == 1 ? out.due : out.digest) = true;
  }
}

PersonPreferences ReadPreferences(FileReader& reader, const YamlNode& node, const Config& config,
                                  const OpenHoursMap& windows, PersonPreferences out) {
  if (!reader.IsMapping(node, {"by", "direct", "quiet", "irc"})) return out;
  if (node.Find("by") != nullptr) ReadWays(reader, node, config, out);
  if (node.Find("direct") != nullptr) ReadDirect(reader, node, out);
  out.irc = reader.TextAt(node, "irc");
  if (out.irc.find_first_of(" #&,!@:\r\n") != std::string::npos) {
    reader.Error(*node.Find("irc"), "GV504", "A nick is wanted here.");
  }
  const YamlNode* const quiet = node.Find("quiet");
  if (quiet == nullptr) return out;
  const bool none = quiet->IsScalar() && quiet->value == "none";
  if (!none && !reader.IsMapping(*quiet, {"outside"})) return out;
  out.window = none ? nullptr : WindowAt(reader, *quiet, "outside", windows);
  return out;
}

absl::Duration DurationAt(FileReader& reader, const YamlNode& mapping, std::string_view key) {
  const YamlNode* const node = mapping.Find(key);
  if (node == nullptr) return absl::ZeroDuration();
  absl::Duration duration;
  const bool ok = absl::ParseDuration(reader.Text(*node), &duration) &&
                  duration >= absl::ZeroDuration() && duration <= kLongestWait;
  if (ok) return duration;
  reader.Error(*node, "GV504", "A time up to one hour is wanted here, like `60s` or `5m`.");
  return absl::ZeroDuration();
}

}  // namespace

People ReadPeople(FileReader& reader, const YamlNode& node, const Config& config,
                  const OpenHoursMap& windows) {
  People people;
  people.told = true;
  const YamlNode* const others = reader.Need(node, kDefault);
  if (others == nullptr) return people;
  reader.Need(*others, "by");
  people.others = ReadPreferences(reader, *others, config, windows, {});
  for (const rules::YamlEntry& entry : reader.Entries(node)) {
    if (entry.key.value == kDefault) continue;
    people.named[entry.key.value] =
        ReadPreferences(reader, entry.value, config, windows, people.others);
  }
  return people;
}

Coalesce ReadCoalesce(FileReader& reader, const YamlNode& node) {
  if (!reader.IsMapping(node, {"wait", "at_most_every"})) return {};
  return {DurationAt(reader, node, "wait"), DurationAt(reader, node, "at_most_every")};
}

}  // namespace gavel::chat
