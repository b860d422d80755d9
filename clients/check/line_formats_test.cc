// The formats of one line a finding: `line` and `github`.
#include <gtest/gtest.h>

#include "clients/check/check_testing.h"
#include "clients/check/formats.h"

namespace gavel::check {
namespace {

Report ReportOf(CheckedFile file) { return {.files = {std::move(file)}}; }

TEST(LineFormat, IsWhatEditorsRead) {
  EXPECT_EQ(LineFormat(ReportOf(FileOf("specs/a.md", "",
                                       {FindingOf("GV204", 14, 9, "`x` is not in the catalog."),
                                        FindingOf("GV301", 0, 0, "Section \"cost\" is missing."),
                                        FindingOf("GV112", 3, 0, "one\ntwo")}))),
            "specs/a.md:14:9: error: `x` is not in the catalog. [GV204]\n"
            "specs/a.md:1:1: warning: Section \"cost\" is missing. [GV301]\n"
            "specs/a.md:3:1: info: one two [GV112]\n");
}

TEST(LineFormat, AFileNameCannotBreakALine) {
  EXPECT_EQ(LineFormat(ReportOf(FileOf(kOddPath, "", {FindingOf("GV204", 1, 2)}))),
            "specs/a b%:,\"<&'\\n\\x1b\xff é.md:1:2: error: message [GV204]\n");
}

TEST(LineFormat, AFileNameCannotCommandACiSystem) {
  EXPECT_EQ(PathText("::add-mask::x.md"), "./::add-mask::x.md");
}

// A log of a CI system obeys escapes as a terminal does.
TEST(LineFormats, AMessageCannotCommandWhatShowsIt) {
  const Report report = ReportOf(
      FileOf("a.md", "", {FindingOf("GV105", 4, 11, "\033[31m`a\u202E`\a\n::error::\xFF")}));
  EXPECT_EQ(LineFormat(report), "a.md:4:11: error: [31m`a` ::error::\uFFFD [GV105]\n");
  EXPECT_EQ(GithubFormat(report),
            "::error file=a.md,line=4,col=11,title=GV105::[31m`a`%0A::error::\uFFFD\n");
}

TEST(LineFormat, IsEmptyWithoutFindings) {
  EXPECT_EQ(LineFormat({}), "");
  EXPECT_EQ(LineFormat(ReportOf(FileOf("a.md", "", {}))), "");
}

TEST(GithubFormat, IsAWorkflowCommandAFinding) {
  EXPECT_EQ(GithubFormat(ReportOf(FileOf(
                "specs/a.md", "",
                {FindingOf("GV204", 14, 9), FindingOf("GV301", 0, 0), FindingOf("GV112", 3, 0)}))),
            "::error file=specs/a.md,line=14,col=9,title=GV204::message\n"
            "::warning file=specs/a.md,title=GV301::message\n"
            "::notice file=specs/a.md,line=3,title=GV112::message\n");
}

TEST(GithubFormat, EscapesDataAndMoreInProperties) {
  EXPECT_EQ(GithubFormat(ReportOf(
                FileOf("a%b:c,d\r\n.md", "", {FindingOf("GV204", 1, 1, "50% of a: b, c\r\n::x")}))),
            "::error file=a%25b%3Ac%2Cd%0D%0A.md,line=1,col=1,title=GV204::"
            "50%25 of a: b, c%0A::x\n");
}

TEST(GithubFormat, NamesFilesFromTheTopOfTheRepository) {
  CheckedFile file = FileOf("../a.md", "", {FindingOf("GV204", 1, 1)});
  file.repository_path = "specs/a.md";
  EXPECT_EQ(GithubFormat(ReportOf(file)),
            "::error file=specs/a.md,line=1,col=1,title=GV204::message\n");
}

struct FailRow {
  const char* code;
  v1::Finding::Severity fail_on;
  bool fails;
};

TEST(Fails, FromFailOnOn) {
  for (const FailRow& row : {FailRow{"GV204", v1::Finding::SEVERITY_ERROR, true},
                             {"GV301", v1::Finding::SEVERITY_ERROR, false},
                             {"GV301", v1::Finding::SEVERITY_WARNING, true},
                             {"GV112", v1::Finding::SEVERITY_WARNING, false},
                             {"GV112", v1::Finding::SEVERITY_INFO, true}}) {
    Report report = ReportOf(FileOf("a.md", "", {FindingOf(row.code, 1, 1)}));
    report.fail_on = row.fail_on;
    EXPECT_EQ(Fails(report), row.fails) << row.code << " " << row.fail_on;
  }
  EXPECT_FALSE(Fails(Report{}));
}

}  // namespace
}  // namespace gavel::check
