// The source that is a gaveld.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "clients/chat/source.h"
#include "clients/common/connection.h"

namespace gavel::chat {

class ServerSource final : public Source {
 public:
  // `connection` must outlive the source.
  explicit ServerSource(client::Connection& connection) : connection_(connection) {}

  absl::StatusOr<LogHead> Head() override;
  absl::StatusOr<SpecState> Spec(const std::string& key, int64_t min_seq) override;
  absl::StatusOr<MeetingState> Meeting(const std::string& id, MessageKind about) override;
  absl::StatusOr<PersonState> Person(const std::string& id, const std::string& spec) override;
  absl::StatusOr<Listing> ListSpecs() override;
  absl::StatusOr<std::vector<v1::Meeting>> ListMeetings(absl::Time from) override;
  absl::Status Watch(const Position& position, const OnResponse& on_response) override;

 private:
  absl::StatusOr<absl::TimeZone> ZoneOf(const std::string& area);
  absl::StatusOr<v1::Meeting> FetchMeeting(const std::string& id, int64_t* seq);
  absl::StatusOr<v1::Spec> FetchSpec(const std::string& key);
  absl::Status FetchDocument(MessageKind about, MeetingState& state);
  absl::Status FetchNext(MeetingState& state);

  client::Connection& connection_;
};

}  // namespace gavel::chat
