#include "rules/compile/org_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "absl/time/time.h"
#include "rules/compile/holidays.h"
#include "rules/compile/org_reader.h"
#include "rules/compile/owner.h"
#include "rules/detect/detectors.h"
#include "rules/document/outline.h"
#include "rules/schema/keys.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

const std::vector<std::string>& Weekdays() {
  static const auto* const kWeekdays =
      new std::vector<std::string>{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  return *kWeekdays;
}

bool IsCurrency(const std::string& text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

template <typename Repeated>
void SortEntries(Repeated& entries) {
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.id() < b.id(); });
}

}  // namespace

v1::Org ReadOrgFile(const v1::PolicySource& source, std::vector<PolicyProblem>& problems) {
  return OrgReader(source, problems).Read();
}

v1::Org OrgReader::Read() {
  const auto root = file_.Parse(source_.files().at("org.yaml"), "Org");
  if (!root) return {};
  file_.IsMapping(*root, KeyNames(Shape::kOrg));
  if (const YamlNode* id = file_.Need(*root, "id")) org_.set_id(file_.Id(*id));
  org_.set_currency(file_.TextAt(*root, "currency", "USD"));
  if (!IsCurrency(org_.currency())) {
    file_.Error(NodeAt(*root, "currency"), "GV504",
                "An ISO 4217 code such as `USD` is wanted here.");
  }
  ReadPeople(*root);
  ReadServices(*root);
  ReadGroups(*root);
  for (const std::string& id : PeopleAt(*root, "admins")) org_.add_admins(id);
  for (const std::string& id : PeopleAt(*root, "auditors")) org_.add_auditors(id);
  ReadCalendars(*root);
  ReadAreas(*root);
  ReadBuiltinAreas(*root);
  ReadSystems(*root);
  for (const std::string& category : file_.TextsAt(*root, "categories"))
    org_.add_categories(category);
  ReadSections(*root);
  ReadDetectors(*root);
  SortById();
  return std::move(org_);
}

void OrgReader::ReadPeople(const YamlNode& root) {
  const YamlNode* const people = file_.Need(root, "people");
  if (people == nullptr) return;
  for (const YamlEntry& entry : file_.Entries(*people)) people_.push_back(entry.key.value);
  for (const YamlEntry& entry : file_.Entries(*people)) {
    v1::Person person;
    person.set_id(entry.key.value);
    if (!file_.IsMapping(entry.value, KeyNames(Shape::kPerson))) continue;
    person.set_name(file_.NeedText(entry.value, "name"));
    person.set_email(file_.TextAt(entry.value, "email"));
    person.set_team(file_.TextAt(entry.value, "team"));
    person.set_slack(file_.TextAt(entry.value, "slack"));
    person.set_manager(PersonAt(entry.value, "manager"));
    if (const YamlNode* left = entry.value.Find("left")) {
      if (const auto day = file_.Day(*left)) *person.mutable_left() = *day;
    }
    for (const v1::Person& other : org_.people()) {
      if (person.email().empty() || AsciiLower(other.email()) != AsciiLower(person.email()))
        continue;
      file_.Error(entry.key, "GV506",
                  fmt::format("`{}` has the address of `{}`. Give each their own.", person.id(),
                              other.id()));
    }
    *org_.add_people() = person;
  }
}

void OrgReader::ReadServices(const YamlNode& root) {
  const YamlNode* const services = root.Find("services");
  if (services == nullptr) return;
  for (const YamlEntry& entry : file_.Entries(*services)) {
    v1::ServiceIdentity& service = *org_.add_services();
    service.set_id(entry.key.value);
    if (std::find(people_.begin(), people_.end(), service.id()) != people_.end()) {
      file_.Error(entry.key, "GV506",
                  fmt::format("`{}` is a person already. A bot needs its own id.", service.id()));
    }
    if (!file_.IsMapping(entry.value, KeyNames(Shape::kService))) continue;
    const YamlNode* const roles = file_.Need(entry.value, "roles");
    if (roles == nullptr) continue;
    for (const YamlEntry& role : file_.Entries(*roles)) {
      if (file_.OneOf(role.value, {"viewer", "author", "facilitator", "notetaker"})) {
        (*service.mutable_roles())[role.key.value] = role.value.value;
      }
    }
  }
}

