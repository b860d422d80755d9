// The parts of `notify.yaml`, each read by a file of its own. Every mistake goes to the reader's
// problems; what is returned then is good enough to go on reading.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "clients/chat/config.h"
#include "rules/compile/file_reader.h"
#include "rules/yaml/node.h"

namespace gavel::chat {

using OpenHoursMap = std::map<std::string, std::shared_ptr<const OpenHours>>;

std::vector<Destination> ReadDestinations(rules::FileReader& reader, const rules::YamlNode& node);

// `node` is `time_windows`; by name.
OpenHoursMap ReadWindows(rules::FileReader& reader, const rules::YamlNode& node,
                         const ReadNamedFile& read_file);

// The window that `mapping[key]` names; nothing where the key is absent.
std::shared_ptr<const OpenHours> WindowAt(rules::FileReader& reader, const rules::YamlNode& mapping,
                                          std::string_view key, const OpenHoursMap& windows);

Route ReadRoute(rules::FileReader& reader, const rules::YamlNode& node, const Config& config,
                const OpenHoursMap& windows);

// `config` with its destinations.
People ReadPeople(rules::FileReader& reader, const rules::YamlNode& node, const Config& config,
                  const OpenHoursMap& windows);

Coalesce ReadCoalesce(rules::FileReader& reader, const rules::YamlNode& node);

// `media`, or `[media, platform]`; empty texts are left out.
std::vector<const rules::YamlNode*> OneOrMore(rules::FileReader& reader,
                                              const rules::YamlNode& mapping, std::string_view key);

}  // namespace gavel::chat
