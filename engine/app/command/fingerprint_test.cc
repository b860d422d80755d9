#include "engine/app/command/fingerprint.h"

#include <gtest/gtest.h>

#include "gavel/v1/org_service.pb.h"
#include "gavel/v1/server_service.pb.h"

namespace gavel::app {
namespace {

v1::SetAbsenceRequest Absence(const std::string& person, const std::string& request_id) {
  v1::SetAbsenceRequest request;
  request.set_person(person);
  request.set_request_id(request_id);
  return request;
}

TEST(Fingerprint, LeavesTheRequestIdOut) {
  EXPECT_EQ(Fingerprint(Absence("ana", "1")), Fingerprint(Absence("ana", "2")));
  EXPECT_EQ(Fingerprint(Absence("ana", "1")).size(), 32u);
}

TEST(Fingerprint, DependsOnEverythingElse) {
  EXPECT_NE(Fingerprint(Absence("ana", "1")), Fingerprint(Absence("bo", "1")));
}

TEST(Fingerprint, WorksWithoutARequestIdField) {
  v1::AdvanceClockRequest request;
  const std::string before = Fingerprint(request);
  request.mutable_by()->set_seconds(1);
  EXPECT_NE(Fingerprint(request), before);
}

TEST(Fingerprint, OfAMapDoesNotDependOnItsOrder) {
  v1::GetServerInfoResponse forward;
  v1::GetServerInfoResponse backward;
  for (int i = 0; i < 100; ++i) (*forward.mutable_limits())[std::to_string(i)] = i;
  for (int i = 99; i >= 0; --i) (*backward.mutable_limits())[std::to_string(i)] = i;
  EXPECT_EQ(Fingerprint(forward), Fingerprint(backward));
}

}  // namespace
}  // namespace gavel::app
