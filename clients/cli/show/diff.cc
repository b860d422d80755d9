#include "clients/cli/show/diff.h"

#include <string>
#include <string_view>

#include "clients/cli/policy/choice.h"
#include "clients/cli/show/problems.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

using Examples = google::protobuf::RepeatedPtrField<v1::ExampleSpec>;

void ShowExamples(Output& output, Tone tone, const std::string& code, const std::string& sentence,
                  const Examples& examples) {
  output.Line(fmt::format("{}  {}", output.Styled(tone, code), sentence));
  for (int i = 0; i < examples.size(); ++i) {
    ShowExample(output, examples[i].lines(), fmt::format("{}", i + 1));
  }
}

std::string Kinds(int count) {
  return count == 1 ? "1 kind of spec is" : fmt::format("{} kinds of specs are", count);
}

}  // namespace

std::string PinsText(const google::protobuf::RepeatedPtrField<std::string>& pins) {
  constexpr std::string_view kWhats[] = {"rules ", ", catalog "};
  std::string text;
  for (int i = 0; i < pins.size() && i < 2; ++i) {
    text += fmt::format("{}{}", kWhats[i], ShortPin(pins[i]));
  }
  return text;
}

void ShowDiff(Output& output, const v1::PolicyDiff& diff) {
  output.Line(fmt::format("{} → {}", PinsText(diff.base_pins()), PinsText(diff.candidate_pins())));
  if (!diff.newly_auto().empty()) {
    ShowExamples(output, Tone::kBad, "N001",
                 Kinds(diff.newly_auto_size()) + " newly approved without a person, for example",
                 diff.newly_auto());
  }
  if (!diff.no_longer_auto().empty()) {
    ShowExamples(output, Tone::kWarn, "N002",
                 Kinds(diff.no_longer_auto_size()) + " no longer approved by a rule, for example",
                 diff.no_longer_auto());
  }
  if (diff.open_envelopes() > 0) {
    output.Line(
        fmt::format("{} live approval{} something that the candidate does not approve; {} "
                    "until {} envelope expires.",
                    diff.open_envelopes(), diff.open_envelopes() == 1 ? " names" : "s name",
                    diff.open_envelopes() == 1 ? "it stands" : "they stand",
                    diff.open_envelopes() == 1 ? "its" : "their"));
  }
  if (!diff.changed_auto_rules().empty()) {
    output.Line(fmt::format("Changed auto rules: {}", fmt::join(diff.changed_auto_rules(), ", ")));
  }
  // What was said above in sentences with their codes is not said again.
  if (diff.newly_auto().empty() && diff.no_longer_auto().empty()) output.Line(diff.summary());
}

}  // namespace gavel::cli
