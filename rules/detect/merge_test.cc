// Evidence on its way to a verdict: the edge rows on detection, coverage, and that what is found
// never helps a spec.
#include "rules/detect/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "rules/compile/policy_files.h"
#include "rules/detect/test_evidence.h"
#include "rules/document.h"
#include "rules/evaluate.h"
#include "rules/explain.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Document Read(const Policy& policy, const std::vector<v1::Evidence>& evidence,
              const std::string& text = BoringSpec()) {
  auto document = ReadDocument(text, {.policy = &policy,
                                      .default_area = "media",
                                      .default_author = "bo",
                                      .path = "",
                                      .evidence = evidence});
  EXPECT_TRUE(document.ok()) << document.status();
  return document.ok() ? *std::move(document) : Document();
}

v1::Verdict Judge(const Policy& policy, const Document& document) {
  EvaluateInputs inputs;
  inputs.as_of = Day(2026, 11, 22);
  inputs.findings = document.findings;
  return Evaluate(document.facts, policy, inputs);
}

v1::Verdict Judge(const std::vector<v1::Evidence>& evidence,
                  const std::string& text = BoringSpec()) {
  const auto policy = DetectingPolicy();
  return Judge(*policy, Read(*policy, evidence, text));
}

std::vector<std::string> Messages(const std::vector<v1::Finding>& findings) {
  std::vector<std::string> messages;
  for (const v1::Finding& finding : findings) {
    messages.push_back(finding.code() + " " + finding.message());
  }
  return messages;
}

v1::Evidence Entity(const std::string& system) {
  return EvidenceFile("backstage", "catalog-info.yaml",
                      "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: x}\n"
                      "spec: {system: " +
                          system + "}\n");
}

TEST(Detection, APlanThatMatchesTheSpecLetsTheRuleApprove) {
  const v1::Verdict verdict = Judge({Plan({StandardDatabase()})});
  EXPECT_EQ(verdict.mode(), v1::REVIEW_MODE_AUTO) << verdict.summary();
  EXPECT_EQ(Judge({}).mode(), v1::REVIEW_MODE_ASYNC) << "the worked rule wants coverage partial";
}

TEST(Detection, Row48FoundAndNotDeclaredGoesToPlatform) {
  const auto policy = DetectingPolicy();
  const Document document =
      Read(*policy, {Plan({StandardDatabase(), PlannedResource("aws_msk_cluster", "")})});
  EXPECT_THAT(document.facts.undeclared().values(), ElementsAre("kafka/shared"));
  const v1::Dependency& kafka = document.facts.dependencies().dependencies(2);
  EXPECT_EQ(kafka.product(), "kafka");
  EXPECT_EQ(kafka.source().kind(), "detected");
  EXPECT_EQ(kafka.source().origin(), "terraform plan.json");
  EXPECT_THAT(Messages(document.findings),
              Contains("GV224 plan.json: aws_msk_cluster.main is `kafka/shared`, which "
                       "`dependencies` does not list. Add it there."));
  const v1::Verdict verdict = Judge(*policy, document);
  EXPECT_EQ(verdict.mode(), v1::REVIEW_MODE_ASYNC);
  EXPECT_THAT(verdict.areas(), ElementsAre("platform"));
  EXPECT_THAT(FiredOf(verdict), ElementsAre("review/undeclared-dependency"));
}

TEST(Detection, Row49AFileThatCannotBeReadIsNamedAndNothingIsApproved) {
  const auto policy = DetectingPolicy();
  const Document document = Read(*policy, {EvidenceFile("terraform", "plan.json", "{")});
  EXPECT_EQ(document.facts.coverage().value(), "none");
  EXPECT_EQ(document.facts.undeclared().status(), v1::FACT_STATUS_STATED_UNKNOWN);
  ASSERT_EQ(document.facts.detectors_size(), 1);
  EXPECT_EQ(document.facts.detectors(0).status(), v1::DetectorRun::STATUS_FAILED);
  const v1::Verdict verdict = Judge(*policy, document);
  EXPECT_EQ(verdict.mode(), v1::REVIEW_MODE_ASYNC);
  EXPECT_FALSE(verdict.author_gate()) << "not the author's to mend: " << verdict.summary();
  const std::vector<std::string> lines = ExplainText(verdict, true);
  EXPECT_THAT(lines, Contains(HasSubstr("terraform could not read plan.json")));
  EXPECT_THAT(Messages(document.findings), Contains(HasSubstr("GV226 terraform could not read")));
}

