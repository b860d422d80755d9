// Requests that are refused for what they say, before the lifecycle is asked.
#include <gtest/gtest.h>

#include "engine/app/testing/service.h"
#include "engine/base/error.h"

namespace gavel::app {
namespace {

using testing::Document;
using testing::Service;

bool Has(const absl::Status& status, std::string_view part) {
  return std::string(status.message()).find(part) != std::string::npos;
}

v1::CreateSpecRequest CreateRequest(std::string_view author = "ana") {
  v1::CreateSpecRequest create;
  create.set_repository("github.com/acme/uploads");
  create.set_path("specs/a.md");
  create.set_content(Document("Resize on a queue", "kafka/dedicated", author));
  return create;
}

absl::Status Create(Service& service, const v1::CreateSpecRequest& request) {
  v1::CreateSpecResponse response;
  return service.Call(&SpecApi::CreateSpec, "ana", request, &response);
}

TEST(RequestChecks, NobodyFillsTheInboxOfAnother) {
  Service service;
  v1::CreateSpecRequest create = CreateRequest("eli");
  for (const bool validate_only : {true, false}) {
    create.set_validate_only(validate_only);
    const absl::Status status = Create(service, create);
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << status.ToString();
    EXPECT_TRUE(Has(status, "`ana` is not among the authors of this document (`eli`)")) << status;
  }
  v1::ListInboxRequest inbox;
  EXPECT_EQ(service.Do(&SpecApi::ListInbox, "eli", inbox).items_size(), 0);
  EXPECT_TRUE(Create(service, CreateRequest()).ok());
  EXPECT_EQ(service.Get("MEDIA-1").path(), "specs/a.md") << "no key was used up";
}

TEST(RequestChecks, PlacesAreNamesOnOneLine) {
  Service service;
  for (const char* name : {"a\nb", "a\tb", "a\x1B[31mb",
                           "a\xE2\x80\xAE"
                           "b",
                           "a\xC2\x85"
                           "b"}) {
    v1::CreateSpecRequest create = CreateRequest();
    create.set_repository(name);
    EXPECT_TRUE(Has(Create(service, create), "repository: holds ")) << name;
    create = CreateRequest();
    create.set_path(name);
    EXPECT_TRUE(Has(Create(service, create), "path: holds ")) << name;
    v1::FindSpecRequest find;
    find.set_repository("github.com/acme/uploads");
    find.set_path(name);
    v1::FindSpecResponse found;
    EXPECT_EQ(service.Call(&SpecApi::FindSpec, "ana", find, &found).code(),
              absl::StatusCode::kInvalidArgument);
  }
  v1::CreateSpecRequest create = CreateRequest();
  create.set_path("specs/Größe (1).md");
  EXPECT_TRUE(Create(service, create).ok());
}

TEST(RequestChecks, ReviewersAreOtherPeopleOfTheOrganisation) {
  struct Row {
    const char* person;
    const char* says;
  };
  Service service;
  v1::SubmitSpecRequest submit;
  submit.set_spec(service.Do(&SpecApi::CreateSpec, "ana", CreateRequest()).spec().key());
  for (const Row& row :
       {Row{"nobody", "reviewers[1]: `@nobody` is nobody in the organisation."},
        Row{"chenn", "Did you mean `chen`?"}, Row{"sec@evil", "`@sec@evil` is nobody"},
        Row{"gavel-bot", "`@gavel-bot` is nobody"}, Row{"", "is nobody"},
        Row{"ana", "`@ana` is an author; nobody reviews their own spec."}}) {
    for (const bool validate_only : {true, false}) {
      v1::SubmitSpecRequest wrong = submit;
      wrong.add_reviewers("chen");
      wrong.add_reviewers(row.person);
      wrong.set_validate_only(validate_only);
      v1::SubmitSpecResponse response;
      const absl::Status status = service.Call(&SpecApi::SubmitSpec, "ana", wrong, &response);
      EXPECT_EQ(ErrorReasonOf(status), "FIELD_INVALID") << row.person;
      EXPECT_TRUE(Has(status, row.says)) << status;
    }
  }
  submit.add_reviewers("chen");
  EXPECT_EQ(service.Do(&SpecApi::SubmitSpec, "ana", submit).spec().requested_reviewers_size(), 1);
}

TEST(RequestChecks, AListOfAnUnknownAreaIsRefused) {
  Service service;
  v1::ListInboxRequest inbox;
  inbox.set_area("nope");
  v1::ListInboxResponse items;
  const absl::Status status = service.Call(&SpecApi::ListInbox, "ana", inbox, &items);
  EXPECT_EQ(ErrorReasonOf(status), "AREA_NOT_FOUND");
  v1::ListDecisionsRequest decisions;
  decisions.set_area("nope");
  v1::ListDecisionsResponse records;
  EXPECT_EQ(service.Call(&SpecApi::ListDecisions, "ana", decisions, &records), status);
  inbox.set_area("media");
  decisions.set_area("media");
  EXPECT_TRUE(service.Call(&SpecApi::ListInbox, "ana", inbox, &items).ok());
  EXPECT_TRUE(service.Call(&SpecApi::ListDecisions, "ana", decisions, &records).ok());
}

TEST(RequestChecks, ARequestIdIsAUuid) {
  Service service;
  v1::CreateSpecRequest create = CreateRequest();
  for (const char* id :
       {"abc", "6f1f1a52-3f57-4f7c-9c3f-0a9b8c7d6e5", "6f1f1a523f574f7c9c3f0a9b8c7d6e5f",
        "6f1f1a52-3f57-4f7c-9c3f-0a9b8c7d6e5g", "6f1f1a52-3f57-4f7c-9c3f-0a9b8c7d6e5f "}) {
    create.set_request_id(id);
    EXPECT_TRUE(Has(Create(service, create), "request_id: must be a UUID")) << id;
  }
  create.set_request_id("6F1F1A52-3f57-4f7c-9c3f-0a9b8c7d6e5f");
  EXPECT_TRUE(Create(service, create).ok());
}

TEST(RequestChecks, ACommentAnswersSomethingThatIsThere) {
  Service service;
  v1::AddCommentRequest comment;
  comment.set_spec(service.Submit("ana", "specs/a.md", CreateRequest().content()));
  comment.set_text("Why?");
  EXPECT_EQ(service.Do(&SpecApi::AddComment, "chen", comment).spec().comment_count(), 1);
  v1::RaiseConcernRequest concern;
  concern.set_spec(comment.spec());
  concern.set_title("size");
  concern.set_text("Nobody knows how large the queue gets.");
  concern.set_severity(v1::Concern::SEVERITY_QUESTION);
  service.Do(&SpecApi::RaiseConcern, "chen", concern);
  for (const char* there : {"m1", "c1", "m2"}) {
    comment.set_in_reply_to(there);
    service.Do(&SpecApi::AddComment, "ana", comment);
  }
  for (const char* missing : {"m99", "m0", "m01", "m-1", "m", "c2", "x"}) {
    comment.set_in_reply_to(missing);
    v1::AddCommentResponse response;
    const absl::Status status = service.Call(&SpecApi::AddComment, "ana", comment, &response);
    EXPECT_EQ(ErrorReasonOf(status), "PART_NOT_FOUND") << missing;
    EXPECT_TRUE(Has(status, "There: c1 \"size\", m1 to m4.")) << status;
  }
}

}  // namespace
}  // namespace gavel::app
