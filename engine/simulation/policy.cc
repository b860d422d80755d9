#include "engine/simulation/policy.h"

#include <nlohmann/json.hpp>
#include <string>

#include "fmt/format.h"

namespace gavel::simulation {
namespace {

// A deferred spec and one that was returned wait for as long as a policy can let them: how long it
// takes is for the history to say.
constexpr char kOrganisation[] = R"(kind: Org
version: 1
id: simulation
currency: USD
people:
  author: {{name: Every author, email: author@simulation.invalid, team: authors}}
  facilitator: {{name: Facilitator, email: facilitator@simulation.invalid, team: hosts}}
  reviewer-1: {{name: First reviewer, email: reviewer-1@simulation.invalid, team: reviewers}}
  reviewer-2: {{name: Second reviewer, email: reviewer-2@simulation.invalid, team: reviewers}}
  sponsor: {{name: Sponsor, email: sponsor@simulation.invalid, team: hosts}}
groups:
  reviewers: [reviewer-1, reviewer-2]
admins: [sponsor]
auditors: [sponsor]
calendars:
  room: {{zone: {zone}, days: [mon, tue, wed, thu, fri], hours: 09:00-18:00}}
defaults:
  calendar: room
  remind_author_days: [365]
  withdraw_days: 365
areas:
  simulated:
    name: {area}
    prefix: SIM
    sponsor: sponsor
    deputy: reviewer-1
    facilitators: [facilitator]
    notetakers: [reviewer-2]
    gate: {{group: reviewers, quorum: 2, owner: reviewer-1}}
    series:
      weekly: {{on: {weekday}, at: "15:00", starts: {starts}, cadence: weekly,
               max_specs: {capacity}{timebox}}}
systems: {{}}
categories: [proposal]
)";

constexpr char kCatalog[] = R"(kind: Catalog
version: 1
id: simulation
owner: sponsor
classes: [storage, compute, queue, network, external]
products: {}
)";

constexpr char kRules[] = R"(kind: RuleSet
version: 1
id: simulation
catalog: simulation
default: {mode: async}
breaker: {window: 28d, max_auto_share: 90%, min_decisions: 30, max_audit_failures: 2}
rules: []
)";

// A YAML scalar with these characters, whatever they are: JSON is YAML.
std::string Scalar(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

}  // namespace

v1::PolicySource PolicyOf(const Settings& settings, absl::CivilDay first) {
  const std::string timebox =
      settings.timebox_min.has_value()
          ? fmt::format(", timebox_least_min: {0}, timebox_most_min: {0}", *settings.timebox_min)
          : "";
  v1::PolicySource source;
  auto& files = *source.mutable_files();
  files["org.yaml"] = fmt::format(
      kOrganisation, fmt::arg("zone", Scalar(settings.zone)),
      fmt::arg("area", Scalar(settings.area)), fmt::arg("weekday", Scalar(settings.weekday)),
      fmt::arg("starts", absl::FormatCivilTime(first)), fmt::arg("capacity", settings.capacity),
      fmt::arg("timebox", timebox));
  files["catalog.yaml"] = kCatalog;
  files["rules.yaml"] = kRules;
  return source;
}

}  // namespace gavel::simulation
