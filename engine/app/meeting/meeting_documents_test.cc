// The documents of one meeting and one decision, through the whole application.

#include <gtest/gtest.h>

#include "engine/app/testing/service.h"
#include "engine/base/error.h"

namespace gavel::app {
namespace {

using testing::Document;
using testing::Service;

constexpr char kMeeting[] = "2026-11-26-media";

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

v1::GetAgendaResponse Agenda(Service& service, bool html = false) {
  v1::GetAgendaRequest request;
  request.set_meeting(kMeeting);
  request.set_html(html);
  return service.Do(&MeetingApi::GetAgenda, "kim", request);
}

v1::GetMinutesResponse Minutes(Service& service, const std::string& meeting = kMeeting) {
  v1::GetMinutesRequest request;
  request.set_meeting(meeting);
  return service.Do(&MeetingApi::GetMinutes, "kim", request);
}

// One spec that needs the room, reviewed and queued before the first cut-off.
std::string Queued(Service& service) {
  const std::string key = service.Submit(
      "ana", "specs/big.md", Document("A dedicated database", "postgres/dedicated-xl", "ana"));
  const v1::Spec reviewed = service.Get(key);
  for (const v1::Assignment& each : reviewed.assignments()) {
    service.Take(each.person(), key, v1::Position::KIND_APPROVE);
  }
  EXPECT_EQ(service.Get(key).state(), v1::Spec::STATE_QUEUED);
  return key;
}

void Hold(Service& service, const std::string& key) {
  service.AdvanceTo(absl::CivilMinute(2026, 11, 26, 15, 0));
  v1::OpenMeetingRequest open;
  open.set_meeting(kMeeting);
  service.Do(&MeetingApi::OpenMeeting, "kim", open);
  v1::OpenItemRequest item;
  item.set_meeting(kMeeting);
  item.set_spec(key);
  service.Do(&MeetingApi::OpenItem, "kim", item);
  v1::RecordOutcomeRequest outcome;
  outcome.set_meeting(kMeeting);
  outcome.set_spec(key);
  outcome.set_kind(v1::Outcome::KIND_APPROVE);
  outcome.set_rationale("The data does not fit a standard tier.");
  outcome.set_etag(service.Get(key).etag());
  service.Do(&MeetingApi::RecordOutcome, "kim", outcome);
  v1::CloseMeetingRequest close;
  close.set_meeting(kMeeting);
  service.Do(&MeetingApi::CloseMeeting, "kim", close);
}

TEST(MeetingDocumentsTest, AgendaIsAPreviewUntilItIsSentOut) {
  Service service;
  const std::string key = Queued(service);
  const v1::GetAgendaResponse agenda = Agenda(service);
  EXPECT_FALSE(agenda.frozen());
  EXPECT_TRUE(agenda.readers().empty());
  EXPECT_TRUE(Has(agenda.markdown(), key + " r1 A dedicated database")) << agenda.markdown();
  EXPECT_TRUE(Has(agenda.markdown(), "a preview; sent out Tue 24 Nov 10:00")) << agenda.markdown();
}

TEST(MeetingDocumentsTest, PacketNamesItsReadersAndStaysAsSent) {
  Service service;
  const std::string key = Queued(service);
  service.AdvanceTo(absl::CivilMinute(2026, 11, 24, 10, 1));
  const v1::GetAgendaResponse packet = Agenda(service, true);
  ASSERT_TRUE(packet.frozen());
  EXPECT_TRUE(Has(packet.html(), "<!DOCTYPE html>"));
  ASSERT_FALSE(packet.readers().empty());
  for (const v1::PacketReader& reader : packet.readers()) {
    EXPECT_EQ(reader.specs(0), key);
    if (reader.person() == "ana") {
      EXPECT_EQ(reader.minutes(), 0);
    }
  }
  EXPECT_EQ(service.GetMeeting(kMeeting).readers_size(), packet.readers_size());

  v1::SetGoRequest go;
  go.set_meeting(kMeeting);
  go.set_spec(key);
  go.set_go(v1::Slot::GO_GO);
  service.Do(&MeetingApi::SetGo, "kim", go);
  EXPECT_EQ(Agenda(service).markdown(),
            packet.markdown() + "\nSince this was sent out:\n\n- " + key + ": go\n");
}

TEST(MeetingDocumentsTest, MinutesAreADraftAndThenWhatWasPublished) {
  Service service;
  const std::string key = Queued(service);
  service.AdvanceTo(absl::CivilMinute(2026, 11, 24, 10, 1));
  Hold(service, key);
  EXPECT_FALSE(Minutes(service).published());
  EXPECT_TRUE(Has(Minutes(service).markdown(), "**Draft**"));

  v1::PublishMinutesRequest publish;
  publish.set_meeting(kMeeting);
  service.Do(&MeetingApi::PublishMinutes, "kim", publish);
  const v1::GetMinutesResponse minutes = Minutes(service);
  EXPECT_TRUE(minutes.published());
  EXPECT_FALSE(Has(minutes.markdown(), "Draft")) << minutes.markdown();
  EXPECT_TRUE(Has(minutes.markdown(), "- Outcome: **approved**")) << minutes.markdown();

  v1::WriteNotesRequest late;
  late.set_meeting(kMeeting);
  late.set_text("One more thing.");
  v1::WriteNotesResponse unused;
  const absl::Status refused = service.Call(&MeetingApi::WriteNotes, "lee", late, &unused);
  EXPECT_EQ(ErrorReasonOf(refused), "GUARD_FAILED");
  EXPECT_TRUE(Has(std::string(refused.message()), "its minutes are published")) << refused;

  // A business day later nobody has contested it: that stands below what was published.
  service.AdvanceTo(absl::CivilMinute(2026, 11, 30, 10, 0));
  EXPECT_EQ(Minutes(service).markdown(), minutes.markdown() +
                                             "\nSince these minutes were published:\n\n- " + key +
                                             ": the decision is final\n");
}

TEST(MeetingDocumentsTest, MeetingsOfAnUnknownAreaAreNotAnEmptyList) {
  Service service;
  v1::ListMeetingsRequest request;
  request.set_area("medai");
  v1::ListMeetingsResponse response;
  const absl::Status refused = service.Call(&MeetingApi::ListMeetings, "kim", request, &response);
  EXPECT_EQ(ErrorReasonOf(refused), "AREA_NOT_FOUND");
  request.set_area("media");
  EXPECT_FALSE(service.Do(&MeetingApi::ListMeetings, "kim", request).meetings().empty());
}

TEST(MeetingDocumentsTest, CancelledMeetingHasMinutesToo) {
  Service service;
  service.AdvanceTo(absl::CivilMinute(2026, 11, 24, 10, 1));
  EXPECT_TRUE(Has(Minutes(service).markdown(), "**Not held**: nothing needed the room"))
      << Minutes(service).markdown();
  EXPECT_TRUE(Has(Agenda(service).markdown(), "**Cancelled**: nothing needed the room"));
}

TEST(ExportDecisionsTest, RecordSpeaksOfTheRevisionThatWasDecided) {
  Service service;
  const std::string key = Queued(service);
  service.AdvanceTo(absl::CivilMinute(2026, 11, 24, 10, 1));
  Hold(service, key);
  v1::ExportDecisionsRequest request;
  request.set_area("media");
  const auto exported = service.Do(&SpecApi::ExportDecisions, "ana", request);
  ASSERT_EQ(exported.records_size(), 1);
  EXPECT_EQ(exported.records(0).file_name(), "2026-11-26-" + key + "-d1.md");
  EXPECT_TRUE(Has(exported.records(0).markdown(), "# " + key + " A dedicated database\n"));
  EXPECT_TRUE(Has(exported.records(0).markdown(), "The data does not fit a standard tier."));

  *request.mutable_to_time() = service.Get(key).create_time();
  EXPECT_TRUE(service.Do(&SpecApi::ExportDecisions, "ana", request).records().empty());
}

TEST(ExportDecisionsTest, UnknownPartsAreRefused) {
  Service service;
  const std::string key = Queued(service);
  v1::ExportDecisionsRequest request;
  v1::ExportDecisionsResponse response;
  request.set_area("nowhere");
  EXPECT_EQ(service.Call(&SpecApi::ExportDecisions, "ana", request, &response).code(),
            absl::StatusCode::kNotFound);
  request.clear_area();
  request.set_spec(key);
  request.set_decision("d9");
  EXPECT_EQ(service.Call(&SpecApi::ExportDecisions, "ana", request, &response).code(),
            absl::StatusCode::kNotFound);
  request.set_spec("MEDIA-999");
  EXPECT_EQ(service.Call(&SpecApi::ExportDecisions, "ana", request, &response).code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace gavel::app
