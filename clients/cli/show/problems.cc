#include "clients/cli/show/problems.h"

#include <algorithm>
#include <string_view>

#include "fmt/format.h"

namespace gavel::cli {
namespace {

constexpr std::string_view kIndent = "    ";

std::string LevelWord(const Output& output, v1::PolicyProblem::Level level) {
  if (level == v1::PolicyProblem::LEVEL_ERROR) return output.Styled(Tone::kBad, "error");
  if (level == v1::PolicyProblem::LEVEL_WARNING) return output.Styled(Tone::kWarn, "warning");
  return output.Styled(Tone::kDim, "note");
}

std::string PlaceText(const std::string& folder, const v1::PolicyProblem& problem) {
  const bool here = folder.empty() || folder == ".";
  std::string place = here ? problem.file() : folder + "/" + problem.file();
  if (problem.line() > 0) place += fmt::format(":{}", problem.line());
  if (problem.column() > 0) place += fmt::format(":{}", problem.column());
  return place;
}

std::string Counted(int count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

void ShowExample(Output& output, const google::protobuf::RepeatedPtrField<std::string>& lines,
                 const std::string& first) {
  const size_t width = first.empty() ? 0 : first.size() + 2;
  for (int i = 0; i < lines.size(); ++i) {
    output.Line(fmt::format("{}{:<{}}{}", kIndent, i == 0 ? first : "", width, lines[i]));
  }
}

void ShowProblems(Output& output, const std::string& folder,
                  const rules::PolicyProblems& problems) {
  const std::string base = folder.ends_with('/') ? folder.substr(0, folder.size() - 1) : folder;
  for (const v1::PolicyProblem& problem : problems) {
    output.Line(fmt::format("{}: {}: {} {}", output.Styled(Tone::kStrong, PlaceText(base, problem)),
                            LevelWord(output, problem.level()), problem.message(),
                            output.Styled(Tone::kDim, fmt::format("[{}]", problem.code()))));
    ShowExample(output, problem.example());
  }
}

int CountProblems(const rules::PolicyProblems& problems, v1::PolicyProblem::Level level) {
  return static_cast<int>(std::count_if(
      problems.begin(), problems.end(),
      [level](const v1::PolicyProblem& problem) { return problem.level() == level; }));
}

std::string ProblemCounts(const rules::PolicyProblems& problems) {
  return fmt::format("{}, {}, {}",
                     Counted(CountProblems(problems, v1::PolicyProblem::LEVEL_ERROR), "error"),
                     Counted(CountProblems(problems, v1::PolicyProblem::LEVEL_WARNING), "warning"),
                     Counted(CountProblems(problems, v1::PolicyProblem::LEVEL_NOTE), "note"));
}

}  // namespace gavel::cli
