// The reader behind ReadOrgFile: one method per key of `org.yaml`. Names are checked where they are
// read, so people come before groups, groups before gates, and all area ids before any area.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "gavel/v1/org.pb.h"
#include "gavel/v1/policy.pb.h"
#include "rules/compile/file_reader.h"
#include "rules/yaml/node.h"

namespace gavel::rules {

class OrgReader {
 public:
  OrgReader(const v1::PolicySource& source, std::vector<PolicyProblem>& problems)
      : source_(source), file_("org.yaml", problems), problems_(problems) {}

  v1::Org Read();

 private:
  void ReadPeople(const YamlNode& root);
  void ReadServices(const YamlNode& root);
  void ReadGroups(const YamlNode& root);
  void ReadCalendars(const YamlNode& root);
  void ReadCalendar(const YamlEntry& entry);
  void ReadHolidays(const YamlNode& node, v1::Calendar& calendar);
  void ReadSystems(const YamlNode& root);
  void ReadSections(const YamlNode& root);
  void ReadDetectors(const YamlNode& root);
  void ReadBuiltinAreas(const YamlNode& root);
  void SortById();

  // In org_areas.cc.
  void ReadAreas(const YamlNode& root);
  void ReadArea(const YamlEntry& entry, const v1::AreaSettings& defaults);
  void ReadGate(const YamlNode& node, v1::Area& area);
  void ReadSettings(const YamlNode& node, v1::AreaSettings& settings);
  void CheckArea(const YamlNode& at, const v1::Area& area);

  // In org_series.cc.
  void ReadSeries(const YamlEntry& entry, v1::Area& area);
  void ReadSeriesDays(const YamlNode& node, const v1::Area& area, v1::Series& series);
  void ReadSeriesMoments(const YamlNode& node, v1::Series& series);
  void ReadSeriesNumbers(const YamlNode& node, v1::Series& series);
  bool WorksOn(const std::string& calendar, int weekday) const;

  // The person at `mapping[key]`; empty where absent.
  std::string PersonAt(const YamlNode& mapping, std::string_view key);
  std::vector<std::string> PeopleAt(const YamlNode& mapping, std::string_view key);
  bool IsPerson(const YamlNode& at, const std::string& id);
  bool IsArea(const YamlNode& at, const std::string& id);

  const v1::PolicySource& source_;
  FileReader file_;
  std::vector<PolicyProblem>& problems_;
  v1::Org org_;
  std::vector<std::string> people_, groups_, calendars_, areas_;
  std::set<std::string> prefixes_;
};

}  // namespace gavel::rules
