// What authors ask for beyond the document (`submit --wants`): stricter only, and not forgotten.
#include <gtest/gtest.h>

#include "engine/app/testing/policies.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::Document;
using testing::Service;

std::string Standard(std::string_view more = "") {
  return Document("Resize on a queue", "postgres/standard-s", "ana") + std::string(more);
}

std::string Created(Service& service) {
  v1::CreateSpecRequest create;
  create.set_repository("github.com/acme/uploads");
  create.set_path("specs/a.md");
  create.set_content(Standard());
  create.set_area("media");
  return service.Do(&SpecApi::CreateSpec, "ana", create).spec().key();
}

v1::Spec Revise(Service& service, const std::string& key, const std::string& content) {
  v1::AddRevisionRequest revise;
  revise.set_spec(key);
  revise.set_etag(service.Get(key).etag());
  revise.set_content(content);
  return service.Do(&SpecApi::AddRevision, "ana", revise).spec();
}

std::string State(const v1::Spec& spec) { return StateName(spec.state()); }

TEST(WishTest, ANewRevisionUnderReviewDoesNotForgetIt) {
  Service service;
  const std::string key = Created(service);
  v1::SubmitSpecRequest submit;
  submit.set_spec(key);
  submit.set_wants(v1::REVIEW_MODE_ASYNC);
  ASSERT_EQ(State(service.Do(&SpecApi::SubmitSpec, "ana", submit).spec()), "ASYNC_REVIEW");
  const v1::Spec revised = Revise(service, key, Standard("\nOne more word.\n"));
  EXPECT_EQ(State(revised), "ASYNC_REVIEW") << revised.verdict().summary();
  EXPECT_EQ(revised.wants(), v1::REVIEW_MODE_ASYNC);
}

TEST(WishTest, ItEndsWhereTheSpecIsBackWithItsAuthor) {
  Service service;
  const std::string key = Created(service);
  v1::SubmitSpecRequest submit;
  submit.set_spec(key);
  submit.set_wants(v1::REVIEW_MODE_ASYNC);
  service.Do(&SpecApi::SubmitSpec, "ana", submit);
  v1::RaiseConcernRequest concern;
  concern.set_spec(key);
  concern.set_title("size");
  concern.set_text("Nobody knows how large the queue gets.");
  concern.set_severity(v1::Concern::SEVERITY_BLOCKING);
  concern.set_criteria("The size is measured.");
  service.Do(&SpecApi::RaiseConcern, "kim", concern);
  v1::RequestChangesRequest back;
  back.set_spec(key);
  back.set_reason("The queue has no size yet.");
  ASSERT_EQ(State(service.Do(&SpecApi::RequestChanges, "kim", back).spec()), "CHANGES_REQUESTED");
  EXPECT_EQ(Revise(service, key, Standard("\nOne more word.\n")).wants(),
            v1::REVIEW_MODE_UNSPECIFIED);
}

}  // namespace
}  // namespace gavel::app
