#include "clients/chat/server_source.h"

#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "gavel/v1/meeting_service.pb.h"
#include "gavel/v1/org_service.pb.h"
#include "gavel/v1/server_service.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::chat {
namespace {

constexpr int kPageSize = 200;
constexpr int kMostMeetings = 1000;
constexpr absl::Duration kHorizon = absl::Hours(24 * 60);  // Meetings are planned 8 weeks ahead.

bool IsOn(const v1::Meeting& meeting) { return meeting.state() != v1::Meeting::STATE_CANCELLED; }

}  // namespace

absl::StatusOr<LogHead> ServerSource::Head() {
  GAVEL_ASSIGN_OR_RETURN(const auto info,
                         connection_.Call<v1::GetServerInfoResponse>(v1::GetServerInfoRequest()));
  return LogHead{info.log_id(), info.seq(), FromProto(info.now())};
}

absl::StatusOr<absl::TimeZone> ServerSource::ZoneOf(const std::string& area) {
  v1::GetAreaRequest request;
  request.set_area(area);
  GAVEL_ASSIGN_OR_RETURN(const auto response, connection_.Call<v1::GetAreaResponse>(request));
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(response.calendar().zone(), &zone)) return absl::UTCTimeZone();
  return zone;
}

absl::StatusOr<v1::Meeting> ServerSource::FetchMeeting(const std::string& id, int64_t* seq) {
  v1::GetMeetingRequest request;
  request.set_meeting(id);
  GAVEL_ASSIGN_OR_RETURN(auto response, connection_.Call<v1::GetMeetingResponse>(request));
  *seq = response.seq();
  return std::move(*response.mutable_meeting());
}

absl::StatusOr<SpecState> ServerSource::Spec(const std::string& key, int64_t min_seq) {
  v1::GetSpecRequest get;
  get.set_spec(key);
  get.set_min_seq(min_seq);
  GAVEL_ASSIGN_OR_RETURN(auto spec, connection_.Call<v1::GetSpecResponse>(get));
  v1::ExplainSpecRequest explain;
  explain.set_spec(key);
  GAVEL_ASSIGN_OR_RETURN(auto explained, connection_.Call<v1::ExplainSpecResponse>(explain));
  SpecState state;
  state.spec = std::move(*spec.mutable_spec());
  state.turn = std::move(*explained.mutable_turn());
  state.state_text = explained.state_text();
  GAVEL_ASSIGN_OR_RETURN(state.zone, ZoneOf(state.spec.area()));
  if (!state.spec.meeting().empty()) {
    int64_t seq = 0;
    GAVEL_ASSIGN_OR_RETURN(state.meeting, FetchMeeting(state.spec.meeting(), &seq));
  }
  return state;
}

absl::StatusOr<v1::Spec> ServerSource::FetchSpec(const std::string& key) {
  v1::GetSpecRequest request;
  request.set_spec(key);
  GAVEL_ASSIGN_OR_RETURN(auto response, connection_.Call<v1::GetSpecResponse>(request));
  return std::move(*response.mutable_spec());
}

absl::Status ServerSource::FetchDocument(MessageKind about, MeetingState& state) {
  const std::string& id = state.meeting.id();
  if (about == MessageKind::kPacket) {
    v1::GetAgendaRequest request;
    request.set_meeting(id);
    request.set_html(true);
    GAVEL_ASSIGN_OR_RETURN(auto response, connection_.Call<v1::GetAgendaResponse>(request));
    state.agenda = {response.markdown(), response.html()};
  } else if (about == MessageKind::kMinutes) {
    v1::GetMinutesRequest request;
    request.set_meeting(id);
    request.set_html(true);
    GAVEL_ASSIGN_OR_RETURN(auto response, connection_.Call<v1::GetMinutesResponse>(request));
    state.minutes = {response.markdown(), response.html()};
  }
  return absl::OkStatus();
}

absl::Status ServerSource::FetchNext(MeetingState& state) {
  const absl::Time own = FromProto(state.meeting.start_time());
  GAVEL_ASSIGN_OR_RETURN(const auto later, ListMeetings(own));
  for (const v1::Meeting& meeting : later) {
    const bool same = meeting.id() == state.meeting.id();
    if (meeting.area() != state.meeting.area() || same || !IsOn(meeting)) continue;
    const absl::Time start = FromProto(meeting.start_time());
    if (!state.next || start < *state.next) state.next = start;
  }
  return absl::OkStatus();
}

absl::StatusOr<MeetingState> ServerSource::Meeting(const std::string& id, MessageKind about) {
  MeetingState state;
  GAVEL_ASSIGN_OR_RETURN(state.meeting, FetchMeeting(id, &state.seq));
  std::vector<std::string> keys;
  for (const v1::Slot& slot : state.meeting.slots()) keys.push_back(slot.spec());
  if (!state.meeting.stand_by().empty()) keys.push_back(state.meeting.stand_by());
  for (const std::string& key : keys) {
    GAVEL_ASSIGN_OR_RETURN(state.specs.emplace_back(), FetchSpec(key));
  }
  GAVEL_RETURN_IF_ERROR(FetchDocument(about, state));
  GAVEL_RETURN_IF_ERROR(FetchNext(state));
  return state;
}

absl::StatusOr<PersonState> ServerSource::Person(const std::string& id, const std::string& spec) {
  PersonState state;
  GAVEL_ASSIGN_OR_RETURN(const auto people,
                         connection_.Call<v1::ListPeopleResponse>(v1::ListPeopleRequest()));
  for (const v1::Person& person : people.people()) {
    if (person.id() == id) state.person = person;
  }
  if (state.person.id().empty()) return absl::NotFoundError("no person " + id);
  if (spec.empty()) return state;
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec found, FetchSpec(spec));
  GAVEL_ASSIGN_OR_RETURN(state.zone, ZoneOf(found.area()));
  return state;
}

absl::StatusOr<Listing> ServerSource::ListSpecs() {
  Listing listing;
  v1::ListSpecsRequest request;
  request.set_page_size(kPageSize);
  do {
    GAVEL_ASSIGN_OR_RETURN(auto page, connection_.Call<v1::ListSpecsResponse>(request));
    // The oldest page's place: what changed while listing is then seen again, never missed.
    if (listing.seq == 0) listing.seq = page.seq();
    for (v1::Spec& spec : *page.mutable_specs()) listing.specs.push_back(std::move(spec));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return listing;
}

absl::StatusOr<std::vector<v1::Meeting>> ServerSource::ListMeetings(absl::Time from) {
  v1::ListMeetingsRequest request;
  *request.mutable_from_time() = ToProto(from);
  *request.mutable_to_time() = ToProto(from + kHorizon);
  request.set_page_size(kMostMeetings);
  GAVEL_ASSIGN_OR_RETURN(const auto response, connection_.Call<v1::ListMeetingsResponse>(request));
  return std::vector<v1::Meeting>(response.meetings().begin(), response.meetings().end());
}

absl::Status ServerSource::Watch(const Position& position, const OnResponse& on_response) {
  v1::WatchEventsRequest request;
  if (position.cursor.empty()) {
    request.set_after_seq(position.through_seq);
  } else {
    request.set_cursor(position.cursor);
  }
  return connection_.Watch(request, on_response);
}

}  // namespace gavel::chat
