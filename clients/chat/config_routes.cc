#include <string>
#include <vector>

#include "clients/chat/config_reader.h"
#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

using rules::FileReader;
using rules::YamlNode;
using Names = std::vector<std::string>;

const Names& EventWords() {
  static const auto* const words = new Names{
      "alert",         "auto_approved",     "breaker",       "card",    "concern", "decision",
      "extra_session", "meeting_cancelled", "meeting_moved", "minutes", "packet"};
  return *words;
}

void ReadMatch(FileReader& reader, const YamlNode& node, Route& route) {
  if (!reader.IsMapping(node, {"area", "event", "state"})) return;
  for (const YamlNode* area : OneOrMore(reader, node, "area")) route.areas.insert(area->value);
  for (const YamlNode* event : OneOrMore(reader, node, "event")) {
    if (reader.OneOf(*event, EventWords())) route.events.insert(event->value);
  }
  for (const YamlNode* word : OneOrMore(reader, node, "state")) {
    const v1::Spec::State state = ParseState(word->value);
    if (state == v1::Spec::STATE_UNSPECIFIED) reader.Unknown(*word, "state", word->value, {});
    route.states.insert(state);
  }
}

Names NamesOf(const Config& config) {
  Names names;
  for (const Destination& destination : config.destinations) names.push_back(destination.name);
  return names;
}

}  // namespace

std::vector<const YamlNode*> OneOrMore(FileReader& reader, const YamlNode& mapping,
                                       std::string_view key) {
  std::vector<const YamlNode*> nodes;
  const YamlNode* const node = mapping.Find(key);
  if (node == nullptr) return nodes;
  if (!node->IsSequence()) {
    if (!reader.Text(*node).empty()) nodes.push_back(node);
    return nodes;
  }
  for (const YamlNode& item : node->items) {
    if (!reader.Text(item).empty()) nodes.push_back(&item);
  }
  return nodes;
}

Route ReadRoute(FileReader& reader, const YamlNode& node, const Config& config,
                const OpenHoursMap& windows) {
  Route route;
  if (!reader.IsMapping(node, {"match", "to", "broadcast", "continue", "window"})) return route;
  if (const YamlNode* const match = node.Find("match")) ReadMatch(reader, *match, route);
  reader.Need(node, "to");
  for (const YamlNode* name : OneOrMore(reader, node, "to")) {
    const Destination* const destination = config.FindDestination(name->value);
    if (destination == nullptr) {
      reader.Unknown(*name, "destination", name->value, NamesOf(config));
    } else if (!destination->has_channel()) {
      reader.Error(*name, "GV504",
                   fmt::format("`{}` has no `{}`, so it only reaches people.", name->value,
                               destination->kind == DestinationKind::kEmail ? "to" : "channel"));
    }
    route.to.push_back(name->value);
  }
  if (const YamlNode* const flag = node.Find("broadcast")) route.broadcast = reader.Bool(*flag);
  if (const YamlNode* const flag = node.Find("continue")) route.go_on = reader.Bool(*flag);
  route.window = WindowAt(reader, node, "window", windows);
  return route;
}

}  // namespace gavel::chat
