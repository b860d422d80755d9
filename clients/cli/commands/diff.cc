// diff: what changed between two revisions, front matter first.
#include <algorithm>
#include <sstream>

#include "clients/cli/commands/commands.h"
#include "clients/cli/output/pager.h"
#include "clients/cli/revision_changes.h"
#include "clients/cli/spec_argument.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

struct Difference {
  std::vector<FieldChange> fields;
  std::vector<DiffPart> prose;
  bool empty() const { return fields.empty() && prose.empty(); }
};

absl::StatusOr<v1::GetRevisionResponse> Revision(Session& session, const std::string& key,
                                                 int number) {
  v1::GetRevisionRequest request;
  request.set_spec(key);
  request.set_number(number);
  return session.Call<v1::GetRevisionResponse>(request);
}

// The older side: --from, else the revision before `newer`.
absl::StatusOr<int> OlderOf(Session& session, const std::string& key, int newer) {
  if (session.Has("from")) return RevisionOf(session, "from");
  if (newer > 1) return newer - 1;
  return absl::FailedPreconditionError(
      fmt::format("revision 1 is the first of {}; there is nothing before it", key));
}

std::string ShownOrNone(const std::string& value) { return value.empty() ? "—" : value; }

std::string FieldsText(const Output& output, const std::vector<FieldChange>& changes) {
  size_t width = 0;
  for (const FieldChange& change : changes) width = std::max(width, change.field.size());
  std::string text = changes.empty() ? "" : output.Styled(Tone::kStrong, "Front matter") + "\n";
  for (const FieldChange& change : changes) {
    const std::string line =
        fmt::format("  {:<{}}  {} → {}", Output::Printable(change.field), width,
                    output.Styled(Tone::kBad, Output::Printable(ShownOrNone(change.before))),
                    output.Styled(Tone::kGood, Output::Printable(ShownOrNone(change.after))));
    for (const std::string& part : output.Fitted(line, width + 4)) text += part + "\n";
  }
  return text;
}

// A whole line of a line diff.
std::string LineText(const Output& output, const DiffPart& part) {
  const std::string text = Output::Printable(part.text);
  switch (part.kind) {
    case DiffPart::Kind::kPlace:
      return "\n" + output.Styled(Tone::kStrong, "Text, " + text) + "\n";
    case DiffPart::Kind::kAdded:
      return output.Styled(Tone::kGood, "+" + text) + "\n";
    case DiffPart::Kind::kRemoved:
      return output.Styled(Tone::kBad, "-" + text) + "\n";
    case DiffPart::Kind::kSame:
      return " " + text + "\n";
  }
  return "";
}

// A part of a line of a word diff. Marked by brackets where there are no colours.
std::string WordText(const Output& output, const DiffPart& part) {
  const bool color = output.options().color;
  const std::string text = Output::Printable(part.text);
  const std::string end = part.ends_line ? "\n" : "";
  switch (part.kind) {
    case DiffPart::Kind::kPlace:
      return "\n" + output.Styled(Tone::kStrong, "Text, " + text) + "\n";
    case DiffPart::Kind::kAdded:
      return (color ? output.Styled(Tone::kGood, text) : "{+" + text + "+}") + end;
    case DiffPart::Kind::kRemoved:
      return (color ? output.Styled(Tone::kBad, text) : "[-" + text + "-]") + end;
    case DiffPart::Kind::kSame:
      return text + end;
  }
  return "";
}

std::string TextOf(const Output& output, const Difference& difference, bool words) {
  std::string text = FieldsText(output, difference.fields);
  for (const DiffPart& part : difference.prose) {
    text += words ? WordText(output, part) : LineText(output, part);
  }
  return text;
}

struct Sides {
  std::string key;
  int from = 0;
  int to = 0;
};

void Show(Session& session, const Sides& sides, const Difference& difference) {
  Output& output = session.output();
  const bool words = session.Has("words");
  if (output.json()) {
    std::ostringstream unused;
    const Output plain({}, unused, unused);  // JSON is never coloured.
    output.JsonObject({{"spec", sides.key},
                       {"from", sides.from},
                       {"to", sides.to},
                       {"diff", TextOf(plain, difference, words)}});
  } else if (difference.empty()) {
    output.Note(
        fmt::format("Revisions {} and {} of {} say the same", sides.from, sides.to, sides.key));
  } else {
    Page(session, TextOf(output, difference, words));
  }
}

absl::StatusOr<ExitCode> RunDiff(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  GAVEL_ASSIGN_OR_RETURN(const int to, RevisionOf(session, "to"));
  GAVEL_ASSIGN_OR_RETURN(const auto newer, Revision(session, key, to));
  GAVEL_ASSIGN_OR_RETURN(const int from, OlderOf(session, key, newer.revision().number()));
  GAVEL_ASSIGN_OR_RETURN(const auto older, Revision(session, key, from));
  const TextDiff kind = session.Has("words") ? TextDiff::kWords : TextDiff::kLines;
  Difference difference;
  difference.fields = FrontMatterChanges(older.content(), newer.content());
  GAVEL_ASSIGN_OR_RETURN(difference.prose, ProseChanges(older.content(), newer.content(), kind));
  Show(session, {.key = key, .from = from, .to = newer.revision().number()}, difference);
  return session.Has("exit-code") && !difference.empty() ? ExitCode::kNo : ExitCode::kDone;
}

}  // namespace

std::vector<Command> DiffCommands() {
  return {{"diff",
           Group::kReview,
           "Show what changed between two revisions: front matter, then text.",
           {SpecPositional()},
           {{"--from", "N", "the older one; the one before --to by default"},
            {"--to", "N", "the newer one; the current one by default"},
            {"--words", "", "word by word instead of line by line", FlagKind::kSwitch},
            {"--exit-code", "", "exit 1 where they differ", FlagKind::kSwitch}},
           "gavel diff MEDIA-42 --from 2 --to 3",
           RunDiff}};
}

}  // namespace gavel::cli
