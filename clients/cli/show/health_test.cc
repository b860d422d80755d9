// What people read of a health report: narrow, wide, and without colours.

#include "clients/cli/show/health.h"

#include <gtest/gtest.h>

#include "clients/cli/output/wrap.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "google/protobuf/text_format.h"

namespace gavel::cli {
namespace {

constexpr char kReport[] = R"pb(
  area: "media"
  from_time { seconds: 1788220800 }
  to_time { seconds: 1796083200 }
  questions {
    id: "coming-in"
    text: "Are specs coming in?"
    answer: "Yes: 2.3 a week, more than the 1.8 before; 2 authors wrote their first."
    signals {
      id: "submissions"
      text: "specs submitted for the first time"
      value: 2.25
      unit: "per week"
      state: STATE_KNOWN
      previous: 1.75
      sample: 5
      specs: "MEDIA-1"
      specs: "MEDIA-2"
      specs: "MEDIA-3"
      specs: "MEDIA-4"
      specs: "MEDIA-5"
    }
  }
  questions {
    id: "enjoyed"
    text: "Do people enjoy it?"
    answer: "Nobody answered the pulse."
    signals { id: "pulse-useful" text: "mean answer" unit: "1-5" state: STATE_WITHHELD }
    signals { id: "talk-spread" text: "spread of talk" unit: "count" state: STATE_NO_DATA }
  }
  patterns {
    id: "domineering"
    text: "A few decide."
    alarming: true
    signals {
      id: "blocks-top-share"
      text: "largest share of blocks that one person raised"
      value: 60
      unit: "%"
      state: STATE_KNOWN
      threshold: 40
      alarming: true
      sample: 5
      specs: "MEDIA-1"
    }
    signals {
      id: "returns-p50"
      text: "median returns"
      value: 1
      unit: "count"
      state: STATE_KNOWN
      threshold: 2
      sample: 5
    }
  }
  alerts {
    kind: "backlog"
    text: "Media: 9 specs wait for the room."
    proposals: "A rule: one."
    since_time { seconds: 1796083200 }
    specs: "MEDIA-9"
  }
)pb";

v1::HealthReport Report() {
  v1::HealthReport report;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kReport, &report));
  return report;
}

std::string Shown(int width, bool all_specs = false) {
  return HealthText(
      Report(), {.width = width, .all_specs = all_specs, .styled = [](Tone, std::string_view text) {
                   return std::string(text);
                 }});
}

std::string From(const std::string& text, const std::string& line) {
  const size_t at = text.find(line);
  EXPECT_NE(at, std::string::npos) << line << "\n" << text;
  return at == std::string::npos ? "" : text.substr(at);
}

size_t LongestLine(const std::string& text) {
  size_t longest = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  return longest;
}

TEST(ShowHealthTest, BeginsWithAlertsAnswersAndPatterns) {
  const std::string text = From(Shown(100), "Alerts");
  EXPECT_EQ(text.substr(0, text.find("\nAre specs")), R"(Alerts
  Media: 9 specs wait for the room. Since 1 Dec 2026.
    Try: A rule: one.
    MEDIA-9

Five questions
  Are specs coming in?
    Yes: 2.3 a week, more than the 1.8 before; 2 authors wrote their first.
  Do people enjoy it?
    Nobody answered the pulse.

Four anti-patterns
  domineering      ALARMING
    largest share of blocks that one person raised: 60 %, threshold 40 %
)");
}

TEST(ShowHealthTest, FiguresHaveTrendThresholdAndSpecs) {
  EXPECT_EQ(From(Shown(100), "\nAre specs coming in?\n  2"), R"(
Are specs coming in?
  2.3 per week          up from 1.8     specs submitted for the first time
                                        MEDIA-1, MEDIA-2, MEDIA-3 and 2 more

Do people enjoy it?
  fewer than 5 people                   mean answer
  –                                     spread of talk

domineering: A few decide.
  60 %                                  largest share of blocks that one person raised
                                        ALARMING: past the threshold of 40 %
                                        MEDIA-1
  1                                     median returns (threshold 2)
)");
}

TEST(ShowHealthTest, ANarrowTerminalHasItBelowTheWords) {
  const std::string text = Shown(48);
  EXPECT_LE(LongestLine(text), 48u) << text;
  EXPECT_NE(text.find("  specs submitted for the first time\n    2.3 per week, up from 1.8\n"),
            std::string::npos)
      << text;
}

TEST(ShowHealthTest, EverySpecOnRequest) {
  EXPECT_NE(Shown(100, true).find("MEDIA-1, MEDIA-2, MEDIA-3, MEDIA-4, MEDIA-5"),
            std::string::npos);
}

TEST(ShowHealthTest, AScriptGetsOneRowPerFigure) {
  const auto rows = HealthRows(Report());
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(fmt::format("{}", fmt::join(rows[0], "|")),
            "coming-in|submissions|2.3|per week|known|1.8|||5|"
            "MEDIA-1,MEDIA-2,MEDIA-3,MEDIA-4,MEDIA-5");
  EXPECT_EQ(fmt::format("{}", fmt::join(rows[1], "|")), "enjoyed|pulse-useful||1-5|withheld||||0|");
  EXPECT_EQ(rows[3][7], "alarming");
}

TEST(WrapTest, BreaksAtSpacesOnly) {
  EXPECT_EQ(Wrap("one two  three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(Wrap("longerthanthat it", 5), (std::vector<std::string>{"longerthanthat", "it"}));
  EXPECT_EQ(Wrap("", 5), std::vector<std::string>{""});
}

}  // namespace
}  // namespace gavel::cli
