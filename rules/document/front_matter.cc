#include "rules/document/front_matter.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/document/front_matter_reader.h"
#include "rules/schema/keys.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// `x-team`: an organisation's own key, which nothing here reads.
bool IsOwnKey(std::string_view key) {
  return key.size() > 2 && key.starts_with("x-") &&
         std::all_of(key.begin() + 2, key.end(), [](char c) {
           return c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
         });
}

}  // namespace

void ReadFrontMatter(const YamlNode& root, const DocumentOptions& options, ValueReader& reader,
                     v1::Facts& facts) {
  SetHeaderMissing(facts);
  FrontMatterReader front_matter(root, options, reader, facts);
  front_matter.ReadIdentity();
  front_matter.ReadRuleFacts();
}

void FrontMatterReader::ReadIdentity() {
  CheckKeys();
  ReadVersion();
  ReadTexts();
  ReadAreas();
  ReadPeople();
  ReadWishes();
  ReadOpenDecisions();
  ReadLinks();
}

std::optional<Place> FrontMatterReader::Find(const Place& parent, std::string_view key) const {
  const YamlNode* const node = parent.node.Find(key);
  if (node == nullptr) return std::nullopt;
  return Child(parent, *node, key);
}

std::optional<Place> FrontMatterReader::Require(const Place& parent, std::string_view key,
                                                std::string_view fix) {
  auto place = Find(parent, key);
  if (!place) {
    const bool top = parent.path.empty();
    reader_.ReportMissing(top ? std::string(key) : fmt::format("{}.{}", parent.path, key), fix);
  }
  return place;
}

std::vector<std::string> FrontMatterReader::WordsAt(std::string_view key, Form form, size_t max) {
  const auto place = Find(root_, key);
  return place ? reader_.Words(*place, form, 0, max).value : std::vector<std::string>();
}

