#include "rules/document/front_matter.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/policy.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

const std::vector<std::string> kKeys = {
    "spec",  "key",     "title",    "summary", "area",       "consulted", "category",
    "system", "authors", "presenter", "reviewers", "review", "open_decisions", "dependencies",
    "not_used", "data", "regions",  "cost",    "change",     "supersedes", "amends",
    "links", "labels"};

template <typename Values>
std::vector<std::string> Ids(const Values& values) {
  std::vector<std::string> ids;
  for (const auto& value : values) ids.push_back(value.id());
  return ids;
}

// Reads one front matter. Each method reads one key, or one small family of keys.
class FrontMatter {
 public:
  FrontMatter(const YamlNode& root, const DocumentOptions& options, ValueReader& reader,
              v1::Facts& facts)
      : root_{root, ""}, policy_(options.policy), options_(options), reader_(reader), facts_(facts) {}

  void Read() {
    CheckKeys();
    ReadVersion();
    ReadIdentity();
    ReadAreas();
    ReadPeople();
    ReadReview();
    ReadOpenDecisions();
    ReadClassifiers();
    ReadDependenciesKey();
    ReadData();
    ReadCost();
    ReadChange();
    ReadLinks();
  }

 private:
  void CheckKeys();
  void ReadVersion();
  void ReadIdentity();
  void ReadAreas();
  void ReadPeople();
  void ReadReview();
  void ReadOpenDecisions();
  void ReadOpenDecision(const Place& place);
  void ReadClassifiers();
  void ReadDependenciesKey();
  void ReadNotUsed();
  void ReadData();
  void ReadRegions();
  void ReadCost();
  void ReadChange();
  void ReadLinks();

  std::optional<Place> Find(const Place& parent, std::string_view key) const {
    const YamlNode* const node = parent.node.Find(key);
    if (node == nullptr) return std::nullopt;
    return Child(parent, *node, key);
  }
  // The same, with a finding where a key that the schema requires is not there.
  std::optional<Place> Require(const Place& parent, std::string_view key, std::string_view fix) {
    auto place = Find(parent, key);
    if (!place) {
      reader_.ReportMissing(parent.path.empty() ? std::string(key) : fmt::format("{}.{}", parent.path, key),
                            fix);
    }
    return place;
  }
  // The words of an optional list; empty where it is absent or wrong.
  std::vector<std::string> WordsAt(std::string_view key, Form form, size_t max) {
    const auto place = Find(root_, key);
    return place ? reader_.Words(*place, form, 0, max).value : std::vector<std::string>();
  }
  std::optional<std::string> ResolvePerson(const Place& place, const std::string& written);
  std::vector<std::string> PeopleAt(const Place& place, size_t min, size_t max);
  bool IsArea(const Place& place, const std::string& id);

  const Place root_;
  const Policy* const policy_;
  const DocumentOptions& options_;
  ValueReader& reader_;
  v1::Facts& facts_;
};

template <typename Fact, typename Value>
void SetFact(Fact& fact, const Place& place, const Typed<Value>& typed) {
  fact.set_status(typed.status);
  *fact.mutable_source() = Declared(place.node);
  if (typed.known()) fact.set_value(typed.value);
}

void FrontMatter::CheckKeys() {
  for (const YamlEntry& entry : root_.node.entries) {
    const std::string& key = entry.key.value;
    if (key.starts_with("x-") || std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end()) continue;
    reader_.Report("GV102", Child(root_, entry.key, key),
                   fmt::format("No such key.{} Own keys start with `x-`.", DidYouMean(key, kKeys)));
  }
}

void FrontMatter::ReadVersion() {
  const auto place = Find(root_, "spec");
  if (!place || (place->node.IsScalar() && place->node.plain && place->node.value == "1")) return;
  reader_.Report("GV111", *place, "Version 1 is the only one so far. Write `spec: 1`.");
}

void FrontMatter::ReadIdentity() {
  if (const auto place = Find(root_, "key")) facts_.set_key(reader_.Word(*place, Form::kKey).value);
  if (const auto place = Require(root_, "title", "Write 8 to 120 characters.")) {
    facts_.set_title(reader_.Text(*place, {8, 120}).value);
  }
  if (const auto place = Require(root_, "summary", "Write two or three sentences.")) {
    facts_.set_summary(reader_.Text(*place, {40, 600}).value);
  }
}