TEST(Detection, Row50AnUnknownMajorVersionAndAFileOverTheBudgetAreCoverageNone) {
  const auto policy = DetectingPolicy();
  for (const std::string& content :
       {std::string(R"({"format_version": "2.1"})"), std::string(kMaxEvidenceBytes + 1, ' ')}) {
    const Document document = Read(*policy, {EvidenceFile("terraform", "plan.json", content)});
    EXPECT_EQ(document.facts.coverage().value(), "none");
    EXPECT_NE(Judge(*policy, document).mode(), v1::REVIEW_MODE_AUTO);
  }
}

TEST(Detection, Row51ATierNotKnownYetIsNotApproved) {
  const auto policy = DetectingPolicy();
  const Document document =
      Read(*policy, {Plan({PlannedResource("aws_db_instance", R"("engine": "postgres")",
                                           R"("instance_class": true)")})});
  EXPECT_THAT(document.facts.undeclared().values(), IsEmpty()) << "postgres is declared";
  EXPECT_THAT(Messages(document.findings),
              Contains("GV225 plan.json: aws_db_instance.main is `postgres`, and `instance_class` "
                       "is not known yet. People must look at it."));
  const v1::Verdict verdict = Judge(*policy, document);
  EXPECT_EQ(verdict.mode(), v1::REVIEW_MODE_ASYNC);
  EXPECT_THAT(FiredOf(verdict), ElementsAre("builtin/uncataloged-dependency"));
}

TEST(Detection, AnotherTierThanDeclaredIsUndeclared) {
  const auto policy = DetectingPolicy();
  const Document document =
      Read(*policy,
           {Plan({PlannedResource("aws_db_instance",
                                  R"("engine": "postgres", "instance_class": "db.t4g.small")")})});
  EXPECT_THAT(document.facts.undeclared().values(), ElementsAre("postgres/standard-s"));
  EXPECT_THAT(Messages(document.findings), Contains(HasSubstr("declares another tier of it")));
}

TEST(Detection, AnUnmappedTypeIsAnUncatalogedUndeclaredDependency) {
  const v1::Verdict verdict = Judge(
      {Plan({PlannedResource("aws_redshift_cluster", ""), PlannedResource("aws_iam_role", "")})});
  EXPECT_THAT(FiredOf(verdict),
              ElementsAre("builtin/uncataloged-dependency", "review/undeclared-dependency"));
  EXPECT_THAT(verdict.summary(), AllOf(HasSubstr("aws_redshift_cluster"), Not(HasSubstr("iam"))));
}

TEST(Detection, WhatIsFoundRaisesTheCost) {
  // 600 + 900 declared, 300 found: over the 1,700 that the changed rule allows.
  v1::PolicySource source = DetectingPolicy()->source();
  std::string& rules = (*source.mutable_files())["rules.yaml"];
  rules = Edited(rules, "cost.monthly_usd: {lte: 2000}", "cost.monthly_usd: {lte: 1700}");
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(policy.ok()) << policy.status();
  const Document document =
      Read(**policy, {Plan({StandardDatabase(), PlannedResource("aws_msk_cluster", "")})});
  EXPECT_THAT(ExplainText(Judge(**policy, document), true),
              Contains(HasSubstr("1,800 USD by the catalog's prices")));
}

TEST(Detection, TheSystemOfTheEvidenceRaisesTheDataClass) {
  const auto policy = DetectingPolicy();
  const Document document = Read(*policy, {Entity("payments")});
  EXPECT_EQ(document.facts.classification().value(), "restricted");
  EXPECT_EQ(document.facts.classification().source().kind(), "detected");
  EXPECT_THAT(Judge(*policy, document).areas(), ElementsAre("security-privacy"));
  EXPECT_EQ(Read(*policy, {Entity("uploads")}).facts.classification().value(), "internal");
}

TEST(Detection, WhatAProductNotUsedStandsForIsSaid) {
  const std::string text = Edited(BoringSpec(), "data: {", "not_used: [kafka]\ndata: {");
  const auto policy = DetectingPolicy();
  const Document document = Read(*policy, {Plan({PlannedResource("aws_msk_cluster", "")})}, text);
  EXPECT_THAT(Messages(document.findings), Contains(HasSubstr("GV228 `not_used` lists kafka")));
  EXPECT_THAT(document.facts.undeclared().values(), ElementsAre("kafka/shared"));
}

