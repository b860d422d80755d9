#include "clients/cli/show/spec.h"

#include <utility>

#include "clients/cli/output/shown_text.h"
#include "clients/cli/show/findings.h"
#include "clients/cli/words/due_words.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/next_command.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "gavel/v1/server_service.pb.h"

namespace gavel::cli {
namespace {

Tone ToneOf(v1::Spec::State state) {
  switch (state) {
    case v1::Spec::STATE_AUTO_APPROVED:
    case v1::Spec::STATE_APPROVED:
      return Tone::kGood;
    case v1::Spec::STATE_REJECTED:
    case v1::Spec::STATE_WITHDRAWN:
      return Tone::kBad;
    case v1::Spec::STATE_CHANGES_REQUESTED:
      return Tone::kWarn;
    default:
      return Tone::kStrong;
  }
}

// `zone` is the area's: sentences of the server about its deadlines are in it, too.
std::string TurnText(const v1::Turn& turn, const absl::TimeZone& zone) {
  if (turn.people().empty()) return "nobody's";
  std::string text = People(turn.people());
  if (!turn.action().empty()) text += ": " + turn.action();
  if (turn.has_due_time()) text += ", by " + TimeText(turn.due_time(), zone);
  return text;
}

std::string ConcernsText(const v1::Spec& spec) {
  std::vector<std::string> open;
  int closed = 0;
  for (const v1::Concern& concern : spec.concerns()) {
    if (concern.status() != v1::Concern::STATUS_OPEN) {
      ++closed;
      continue;
    }
    open.push_back(fmt::format("{} {} \"{}\"{}", Spoken(EnumWord(concern.severity())), concern.id(),
                               concern.title(), concern.has_answer_time() ? " (answered)" : ""));
  }
  if (closed > 0) open.push_back(fmt::format("{} closed", closed));
  return fmt::format("{}", fmt::join(open, " · "));
}

std::string ConditionText(const v1::Condition& condition) {
  std::string text =
      fmt::format("{}  {} — {}", condition.id(), condition.text(), Person(condition.owner()));
  if (condition.has_due()) text += ", by " + DateText(condition.due());
  return text + (condition.has_met_time() ? ", met" : "");
}

constexpr size_t kLabelColumns = 13;

// A label in front of the first of `lines`; nothing where there are none. What people wrote stays
// on its line: it could look like a label of ours otherwise.
void Section(Output& output, const std::string& label, const std::vector<std::string>& lines) {
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string head = fmt::format("{:<{}}", i == 0 ? label : "", kLabelColumns);
    ShowWrapped(output, output.Styled(Tone::kDim, head) + OneLine(lines[i]), kLabelColumns);
  }
}

std::vector<std::string> OpenConditions(const v1::Spec& spec) {
  std::vector<std::string> lines;
  for (const v1::Decision& decision : spec.decisions()) {
    if (decision.force() != v1::Decision::FORCE_IN_FORCE) continue;
    for (const v1::Condition& condition : decision.conditions()) {
      lines.push_back(ConditionText(condition));
    }
  }
  return lines;
}

std::vector<std::string> NonEmpty(const std::string& text) {
  return text.empty() ? std::vector<std::string>() : std::vector<std::string>{text};
}

JsonExtras ExtrasOf(const v1::Spec& spec, const std::string& explanation) {
  return {{"revision", CurrentRevision(spec)}, {"explanation", explanation}};
}

}  // namespace

std::string Person(std::string id) { return id.empty() ? id : "@" + std::move(id); }

std::string PersonId(std::string text) {
  if (!text.empty() && text.front() == '@') text.erase(0, 1);
  return text;
}

std::string People(const google::protobuf::RepeatedPtrField<std::string>& ids) {
  std::vector<std::string> names;
  for (const std::string& id : ids) names.push_back(Person(id));
  return fmt::format("{}", fmt::join(names, ", "));
}

int CurrentRevision(const v1::Spec& spec) {
  return spec.revisions().empty() ? 0 : spec.revisions().rbegin()->number();
}

std::string StateWord(const Output& output, v1::Spec::State state) {
  return output.Styled(ToneOf(state), EnumWord(state));
}

