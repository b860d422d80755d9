// Specs that wait for the room, and what people do with them, for tests.
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "engine/app/testing/service.h"
#include "engine/base/error.h"

namespace gavel::app::testing {

// A document that the rules send to the room. `extra` is more front matter.
inline std::string BigDocument(std::string_view title, std::string_view extra = "",
                               int words = 300) {
  return Document(title, "postgres/dedicated-xl", "ana", extra, words);
}

// The same for a spec of no system, which nothing else belongs together with.
inline std::string LoneDocument(std::string_view title, std::string_view extra = "",
                                int words = 300) {
  std::string text = BigDocument(title, extra, words);
  const std::string_view system = "system: uploads\n";
  text.erase(text.find(system), system.size());
  return text;
}

// Submits it and lets every reviewer approve: what is left is the room.
inline std::string Queue(Service& service, const std::string& title, const std::string& document) {
  const std::string key = service.Submit("ana", "specs/" + title + ".md", document,
                                         /*facts_unknown=*/true);
  const v1::Spec spec = service.Get(key);
  for (const v1::Assignment& each : spec.assignments()) {
    service.Take(each.person(), key, v1::Position::KIND_APPROVE);
  }
  EXPECT_EQ(service.Get(key).state(), v1::Spec::STATE_QUEUED)
      << key << " " << service.Get(key).verdict().summary();
  return key;
}

// A new revision of a queued or scheduled spec; major where `major`.
inline v1::Spec Revise(Service& service, const std::string& key, const std::string& document,
                       bool major) {
  v1::AddRevisionRequest request;
  request.set_spec(key);
  request.set_content(document);
  if (major) request.set_kind(v1::Revision::KIND_MAJOR);
  request.set_etag(service.Get(key).etag());
  return service.Do(&SpecApi::AddRevision, "ana", request).spec();
}

inline v1::ListQueueResponse ListQueue(Service& service) {
  v1::ListQueueRequest request;
  request.set_area("media");
  return service.Do(&MeetingApi::ListQueue, "ana", request);
}

// Berlin wall time of a day in November (11) or December (12) 2026.
inline absl::CivilMinute At(int month, int day, int hour = 12, int minute = 1) {
  return absl::CivilMinute(2026, month, day, hour, minute);
}

inline absl::Time Berlin(absl::CivilMinute minute) {
  absl::TimeZone zone;
  absl::LoadTimeZone("Europe/Berlin", &zone);
  return absl::FromCivil(minute, zone);
}

}  // namespace gavel::app::testing