TEST(Detection, AMentionStaysUndeclaredWhenADetectorFindsTheProduct) {
  const std::string text = Edited(BoringSpec(), "## Rollback\n", "## Rollback\n\nKafka, too.\n");
  const auto policy = DetectingPolicy();
  const Document document = Read(*policy, {Plan({PlannedResource("aws_msk_cluster", "")})}, text);
  EXPECT_THAT(document.facts.mentions_undeclared().values(), ElementsAre("kafka"));
}

TEST(Detection, WithUnknownDependenciesEverythingFoundIsUndeclared) {
  const std::string text =
      Edited(BoringSpec(),
             "dependencies:\n  - {use: postgres/standard-m, for: ledger reads}\n"
             "  - {use: k8s/standard}\n",
             "dependencies: unknown\n");
  const auto policy = DetectingPolicy();
  const Document document = Read(*policy, {Plan({StandardDatabase()})}, text);
  EXPECT_THAT(document.facts.undeclared().values(), ElementsAre("postgres/standard-m"));
  EXPECT_THAT(document.facts.dependencies().dependencies(), IsEmpty());
}

struct CoverageRow {
  const char* detectors;
  std::vector<v1::Evidence> evidence;
  const char* coverage;
};

TEST(Coverage, FollowsWhatTheOrganisationNamesAndWhatRan) {
  const v1::Evidence plan = Plan({StandardDatabase()});
  const v1::Evidence broken = EvidenceFile("score", "score.yaml", "a: 1\n");
  const v1::Evidence part =
      EvidenceFile("terraform", "plan.json", R"({"format_version": "1.2", "complete": false})");
  const std::vector<CoverageRow> rows = {
      {"", {}, "declared_only"},
      {"", {plan}, "partial"},
      {"", {plan, broken}, "none"},
      {"[terraform]", {}, "declared_only"},
      {"[terraform]", {plan}, "full"},
      {"[terraform]", {part}, "partial"},
      {"[terraform]", {Entity("uploads")}, "partial"},
      {"[terraform, backstage]", {plan}, "partial"},
      {"[terraform, backstage]", {Entity("uploads"), plan}, "full"},
      {"[terraform, backstage]", {plan, broken}, "none"},
  };
  for (const CoverageRow& row : rows) {
    const auto policy = DetectingPolicy(row.detectors);
    const Document document = Read(*policy, row.evidence);
    EXPECT_EQ(document.facts.coverage().value(), row.coverage)
        << row.detectors << " with " << row.evidence.size() << " files";
  }
}

TEST(Coverage, IsPartialAtMostWhereTheBodyHasPartsThatOnlyEyesRead) {
  const auto policy = DetectingPolicy("[terraform]");
  const std::string text =
      Edited(BoringSpec(), "## Rollback\n", "## Rollback\n\n![the design](design.png)\n");
  EXPECT_EQ(Read(*policy, {Plan({StandardDatabase()})}, text).facts.coverage().value(), "partial");
  const Document alone = Read(*policy, {}, text);
  EXPECT_EQ(alone.facts.coverage().value(), "declared_only");
  EXPECT_THAT(Messages(alone.findings), Contains(HasSubstr("GV232")));
}

TEST(Coverage, ADetectorThatIsNamedAndGivenNothingIsSaid) {
  const auto policy = DetectingPolicy("[terraform, score]");
  const Document document = Read(*policy, {Plan({StandardDatabase()})});
  ASSERT_EQ(document.facts.detectors_size(), 2);
  EXPECT_EQ(document.facts.detectors(0).detector(), "score");
  EXPECT_EQ(document.facts.detectors(0).status(), v1::DetectorRun::STATUS_NOT_GIVEN);
  EXPECT_EQ(document.facts.detectors(1).message(), "1 resource read.");
  EXPECT_THAT(Messages(document.findings), Contains(HasSubstr("GV227")));
  EXPECT_EQ(document.facts.undeclared().status(), v1::FACT_STATUS_KNOWN);
}

TEST(FactsHash, CoversWhatTheEvidenceShowsAndNotItsFileName) {
  const auto policy = DetectingPolicy();
  const std::string none = FactsHash(Read(*policy, {}).facts);
  const std::string matching = FactsHash(Read(*policy, {Plan({StandardDatabase()})}).facts);
  const std::string more =
      FactsHash(Read(*policy, {Plan({PlannedResource("aws_msk_cluster", "")})}).facts);
  EXPECT_NE(none, matching);
  EXPECT_NE(matching, more);
  v1::Evidence renamed = Plan({StandardDatabase()});
  renamed.set_name("other.json");
  EXPECT_EQ(FactsHash(Read(*policy, {renamed}).facts), matching);
}

