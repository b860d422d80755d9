// Typing of front-matter values by schema, never by how they look: the schema says what a key
// holds, the value either is that or is wrong, with a finding that names the fix.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/date.pb.h"
#include "gavel/v1/facts.pb.h"
#include "rules/yaml/node.h"

namespace gavel::rules {

// A value and its key path without the leading `front_matter.`: `dependencies[1].use`.
struct Place {
  const YamlNode& node;
  std::string path;
};

// What a value came to.
template <typename T>
struct Typed {
  v1::FactStatus status = v1::FACT_STATUS_MISSING;
  T value = {};

  bool known() const { return status == v1::FACT_STATUS_KNOWN; }
};

struct CentsRange {
  int64_t low = 0;
  int64_t high = 0;
};

// Forms that strings of the schema have.
enum class Form {
  kSlug,        // `service-change`
  kDependency,  // `postgres/standard-m`
  kKey,         // `MEDIA-42`
  kPerson,      // `@ana`, or an e-mail address
  kQuantity,    // `4 instances`
  kGrowth,      // `5% per month`
  kUri,         // `https://example.org/x`
};

// What a string of that form is, from end to end; a regular expression without anchors.
std::string_view PatternOf(Form form);

struct Lengths {
  size_t min = 0;  // Code points.
  size_t max = 0;
};

// Reads values and collects what is to be said about them.
class ValueReader {
 public:
  void Report(std::string_view code, const Place& place, std::string_view text);
  // A finding about a key that is not there.
  void ReportMissing(std::string_view path, std::string_view text);

  // True where the value is empty, or what a template says instead of a value: `TBD`, `a|b|c`,
  // `<fill in>`, a mapping of only such values. Reports the latter.
  bool IsLeftOut(const Place& place);

  // Each reports a wrong value and returns it as invalid; a value left out is missing.
  Typed<std::string> Text(const Place& place, Lengths lengths);
  // Text on one line that lists and headings show, such as a title.
  Typed<std::string> Line(const Place& place, Lengths lengths);
  Typed<std::string> Word(const Place& place, Form form);
  // One of `values`; ASCII case and outer spaces are forgiven, and `unknown` is an answer where
  // `may_be_unknown`.
  Typed<std::string> Enum(const Place& place, const std::vector<std::string>& values,
                          bool may_be_unknown);
  Typed<bool> Bool(const Place& place);
  Typed<v1::Date> Day(const Place& place);
  // A range or one amount.
  Typed<CentsRange> Range(const Place& place, const std::string& currency);
  // A list of unique words; values that are wrong are reported and left out, and make it invalid.
  Typed<std::vector<std::string>> Words(const Place& place, Form form, size_t min, size_t max);

  // The items of a sequence within its limits; nothing, reported, where it is not one.
  std::optional<std::vector<Place>> Items(const Place& place, size_t min, size_t max);
  // The entries of a mapping; unknown keys are reported. Nothing, reported, where it is not one.
  bool IsMapping(const Place& place, const std::vector<std::string>& keys);

  static bool SaysUnknown(const YamlNode& node);

  std::vector<v1::Finding>& findings() { return findings_; }

 private:
  Typed<int64_t> Cents(const Place& place, const std::string& currency);
  // A scalar without characters that nobody can see; reports otherwise.
  bool IsPlainWord(const Place& place);
  // Whether `text`, written at `place`, has nothing that `unsafe` names; reports otherwise.
  bool IsClean(const Place& place, std::string_view text, bool (*unsafe)(uint32_t));

  std::vector<v1::Finding> findings_;
};

Place Child(const Place& parent, const YamlNode& node, std::string_view key);

// The item of `list` that says `word`; the list itself where none does.
Place ItemSaying(const Place& list, std::string_view word);

// Where a declared value stands.
v1::FactSource Declared(const YamlNode& node);

}  // namespace gavel::rules
