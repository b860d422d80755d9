#include "clients/chat/person_post.h"

#include <algorithm>

#include "clients/chat/text.h"
#include "clients/chat/words.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/wording.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

constexpr int kMostItems = 8;
constexpr size_t kTitleChars = 80;
constexpr size_t kTextChars = 160;

// `Dee`: what a colleague would call them.
std::string FirstName(const v1::Person& person) {
  const std::string name = CleanLine(person.name());
  return name.empty() ? CleanLine(person.id()) : name.substr(0, name.find(' '));
}

// `due today`, `due Fri 11 Dec`, `was due yesterday`; empty without a deadline.
std::string DueText(const v1::NotifiedItem& item, absl::Time now, const absl::TimeZone& zone) {
  if (item.step() == "lapsed") return "its time is over";
  if (!item.has_due_time()) return "";
  const absl::Time due = FromProto(item.due_time());
  const absl::CivilDay day = absl::ToCivilDay(due, zone);
  const absl::CivilDay today = absl::ToCivilDay(now, zone);
  const std::string was = due < now ? "was due " : "due ";
  if (day == today) return was + "today";
  if (day == today + 1) return was + "tomorrow";
  if (day == today - 1) return was + "yesterday";
  return was + DayText(day);
}

Field ItemField(const v1::NotifiedItem& item, absl::Time now, const absl::TimeZone& zone) {
  const std::string due = DueText(item, now, zone);
  const std::string text = Clip(CleanLine(item.text()), kTextChars);
  return {due.empty() ? item.spec() : fmt::format("{} ({})", item.spec(), due), text};
}

// `Waiting for others on 1. Nothing else.`
std::string Rest(const v1::PersonNotified& told) {
  std::string text;
  const int more = told.items_size() - kMostItems;
  if (more > 0) text = fmt::format("And {} more: gavel inbox. ", more);
  if (told.waiting_for_others() > 0) {
    text += fmt::format("Waiting for others on {}. ", told.waiting_for_others());
  }
  return text + (more > 0 ? "" : "Nothing else.");
}

}  // namespace

std::string PersonKey(const v1::PersonNotified& told) {
  return fmt::format("person/{}/{:04}-{:02}-{:02}", told.person(), told.day().year(),
                     told.day().month(), told.day().day());
}

Message PersonMessage(const PersonState& state, const v1::Event& event, absl::Time now,
                      const std::string& base_url) {
  const v1::PersonNotified& told = event.person_notified();
  Message message;
  message.kind = MessageKind::kPerson;
  message.group_key = PersonKey(told);
  message.seq = event.seq();
  message.time = FromProto(event.time());
  message.milestone = message.group_key;
  message.title =
      fmt::format("{} {}", told.direct() ? "Hello" : "Good morning", FirstName(state.person));
  message.word = told.items().empty() ? "Nothing is your turn"
                                      : fmt::format("Your turn on {}", told.items_size());
  const int shown = std::min(told.items_size(), kMostItems);
  for (int i = 0; i < shown; ++i) {
    const v1::NotifiedItem& item = told.items(i);
    Field field = ItemField(item, now, state.zone);
    message.sentence += fmt::format("{}{} {}", i == 0 ? "" : "; ", field.label, field.value);
    const std::string title = Clip(CleanLine(item.title()), kTitleChars);
    if (!title.empty()) field.value += fmt::format(" · {}", title);
    message.fields.push_back(std::move(field));
    const std::string url = SpecUrl(base_url, item.spec());
    if (!url.empty()) message.links.push_back({item.spec(), url});
  }
  message.footer = CleanLine(Rest(told));
  message.sentence += fmt::format("{}{}", shown > 0 ? ". " : "", message.footer);
  return message;
}

}  // namespace gavel::chat