// A rule set without a rule on undeclared dependencies, and with conditions that more dependencies
// could make true.
std::shared_ptr<const Policy> Gullible() {
  v1::PolicySource source = DetectingPolicy()->source();
  (*source.mutable_files())["rules.yaml"] = R"(kind: RuleSet
version: 1
id: gullible
catalog: acme-standard
default: {mode: async}
breaker: {window: 28d, max_auto_share: 50%, min_decisions: 30, max_audit_failures: 2}
rules:
  - id: auto/has-things
    title: Has the things that are always fine
    owner: team:platform
    why: A rule that nobody should write, which more dependencies make true.
    state: enforce
    review_by: 2027-03-31
    waives:
      fields: [deps.compute, data.classification, data.personal, cost.monthly_usd,
               change.reversible, detect.coverage]
      why: It is here to be gullible.
    when:
      all:
        - deps.all: {size: {gt: 1}}
        - deps.storage: {only_in: "@standard", or_none: false}
        - deps.other: {any_in: [kafka/shared]}
    then: {auto_approve: {audit: 10%}}
  - id: review/no-queue
    title: There is no queue
    owner: team:platform
    why: A rule that fewer dependencies make true.
    state: enforce
    review_by: 2027-03-31
    when: {deps.all: {none_in: [kafka/shared]}}
    then: {require: {mode: sync}}
)";
  auto policy = CompilePolicy(source, Day(2026, 11, 22));
  EXPECT_TRUE(policy.ok()) << policy.status();
  return policy.ok() ? *std::move(policy) : nullptr;
}

std::vector<v1::Evidence> RandomEvidence(std::mt19937& random) {
  const std::vector<std::string> resources = {
      StandardDatabase(),
      PlannedResource("aws_db_instance",
                      R"("engine": "postgres", "instance_class": "db.t4g.small")"),
      PlannedResource("aws_db_instance", R"("engine": "postgres")", R"("instance_class": true)"),
      PlannedResource("aws_msk_cluster", ""),
      PlannedResource("aws_s3_bucket", R"("rule": [{"storage_class": "GLACIER"}])"),
      PlannedResource("aws_redshift_cluster", "")};
  std::vector<std::string> planned;
  for (const std::string& resource : resources) {
    if (random() % 3 == 0) planned.push_back(resource);
  }
  std::vector<v1::Evidence> evidence = {Plan(planned)};
  if (random() % 4 == 0) evidence.push_back(Entity(random() % 2 == 0 ? "uploads" : "payments"));
  return evidence;
}

std::string RandomSpec(std::mt19937& random) {
  const std::vector<std::string> uses = {"postgres/standard-m", "postgres/standard-s",
                                         "k8s/standard", "kafka/shared", "s3/glacier"};
  std::string list;
  for (const std::string& use : uses) {
    if (random() % 2 == 0) list += "  - {use: " + use + "}\n";
  }
  return Edited(BoringSpec(),
                "dependencies:\n  - {use: postgres/standard-m, for: ledger reads}\n"
                "  - {use: k8s/standard}\n",
                list.empty() ? "dependencies: none\n" : "dependencies:\n" + list);
}

TEST(Detection, WhatIsFoundNeverHelpsASpec) {
  std::mt19937 random(20261122);  // Fixed: a failure must come back.
  const std::vector<std::shared_ptr<const Policy>> policies = {DetectingPolicy(), Gullible()};
  int worse = 0;
  for (int i = 0; i < 400; ++i) {
    const std::string text = RandomSpec(random);
    const std::vector<v1::Evidence> evidence = RandomEvidence(random);
    for (const auto& policy : policies) {
      Document without = Read(*policy, {}, text);
      const Document with = Read(*policy, evidence, text);
      // Coverage is what detection may improve: given to both, only what was found differs.
      *without.facts.mutable_coverage() = with.facts.coverage();
      const v1::Verdict before = Judge(*policy, without);
      const v1::Verdict after = Judge(*policy, with);
      ASSERT_GE(after.mode(), before.mode()) << text << after.summary();
      worse += after.mode() > before.mode() ? 1 : 0;
    }
  }
  EXPECT_GT(worse, 50) << "the test must be able to tell";
}

}  // namespace
}  // namespace gavel::rules
