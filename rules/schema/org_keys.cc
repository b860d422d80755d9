#include "engine/domain/planning/series_numbers.h"
#include "rules/schema/keys.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kVersion[] = {"1"};
constexpr std::string_view kOrgKind[] = {"Org"};
constexpr std::string_view kRoles[] = {"viewer", "author", "facilitator", "notetaker"};
constexpr std::string_view kWeekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::string_view kDetectors[] = {"backstage", "score", "terraform"};

using enum Kind;
using enum Container;

std::vector<KeySpec> SettingKeys() {
  return {
      {.key = "calendar", .field = "AreaSettings.calendar"},
      {.key = "first_position_bd",
       .field = "AreaSettings.first_position_bd",
       .kind = kInt,
       .min = 1,
       .max = 30},
      {.key = "window_bd", .field = "AreaSettings.window_bd", .kind = kInt, .min = 1, .max = 60},
      {.key = "decide_on_quorum", .field = "AreaSettings.decide_on_quorum", .kind = kBool},
      {.key = "objection_window_bd",
       .field = "AreaSettings.objection_window_bd",
       .kind = kInt,
       .min = 1,
       .max = 30},
      {.key = "remind_author_days",
       .field = "AreaSettings.remind_author_days",
       .kind = kInt,
       .container = kList,
       .min = 1,
       .max = 365},
      {.key = "withdraw_days",
       .field = "AreaSettings.withdraw_days",
       .kind = kInt,
       .min = 1,
       .max = 365},
      {.key = "major_revision_percent",
       .field = "AreaSettings.major_revision_percent",
       .kind = kInt,
       .min = 1,
       .max = 100},
      {.key = "digest_at", .field = "AreaSettings.digest_minute", .kind = kMinute},
  };
}

std::vector<KeySpec> AreaKeys() {
  std::vector<KeySpec> keys = {
      {.key = "name", .field = "Area.name"},
      {.key = "prefix", .field = "Area.prefix", .kind = kPrefix, .required = true},
      {.key = "sponsor", .field = "Area.sponsor"},
      {.key = "deputy", .field = "Area.deputy"},
      {.key = "facilitators", .field = "Area.facilitators", .kind = kTexts},
      {.key = "notetakers", .field = "Area.notetakers", .kind = kTexts},
      {.key = "gate",
       .field = "Area.gate",
       .kind = kShape,
       .shape = Shape::kGate,
       .required = true},
      {.key = "channel", .field = "Area.channel"},
      {.key = "series",
       .field = "Area.series",
       .kind = kShape,
       .shape = Shape::kSeries,
       .container = kMap},
  };
  const std::vector<KeySpec> settings = SettingKeys();
  keys.insert(keys.end(), settings.begin(), settings.end());
  return keys;
}

std::vector<KeySpec> OrgFileKeys() {
  return {
      {.key = "kind",
       .kind = kLiteral,
       .required = true,
       .words = kOrgKind,
       .note = "This file is an organisation."},
      {.key = "version",
       .kind = kLiteral,
       .required = true,
       .words = kVersion,
       .note = "Version of the form: 1."},
      {.key = "id", .field = "Org.id", .kind = kId, .required = true},
      {.key = "currency", .field = "Org.currency", .kind = kCurrency},
      {.key = "people",
       .field = "Org.people",
       .kind = kShape,
       .shape = Shape::kPerson,
       .container = kMap,
       .required = true},
      {.key = "services",
       .field = "Org.services",
       .kind = kShape,
       .shape = Shape::kService,
       .container = kMap},
      {.key = "groups", .field = "Org.groups Group.members", .kind = kTexts, .container = kMap},
      {.key = "admins", .field = "Org.admins", .kind = kTexts},
      {.key = "auditors", .field = "Org.auditors", .kind = kTexts},
      {.key = "calendars",
       .field = "Org.calendars",
       .kind = kShape,
       .shape = Shape::kCalendar,
       .container = kMap,
       .required = true},
      {.key = "defaults", .field = "Area.settings", .kind = kShape, .shape = Shape::kSettings},
      {.key = "areas",
       .field = "Org.areas",
       .kind = kShape,
       .shape = Shape::kArea,
       .container = kMap,
       .required = true},
      {.key = "builtin_areas",
       .field = "Org.builtin_areas",
       .kind = kShape,
       .shape = Shape::kBuiltinAreas},
      {.key = "systems",
       .field = "Org.systems",
       .kind = kShape,
       .shape = Shape::kSystem,
       .container = kMap},
      {.key = "categories", .field = "Org.categories", .kind = kTexts},
      {.key = "sections",
       .field = "Org.sections Section.headings",
       .kind = kTexts,
       .container = kMap},
      {.key = "detectors",
       .field = "Org.detectors",
       .kind = kWord,
       .container = kList,
       .words = kDetectors},
  };
}

