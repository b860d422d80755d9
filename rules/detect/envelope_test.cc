// What an approval covers, and what is outside it.
#include "rules/detect/envelope.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/detect/test_evidence.h"
#include "rules/document.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

v1::Envelope BoringEnvelope(const Policy& policy, const std::string& text = BoringSpec()) {
  const auto document = ReadDocument(text, {.policy = &policy, .default_area = "media"});
  EXPECT_TRUE(document.ok()) << document.status();
  return EnvelopeOf(document->facts, policy, Day(2026, 11, 22));
}

std::vector<std::pair<std::string, std::string>> BreachesOf(
    const std::vector<v1::Evidence>& evidence, const std::string& text = BoringSpec()) {
  const auto policy = DetectingPolicy();
  const EnvelopeResult result =
      CheckEnvelope(BoringEnvelope(*policy, text), *policy, evidence, Day(2026, 11, 23));
  std::vector<std::pair<std::string, std::string>> breaches;
  for (const v1::EnvelopeBreach& breach : result.breaches) {
    EXPECT_NE(breach.message(), "");
    breaches.emplace_back(breach.field(), breach.found());
  }
  EXPECT_EQ(result.inside(), breaches.empty());
  return breaches;
}

TEST(EnvelopeOf, HoldsWhatWasApprovedAtItsWorst) {
  const auto policy = DetectingPolicy();
  const v1::Envelope envelope = BoringEnvelope(*policy);
  EXPECT_THAT(envelope.allowed(), ElementsAre("k8s/standard", "postgres/standard-m"));
  // 600 + 900 USD by the catalog is more than the 900 USD declared.
  EXPECT_EQ(envelope.cost_ceiling_cents(), 150000);
  EXPECT_EQ(envelope.classification(), "internal");
  EXPECT_THAT(envelope.regions(), ElementsAre("us-east"));
  EXPECT_EQ(envelope.expires().year(), 2027);
  EXPECT_EQ(envelope.expires().month(), 5);
  EXPECT_EQ(envelope.expires().day(), 21);  // 180 days on.
}