void FrontMatterReader::CheckKeys() {
  const std::vector<std::string>& keys = KeyNames(Shape::kFrontMatter);
  for (const YamlEntry& entry : root_.node.entries) {
    const std::string& key = entry.key.value;
    if (IsOwnKey(key) || std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    reader_.Report("GV102", Child(root_, entry.key, key),
                   fmt::format("No such key.{} Own keys start with `x-`.", DidYouMean(key, keys)));
  }
}

void FrontMatterReader::ReadVersion() {
  const auto place = Find(root_, "spec");
  if (!place || (place->node.IsScalar() && place->node.plain && place->node.value == "1")) return;
  reader_.Report("GV111", *place, "Version 1 is the only one so far. Write `spec: 1`.");
}

void FrontMatterReader::ReadTexts() {
  if (const auto place = Find(root_, "key")) facts_.set_key(reader_.Word(*place, Form::kKey).value);
  if (const auto place = Require(root_, "title", "Write 8 to 120 characters.")) {
    facts_.set_title(reader_.Line(*place, {8, 120}).value);
  }
  if (const auto place = Require(root_, "summary", "Write two or three sentences.")) {
    facts_.set_summary(reader_.Text(*place, {40, 600}).value);
  }
}

bool FrontMatterReader::IsArea(const Place& place, const std::string& id) {
  if (policy_ == nullptr || policy_->FindArea(id) != nullptr) return true;
  reader_.Report("GV201", place,
                 fmt::format("`{}` is no area of the organisation.{}", id,
                             DidYouMean(id, IdsIn(policy_->org().areas()))));
  return false;
}

void FrontMatterReader::ReadAreas() {
  facts_.set_area(options_.default_area);
  if (const auto place = Require(root_, "area", "Name the area that decides.")) {
    const auto area = reader_.Word(*place, Form::kSlug);
    if (area.known()) facts_.set_area(area.value);
    if (area.known() && IsArea(*place, area.value) && policy_ != nullptr &&
        policy_->FindArea(area.value)->series_size() == 0) {
      reader_.Report("GV202", *place,
                     fmt::format("`{}` is only consulted. Name an area that has a "
                                 "meeting, and `consulted: [{}]`.",
                                 area.value, area.value));
    }
  }
  const auto place = Find(root_, "consulted");
  if (!place) return;
  for (const std::string& id : reader_.Words(*place, Form::kSlug, 0, 16).value) {
    const Place item = ItemSaying(*place, id);
    if (!IsArea(item, id)) continue;
    if (id == facts_.area()) {
      reader_.Report("GV212", item, fmt::format("`{}` decides already. Leave it out here.", id));
    } else {
      facts_.add_consulted(id);
    }
  }
}

// The id behind `@id` or an e-mail address; nothing, reported, where nobody has it.
std::optional<std::string> FrontMatterReader::ResolvePerson(const Place& place,
                                                            const std::string& written) {
  if (!written.starts_with('@')) {
    if (policy_ == nullptr) return written;
    if (const v1::Person* person = policy_->FindPersonByEmail(written)) return person->id();
    reader_.Report("GV203", place,
                   fmt::format("Nobody in the organisation has the address `{}`.", written));
    return std::nullopt;
  }
  const std::string id = written.substr(1);
  if (policy_ == nullptr || policy_->FindPerson(id) != nullptr) return id;
  reader_.Report("GV203", place,
                 fmt::format("`@{}` is nobody in the organisation.{}", id,
                             DidYouMean(id, IdsIn(policy_->org().people()))));
  return std::nullopt;
}

std::vector<std::string> FrontMatterReader::PeopleAt(const Place& place, size_t min, size_t max) {
  std::vector<std::string> people;
  if (reader_.IsLeftOut(place)) return people;
  const auto items = reader_.Items(place, min, max);
  if (!items) return people;
  for (const Place& item : *items) {
    const auto written = reader_.Word(item, Form::kPerson);
    const auto id = written.known() ? ResolvePerson(item, written.value) : std::nullopt;
    if (!id) continue;
    if (std::find(people.begin(), people.end(), *id) != people.end()) {
      reader_.Report("GV107", item, fmt::format("`{}` is listed twice. Keep one.", written.value));
      continue;
    }
    people.push_back(*id);
  }
  return people;
}

void FrontMatterReader::ReadPeople() {
  std::vector<std::string> authors;
  if (const auto place = Require(root_, "authors", "Name yourself: [\"@you\"].")) {
    authors = PeopleAt(*place, 1, 8);
  }
  if (authors.empty() && !options_.default_author.empty())
    authors.push_back(options_.default_author);
  for (const std::string& author : authors) facts_.add_authors(author);
  if (const auto place = Find(root_, "presenter")) {
    const auto written = reader_.Word(*place, Form::kPerson);
    if (written.known()) facts_.set_presenter(ResolvePerson(*place, written.value).value_or(""));
  }
  if (const auto place = Find(root_, "reviewers")) {
    for (const std::string& reviewer : PeopleAt(*place, 0, 12)) facts_.add_reviewers(reviewer);
  }
}

void FrontMatterReader::ReadWishes() {
  const auto review = Find(root_, "review");
  if (!review || reader_.IsLeftOut(*review)) return;
  if (!reader_.IsMapping(*review, KeyNames(Shape::kReview))) return;
  if (const auto place = Find(*review, "wants")) {
    const auto wants = reader_.Enum(*place, {"auto", "async", "sync"}, false);
    if (wants.value == "auto") facts_.set_wants(v1::REVIEW_MODE_AUTO);
    if (wants.value == "async") facts_.set_wants(v1::REVIEW_MODE_ASYNC);
    if (wants.value == "sync") facts_.set_wants(v1::REVIEW_MODE_SYNC);
  }
  if (const auto place = Find(*review, "not_before")) {
    const auto day = reader_.Day(*place);
    if (day.known()) *facts_.mutable_not_before() = day.value;
  }
  if (const auto place = Find(*review, "by")) {
    const auto day = reader_.Day(*place);
    if (day.known()) *facts_.mutable_needed_by() = day.value;
  }
}

void FrontMatterReader::ReadOpenDecisions() {
  const auto place =
      Require(root_, "open_decisions", "List what you want decided, or write `none`.");
  if (!place || reader_.IsLeftOut(*place)) return;
  if (place->node.IsScalar()) {
    reader_.Enum(*place, {"none"}, true);
    return;
  }
  const auto items = reader_.Items(*place, 1, 5);
  if (!items) return;
  for (const Place& item : *items) ReadOpenDecision(item);
}

void FrontMatterReader::ReadOpenDecision(const Place& place) {
  if (!reader_.IsMapping(place, KeyNames(Shape::kOpenDecision))) return;
  v1::OpenDecision decision;
  if (const auto question = Require(place, "question", "Write it as a question.")) {
    decision.set_question(reader_.Text(*question, {10, 240}).value);
  }
  if (const auto options = Find(place, "options")) {
    const auto items = reader_.Items(*options, 0, 6);
    for (const Place& item : items ? *items : std::vector<Place>()) {
      decision.add_options(reader_.Line(item, {0, 120}).value);
    }
  }
  if (const auto text = Find(place, "recommendation")) {
    decision.set_recommendation(reader_.Text(*text, {0, 240}).value);
  }
  if (const auto decider = Find(place, "decider")) {
    const auto written = reader_.Word(*decider, Form::kPerson);
    if (written.known()) decision.set_decider(ResolvePerson(*decider, written.value).value_or(""));
  }
  *facts_.add_open_decisions() = decision;
}

void FrontMatterReader::ReadLinks() {
  for (const std::string& key : WordsAt("supersedes", Form::kKey, 8)) facts_.add_supersedes(key);
  for (const std::string& key : WordsAt("amends", Form::kKey, 8)) facts_.add_amends(key);
  for (const std::string& label : WordsAt("labels", Form::kSlug, 16)) facts_.add_labels(label);
  for (const std::string& link : WordsAt("links", Form::kUri, 20)) facts_.add_links(link);
}

}  // namespace gavel::rules