std::vector<KeySpec> SeriesKeys() {
  std::vector<KeySpec> keys = {
      {.key = "on",
       .field = "Series.weekday",
       .kind = kWord,
       .required = true,
       .words = kWeekdays,
       .note = "Weekday."},
      {.key = "at",
       .field = "Series.start_minute",
       .kind = kMinute,
       .required = true,
       .note = "Start, local time: \"15:00\"."},
      {.key = "length_min", .field = "Series.length_min", .kind = kInt, .min = 15, .max = 240},
      {.key = "starts", .field = "Series.starts", .kind = kDay, .required = true},
      {.key = "cadence", .field = "Series.cadence", .kind = kWord},
      {.key = "holiday", .field = "Series.holiday", .kind = kWord},
      {.key = "cut_off",
       .field = "Series.cut_off_bd Series.cut_off_minute",
       .kind = kShape,
       .shape = Shape::kMoment},
      {.key = "freeze",
       .field = "Series.freeze_bd Series.freeze_minute",
       .kind = kShape,
       .shape = Shape::kMoment},
      {.key = "max_specs", .field = "Series.max_specs", .kind = kInt, .min = 1, .max = 3},
      {.key = "max_words", .field = "Series.max_words", .kind = kInt, .min = 500, .max = 100000},
      {.key = "quick_items", .field = "Series.quick_items", .kind = kInt, .min = 0, .max = 5},
  };
  for (const SeriesNumberKey& number : SeriesNumberKeys()) {
    keys.push_back({.key = number.key,
                    .field = number.field,
                    .kind = kInt,
                    .min = number.least,
                    .max = number.most});
  }
  return keys;
}

std::vector<KeySpec> BuiltinAreaKeys() {
  std::vector<KeySpec> keys;
  for (const std::string_view name :
       {"uncataloged-dependency", "sunset-dependency", "changes-rules-or-catalog",
        "recent-rejection", "own-rule", "too-many-auto", "supersedes-people", "snapshot-stale"}) {
    keys.push_back({.key = name, .note = "Area id that this built-in rule consults."});
  }
  return keys;
}

}  // namespace

std::vector<KeySpec> OrgKeys(Shape shape) {
  switch (shape) {
    case Shape::kOrg:
      return OrgFileKeys();
    case Shape::kPerson:
      return {
          {.key = "name", .field = "Person.name", .required = true},
          {.key = "email", .field = "Person.email"},
          {.key = "team", .field = "Person.team"},
          {.key = "slack", .field = "Person.slack"},
          {.key = "manager", .field = "Person.manager"},
          {.key = "left", .field = "Person.left", .kind = kDay},
      };
    case Shape::kService:
      return {{.key = "roles",
               .field = "ServiceIdentity.roles",
               .kind = kWord,
               .container = kMap,
               .required = true,
               .words = kRoles}};
    case Shape::kCalendar:
      return {
          {.key = "zone", .field = "Calendar.zone", .required = true},
          {.key = "days",
           .field = "Calendar.days",
           .kind = kWord,
           .container = kList,
           .min = 1,
           .required = true,
           .words = kWeekdays,
           .note = "Working days."},
          {.key = "hours",
           .field = "Calendar.open_minute Calendar.close_minute",
           .kind = kHours,
           .required = true,
           .note = "Working hours, local time: 09:00-18:00."},
          {.key = "holidays",
           .field = "Calendar.holidays",
           .note = "An iCalendar file of the policy: holidays/de-be.ics."},
      };
    case Shape::kArea:
      return AreaKeys();
    case Shape::kSettings:
      return SettingKeys();
    case Shape::kGate:
      return {
          {.key = "group", .field = "GatePolicy.group", .required = true},
          {.key = "quorum", .field = "GatePolicy.quorum", .kind = kInt, .min = 1, .max = 20},
          {.key = "consulted_quorum",
           .field = "GatePolicy.consulted_quorum",
           .kind = kInt,
           .min = 1,
           .max = 20},
          {.key = "owner", .field = "GatePolicy.owner", .required = true},
      };
    case Shape::kSeries:
      return SeriesKeys();
    case Shape::kMoment:
      return {
          {.key = "bd",
           .kind = kInt,
           .min = 1,
           .max = 20,
           .note = "Business days before the meeting."},
          {.key = "at", .kind = kMinute, .note = "Local time on that day: \"12:00\"."},
      };
    case Shape::kBuiltinAreas:
      return BuiltinAreaKeys();
    case Shape::kSystem:
      return {
          {.key = "area", .field = "System.area"},
          {.key = "owner", .field = "System.owner"},
          {.key = "classification",
           .field = "System.classification",
           .kind = kWord,
           .of = "data.classification"},
      };
    default:
      return {};
  }
}

}  // namespace gavel::rules
