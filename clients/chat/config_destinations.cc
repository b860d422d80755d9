#include <string>
#include <vector>

#include "clients/chat/config_reader.h"
#include "clients/chat/mail_address.h"
#include "clients/chat/text.h"

namespace gavel::chat {
namespace {

using rules::FileReader;
using rules::YamlNode;
using Names = std::vector<std::string>;

constexpr int kSlackPerMinute = 50;  // `chat.update` allows a little more.
constexpr int kIrcPerMinute = 30;    // Servers throttle whoever says more than a line in 2 s.
constexpr int kMailPerMinute = 120;  // What relays take without slowing a sender down.
constexpr int kMaxPerMinute = 6000;

// Which keys a kind needs and takes, besides `kind`, `start` and `per_minute`.
struct KindRow {
  const char* word;
  DestinationKind kind;
  int per_minute;
  Names required;
  Names optional;
};

const Names& SecurityWords() {
  static const auto* const words = new Names{"starttls", "tls", "none"};
  return *words;
}

const std::vector<KindRow>& Kinds() {
  static const auto* const rows = new std::vector<KindRow>{
      {"slack", DestinationKind::kSlack, kSlackPerMinute, {"token"}, {"api", "channel"}},
      {"slack-webhook", DestinationKind::kSlackWebhook, kSlackPerMinute, {"url"}, {}},
      {"irc",
       DestinationKind::kIrc,
       kIrcPerMinute,
       {"nick", "server"},
       {"channel", "password", "tls"}},
      {"email",
       DestinationKind::kEmail,
       kMailPerMinute,
       {"from", "server"},
       {"list_id", "password", "security", "to", "user"}},
      {"local", DestinationKind::kLocal, 0, {"path"}, {}},
  };
  return *rows;
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

// An address as it stands in headers and in SMTP commands, where a blank or a line break would
// begin something else.
std::string AddressAt(FileReader& reader, const YamlNode& mapping, std::string_view key) {
  const YamlNode* const node = mapping.Find(key);
  if (node == nullptr) return "";
  const std::string text = reader.Text(*node);
  if (text.empty() || IsMailAddress(text)) return text;
  reader.Error(*node, "GV504", "A plain mail address is wanted here, like specs@example.org.");
  return "";
}

// `specs@example.org` makes `specs.example.org`.
std::string ListIdOf(const std::string& address) { return ReplaceAll(address, "@", "."); }

void ReadMail(FileReader& reader, const YamlNode& node, Destination& out) {
  out.from = AddressAt(reader, node, "from");
  out.channel = AddressAt(reader, node, "to");
  out.list_id = reader.TextAt(node, "list_id", ListIdOf(out.channel));
  out.user = reader.TextAt(node, "user");
  if (const YamlNode* const security = node.Find("security")) {
    out.security = static_cast<MailSecurity>(reader.OneOf(*security, SecurityWords()).value_or(0));
  }
  const bool clean = out.list_id == CleanLine(out.list_id) &&
                     out.list_id.find_first_of("<> ") == std::string::npos;
  if (!clean) reader.Error(*node.Find("list_id"), "GV504", "A name like specs.example.org.");
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
  if (out.kind == DestinationKind::kEmail) ReadMail(reader, node, out);
  return out;
}

}  // namespace

std::vector<Destination> ReadDestinations(FileReader& reader, const YamlNode& node) {
  std::vector<Destination> destinations;
  for (const rules::YamlEntry& entry : reader.Entries(node)) {
    if (entry.key.value == kPeopleName) {
      reader.Error(entry.key, "GV504", "`people` is no name for a destination: it has a meaning.");
    }
    destinations.push_back(ReadDestination(reader, entry.key.value, entry.value));
  }
  return destinations;
}

}  // namespace gavel::chat