void OrgReader::ReadGroups(const YamlNode& root) {
  const YamlNode* const groups = root.Find("groups");
  if (groups == nullptr) return;
  for (const YamlEntry& entry : file_.Entries(*groups)) {
    v1::Group& group = *org_.add_groups();
    group.set_id(entry.key.value);
    groups_.push_back(group.id());
    for (const std::string& id : file_.Texts(entry.value)) {
      if (IsPerson(entry.value, id)) group.add_members(id);
    }
  }
}

void OrgReader::ReadCalendars(const YamlNode& root) {
  const YamlNode* const calendars = file_.Need(root, "calendars");
  if (calendars == nullptr) return;
  for (const YamlEntry& entry : file_.Entries(*calendars)) ReadCalendar(entry);
}

void OrgReader::ReadCalendar(const YamlEntry& entry) {
  calendars_.push_back(entry.key.value);
  v1::Calendar& calendar = *org_.add_calendars();
  calendar.set_id(entry.key.value);
  if (!file_.IsMapping(entry.value, KeyNames(Shape::kCalendar))) return;
  calendar.set_zone(file_.NeedText(entry.value, "zone"));
  absl::TimeZone zone;
  if (!calendar.zone().empty() && !absl::LoadTimeZone(calendar.zone(), &zone)) {
    file_.Error(NodeAt(entry.value, "zone"), "GV507",
                fmt::format("`{}` is no zone of the time-zone database, such as Europe/Berlin.",
                            calendar.zone()));
  }
  if (const YamlNode* days = file_.Need(entry.value, "days")) {
    for (const YamlNode& day : file_.Items(*days)) {
      if (const auto index = file_.OneOf(day, Weekdays()))
        calendar.add_days(static_cast<int>(*index) + 1);
    }
    std::sort(calendar.mutable_days()->begin(), calendar.mutable_days()->end());
    if (calendar.days().empty())
      file_.Error(*days, "GV507", "A calendar needs at least one working day.");
  }
  if (const YamlNode* hours = file_.Need(entry.value, "hours")) {
    const size_t dash = hours->value.find('-');
    YamlNode open = *hours, close = *hours;
    open.value = hours->value.substr(0, dash);
    close.value = dash == std::string::npos ? "" : hours->value.substr(dash + 1);
    calendar.set_open_minute(file_.Minute(open));
    calendar.set_close_minute(file_.Minute(close));
    if (calendar.open_minute() >= calendar.close_minute()) {
      file_.Error(*hours, "GV507", "The day must open before it closes: 09:00-18:00.");
    }
  }
  if (const YamlNode* holidays = entry.value.Find("holidays")) ReadHolidays(*holidays, calendar);
}

void OrgReader::ReadHolidays(const YamlNode& node, v1::Calendar& calendar) {
  const std::string name = file_.Text(node);
  const auto found = source_.files().find(name);
  if (found == source_.files().end()) {
    std::vector<std::string> names;
    for (const auto& [file, text] : source_.files()) names.push_back(file);
    file_.Unknown(node, "file of the policy", name, names, "GV501");
    return;
  }
  const HolidayFile file = ReadHolidayFile(found->second);
  if (!file.problem.empty()) {
    problems_.push_back({name, file.line, file.line > 0 ? 1 : 0, "GV508", true, file.problem});
    return;
  }
  for (const v1::Date& day : file.days) *calendar.add_holidays() = day;
}

