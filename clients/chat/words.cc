#include "clients/chat/words.h"

#include <cctype>

#include "clients/chat/text.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/time_text.h"

namespace gavel::chat {
namespace {

// `ASYNC_REVIEW` to `Async review`.
std::string Sentence(std::string name) {
  for (size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    if (c == '_')
      name[i] = ' ';
    else if (i > 0)
      name[i] = static_cast<char>(std::tolower(c));
  }
  return name;
}

}  // namespace

std::string StateWord(v1::Spec::State state) {
  if (state == v1::Spec::STATE_AUTO_APPROVED) return "Auto-approved";
  return Sentence(StateName(state));
}

std::string OutcomeWord(v1::DecisionOutcome outcome) {
  if (outcome == v1::DECISION_OUTCOME_APPROVED_WITH_CONDITIONS) return "Approved, if";
  std::string text = OutcomeText(outcome);
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string AuthorityWord(v1::Decision::Authority authority) {
  switch (authority) {
    case v1::Decision::AUTHORITY_RULE:
      return "a rule";
    case v1::Decision::AUTHORITY_ASYNC:
      return "async review";
    case v1::Decision::AUTHORITY_MEETING:
      return "meeting";
    case v1::Decision::AUTHORITY_SPONSOR:
      return "sponsor";
    default:
      return AuthorityName(authority);
  }
}

std::string DateWord(const v1::Date& date) {
  return IsValidDate(date) ? DayText(ToCivilDay(date)) : "";
}

std::string JoinNames(const google::protobuf::RepeatedPtrField<std::string>& names) {
  if (names.empty()) return "nobody";
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + CleanLine(name);
  return out;
}

std::string SpecUrl(const std::string& base_url, const std::string& key) {
  return base_url.empty() ? "" : base_url + "/" + key;
}

std::string MeetingUrl(const std::string& base_url, const std::string& id) {
  return base_url.empty() ? "" : base_url + "/meetings/" + id;
}

}  // namespace gavel::chat
