#include "clients/chat/config.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "fmt/format.h"
#include "rules/compile/file_reader.h"
#include "rules/policy.h"
#include "rules/yaml/node.h"
#include "rules/yaml/strict_yaml.h"

namespace gavel::chat {
namespace {

using rules::FileReader;
using rules::YamlNode;
using Names = std::vector<std::string>;

constexpr rules::YamlLimits kLimits = {.max_depth = 8};
constexpr int kSlackPerMinute = 50;  // `chat.update` allows a little more.
constexpr int kIrcPerMinute = 30;    // Servers throttle whoever says more than a line in 2 s.
constexpr int kMaxPerMinute = 6000;

// Which keys a kind needs and takes, besides `kind`, `start` and `per_minute`.
struct KindRow {
  const char* word;
  DestinationKind kind;
  int per_minute;
  Names required;
  Names optional;
};

const std::vector<KindRow>& Kinds() {
  static const auto* const rows = new std::vector<KindRow>{
      {"slack", DestinationKind::kSlack, kSlackPerMinute, {"channel", "token"}, {"api"}},
      {"slack-webhook", DestinationKind::kSlackWebhook, kSlackPerMinute, {"url"}, {}},
      {"irc",
       DestinationKind::kIrc,
       kIrcPerMinute,
       {"channel", "nick", "server"},
       {"password", "tls"}},
      {"local", DestinationKind::kLocal, 0, {"path"}, {}},
  };
  return *rows;
}

const Names& EventWords() {
  static const auto* const words =
      new Names{"auto_approved", "card", "concern", "decision", "packet", "meeting_cancelled"};
  return *words;
}

// A secret stands in a file of its own.
std::string ReferenceAt(FileReader& reader, const YamlNode& mapping, std::string_view key) {
  const YamlNode* const node = mapping.Find(key);
  if (node == nullptr) return "";
  const std::string text = reader.Text(*node);
  if (text.empty() || text.starts_with("credential/")) return text;
  reader.Error(*node, "GV504",
               "A secret may not stand in this file. Write `credential/NAME` and put "
               "it into the file NAME of $CREDENTIALS_DIRECTORY.");
  return "";
}

const KindRow* ReadKind(FileReader& reader, const YamlNode& node) {
  const YamlNode* const kind = reader.Need(node, "kind");
  if (kind == nullptr) return nullptr;
  Names words;
  for (const KindRow& row : Kinds()) words.push_back(row.word);
  const auto index = reader.OneOf(*kind, words);
  return index ? &Kinds()[*index] : nullptr;
}

Destination ReadDestination(FileReader& reader, const std::string& name, const YamlNode& node) {
  Destination out;
  out.name = name;
  const KindRow* const row = ReadKind(reader, node);
  if (row == nullptr) return out;
  Names keys = {"kind", "start", "per_minute"};
  keys.insert(keys.end(), row->required.begin(), row->required.end());
  keys.insert(keys.end(), row->optional.begin(), row->optional.end());
  if (!reader.IsMapping(node, keys)) return out;
  for (const std::string& key : row->required) reader.Need(node, key);

  out.kind = row->kind;
  out.per_minute = reader.IntAt(node, "per_minute", 1, kMaxPerMinute, row->per_minute);
  if (const YamlNode* const start = node.Find("start")) {
    const bool log = reader.OneOf(*start, {"now", "log"}).value_or(0) == 1;
    out.start = log ? Destination::Start::kLog : Destination::Start::kNow;
  }
  out.api = reader.TextAt(node, "api", "https://slack.com/api");
  out.channel = reader.TextAt(node, "channel");
  out.server = reader.TextAt(node, "server");
  out.nick = reader.TextAt(node, "nick");
  out.path = reader.TextAt(node, "path");
  out.token = ReferenceAt(reader, node, "token");
  out.url = ReferenceAt(reader, node, "url");
  out.password = ReferenceAt(reader, node, "password");
  if (const YamlNode* const tls = node.Find("tls")) out.tls = reader.Bool(*tls);
  return out;
}

// `media`, or `[media, platform]`.
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

Route ReadRoute(FileReader& reader, const YamlNode& node, const Names& destinations) {
  Route route;
  if (!reader.IsMapping(node, {"match", "to", "broadcast", "continue"})) return route;
  if (const YamlNode* const match = node.Find("match")) ReadMatch(reader, *match, route);
  reader.Need(node, "to");
  for (const YamlNode* name : OneOrMore(reader, node, "to")) {
    const bool known =
        std::find(destinations.begin(), destinations.end(), name->value) != destinations.end();
    if (!known) reader.Unknown(*name, "destination", name->value, destinations);
    route.to.push_back(name->value);
  }
  if (const YamlNode* const flag = node.Find("broadcast")) route.broadcast = reader.Bool(*flag);
  if (const YamlNode* const flag = node.Find("continue")) route.go_on = reader.Bool(*flag);
  return route;
}

std::string ReadBaseUrl(FileReader& reader, const YamlNode& root) {
  const YamlNode* const node = root.Find("base_url");
  if (node == nullptr) return "";
  std::string url = reader.Text(*node);
  if (!url.starts_with("https://") && !url.starts_with("http://")) {
    reader.Error(*node, "GV504", "An address that begins with https:// is wanted here.");
  }
  while (url.ends_with('/')) url.pop_back();
  return url;
}

Config ReadConfig(FileReader& reader, const YamlNode& root) {
  Config config;
  if (!reader.IsMapping(root, {"base_url", "destinations", "routes"})) return config;
  config.base_url = ReadBaseUrl(reader, root);
  Names names;
  if (const YamlNode* const node = reader.Need(root, "destinations")) {
    for (const rules::YamlEntry& entry : reader.Entries(*node)) {
      names.push_back(entry.key.value);
      config.destinations.push_back(ReadDestination(reader, entry.key.value, entry.value));
    }
  }
  if (const YamlNode* const node = reader.Need(root, "routes")) {
    for (const YamlNode& item : reader.Items(*node)) {
      config.routes.push_back(ReadRoute(reader, item, names));
    }
  }
  return config;
}

absl::Status StatusOf(const std::vector<rules::PolicyProblem>& problems) {
  if (problems.empty()) return absl::OkStatus();
  std::string message;
  std::vector<FieldViolation> violations;
  for (const rules::PolicyProblem& problem : problems) {
    message += (message.empty() ? "" : "\n") + rules::ProblemText(problem);
    violations.push_back({fmt::format("{}:{}:{}", problem.file, problem.line, problem.column),
                          problem.message, problem.code});
  }
  return MakeInvalid("POLICY_INVALID", message, violations);
}

}  // namespace

absl::StatusOr<Config> ParseConfig(std::string_view text, const std::string& file) {
  std::vector<rules::PolicyProblem> problems;
  const rules::YamlResult yaml = rules::ParseStrictYaml(text, kLimits);
  for (const rules::YamlProblem& problem : yaml.problems) {
    problems.push_back({file, problem.line, problem.column, problem.code, true, problem.message});
  }
  FileReader reader(file, problems);
  Config config;
  if (yaml.ok()) config = ReadConfig(reader, yaml.root);
  if (absl::Status status = StatusOf(problems); !status.ok()) return status;
  return config;
}

}  // namespace gavel::chat
