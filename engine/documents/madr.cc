#include "engine/documents/madr.h"

#include <string_view>
#include <vector>

#include "engine/documents/madr_people.h"
#include "engine/documents/markdown.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "engine/domain/packet.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/wording.h"

namespace gavel::documents {
namespace {

absl::CivilDay DecisionDay(const DecisionPapers& papers) {
  const BusinessCalendar& calendar = papers.organisation.CalendarOf(papers.spec.area());
  return absl::ToCivilDay(FromProto(papers.decision.decide_time()), calendar.zone());
}

std::string IsoDay(absl::CivilDay day) {
  return fmt::format("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
}

// A double-quoted YAML scalar on one line; the text has no control characters left.
std::string Scalar(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : OneLine(text)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string LaterDecision(const v1::Spec& spec, const v1::Decision& decision) {
  for (const v1::Decision& later : spec.decisions()) {
    if (later.replaces() == decision.id()) return spec.key() + " " + later.id();
  }
  return "a later decision";
}

// MADR's own words where they fit.
std::string StatusText(const v1::Spec& spec, const v1::Decision& decision) {
  switch (decision.force()) {
    case v1::Decision::FORCE_STAYED:
      return "stayed, not in force until it is decided again";
    case v1::Decision::FORCE_REPLACED:
      return "superseded by " + LaterDecision(spec, decision);
    case v1::Decision::FORCE_VOID:
      return "taken back";
    default:
      break;
  }
  if (!spec.superseded_by().empty()) return "superseded by " + spec.superseded_by();
  return decision.outcome() == v1::DECISION_OUTCOME_REJECTED ? "rejected" : "accepted";
}

class Record {
 public:
  explicit Record(const DecisionPapers& papers)
      : papers_(papers), spec_(papers.spec), decision_(papers.decision) {}

  std::string Write() {
    WriteFrontMatter();
    out_.Line("# {} {}", spec_.key(), Inline(spec_.title(), "without a title"));
    WriteContext();
    WriteOptions();
    WriteOutcome();
    WriteConsequences();
    WriteConfirmation();
    WriteMore();
    return out_.Take();
  }

 private:
  std::string Name(std::string_view person) const {
    return Inline(papers_.organisation.NameOf(person), "nobody");
  }

  // The record's own date names the year.
  std::string When(const google::protobuf::Timestamp& time) const {
    return ZonedTimeText(FromProto(time), papers_.organisation.CalendarOf(spec_.area()).zone(),
                         FromProto(decision_.decide_time()));
  }

  void Heading(std::string_view hashes, std::string_view text) {
    out_.Blank();
    out_.Line("{} {}", hashes, text);
    out_.Blank();
  }

  void WriteFrontMatter() {
    const DecisionPeople people = PeopleOf(papers_);
    out_.Line("---");
    out_.Line("status: {}", Scalar(StatusText(spec_, decision_)));
    out_.Line("date: {}", IsoDay(DecisionDay(papers_)));
    WritePeople("decision-makers", people.makers);
    WritePeople("consulted", people.consulted);
    WritePeople("informed", people.informed);
    out_.Line("---");
    out_.Blank();
  }

  void WritePeople(std::string_view key, const std::vector<std::string>& people) {
    std::vector<std::string> names;
    for (const std::string& person : people) {
      names.push_back(Scalar(papers_.organisation.NameOf(person)));
    }
    out_.Line("{}: [{}]", key, Joined(names, ", ", ""));
  }

  void WriteContext() {
    Heading("##", "Context and Problem Statement");
    out_.Line("{}", Sentence(spec_.summary(), "No summary"));
    out_.Blank();
    if (spec_.open_decisions().empty()) out_.Line("Open decisions: none declared.");
    for (const v1::OpenDecision& open : spec_.open_decisions()) {
      out_.Line("- {}", Sentence(open.question()));
    }
  }

  void WriteOptions() {
    Heading("##", "Considered Options");
    bool any = false;
    for (const v1::OpenDecision& open : spec_.open_decisions()) {
      for (const std::string& option : open.options()) {
        any = true;
        out_.Line("- {}", Inline(option));
      }
    }
    if (!any) out_.Line("- none declared: the spec as a whole");
  }

  void WriteOutcome() {
    Heading("##", "Decision Outcome");
    const bool rejected = decision_.outcome() == v1::DECISION_OUTCOME_REJECTED;
    out_.Line("Chosen option: {}, because: {}",
              rejected ? "none, the spec is rejected"
                       : fmt::format("the spec as written in revision {}", decision_.revision()),
              Sentence(decision_.rationale()));
    out_.Blank();
    for (const v1::OpenDecision& open : spec_.open_decisions()) {
      out_.Line("- {} Recommended by its authors: {}", Sentence(open.question()),
                Sentence(open.recommendation(), "none"));
    }
    out_.Line("- Outcome: {}", OutcomeText(decision_.outcome()));
    out_.Line("- Authority: {}", AuthorityWords());
    if (decision_.dissent().empty()) out_.Line("- Dissent: none");
    for (const v1::Dissent& dissent : decision_.dissent()) {
      out_.Quote("", fmt::format("Dissent ({})", Name(dissent.person())), dissent.text());
    }
  }

  std::string AuthorityWords() const {
    std::string text = AuthorityText(decision_.authority());
    if (!decision_.rule().empty()) text += fmt::format(", `{}`", decision_.rule());
    if (!decision_.meeting().empty()) text += fmt::format(", {}", decision_.meeting());
    return text;
  }

  void WriteConsequences() {
    Heading("###", "Consequences");
    if (decision_.conditions().empty()) out_.Line("- Conditions: none");
    for (const v1::Condition& condition : decision_.conditions()) {
      out_.Line("- Has to hold, {}: {} ({}, due {})", condition.id(), Inline(condition.text()),
                Name(condition.owner()), DayYearText(ToCivilDay(condition.due())));
    }
  }

  void WriteConfirmation() {
    Heading("###", "Confirmation");
    for (const v1::Condition& condition : decision_.conditions()) {
      const std::string status =
          condition.has_met_time()
              ? fmt::format("met {}: {}", When(condition.met_time()), Inline(condition.note()))
              : "open";
      out_.Line("- {}: {}", condition.id(), status);
    }
    if (decision_.has_envelope()) {
      WriteEnvelope(decision_.envelope());
    } else if (decision_.conditions().empty()) {
      out_.Line("- none");
    }
  }

  // What a rule's approval covers; what is built is compared with it.
  void WriteEnvelope(const v1::Envelope& envelope) {
    out_.Line("- Covers: {}", Joined({envelope.allowed().begin(), envelope.allowed().end()}));
    out_.Line("- Highest cost: {}",
              envelope.has_cost_ceiling_cents()
                  ? fmt::format("{} USD a month",
                                NumberText(static_cast<int>(envelope.cost_ceiling_cents() / 100)))
                  : "not known");
    out_.Line("- Highest data class: {}", Inline(envelope.classification(), "not known"));
    out_.Line("- Regions: {}", Joined({envelope.regions().begin(), envelope.regions().end()}));
    out_.Line("- Holds until: {}", envelope.has_expires()
                                       ? DayYearText(ToCivilDay(envelope.expires()))
                                       : std::string("no end"));
  }

  void WriteMore() {
    Heading("##", "More Information");
    const v1::Revision& revision = RevisionOf(spec_, decision_.revision());
    out_.Line("- Spec: {}, revision {}", spec_.key(), revision.number());
    out_.Line("- Source: {}", SourceText(revision));
    out_.Line("- Content: sha256 `{}`", decision_.content_hash());
    out_.Line("- Decided: {}, recorded by {}", When(decision_.decide_time()), DeciderText());
    out_.Line("- Standing: {}", StandingText());
    out_.Line("- Replaces: {}", decision_.replaces().empty()
                                    ? std::string("none")
                                    : fmt::format("{} {}", spec_.key(), decision_.replaces()));
    out_.Line("- Supersedes: {}", Joined({spec_.supersedes().begin(), spec_.supersedes().end()}));
  }

  std::string SourceText(const v1::Revision& revision) const {
    if (spec_.repository().empty()) return "none";
    const std::string commit = revision.commit().empty()
                                   ? "not published"
                                   : fmt::format("commit `{}`", OneLine(revision.commit()));
    return fmt::format("`{}`, `{}`, {}", OneLine(spec_.repository()), OneLine(spec_.path()),
                       commit);
  }

  std::string DeciderText() const {
    if (decision_.authority() == v1::Decision::AUTHORITY_RULE) return "the rules";
    return Name(decision_.decided_by());
  }

  std::string StandingText() const {
    if (decision_.force() == v1::Decision::FORCE_STAYED) {
      return fmt::format("stayed, {}", Sentence(decision_.stay_reason()));
    }
    if (decision_.force() != v1::Decision::FORCE_IN_FORCE) return StatusText(spec_, decision_);
    if (!decision_.has_final_time()) return decision_.final() ? "final" : "not final yet";
    return fmt::format("{} {}", decision_.final() ? "final since" : "final from",
                       When(decision_.final_time()));
  }

  const DecisionPapers& papers_;
  const v1::Spec& spec_;
  const v1::Decision& decision_;
  MarkdownWriter out_;
};

}  // namespace

std::string MadrMarkdown(const DecisionPapers& papers) { return Record(papers).Write(); }

std::string MadrFileName(const DecisionPapers& papers) {
  return fmt::format("{}-{}-{}.md", IsoDay(DecisionDay(papers)), papers.spec.key(),
                     papers.decision.id());
}

}  // namespace gavel::documents