bool FrontMatter::IsArea(const Place& place, const std::string& id) {
  if (policy_ == nullptr || policy_->FindArea(id) != nullptr) return true;
  reader_.Report("GV201", place, fmt::format("`{}` is no area of the organisation.{}", id,
                                             DidYouMean(id, Ids(policy_->org().areas()))));
  return false;
}

void FrontMatter::ReadAreas() {
  facts_.set_area(options_.default_area);
  if (const auto place = Require(root_, "area", "Name the area that decides.")) {
    const auto area = reader_.Word(*place, Form::kSlug);
    if (area.known()) facts_.set_area(area.value);
    if (area.known() && IsArea(*place, area.value) && policy_ != nullptr &&
        policy_->FindArea(area.value)->series_size() == 0) {
      reader_.Report("GV202", *place, fmt::format("`{}` is only consulted. Name an area that has a "
                                                  "meeting, and `consulted: [{}]`.",
                                                  area.value, area.value));
    }
  }
  const auto place = Find(root_, "consulted");
  if (!place) return;
  for (const std::string& id : reader_.Words(*place, Form::kSlug, 0, 16).value) {
    if (!IsArea(*place, id)) continue;
    if (id == facts_.area()) {
      reader_.Report("GV212", *place, fmt::format("`{}` decides already. Leave it out here.", id));
    } else {
      facts_.add_consulted(id);
    }
  }
}

// The id behind `@id` or an e-mail address; nothing, reported, where nobody has it.
std::optional<std::string> FrontMatter::ResolvePerson(const Place& place, const std::string& written) {
  if (!written.starts_with('@')) {
    if (policy_ == nullptr) return written;
    if (const v1::Person* person = policy_->FindPersonByEmail(written)) return person->id();
    reader_.Report("GV203", place, fmt::format("Nobody in the organisation has the address `{}`.", written));
    return std::nullopt;
  }
  const std::string id = written.substr(1);
  if (policy_ == nullptr || policy_->FindPerson(id) != nullptr) return id;
  reader_.Report("GV203", place, fmt::format("`@{}` is nobody in the organisation.{}", id,
                                             DidYouMean(id, Ids(policy_->org().people()))));
  return std::nullopt;
}

