#include "clients/cli/completion/values.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "absl/time/time.h"
#include "clients/cli/files.h"
#include "clients/cli/policy/choice.h"
#include "clients/cli/session.h"
#include "clients/cli/settings/config.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"
#include "gavel/v1/org_service.pb.h"
#include "gavel/v1/rules_service.pb.h"
#include "gavel/v1/spec_service.pb.h"
#include "rules/compile/policy_files.h"
#include "rules/finding_codes.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

using Candidates = std::vector<Candidate>;

constexpr int kMostSpecs = 1000;

bool IsPlain(std::string_view text) {
  return !text.empty() && text.front() != '-' && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

// Descriptions are people's texts: one line each, and nothing that a terminal obeys.
std::string OneLine(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return text;
}

absl::StatusOr<Candidates> Areas(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto answer,
                         session.Call<v1::ListAreasResponse>(v1::ListAreasRequest()));
  Candidates all;
  for (const v1::Area& area : answer.areas()) all.push_back({area.id(), area.name()});
  return all;
}

absl::StatusOr<Candidates> PeopleIds(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto answer,
                         session.Call<v1::ListPeopleResponse>(v1::ListPeopleRequest()));
  Candidates all;
  for (const v1::Person& person : answer.people()) all.push_back({person.id(), person.name()});
  return all;
}

absl::StatusOr<Candidates> Meetings(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto answer,
                         session.Call<v1::ListMeetingsResponse>(v1::ListMeetingsRequest()));
  Candidates all = {{"next", "the one being held, else the next"}};
  for (const v1::Meeting& meeting : answer.meetings()) {
    all.push_back({meeting.id(), TimeText(meeting.start_time(), ZoneNamed(meeting.zone()))});
  }
  return all;
}

absl::StatusOr<Candidates> Versions(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto versions, ListVersions(session));
  Candidates all;
  for (const v1::PolicyVersion& version : versions) {
    all.push_back({ShortHash(version.source_hash()),
                   fmt::format("{} {}", DateText(version.published()), version.message())});
  }
  return all;
}

absl::StatusOr<Candidates> Rules(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto answer, GetPolicy(session));
  GAVEL_ASSIGN_OR_RETURN(const auto policy,
                         rules::CompilePolicy(answer.source(), answer.published()));
  Candidates all;
  for (const v1::Rule& rule : policy->rule_set().rules()) {
    all.push_back({rule.id(), rule.title()});
  }
  return all;
}

absl::StatusOr<Candidates> Specs(Session& session) {
  v1::ListSpecsRequest request;
  request.set_page_size(kMostSpecs);
  GAVEL_ASSIGN_OR_RETURN(const auto answer, session.Call<v1::ListSpecsResponse>(request));
  Candidates all;
  for (const v1::Spec& spec : answer.specs()) all.push_back({spec.key(), spec.title()});
  return all;
}

absl::StatusOr<Candidates> Concerns(Session& session, const TypedValues& typed) {
  const auto spec_typed = typed.find("SPEC");
  if (spec_typed == typed.end()) return Candidates();
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session, spec_typed->second));
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, GetSpec(session, key));
  Candidates all;
  for (const v1::Concern& concern : spec.concerns()) {
    if (concern.status() != v1::Concern::STATUS_OPEN) continue;
    all.push_back(
        {concern.title(), fmt::format("{} {}, by {}", concern.id(),
                                      Spoken(EnumWord(concern.severity())), concern.raiser())});
  }
  return all;
}

absl::StatusOr<Candidates> Ask(Session& session, ValueKind kind, const TypedValues& typed) {
  switch (kind) {
    case ValueKind::kArea:
      return Areas(session);
    case ValueKind::kConcern:
      return Concerns(session, typed);
    case ValueKind::kMeeting:
      return Meetings(session);
    case ValueKind::kPerson:
      return PeopleIds(session);
    case ValueKind::kPolicy:
      return Versions(session);
    case ValueKind::kRule:
      return Rules(session);
    case ValueKind::kSpec:
      return Specs(session);
    default:
      return Candidates();
  }
}

Candidates Codes() {
  Candidates all;
  for (const rules::FindingCode& code : rules::AllFindingCodes()) {
    all.push_back({std::string(code.code), std::string(code.meaning)});
  }
  return all;
}

// `async-review`, as people type states.
Candidates States() {
  const google::protobuf::EnumDescriptor& type = *v1::Spec::State_descriptor();
  Candidates all;
  for (int i = 1; i < type.value_count(); ++i) {  // Without UNSPECIFIED.
    std::string word = EnumWord(type, type.value(i)->number());
    for (char& c : word) c = c == '_' ? '-' : static_cast<char>(c + ('a' - 'A'));
    all.push_back({word, ""});
  }
  return all;
}

std::string CachePath(const Environment& environment, const Config& config, ValueKind kind) {
  const size_t who = std::hash<std::string>()(config.server.value + "\n" + config.principal.value);
  return fmt::format("{}/completion/{}-{:016x}", environment.StateDir(), static_cast<int>(kind),
                     who);
}

bool IsFresh(const std::string& path) {
  std::error_code error;
  const auto written = fs::last_write_time(path, error);
  if (error) return false;
  const auto age = absl::FromChrono(fs::file_time_type::clock::now() - written);
  return age >= absl::ZeroDuration() && age < kCompletionMaxAge;
}

Candidates ReadCache(const std::string& path) {
  Candidates all;
  const auto text = ReadFile(path);
  if (!text.ok()) return all;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    const size_t tab = line.find('\t');
    if (tab != std::string::npos) all.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  return all;
}

void WriteCache(const std::string& path, const Candidates& candidates) {
  std::string text;
  for (const Candidate& candidate : candidates) {
    text += fmt::format("{}\t{}\n", candidate.value, candidate.description);
  }
  WriteFileAtomically(path, text).IgnoreError();  // The next Tab asks again.
}

Candidates Cleaned(Candidates candidates) {
  std::erase_if(candidates, [](const Candidate& candidate) { return !IsPlain(candidate.value); });
  for (Candidate& candidate : candidates) candidate.description = OneLine(candidate.description);
  return candidates;
}

// With a session that neither asks nor speaks.
Candidates AskServer(const Environment& environment, Config config, ValueKind kind,
                     const TypedValues& typed) {
  Arguments arguments;
  arguments.Set("no-input", {""});
  std::ostringstream unheard;
  std::istringstream nothing;
  Output output({.quiet = true}, unheard, unheard);
  config.timeout = kCompletionPatience;
  Session session(arguments, std::move(config), environment, output, nothing);
  auto answer = Ask(session, kind, typed);
  return answer.ok() ? Cleaned(*std::move(answer)) : Candidates();
}

}  // namespace

std::vector<Candidate> CompletionValues(const Environment& environment, ValueKind kind,
                                        const TypedValues& typed) {
  if (kind == ValueKind::kCode) return Codes();
  if (kind == ValueKind::kState) return States();
  auto config = LoadConfig(Arguments(), environment, ".");
  if (!config.ok()) return {};
  // Concerns change while people talk about them, and belong to one spec.
  if (kind == ValueKind::kConcern) return AskServer(environment, *std::move(config), kind, typed);
  const std::string path = CachePath(environment, *config, kind);
  if (IsFresh(path)) return ReadCache(path);
  Candidates answer = AskServer(environment, *std::move(config), kind, typed);
  if (!answer.empty()) WriteCache(path, answer);
  return answer;
}

}  // namespace gavel::cli
