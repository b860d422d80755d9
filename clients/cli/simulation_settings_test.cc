#include "clients/cli/simulation_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gavel::cli {
namespace {

using testing::HasSubstr;

absl::StatusOr<simulation::Settings> Read(const std::map<std::string, std::string>& flags) {
  Arguments arguments;
  for (const auto& [flag, value] : flags) arguments.Set(flag, {value});
  return SimulationSettings(arguments);
}

TEST(SimulationSettingsTest, DefaultsAreOrdinary) {
  const auto settings = Read({});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->capacity, 3);
  EXPECT_FALSE(settings->timebox_min.has_value());
  EXPECT_EQ(SettingsText(*settings),
            "Thursdays at 15:00 UTC, at most 3 specs, each for as long as its facts say");
}

TEST(SimulationSettingsTest, EveryFlagCounts) {
  const auto settings = Read({{"capacity", "1"},
                              {"timebox-min", "45"},
                              {"weekday", "mon"},
                              {"zone", "Asia/Tokyo"},
                              {"area", "Language"},
                              {"from", "2016-02-01"},
                              {"to", "2016-05-31"}});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(SettingsText(*settings),
            "Mondays at 15:00 Asia/Tokyo, at most one spec, 45 minutes each");
  EXPECT_EQ(settings->area, "Language");
  EXPECT_EQ(settings->period.from, absl::CivilDay(2016, 2, 1));
  EXPECT_EQ(settings->period.to, absl::CivilDay(2016, 5, 31));
}

TEST(SimulationSettingsTest, WhatIfChangesWhatItNames) {
  const auto settings = Read({{"capacity", "3"}, {"zone", "Asia/Tokyo"}});
  ASSERT_TRUE(settings.ok()) << settings.status();
  const auto other = WhatIf(*settings, "capacity=2,timebox-min=25");
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_EQ(SettingsText(*other),
            "Thursdays at 15:00 Asia/Tokyo, at most 2 specs, 25 minutes each");
}

struct WrongRow {
  const char* name;
  const char* flag;
  const char* value;
  const char* says;
};
void PrintTo(const WrongRow& row, std::ostream* os) { *os << row.name; }

class WrongSettings : public testing::TestWithParam<WrongRow> {};

TEST_P(WrongSettings, NameTheFlagAndTheFix) {
  const WrongRow& row = GetParam();
  const std::string flag = row.flag;
  const auto settings =
      flag == "what-if" ? WhatIf({}, row.value) : Read({{flag, row.value}, {"from", "2020-01-01"}});
  ASSERT_EQ(settings.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(settings.status().message()), HasSubstr(row.says));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, WrongSettings,
    testing::Values(WrongRow{"TooMany", "capacity", "4", "a number from 1 to 3"},
                    WrongRow{"NoNumber", "capacity", "two", "--capacity is `two`"},
                    WrongRow{"Trailing", "capacity", "2x", "--capacity is `2x`"},
                    WrongRow{"TooLong", "timebox-min", "51", "from 5 to 50"},
                    WrongRow{"Sunday", "weekday", "sun", "mon, tue, wed, thu or fri"},
                    WrongRow{"NoZone", "zone", "Moon/Base", "such as Europe/Berlin"},
                    WrongRow{"NoDay", "to", "June", "--to is `June`"},
                    WrongRow{"FarAhead", "to", "9999-12-31", "plays 1970 to 2199"},
                    WrongRow{"Backwards", "to", "2019-12-31", "lies before --from"},
                    WrongRow{"NoSetting", "what-if", "capacity", "SETTING=VALUE"},
                    WrongRow{"Unknown", "what-if", "speed=2", "capacity, timebox-min, weekday"},
                    WrongRow{"Inside", "what-if", "capacity=2,timebox-min=0", "from 5 to 50"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace gavel::cli
