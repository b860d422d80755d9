// Rows of the edge table (rules.md, section 5) that happen over time: edits after an approval, and
// what is never stored. The other rows stand where tests/layout/edge_table_test.py says.
#include <gtest/gtest.h>

#include "engine/app/testing/service.h"
#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"

namespace gavel::app {
namespace {

using testing::Document;
using testing::Service;

constexpr char kPath[] = "specs/a.md";

std::string State(const v1::Spec& spec) { return StateName(spec.state()); }

// Several lines, so that a word more changes little.
std::string Approvable(const std::string& use = "postgres/standard-m") {
  return Document("Resize on a queue", use, "ana");
}

v1::AddRevisionRequest Revision(Service& service, const std::string& key, std::string content) {
  v1::AddRevisionRequest request;
  request.set_spec(key);
  request.set_etag(service.Get(key).etag());
  request.set_content(std::move(content));
  return request;
}

v1::Spec Revise(Service& service, std::string_view person, const std::string& key,
                std::string content) {
  return service.Do(&SpecApi::AddRevision, person, Revision(service, key, std::move(content)))
      .spec();
}

TEST(EdgeTableRow43, ATypoAfterAnApprovalKeepsItAndIsLogged) {
  Service service;
  const std::string key = service.Submit("ana", kPath, Approvable());
  const v1::Spec spec = Revise(service, "ana", key, Approvable() + "One more word.\n");
  EXPECT_EQ(State(spec), "AUTO_APPROVED");
  ASSERT_EQ(spec.revisions_size(), 2);
  EXPECT_EQ(spec.revisions(1).kind(), v1::Revision::KIND_EDITORIAL);
  EXPECT_EQ(spec.decisions_size(), 1);
  EXPECT_EQ(spec.decisions(0).force(), v1::Decision::FORCE_IN_FORCE);
  EXPECT_EQ(spec.verdict().pins().content(), spec.revisions(1).content_hash());
}

TEST(EdgeTableRow44, ATierPastItsSunsetAfterAnApprovalStaysItAndAsksPlatform) {
  Service service;
  const std::string key = service.Submit("ana", kPath, Approvable());
  const v1::Spec spec = Revise(service, "ana", key, Approvable("dynamodb/on-demand"));
  EXPECT_EQ(State(spec), "ASYNC_REVIEW");
  EXPECT_EQ(spec.decisions(0).force(), v1::Decision::FORCE_STAYED);
  ASSERT_EQ(spec.verdict().areas_size(), 1);
  EXPECT_EQ(spec.verdict().areas(0), "platform");
}

TEST(EdgeTableRow45, AVerdictIsStoredWithTheRevisionItIsAboutOrNotAtAll) {
  Service service;
  const std::string key = service.Submit("ana", kPath, Approvable());
  // Both edits were prepared over revision 1; the second finds another one.
  const auto first = Revision(service, key, Approvable("postgres/dedicated-xl"));
  const auto second = Revision(service, key, Approvable("s3/standard"));
  service.Do(&SpecApi::AddRevision, "ana", first);
  v1::AddRevisionResponse response;
  EXPECT_EQ(ErrorReasonOf(service.Call(&SpecApi::AddRevision, "ana", second, &response)),
            "ETAG_MISMATCH");
  const v1::Spec spec = service.Get(key);
  EXPECT_EQ(spec.revisions_size(), 2);
  EXPECT_EQ(spec.verdict().pins().content(), spec.revisions(1).content_hash());
  EXPECT_NE(spec.verdict().mode(), v1::REVIEW_MODE_AUTO);
}

TEST(EdgeTableRow46, OnlyAnAuthorTakesOverAReviewersWords) {
  Service service;
  const std::string key = service.Submit("ana", kPath, Approvable());
  v1::AddRevisionResponse response;
  EXPECT_EQ(service
                .Call(&SpecApi::AddRevision, "kim",
                      Revision(service, key, Approvable("postgres/dedicated-xl")), &response)
                .code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(State(Revise(service, "ana", key, Approvable("postgres/dedicated-xl"))),
            "ASYNC_REVIEW");
}

TEST(EdgeTableRow53, AVerdictThatIsStoredIsOfTheServersDay) {
  Service service;
  const v1::Spec spec = service.Get(service.Submit("ana", kPath, Approvable()));
  EXPECT_EQ(ToCivilDay(spec.verdict().pins().as_of()), absl::CivilDay(2026, 11, 23));
  v1::EvaluateRequest request;
  request.set_spec(spec.key());
  *request.mutable_as_of() = ToDate(absl::CivilDay(2030, 1, 1));
  // The tiers' review dates have passed by then.
  EXPECT_NE(service.Do(&RulesApi::Evaluate, "ana", request).verdict().mode(), v1::REVIEW_MODE_AUTO);
  EXPECT_EQ(State(service.Get(spec.key())), "AUTO_APPROVED");
}

TEST(EdgeTableRow60, ADraftIsPreviewedAndNotDecided) {
  Service service;
  v1::CreateSpecRequest create;
  create.set_repository("github.com/acme/uploads");
  create.set_path(kPath);
  create.set_content(Approvable());
  const auto created = service.Do(&SpecApi::CreateSpec, "ana", create);
  EXPECT_EQ(created.preview().mode(), v1::REVIEW_MODE_AUTO);
  EXPECT_EQ(State(created.spec()), "DRAFT");
  EXPECT_EQ(created.spec().decisions_size(), 0);
}

}  // namespace
}  // namespace gavel::app
