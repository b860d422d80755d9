// The bot's few words of its own; sentences about a spec come from the server.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::chat {

// `Async review`, `Auto-approved`; an unknown state as the wire's text.
std::string StateWord(v1::Spec::State state);

// `Approved`, `Approved, if`, `Rejected`.
std::string OutcomeWord(v1::DecisionOutcome outcome);

// `a rule`, `async review`, `meeting`, `sponsor`: who decided, never mixed up.
std::string AuthorityWord(v1::Decision::Authority authority);

// `Fri 30 Jan`; empty for no day.
std::string DateWord(const v1::Date& date);

// `ana, bo`; `nobody` for none. Cleaned.
std::string JoinNames(const google::protobuf::RepeatedPtrField<std::string>& names);

// URL of a spec or meeting page; empty where `base_url` is.
std::string SpecUrl(const std::string& base_url, const std::string& key);
std::string MeetingUrl(const std::string& base_url, const std::string& id);

}  // namespace gavel::chat
