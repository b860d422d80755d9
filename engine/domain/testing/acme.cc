#include "engine/domain/testing/acme.h"

#include <initializer_list>
#include <string>

#include "engine/domain/planning/civil_date.h"

namespace gavel::testing {
namespace {

void AddPerson(v1::Org& org, const std::string& id, const std::string& name,
               const std::string& team) {
  v1::Person& person = *org.add_people();
  person.set_id(id);
  person.set_name(name);
  person.set_email(id + "@example.org");
  person.set_team(team);
}

void AddGroup(v1::Org& org, const std::string& id, std::initializer_list<const char*> members) {
  v1::Group& group = *org.add_groups();
  group.set_id(id);
  for (const char* member : members) group.add_members(member);
}

void AddCalendar(v1::Org& org) {
  v1::Calendar& calendar = *org.add_calendars();
  calendar.set_id("berlin");
  calendar.set_zone("Europe/Berlin");
  for (int weekday = 1; weekday <= 5; ++weekday) calendar.add_days(weekday);
  calendar.set_open_minute(9 * 60);
  calendar.set_close_minute(18 * 60);
  *calendar.add_holidays() = ToDate(absl::CivilDay(2026, 12, 25));
}

v1::AreaSettings Defaults() {
  v1::AreaSettings settings;
  settings.set_calendar("berlin");
  settings.set_first_position_bd(3);
  settings.set_window_bd(5);
  settings.set_objection_window_bd(2);
  settings.add_remind_author_days(10);
  settings.add_remind_author_days(20);
  settings.set_withdraw_days(30);
  settings.set_major_revision_percent(20);
  return settings;
}

v1::Area& AddArea(v1::Org& org, const std::string& id, const std::string& prefix,
                  const std::string& sponsor, const std::string& deputy) {
  v1::Area& area = *org.add_areas();
  area.set_id(id);
  area.set_name(prefix);
  area.set_prefix(prefix);
  area.set_sponsor(sponsor);
  area.set_deputy(deputy);
  *area.mutable_settings() = Defaults();
  return area;
}

void SetGate(v1::Area& area, const std::string& group, int quorum, const std::string& owner) {
  area.mutable_gate()->set_group(group);
  area.mutable_gate()->set_quorum(quorum);
  area.mutable_gate()->set_consulted_quorum(1);
  area.mutable_gate()->set_owner(owner);
}

template <typename Range>
auto& Entry(Range& range, const std::string& id) {
  for (auto& entry : range) {
    if (entry.id() == id) return entry;
  }
  std::abort();  // A typing mistake in a test.
}

}  // namespace

v1::Org AcmeOrg() {
  v1::Org org;
  org.set_id("acme");
  org.set_currency("USD");
  AddPerson(org, "ana", "Ana Ruiz", "uploads");
  AddPerson(org, "bo", "Bo Lind", "uploads");
  AddPerson(org, "chen", "Chen Wu", "media-core");
  AddPerson(org, "dee", "Dee Okoye", "security");
  AddPerson(org, "eli", "Eli Katz", "security");
  AddPerson(org, "fay", "Fay Moreau", "platform");
  AddPerson(org, "gus", "Gus Berg", "platform");
  AddPerson(org, "kim", "Kim Sato", "media-core");
  AddPerson(org, "lee", "Lee Novak", "platform");
  for (const char* bot : {"ci", "gavel-bot"}) {
    v1::ServiceIdentity& service = *org.add_services();
    service.set_id(bot);
    (*service.mutable_roles())["*"] = "viewer";
  }
  AddGroup(org, "media-reviewers", {"chen", "kim", "fay"});
  AddGroup(org, "security", {"dee", "eli"});
  AddGroup(org, "platform", {"fay", "gus", "lee"});
  org.add_admins("gus");
  org.add_auditors("eli");
  AddCalendar(org);

  v1::Area& media = AddArea(org, "media", "MEDIA", "chen", "gus");
  media.add_facilitators("kim");
  media.add_facilitators("lee");
  media.add_notetakers("lee");
  media.add_notetakers("kim");
  SetGate(media, "media-reviewers", 2, "chen");
  v1::Area& platform = AddArea(org, "platform", "PLAT", "gus", "fay");
  platform.add_facilitators("fay");
  SetGate(platform, "platform", 2, "gus");
  v1::Area& security = AddArea(org, "security", "SEC", "eli", "dee");
  SetGate(security, "security", 1, "dee");

  v1::System& system = *org.add_systems();
  system.set_id("uploads");
  system.set_area("media");
  system.set_owner("team:uploads");
  return org;
}

std::shared_ptr<const Organisation> MakeOrganisation(const v1::Org& org) {
  return Organisation::Create(org).value();
}

const Organisation& Acme() {
  static const auto* const acme =
      new std::shared_ptr<const Organisation>(MakeOrganisation(AcmeOrg()));
  return **acme;
}

v1::Area& AreaIn(v1::Org& org, const std::string& id) { return Entry(*org.mutable_areas(), id); }

v1::Person& PersonIn(v1::Org& org, const std::string& id) {
  return Entry(*org.mutable_people(), id);
}

v1::Group& GroupIn(v1::Org& org, const std::string& id) { return Entry(*org.mutable_groups(), id); }

}  // namespace gavel::testing