absl::StatusOr<std::string> AskWhoAmI(Session& session) {
  if (!session.config().principal.value.empty()) return session.config().principal.value;
  GAVEL_ASSIGN_OR_RETURN(const auto info,
                         session.Call<v1::GetServerInfoResponse>(v1::GetServerInfoRequest()));
  return info.principal();
}

std::string WhoAmI(Session& session) { return AskWhoAmI(session).value_or(""); }

absl::StatusOr<v1::ExplainSpecResponse> Explain(Session& session, const std::string& key) {
  v1::ExplainSpecRequest request;
  request.set_spec(key);
  return session.Call<v1::ExplainSpecResponse>(request);
}

absl::StatusOr<ExitCode> ShowSpec(Session& session, const v1::Spec& spec) {
  Output& output = session.output();
  const bool silent = output.json() ? !output.Wants("explanation") : output.options().quiet;
  v1::ExplainSpecResponse why;
  if (!silent) {
    // The command has taken effect: a failing explanation must not look like a failed command.
    if (auto explained = Explain(session, spec.key()); explained.ok()) why = *std::move(explained);
  }
  output.Json(spec, ExtrasOf(spec, why.state_text()));
  const bool returned =
      spec.state() == v1::Spec::STATE_CHANGES_REQUESTED && spec.verdict().author_gate();
  output.Note(
      fmt::format("{} {} revision {} — {}",
                  returned ? output.Styled(Tone::kBad, "✗") : output.Styled(Tone::kGood, "✓"),
                  output.Styled(Tone::kStrong, spec.key()), CurrentRevision(spec),
                  StateWord(output, spec.state())));
  if (!why.state_text().empty()) output.Note("  " + OneLine(why.state_text()));
  if (!why.turn().people().empty()) {
    const absl::TimeZone zone = DueWords(session).ZoneOf(spec.area());
    output.Note("  Turn: " + OneLine(TurnText(why.turn(), zone)));
  }
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> ShowStatus(Session& session, const v1::Spec& spec) {
  Output& output = session.output();
  GAVEL_ASSIGN_OR_RETURN(const v1::ExplainSpecResponse why, Explain(session, spec.key()));
  output.Json(spec, ExtrasOf(spec, why.state_text()));
  ShowWrapped(
      output,
      fmt::format("{}  {}  {}", output.Styled(Tone::kStrong, spec.key()), OneLine(spec.title()),
                  output.Styled(Tone::kDim, fmt::format("revision {} · {}", CurrentRevision(spec),
                                                        People(spec.authors())))),
      spec.key().size() + 2);
  ShowWrapped(output,
              fmt::format("{} — {}", StateWord(output, spec.state()), OneLine(why.state_text())),
              0);
  DueWords due(session);
  const std::string left = due.Of(spec.area(), why.turn().due_time());
  Section(output, "Whose turn",
          {TurnText(why.turn(), due.ZoneOf(spec.area())) +
           (left.empty() ? "" : fmt::format(" ({})", left))});
  Section(output, "Concerns", NonEmpty(ConcernsText(spec)));
  Section(output, "Gates", {why.gates().begin(), why.gates().end()});
  Section(output, "Conditions", OpenConditions(spec));
  Section(output, "Queue", NonEmpty(why.queue_text()));
  Section(output, "Next", NonEmpty(NextCommand(spec, why, WhoAmI(session))));
  return ExitCode::kDone;
}

void ShowSpecs(Output& output, const std::vector<v1::Spec>& specs) {
  std::vector<const google::protobuf::Message*> messages;
  std::vector<std::vector<std::string>> rows;
  for (const v1::Spec& spec : specs) {
    messages.push_back(&spec);
    const std::string authors = fmt::format("{}", fmt::join(spec.authors(), ","));
    rows.push_back({spec.key(), EnumWord(spec.state()), spec.title(), authors,
                    output.terminal() ? TimeText(spec.update_time(), absl::LocalTimeZone())
                                      : Rfc3339(spec.update_time())});
  }
  output.JsonArray(messages);
  output.Table({"KEY", "STATE", "TITLE", "AUTHORS", "CHANGED"}, rows);
}

}  // namespace gavel::cli
