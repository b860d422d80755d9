#include "clients/chat/person_teller.h"

#include <utility>

#include "clients/chat/mail_address.h"
#include "engine/base/status_macros.h"
#include "spdlog/spdlog.h"

namespace gavel::chat {
namespace {

using Kind = Outcome::Kind;

constexpr int kTriesPerWay = 3;  // Some 40 s; then somebody else's service is asked.

}  // namespace

struct PersonTeller::Line {
  Way way;
  Deliverer deliverer;
};

struct PersonTeller::Try {
  Line* line = nullptr;
  std::string address;

  const std::string& name() const { return line->way.destination->name; }
};

std::string AddressOf(const Destination& destination, const v1::Person& person,
                      const PersonPreferences& preferences) {
  switch (destination.kind) {
    case DestinationKind::kSlack:
      return person.slack();
    case DestinationKind::kEmail:
      return IsMailAddress(person.email()) ? person.email() : "";
    case DestinationKind::kIrc:
      return preferences.irc;
    case DestinationKind::kLocal:
      return person.id();
    case DestinationKind::kSlackWebhook:
      break;
  }
  return "";
}

PersonTeller::PersonTeller(const Config& config, const std::vector<Way>& ways, Memory& memory,
                           Waiter& waiter, const Deliverer::Hooks& hooks)
    : memory_(memory) {
  for (const Way& way : ways) {
    lines_.push_back(std::unique_ptr<Line>(
        new Line{way, Deliverer(config, *way.destination, *way.channel, memory, waiter, hooks)}));
  }
}

PersonTeller::~PersonTeller() = default;

std::vector<PersonTeller::Try> PersonTeller::TriesFor(const v1::Person& person,
                                                      const PersonPreferences& preferences) const {
  std::vector<Try> tries;
  for (const std::string& name : preferences.by) {
    for (const std::unique_ptr<Line>& line : lines_) {
      if (line->way.destination->name != name) continue;
      const std::string address = AddressOf(*line->way.destination, person, preferences);
      if (!address.empty()) tries.push_back({line.get(), address});
    }
  }
  return tries;
}

absl::StatusOr<bool> PersonTeller::IsTold(const std::vector<Try>& tries, const std::string& key) {
  for (const Try& attempt : tries) {
    GAVEL_ASSIGN_OR_RETURN(const auto found, memory_.FindMessage(attempt.name(), key));
    if (found) return true;
  }
  return false;
}

absl::StatusOr<bool> PersonTeller::IsInDoubt(const Try& attempt, const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(const auto intent, memory_.FindIntent(attempt.name(), key));
  return intent.has_value();
}

absl::StatusOr<bool> PersonTeller::IsWornOut(const Try& attempt, const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(const bool in_doubt, IsInDoubt(attempt, key));
  GAVEL_ASSIGN_OR_RETURN(const auto failure, memory_.FindFailure(attempt.name(), key));
  return !in_doubt && failure && failure->attempts >= kTriesPerWay;
}

absl::Status PersonTeller::PutInDoubtFirst(std::vector<Try>& tries, const std::string& key) {
  for (Try& attempt : tries) {
    GAVEL_ASSIGN_OR_RETURN(const bool in_doubt, IsInDoubt(attempt, key));
    if (in_doubt) {
      std::swap(tries.front(), attempt);
      break;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Outcome> PersonTeller::Tell(const v1::Person& person,
                                           const PersonPreferences& preferences, Message message) {
  const std::string& key = message.group_key;
  std::vector<Try> tries = TriesFor(person, preferences);
  GAVEL_ASSIGN_OR_RETURN(const bool told, IsTold(tries, key));
  if (told) return Outcome{};
  GAVEL_RETURN_IF_ERROR(PutInDoubtFirst(tries, key));
  Outcome last{Kind::kRefused, {}, "there is no way to reach them"};
  for (const Try& attempt : tries) {
    message.recipient = attempt.address;
    GAVEL_ASSIGN_OR_RETURN(const Outcome outcome, TellBy(attempt, message));
    if (outcome.kind == Kind::kRefused) {
      if (last.kind != Kind::kLater) last = outcome;
      continue;
    }
    if (outcome.kind != Kind::kLater) return outcome;
    last = outcome;
    GAVEL_ASSIGN_OR_RETURN(const bool worn_out, IsWornOut(attempt, key));
    if (!worn_out) return outcome;
  }
  return last;
}

absl::StatusOr<Outcome> PersonTeller::TellBy(const Try& attempt, const Message& message) {
  GAVEL_ASSIGN_OR_RETURN(const Outcome outcome, attempt.line->deliverer.Deliver({message}));
  if (outcome.kind != Kind::kRefused) return outcome;
  const std::string& key = message.group_key;
  GAVEL_ASSIGN_OR_RETURN(const bool in_doubt, IsInDoubt(attempt, key));
  if (!in_doubt) {
    spdlog::warn("{}: {} refused ({})", attempt.name(), key, outcome.reason);
    return outcome;
  }
  spdlog::warn("{}: {} may have arrived and cannot be looked up ({}); left at that", attempt.name(),
               key, outcome.reason);
  return Outcome{};
}

absl::StatusOr<bool> PersonTeller::IsBegun(const std::string& key) {
  for (const std::unique_ptr<Line>& line : lines_) {
    const std::string& name = line->way.destination->name;
    GAVEL_ASSIGN_OR_RETURN(const auto found, memory_.FindMessage(name, key));
    GAVEL_ASSIGN_OR_RETURN(const auto intent, memory_.FindIntent(name, key));
    if (found || intent) return true;
  }
  return false;
}

void PersonTeller::Idle() {
  for (const std::unique_ptr<Line>& line : lines_) line->way.channel->Idle();
}

}  // namespace gavel::chat