TEST(EnvelopeOf, SetsNoLimitWhereTheFactWasUnknown) {
  const auto policy = DetectingPolicy();
  std::string text = Edited(BoringSpec(), "{low: 400, high: 900}", "unknown");
  text = Edited(text, "regions: [us-east]\n", "");
  text = Edited(text, "classification: internal", "classification: unknown");
  const v1::Envelope envelope = BoringEnvelope(*policy, text);
  EXPECT_FALSE(envelope.has_cost_ceiling_cents());
  EXPECT_EQ(envelope.classification(), "");
  EXPECT_THAT(envelope.regions(), IsEmpty());
  EXPECT_THAT(BreachesOf({Plan({PlannedResource("aws_db_instance",
                                                R"("engine": "postgres", "region": "mars-1",
                                                   "instance_class": "db.m7g.large")")})},
                         text),
              IsEmpty());
}

TEST(CheckEnvelope, ABoringPlanStaysInside) {
  EXPECT_THAT(BreachesOf({Plan({StandardDatabase(), PlannedResource("aws_iam_role", "")})}),
              IsEmpty());
  EXPECT_THAT(BreachesOf({}), IsEmpty());
}

TEST(CheckEnvelope, NamesAndArnsNotKnownYetPassWithAWarning) {
  const auto policy = DetectingPolicy();
  const std::vector<v1::Evidence> evidence = {Plan({StandardDatabase()})};
  const EnvelopeResult result =
      CheckEnvelope(BoringEnvelope(*policy), *policy, evidence, Day(2026, 11, 23));
  EXPECT_THAT(result.breaches, IsEmpty());
  EXPECT_THAT(result.warnings, ElementsAre("plan.json: aws_db_instance.main: not known yet: arn"));
}

TEST(CheckEnvelope, Row51WhatDecidesTheTierAndIsNotKnownYetFails) {
  EXPECT_THAT(BreachesOf({Plan({PlannedResource("aws_db_instance", R"("engine": "postgres")",
                                                R"("instance_class": true)")})}),
              ElementsAre(Pair("allowed", "postgres")));
  EXPECT_THAT(
      BreachesOf({Plan({PlannedResource("aws_db_instance", R"("instance_class": "db.m7g.large")",
                                        R"("engine": true)")})}),
      ElementsAre(Pair("allowed", "aws_db_instance")));
}

TEST(CheckEnvelope, OtherTiersOtherProductsAndUnmappedTypesAreOutside) {
  EXPECT_THAT(BreachesOf({Plan({PlannedResource("aws_db_instance", R"("engine": "postgres",
                                                            "instance_class": "db.t4g.small")"),
                                PlannedResource("aws_msk_cluster", ""),
                                PlannedResource("aws_redshift_cluster", "")})}),
              ElementsAre(Pair("allowed", "aws_redshift_cluster"), Pair("allowed", "kafka/shared"),
                          Pair("allowed", "postgres/standard-s")));
}

TEST(CheckEnvelope, TheCatalogsPricesMayNotPassTheCeiling) {
  const std::string cheap =
      Edited(BoringSpec(), "  - {use: k8s/standard}\n", "  - {use: kafka/shared}\n");
  // Approved: postgres and kafka, 900 USD. A second database of the tier is a warning, since the
  // envelope names tiers and not how many.
  EXPECT_THAT(
      BreachesOf({Plan({StandardDatabase(), PlannedResource("aws_msk_cluster", "")})}, cheap),
      IsEmpty());
  const auto policy = DetectingPolicy();
  v1::Envelope envelope = BoringEnvelope(*policy, cheap);
  const std::vector<v1::Evidence> twice = {
      Plan({StandardDatabase(), PlannedResource("aws_msk_cluster", "")}),
      Plan({StandardDatabase()})};
  const EnvelopeResult warned = CheckEnvelope(envelope, *policy, twice, Day(2026, 11, 23));
  EXPECT_TRUE(warned.inside());
  EXPECT_THAT(warned.warnings, testing::Contains(HasSubstr("1,500 USD, over the 900 USD")));
  envelope.set_cost_ceiling_cents(89999);
  const EnvelopeResult over = CheckEnvelope(envelope, *policy, twice, Day(2026, 11, 23));
  ASSERT_EQ(over.breaches.size(), 1u);
  EXPECT_EQ(over.breaches[0].field(), "cost_ceiling");
  EXPECT_EQ(over.breaches[0].found(), "900 USD");
}

TEST(CheckEnvelope, RegionsAndZonesOfTheProviderAreComparedWithTheCatalogs) {
  const auto in = [](const std::string& region) {
    return Plan({PlannedResource(
        "aws_db_instance",
        R"("engine": "postgres", "instance_class": "db.m7g.large", "availability_zone": ")" +
            region + "\"")});
  };
  EXPECT_THAT(BreachesOf({in("us-east")}), IsEmpty());
  EXPECT_THAT(BreachesOf({in("us-east-1")}), IsEmpty());
  EXPECT_THAT(BreachesOf({in("us-east-1b")}), IsEmpty());
  EXPECT_THAT(BreachesOf({in("us-east1-b")}), IsEmpty());
  EXPECT_THAT(BreachesOf({in("us-eastern")}), ElementsAre(Pair("regions", "us-eastern")));
  EXPECT_THAT(BreachesOf({in("eu-west-1a")}), ElementsAre(Pair("regions", "eu-west-1a")));
}

TEST(CheckEnvelope, AProvidersRegionCountsForTheWholePlan) {
  const auto plan = [](const std::string& expression) {
    return EvidenceFile("terraform", "plan.json",
                        R"({"format_version": "1.2", "configuration": {"provider_config":
                           {"aws": {"expressions": {"region": )" +
                            expression + "}}}}}");
  };
  EXPECT_THAT(BreachesOf({plan(R"({"constant_value": "eu-west-1"})")}),
              ElementsAre(Pair("regions", "eu-west-1")));
  EXPECT_THAT(BreachesOf({plan(R"({"references": ["local.region"]})")}), IsEmpty());
}

TEST(CheckEnvelope, AHigherDataClassIsOutside) {
  const std::string entity = "apiVersion: backstage.io/v1alpha1\nkind: Component\nspec: {system: ";
  EXPECT_THAT(BreachesOf({EvidenceFile("backstage", "catalog-info.yaml", entity + "payments}\n")}),
              ElementsAre(Pair("classification", "restricted")));
  EXPECT_THAT(BreachesOf({EvidenceFile("backstage", "catalog-info.yaml", entity + "uploads}\n")}),
              IsEmpty());
}

TEST(CheckEnvelope, AFileThatCannotBeReadIsABreach) {
  EXPECT_THAT(BreachesOf({EvidenceFile("terraform", "plan.json", "{")}),
              ElementsAre(Pair("allowed", "unknown")));
}

TEST(CheckEnvelope, HoldsThroughItsLastDay) {
  const auto policy = DetectingPolicy();
  const v1::Envelope envelope = BoringEnvelope(*policy);
  EXPECT_TRUE(CheckEnvelope(envelope, *policy, {}, Day(2027, 5, 21)).inside());
  const EnvelopeResult late = CheckEnvelope(envelope, *policy, {}, Day(2027, 5, 22));
  ASSERT_EQ(late.breaches.size(), 1u);
  EXPECT_EQ(late.breaches[0].field(), "expires");
  EXPECT_EQ(late.breaches[0].day().day(), 21);
}

}  // namespace
}  // namespace gavel::rules