std::vector<std::string> FrontMatter::PeopleAt(const Place& place, size_t min, size_t max) {
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

void FrontMatter::ReadPeople() {
  std::vector<std::string> authors;
  if (const auto place = Require(root_, "authors", "Name yourself: [\"@you\"].")) {
    authors = PeopleAt(*place, 1, 8);
  }
  if (authors.empty() && !options_.default_author.empty()) authors.push_back(options_.default_author);
  for (const std::string& author : authors) facts_.add_authors(author);
  if (const auto place = Find(root_, "presenter")) {
    const auto written = reader_.Word(*place, Form::kPerson);
    if (written.known()) facts_.set_presenter(ResolvePerson(*place, written.value).value_or(""));
  }
  if (const auto place = Find(root_, "reviewers")) {
    for (const std::string& reviewer : PeopleAt(*place, 0, 12)) facts_.add_reviewers(reviewer);
  }
}

void FrontMatter::ReadReview() {
  const auto review = Find(root_, "review");
  if (!review || reader_.IsLeftOut(*review)) return;
  if (!reader_.IsMapping(*review, {"wants", "not_before", "by"})) return;
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

void FrontMatter::ReadOpenDecisions() {
  const auto place = Require(root_, "open_decisions", "List what you want decided, or write `none`.");
  if (!place || reader_.IsLeftOut(*place)) return;
  if (place->node.IsScalar()) {
    reader_.Enum(*place, {"none"}, true);
    return;
  }
  const auto items = reader_.Items(*place, 1, 5);
  if (!items) return;
  for (const Place& item : *items) ReadOpenDecision(item);
}

void FrontMatter::ReadOpenDecision(const Place& place) {
  if (!reader_.IsMapping(place, {"question", "options", "recommendation", "decider"})) return;
  v1::OpenDecision decision;
  if (const auto question = Require(place, "question", "Write it as a question.")) {
    decision.set_question(reader_.Text(*question, {10, 240}).value);
  }
  if (const auto options = Find(place, "options")) {
    const auto items = reader_.Items(*options, 0, 6);
    for (const Place& item : items ? *items : std::vector<Place>()) {
      decision.add_options(reader_.Text(item, {0, 120}).value);
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

void FrontMatter::ReadClassifiers() {
  if (const auto place = Find(root_, "category")) {
    auto category = reader_.SaysUnknown(place->node)
                        ? Typed<std::string>{v1::FACT_STATUS_STATED_UNKNOWN, {}}
                        : reader_.Word(*place, Form::kSlug);
    if (category.known() && policy_ != nullptr) {
      const auto& known = policy_->org().categories();
      if (std::find(known.begin(), known.end(), category.value) == known.end()) {
        const std::vector<std::string> names(known.begin(), known.end());
        reader_.Report("GV209", *place, fmt::format("`{}` is not one of {}.{}", category.value,
                                                    JoinComma(names), DidYouMean(category.value, names)));
        category.status = v1::FACT_STATUS_INVALID;
      }
    }
    SetFact(*facts_.mutable_category(), *place, category);
  }
  if (const auto place = Find(root_, "system")) {
    const auto system = reader_.SaysUnknown(place->node)
                            ? Typed<std::string>{v1::FACT_STATUS_STATED_UNKNOWN, {}}
                            : reader_.Word(*place, Form::kSlug);
    SetFact(*facts_.mutable_system(), *place, system);
    if (!system.known() || policy_ == nullptr) return;
    const std::vector<std::string> systems = Ids(policy_->org().systems());
    if (std::find(systems.begin(), systems.end(), system.value) == systems.end()) {
      reader_.Report("GV210", *place, fmt::format("`{}` is not listed in org.yaml.{}", system.value,
                                                  DidYouMean(system.value, systems)));
    }
  }
}

void FrontMatter::ReadDependenciesKey() {
  if (const auto place =
          Require(root_, "dependencies", "List every `use: product/tier`, or write `none` or `unknown`.")) {
    *facts_.mutable_dependencies() = ReadDependencies(*place, policy_, reader_);
  }
  ReadNotUsed();
}

void FrontMatter::ReadNotUsed() {
  const auto place = Find(root_, "not_used");
  if (!place) return;
  for (std::string name : reader_.Words(*place, Form::kSlug, 0, 16).value) {
    if (policy_ != nullptr) {
      if (const auto* product = policy_->catalog_index().FindProduct(name)) name = product->id();
    }
    for (const v1::Dependency& dependency : facts_.dependencies().dependencies()) {
      if (dependency.product() != name) continue;
      reader_.Report("GV211", *place, fmt::format("`{}` is also a dependency (line {}). Remove it from one.",
                                                  name, dependency.source().line()));
    }
    facts_.add_not_used(name);
  }
}

void FrontMatter::ReadData() {
  const auto data = Require(root_, "data", "State classification and personal, or write `unknown`.");
  if (data && reader_.SaysUnknown(data->node)) {
    SetFact(*facts_.mutable_classification(), *data, Typed<std::string>{v1::FACT_STATUS_STATED_UNKNOWN, {}});
    SetFact(*facts_.mutable_personal(), *data, Typed<bool>{v1::FACT_STATUS_STATED_UNKNOWN, false});
  } else if (data && !reader_.IsLeftOut(*data)) {
    if (!reader_.IsMapping(*data, {"classification", "personal"})) {
      facts_.mutable_classification()->set_status(v1::FACT_STATUS_INVALID);
      facts_.mutable_personal()->set_status(v1::FACT_STATUS_INVALID);
    } else {
      if (const auto place = Require(*data, "classification", "One of public, internal, confidential, "
                                                              "restricted, or `unknown`.")) {
        SetFact(*facts_.mutable_classification(), *place,
                reader_.Enum(*place, {"public", "internal", "confidential", "restricted"}, true));
      }
      if (const auto place = Require(*data, "personal", "true, false or `unknown`.")) {
        SetFact(*facts_.mutable_personal(), *place, reader_.Bool(*place));
      }
    }
  }
  ReadRegions();
}

void FrontMatter::ReadRegions() {
  const auto place = Find(root_, "regions");
  if (!place) return;
  v1::StringListFact& fact = *facts_.mutable_regions();
  *fact.mutable_source() = Declared(place->node);
  if (reader_.SaysUnknown(place->node)) {
    fact.set_status(v1::FACT_STATUS_STATED_UNKNOWN);
    return;
  }
  auto regions = reader_.Words(*place, Form::kSlug, 0, 16);
  std::sort(regions.value.begin(), regions.value.end());
  for (const std::string& region : regions.value) {
    fact.add_values(region);
    if (policy_ == nullptr || policy_->catalog_index().FindRegion(region) != nullptr) continue;
    reader_.Report("GV208", *place, fmt::format("`{}` is no region of the catalog.{}", region,
                                                DidYouMean(region, Ids(policy_->catalog().regions()))));
    regions.status = v1::FACT_STATUS_INVALID;
  }
  fact.set_status(regions.status);
}

void FrontMatter::ReadCost() {
  const auto cost = Require(root_, "cost", "State monthly_usd, or write `unknown`.");
  v1::CostFact& fact = *facts_.mutable_monthly_cost();
  if (!cost) return;
  *fact.mutable_source() = Declared(cost->node);
  if (reader_.SaysUnknown(cost->node)) return fact.set_status(v1::FACT_STATUS_STATED_UNKNOWN);
  if (reader_.IsLeftOut(*cost)) return;
  if (!reader_.IsMapping(*cost, {"monthly_usd", "in_a_year_usd", "one_time_usd", "confidence", "price_list"})) {
    return fact.set_status(v1::FACT_STATUS_INVALID);
  }
  const std::string currency = policy_ != nullptr ? policy_->org().currency() : "USD";
  if (const auto place = Require(*cost, "monthly_usd", "Give {low: …, high: …}, or write `unknown`.")) {
    const auto range = reader_.Range(*place, currency);
    fact.set_status(range.status);
    *fact.mutable_source() = Declared(place->node);
    if (range.known()) {
      fact.set_low_cents(range.value.low);
      fact.set_high_cents(range.value.high);
    }
  }
  for (const char* key : {"in_a_year_usd", "one_time_usd"}) {
    if (const auto place = Find(*cost, key)) reader_.Range(*place, currency);
  }
  if (const auto place = Find(*cost, "confidence")) reader_.Enum(*place, {"low", "medium", "high"}, false);
  if (const auto place = Find(*cost, "price_list")) reader_.Text(*place, {0, 120});
}

void FrontMatter::ReadChange() {
  const auto change = Require(root_, "change", "State reversible and blast_radius, or write `unknown`.");
  if (!change) return;
  v1::BoolFact& reversible = *facts_.mutable_reversible();
  v1::StringFact& blast_radius = *facts_.mutable_blast_radius();
  if (reader_.SaysUnknown(change->node)) {
    SetFact(reversible, *change, Typed<bool>{v1::FACT_STATUS_STATED_UNKNOWN, false});
    SetFact(blast_radius, *change, Typed<std::string>{v1::FACT_STATUS_STATED_UNKNOWN, {}});
    return;
  }
  if (reader_.IsLeftOut(*change)) return;
  if (!reader_.IsMapping(*change, {"reversible", "blast_radius"})) {
    reversible.set_status(v1::FACT_STATUS_INVALID);
    blast_radius.set_status(v1::FACT_STATUS_INVALID);
    return;
  }
  if (const auto place = Require(*change, "reversible", "true, false or `unknown`.")) {
    SetFact(reversible, *place, reader_.Bool(*place));
  }
  if (const auto place = Find(*change, "blast_radius")) {
    SetFact(blast_radius, *place, reader_.Enum(*place, {"low", "medium", "high"}, true));
  }
}

void FrontMatter::ReadLinks() {
  for (const std::string& key : WordsAt("supersedes", Form::kKey, 8)) facts_.add_supersedes(key);
  for (const std::string& key : WordsAt("amends", Form::kKey, 8)) facts_.add_amends(key);
  for (const std::string& label : WordsAt("labels", Form::kSlug, 16)) facts_.add_labels(label);
  for (const std::string& link : WordsAt("links", Form::kUri, 20)) facts_.add_links(link);
}

}  // namespace

void SetHeaderMissing(v1::Facts& facts) {
  facts.mutable_category()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_system()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_dependencies()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_classification()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_personal()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_regions()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_monthly_cost()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_reversible()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_blast_radius()->set_status(v1::FACT_STATUS_MISSING);
}

void ReadFrontMatter(const YamlNode& root, const DocumentOptions& options, ValueReader& reader,
                     v1::Facts& facts) {
  SetHeaderMissing(facts);
  FrontMatter(root, options, reader, facts).Read();
}

}  // namespace gavel::rules
