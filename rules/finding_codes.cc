#include "rules/finding_codes.h"

#include <algorithm>

#include "rules/text/words.h"

namespace gavel::rules {
namespace {

using enum Consequence;
constexpr auto kError = v1::Finding::SEVERITY_ERROR;
constexpr auto kWarning = v1::Finding::SEVERITY_WARNING;
constexpr auto kInfo = v1::Finding::SEVERITY_INFO;

constexpr FindingCode kCodes[] = {
    {"GV001", kError, kRefused, "The file is empty."},
    {"GV002", kError, kRefused, "The file is not UTF-8 text."},
    {"GV003", kError, kRefused, "The file holds a NUL byte: it is binary."},
    {"GV004", kError, kRefused, "The body is larger than 1 MiB."},
    {"GV005", kError, kRefused, "The YAML is larger than 64 KiB."},
    {"GV006", kError, kRefused, "The front matter has no closing `---` line."},
    {"GV010", kError, kRefused, "The YAML cannot be read."},
    {"GV011", kError, kRefused, "A key stands twice in one mapping."},
    {"GV012", kError, kRefused, "YAML anchors and aliases are not read."},
    {"GV013", kError, kRefused, "YAML tags and directives are not read."},
    {"GV014", kError, kRefused, "YAML merge keys are not read."},
    {"GV015", kError, kRefused, "There is more than one YAML document."},
    {"GV016", kError, kRefused, "The YAML is nested too deep."},
    {"GV017", kError, kRefused, "The YAML has too many parts."},
    {"GV018", kError, kRefused, "A character that nobody can see stands where it could deceive."},
    {"GV019", kError, kRefused, "The YAML is not a mapping with text keys."},
    {"GV020", kInfo, kNone, "The file starts with a byte order mark, which is kept."},
    {"GV021", kInfo, kNone, "Lines end in CR LF, which is kept."},
    {"GV101", kWarning, kNone, "A key of the front matter is missing."},
    {"GV102", kError, kReturned, "The front matter has a key that the schema does not know."},
    {"GV103", kError, kReturned, "A value has the wrong form: text, list or mapping."},
    {"GV104", kError, kReturned, "A value is none of the allowed ones."},
    {"GV105", kError, kReturned, "A value does not have the form of its key."},
    {"GV106", kError, kReturned, "A text is too short or too long."},
    {"GV107", kError, kReturned, "A list is too short, too long, or names something twice."},
    {"GV108", kWarning, kNone, "A value of the template was left in; it counts as missing."},
    {"GV109", kError, kReturned, "An amount of money is not a plain number in the currency."},
    {"GV110", kError, kReturned, "The low end of a range is above its high end."},
    {"GV111", kError, kReturned, "The front matter has a version that this checker does not know."},
    {"GV112", kInfo, kNone, "A value was read in its normal spelling."},
    {"GV113", kError, kReturned, "A date does not exist or is not written YYYY-MM-DD."},
    {"GV114", kWarning, kNone, "An empty list stands where the word `none` is meant."},
    {"GV115", kWarning, kNone, "The document has no front matter with a top-level `spec:` key."},
    {"GV201", kError, kReturned, "No such area in the organisation."},
    {"GV202", kError, kReturned, "The area is only consulted; it cannot decide a spec."},
    {"GV203", kError, kReturned, "No such person in the organisation."},
    {"GV204", kError, kNone,
     "The product or tier is not in the catalog, so people must look at it."},
    {"GV205", kError, kNone, "A dependency names no tier, so people must look at it."},
    {"GV206", kWarning, kNone, "A dependency is listed twice; it counts once."},
    {"GV207", kInfo, kNone, "A product was named by an alias of the catalog."},
    {"GV208", kError, kReturned, "No such region in the catalog."},
    {"GV209", kError, kReturned, "No such category in the organisation."},
    {"GV210", kWarning, kNone, "The system is not listed in the organisation."},
    {"GV211", kError, kReturned, "A product is both used and declared as not used."},
    {"GV212", kWarning, kNone, "A spec consults its own area, which decides anyway."},
    {"GV220", kError, kNone, "The dependencies are not stated, so no rule can decide."},
    {"GV221", kError, kNone, "A missing value decides how the spec is reviewed."},
    {"GV222", kError, kNone, "A rule asks the author for something first."},
    {"GV223", kWarning, kNone, "The text names a product that the dependencies do not list."},
    {"GV224", kWarning, kNone, "A detector found a dependency that the spec does not declare."},
    {"GV225", kWarning, kNone,
     "A detector found a dependency whose tier cannot be told, so people must look at it."},
    {"GV226", kError, kNone,
     "A file of evidence could not be read, so what is undeclared is unknown."},
    {"GV227", kInfo, kNone, "A detector that the organisation names was given nothing."},
    {"GV228", kError, kNone, "A detector found a product that the spec says is not used."},
    {"GV229", kInfo, kNone, "The data class was raised to that of the evidence."},
    {"GV230", kWarning, kNone,
     "A word has characters that look like others, or that nobody can see."},
    {"GV231", kInfo, kNone, "Specs decided lately have much the same text."},
    {"GV232", kInfo, kNone,
     "Images, raw HTML and encoded blocks are not read, so detection is partial at most."},
    {"GV301", kWarning, kNone, "A section is missing."},
    {"GV302", kWarning, kNone, "A section is empty or holds only the template's text."},
    {"GV303", kWarning, kNone, "Several headings could be the section; none counts."},
    {"GV304", kWarning, kNone, "The cost section names no amount with a currency."},
    {"GV311", kWarning, kNone, "The cost section gives no price for a dependency."},
    {"GV312", kWarning, kNone, "The cost table does not add up to its total."},
    {"GV313", kWarning, kNone, "The cost section and the front matter name different amounts."},
    {"GV314", kWarning, kNone, "A row of the cost table does not come to what its product says."},
    {"GV315", kWarning, kNone, "A row of the cost table has no amount that can be read."},
    {"GV401", kWarning, kNone, "A link leads to a file that does not exist."},
    {"GV402", kWarning, kNone, "A link leads to a heading that this document does not have."},
    {"GV403", kWarning, kNone, "A link has no text or no target."},
    {"GV404", kWarning, kNone, "A link has a scheme that nothing opens."},
    {"GV405", kWarning, kNone, "A link of the template was left in; it leads nowhere."},
    {"GV501", kError, kUnpublished, "A policy file is missing or is not a regular file."},
    {"GV502", kError, kUnpublished, "A policy file has a key that its schema does not know."},
    {"GV503", kError, kUnpublished, "A policy file lacks a key."},
    {"GV504", kError, kUnpublished, "A value in a policy file has the wrong form."},
    {"GV505", kError, kUnpublished, "A policy file names something that does not exist."},
    {"GV506", kError, kUnpublished, "A policy file defines something twice."},
    {"GV507", kError, kUnpublished, "The organisation breaks one of its own conditions."},
    {"GV508", kError, kUnpublished, "A holiday calendar cannot be read."},
    {"GV509", kError, kUnpublished, "A limit of policy files is exceeded."},
    {"N001", kWarning, kNone,
     "The change approves specs that the policy in force does not, so publishing it needs two "
     "approvals, one from outside the owner's team, and a back-test."},
    {"N002", kInfo, kNone, "The change no longer approves specs that the policy in force does."},
    {"R001", kError, kUnpublished, "A rule names a field that rules cannot read."},
    {"R002", kError, kUnpublished, "A rule uses an operator that its field does not have."},
    {"R003", kError, kUnpublished, "A rule compares with a value that the field cannot have."},
    {"R004", kError, kUnpublished, "A rule names a set that the catalog does not define."},
    {"R005", kError, kUnpublished, "A rule names an area that the organisation does not have."},
    {"R006", kError, kUnpublished,
     "A rule names a group, team or person that the organisation does not have."},
    {"R007", kError, kUnpublished, "A rule names a section that the organisation does not list."},
    {"R008", kError, kUnpublished, "Two rules have the same id."},
    {"R009", kError, kUnpublished, "A rule lacks its owner, reason, state or review date."},
    {"R010", kError, kUnpublished, "No spec could make the rule's condition true."},
    {"R011", kError, kUnpublished, "Every spec makes the rule's condition true."},
    {"R012", kError, kUnpublished,
     "Other rules ask for people in every case that the rule would approve."},
    {"R013", kWarning, kNone, "Another rule does the same in every case of the rule."},
    {"R014", kInfo, kNone,
     "A spec can match the rule and one that asks for people; people then win."},
    {"R015", kError, kUnpublished,
     "`stated` stands where a missing fact would make the verdict milder."},
    {"R016", kError, kUnpublished,
     "An auto rule does not say whether a spec without such dependencies is approved."},
    {"R017", kError, kUnpublished,
     "An auto rule approves without looking at a fact that it should look at, or waive."},
    {"R018", kWarning, kNone,
     "A set that a rule uses is empty, or all its tiers need a review within 30 days."},
    {"R019", kError, kUnpublished, "A rule's review date is too far away."},
    {"R020", kInfo, kNone,
     "A limit is exactly a sum of catalog prices, or leaves out what the catalog includes."},
};

}  // namespace

std::span<const FindingCode> AllFindingCodes() { return kCodes; }

const FindingCode* FindFindingCode(std::string_view code) {
  const std::string wanted = AsciiLower(code);
  for (const FindingCode& entry : kCodes) {
    if (AsciiLower(entry.code) == wanted) return &entry;
  }
  return nullptr;
}

std::string FindingUrl(std::string_view code) {
  return "https://gavel.dev/docs/findings/" + std::string(code);
}

v1::Finding MakeFinding(std::string_view code, std::string_view field, std::string_view message,
                        int line, int column) {
  const FindingCode* const entry = FindFindingCode(code);
  v1::Finding finding;
  finding.set_code(std::string(code));
  finding.set_severity(entry != nullptr ? entry->severity : kError);
  finding.set_field(std::string(field));
  finding.set_message(std::string(message));
  finding.set_line(line);
  finding.set_column(column);
  return finding;
}

}  // namespace gavel::rules
