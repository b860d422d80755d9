// `gavel check` with evidence: offline, on the shipped policy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "clients/cli/run.h"

namespace gavel::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kSpec[] = R"md(---
spec: 1
title: Order ledger read replica
summary: Adds a read replica to the order ledger so that reports no longer slow down the checkout.
area: media
category: service-change
system: uploads
authors: ["@ana"]
open_decisions: none
dependencies:
  - {use: postgres/standard-m, for: ledger reads}
data: {classification: internal, personal: false}
regions: [us-east]
cost: {monthly_usd: {low: 400, high: 600}}
change: {reversible: true, blast_radius: low}
---
# Order ledger read replica

Reports read the same tables as the checkout, and slow it down on the last day of every month.
)md";

std::string PlanText(const std::string& instance_class) {
  return R"({"format_version": "1.2", "resource_changes": [{"address": "aws_db_instance.main",
      "mode": "managed", "type": "aws_db_instance", "change": {"actions": ["create"], "after":
      {"engine": "postgres", "instance_class": ")" +
         instance_class + "\"}}}]}";
}

class CheckEvidence : public testing::Test {
 protected:
  CheckEvidence() : folder_(testing::TempDir() + "check-XXXXXX") {
    EXPECT_NE(mkdtemp(folder_.data()), nullptr);
    spec_ = File("spec.md", kSpec);
  }
  ~CheckEvidence() override { std::filesystem::remove_all(folder_); }

  std::string File(const std::string& name, const std::string& text) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path) << text;
    return path;
  }

  ExitCode Check(std::vector<std::string> words) {
    words.insert(words.begin(), {"check", spec_, "--rules", GAVEL_SOURCE_DIR "/deploy/policy"});
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const ExitCode code = cli::Run(words, {}, in, out, err);
    said_ = out.str() + err.str();
    return code;
  }

  std::string folder_;
  std::string spec_;
  std::string said_;
};

TEST_F(CheckEvidence, APlanThatMatchesIsFine) {
  EXPECT_EQ(Check({"--evidence", File("plan.json", PlanText("db.m7g.large"))}), ExitCode::kDone)
      << said_;
  EXPECT_THAT(said_, AllOf(HasSubstr("Auto-approved"), Not(HasSubstr("GV224"))));
}

TEST_F(CheckEvidence, AnotherTierThanDeclaredIsSaidAndGoesToPeople) {
  const std::string plan = File("out.json", PlanText("db.t4g.small"));
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--evidence", "terraform=" + plan}, {"--plan", plan}}) {
    EXPECT_EQ(Check(words), ExitCode::kDone) << said_;
    EXPECT_THAT(said_, AllOf(HasSubstr("GV224"), HasSubstr("postgres/standard-s"),
                             Not(HasSubstr("Auto-approved"))));
  }
}

TEST_F(CheckEvidence, AFileThatCannotBeReadIsAnErrorFinding) {
  EXPECT_EQ(Check({"--plan", File("plan.json", "{")}), ExitCode::kNo);
  EXPECT_THAT(said_, AllOf(HasSubstr("GV226"), HasSubstr("Not JSON")));
}

TEST_F(CheckEvidence, SeveralFilesOfSeveralKindsAreTaken) {
  const std::string score = File("workload.yaml",
                                 "apiVersion: score.dev/v1b1\nmetadata: {name: x}\n"
                                 "resources: {db: {type: postgres, class: medium}}\n");
  EXPECT_EQ(
      Check({"--evidence", score, "--plan", File("plan.json", PlanText("db.m7g.large")), "--json"}),
      ExitCode::kDone)
      << said_;
  EXPECT_THAT(said_,
              AllOf(HasSubstr("\"detector\":\"score\""), HasSubstr("\"detector\":\"terraform\"")));
}

TEST_F(CheckEvidence, WhatNobodyCanTellApartIsAUsageError) {
  EXPECT_EQ(Check({"--evidence", File("values.yaml", "a: 1\n")}), ExitCode::kUsage);
  EXPECT_THAT(said_, HasSubstr("--evidence KIND="));
  EXPECT_EQ(Check({"--evidence", folder_ + "/none.json"}), ExitCode::kUsage);
  EXPECT_THAT(said_, HasSubstr("no such file"));
}

}  // namespace
}  // namespace gavel::cli