void OrgReader::ReadSystems(const YamlNode& root) {
  const YamlNode* const systems = root.Find("systems");
  if (systems == nullptr) return;
  for (const YamlEntry& entry : file_.Entries(*systems)) {
    v1::System& system = *org_.add_systems();
    system.set_id(entry.key.value);
    if (!file_.IsMapping(entry.value, KeyNames(Shape::kSystem))) continue;
    system.set_area(file_.TextAt(entry.value, "area"));
    if (!system.area().empty()) IsArea(NodeAt(entry.value, "area"), system.area());
    system.set_owner(file_.TextAt(entry.value, "owner"));
    if (!system.owner().empty())
      CheckOwner(org_, NodeAt(entry.value, "owner"), system.owner(), "GV505", file_);
    if (const YamlNode* node = entry.value.Find("classification")) {
      if (file_.OneOf(*node, {"public", "internal", "confidential", "restricted"})) {
        system.set_classification(node->value);
      }
    }
  }
}

void OrgReader::ReadSections(const YamlNode& root) {
  const YamlNode* const sections = root.Find("sections");
  if (sections == nullptr) return;
  std::set<std::string> seen;
  for (const YamlEntry& entry : file_.Entries(*sections)) {
    v1::Section& section = *org_.add_sections();
    section.set_id(entry.key.value);
    for (const YamlNode& item : file_.Items(entry.value)) {
      const std::string heading = NormalizedHeading(file_.Text(item));
      if (heading.empty()) file_.Error(item, "GV504", "A heading needs letters.");
      if (!seen.insert(heading).second) {
        file_.Error(item, "GV506",
                    fmt::format("The heading `{}` is listed before. Keep one.", heading));
      }
      section.add_headings(heading);
    }
  }
}

void OrgReader::ReadDetectors(const YamlNode& root) {
  const YamlNode* const detectors = root.Find("detectors");
  if (detectors == nullptr) return;
  std::set<std::string> names;
  for (const YamlNode& item : file_.Items(*detectors)) {
    if (file_.OneOf(item, DetectorNames())) names.insert(item.value);
  }
  for (const std::string& name : names) org_.add_detectors(name);
}

void OrgReader::ReadBuiltinAreas(const YamlNode& root) {
  const YamlNode* const builtin = root.Find("builtin_areas");
  if (builtin == nullptr) return;
  file_.IsMapping(*builtin, KeyNames(Shape::kBuiltinAreas));
  for (const YamlEntry& entry : builtin->entries) {
    if (!IsArea(entry.value, entry.value.value)) continue;
    (*org_.mutable_builtin_areas())[entry.key.value] = entry.value.value;
  }
}

std::string OrgReader::PersonAt(const YamlNode& mapping, std::string_view key) {
  const YamlNode* const node = mapping.Find(key);
  if (node == nullptr) return {};
  const std::string id = file_.Text(*node);
  return IsPerson(*node, id) ? id : std::string();
}

std::vector<std::string> OrgReader::PeopleAt(const YamlNode& mapping, std::string_view key) {
  std::vector<std::string> people;
  const YamlNode* const node = mapping.Find(key);
  if (node == nullptr) return people;
  for (std::string& id : file_.Texts(*node)) {
    if (IsPerson(*node, id)) people.push_back(std::move(id));
  }
  return people;
}

bool OrgReader::IsPerson(const YamlNode& at, const std::string& id) {
  if (std::find(people_.begin(), people_.end(), id) != people_.end()) return true;
  if (!id.empty()) file_.Unknown(at, "person", id, people_);
  return false;
}

bool OrgReader::IsArea(const YamlNode& at, const std::string& id) {
  if (std::find(areas_.begin(), areas_.end(), id) != areas_.end()) return true;
  file_.Unknown(at, "area", id, areas_);
  return false;
}

void OrgReader::SortById() {
  SortEntries(*org_.mutable_people());
  SortEntries(*org_.mutable_services());
  SortEntries(*org_.mutable_groups());
  SortEntries(*org_.mutable_calendars());
  SortEntries(*org_.mutable_areas());
  SortEntries(*org_.mutable_systems());
  SortEntries(*org_.mutable_sections());
}

}  // namespace gavel::rules
