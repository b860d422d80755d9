// Areas of `org.yaml`: gates, settings, and the conditions they must meet.
#include <fmt/format.h>

#include <algorithm>

#include "rules/compile/org_reader.h"
#include "rules/schema/keys.h"

namespace gavel::rules {
namespace {

v1::AreaSettings ShippedSettings() {
  v1::AreaSettings settings;
  settings.set_first_position_bd(3);
  settings.set_window_bd(5);
  settings.set_decide_on_quorum(false);
  settings.set_objection_window_bd(2);
  settings.add_remind_author_days(10);
  settings.add_remind_author_days(20);
  settings.set_withdraw_days(30);
  settings.set_major_revision_percent(20);
  return settings;
}

// Upper-case letters and digits, as spec keys are made of.
bool IsPrefix(const std::string& text) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() >= 2 && text.size() <= 10 && upper(text[0]) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return upper(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

void OrgReader::ReadAreas(const YamlNode& root) {
  v1::AreaSettings defaults = ShippedSettings();
  if (!calendars_.empty()) defaults.set_calendar(calendars_.front());
  if (const YamlNode* node = root.Find("defaults");
      node != nullptr && file_.IsMapping(*node, KeyNames(Shape::kSettings))) {
    ReadSettings(*node, defaults);
  }
  const YamlNode* const areas = file_.Need(root, "areas");
  if (areas == nullptr) return;
  for (const YamlEntry& entry : file_.Entries(*areas)) areas_.push_back(entry.key.value);
  for (const YamlEntry& entry : file_.Entries(*areas)) ReadArea(entry, defaults);
}

void OrgReader::ReadArea(const YamlEntry& entry, const v1::AreaSettings& defaults) {
  const YamlNode& node = entry.value;
  if (!file_.IsMapping(node, KeyNames(Shape::kArea))) return;
  v1::Area& area = *org_.add_areas();
  area.set_id(entry.key.value);
  area.set_name(file_.TextAt(node, "name", entry.key.value));
  area.set_prefix(file_.NeedText(node, "prefix"));
  if (!area.prefix().empty() && !IsPrefix(area.prefix())) {
    file_.Error(NodeAt(node, "prefix"), "GV504",
                "A prefix is 2 to 10 upper-case letters and digits, such as MEDIA.");
  }
  if (!prefixes_.insert(area.prefix()).second) {
    file_.Error(NodeAt(node, "prefix"), "GV506",
                fmt::format("The prefix `{}` is another area's. Choose one.", area.prefix()));
  }
  area.set_sponsor(PersonAt(node, "sponsor"));
  area.set_deputy(PersonAt(node, "deputy"));
  for (const std::string& id : PeopleAt(node, "facilitators")) area.add_facilitators(id);
  for (const std::string& id : PeopleAt(node, "notetakers")) area.add_notetakers(id);
  area.set_channel(file_.TextAt(node, "channel"));
  *area.mutable_settings() = defaults;
  ReadSettings(node, *area.mutable_settings());
  if (const YamlNode* gate = file_.Need(node, "gate")) ReadGate(*gate, area);
  if (const YamlNode* series = node.Find("series")) {
    for (const YamlEntry& one : file_.Entries(*series)) ReadSeries(one, area);
  }
  CheckArea(entry.key, area);
}

void OrgReader::ReadGate(const YamlNode& node, v1::Area& area) {
  if (!file_.IsMapping(node, KeyNames(Shape::kGate))) return;
  v1::GatePolicy& gate = *area.mutable_gate();
  gate.set_group(file_.NeedText(node, "group"));
  gate.set_quorum(file_.IntAt(node, "quorum", 1, 20, 2));
  gate.set_consulted_quorum(file_.IntAt(node, "consulted_quorum", 1, 20, 1));
  if (file_.Need(node, "owner") != nullptr) gate.set_owner(PersonAt(node, "owner"));
  const auto group = std::find_if(org_.groups().begin(), org_.groups().end(),
                                  [&](const v1::Group& g) { return g.id() == gate.group(); });
  if (group == org_.groups().end()) {
    if (!gate.group().empty()) file_.Unknown(NodeAt(node, "group"), "group", gate.group(), groups_);
    return;
  }
  const auto here =
      std::count_if(group->members().begin(), group->members().end(), [&](const auto& id) {
        return std::none_of(
            org_.people().begin(), org_.people().end(),
            [&](const v1::Person& person) { return person.id() == id && person.has_left(); });
      });
  for (const auto& [key, quorum] : {std::pair{"quorum", gate.quorum()},
                                    std::pair{"consulted_quorum", gate.consulted_quorum()}}) {
    if (quorum <= here) continue;
    file_.Error(
        NodeAt(node, key), "GV507",
        fmt::format("{} {} is more than the {} people of group `{}`: no spec could pass. Lower it.",
                    key, quorum, here, gate.group()));
  }
  // Whoever reviews for the area may write its notes unless it names somebody.
  if (area.notetakers().empty()) *area.mutable_notetakers() = group->members();
}

void OrgReader::ReadSettings(const YamlNode& node, v1::AreaSettings& settings) {
  settings.set_calendar(file_.TextAt(node, "calendar", settings.calendar()));
  if (std::find(calendars_.begin(), calendars_.end(), settings.calendar()) == calendars_.end()) {
    file_.Unknown(NodeAt(node, "calendar"), "calendar", settings.calendar(), calendars_);
  }
  settings.set_first_position_bd(
      file_.IntAt(node, "first_position_bd", 1, 30, settings.first_position_bd()));
  settings.set_window_bd(file_.IntAt(node, "window_bd", 1, 60, settings.window_bd()));
  settings.set_objection_window_bd(
      file_.IntAt(node, "objection_window_bd", 1, 30, settings.objection_window_bd()));
  settings.set_withdraw_days(file_.IntAt(node, "withdraw_days", 1, 365, settings.withdraw_days()));
  settings.set_major_revision_percent(
      file_.IntAt(node, "major_revision_percent", 1, 100, settings.major_revision_percent()));
  if (const YamlNode* digest = node.Find("digest_at")) {
    settings.set_digest_minute(file_.Minute(*digest));
  }
  if (const YamlNode* quorum = node.Find("decide_on_quorum"))
    settings.set_decide_on_quorum(file_.Bool(*quorum));
  if (settings.first_position_bd() > settings.window_bd()) {
    file_.Error(NodeAt(node, "first_position_bd"), "GV507",
                "A first position is due within the window. Lower it.");
  }
  const YamlNode* const reminders = node.Find("remind_author_days");
  if (reminders == nullptr) return;
  settings.clear_remind_author_days();
  for (const YamlNode& day : file_.Items(*reminders))
    settings.add_remind_author_days(file_.Int(day, 1, 365));
  std::sort(settings.mutable_remind_author_days()->begin(),
            settings.mutable_remind_author_days()->end());
}

void OrgReader::CheckArea(const YamlNode& at, const v1::Area& area) {
  if (!area.sponsor().empty() && area.sponsor() == area.deputy()) {
    file_.Error(
        at, "GV507",
        "Sponsor and deputy are the same person: nobody could decide on that person's specs.");
  }
  if (area.series().empty()) return;
  if (area.sponsor().empty() || area.deputy().empty() || area.facilitators().empty()) {
    file_.Error(at, "GV507",
                fmt::format("Area `{}` meets, so it needs a sponsor, a deputy and a facilitator.",
                            area.id()));
  }
  std::set<std::string> hosts(area.facilitators().begin(), area.facilitators().end());
  hosts.insert(area.notetakers().begin(), area.notetakers().end());
  if (hosts.size() < 2) {
    file_.Error(at, "GV507",
                fmt::format("Area `{}` needs two people among facilitators and notetakers: the "
                            "notes are not the presenter's.",
                            area.id()));
  }
}

}  // namespace gavel::rules
