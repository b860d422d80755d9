#include "engine/documents/agenda_item.h"

#include "engine/domain/concern.h"
#include "engine/domain/planning/wording.h"

namespace gavel::documents {
namespace {

std::string OptionsText(const v1::OpenDecision& decision) {
  std::vector<std::string> options;
  for (const std::string& option : decision.options()) options.push_back(Inline(option));
  return Joined(options, "; ");
}

void WriteDecisions(const MeetingPapers& papers, const v1::Spec& spec, std::string_view indent,
                    MarkdownWriter& out) {
  if (spec.open_decisions().empty()) {
    out.Line("{}- Decide: none declared, the spec as a whole", indent);
  }
  for (const v1::OpenDecision& decision : spec.open_decisions()) {
    const std::string decider =
        decision.decider().empty()
            ? ""
            : fmt::format(" Decides: {}.", NameText(papers, decision.decider()));
    out.Line("{}- Decide: {} Options: {}. Recommended: {}{}", indent, Sentence(decision.question()),
             OptionsText(decision), Sentence(decision.recommendation(), "none"), decider);
  }
}

void WriteBlocks(const MeetingPapers& papers, const v1::Spec& spec, MarkdownWriter& out) {
  const std::vector<const v1::Concern*> blocks = OpenBlocks(spec);
  if (blocks.empty()) out.Line("  - Blocking: none");
  for (const v1::Concern* block : blocks) {
    out.Line("  - Blocking: “{}” ({}): done when {}", Inline(block->title(), "without a title"),
             NameText(papers, block->raiser()), Inline(block->criteria()));
  }
}

std::string QuestionsText(const v1::Spec& spec) {
  int questions = 0;
  for (const v1::Concern& concern : spec.concerns()) {
    const bool open = concern.status() == v1::Concern::STATUS_OPEN;
    if (open && !IsOpenBlock(concern)) ++questions;
  }
  return questions == 0 ? "none" : CountText(questions, "question");
}

// "media 2/2, security 0/1"; a rule's own gate by the group it asks.
std::string ApprovalsText(const v1::Spec& spec) {
  std::vector<std::string> gates;
  for (const v1::Gate& gate : spec.gates()) {
    std::string name = gate.area();
    if (gate.id().rfind("rule:", 0) == 0) name = gate.id().substr(gate.id().rfind(':') + 1);
    gates.push_back(fmt::format("{} {}/{}", Inline(name), gate.approvals(), gate.quorum()));
  }
  return Joined(gates);
}

void WriteReading(const v1::Spec& spec, const v1::Slot& slot, std::string_view indent,
                  MarkdownWriter& out) {
  out.Line("{}- Read: {} min, `gavel view {} --revision {}`", indent,
           ReadingMinutes(spec, slot.revision()), spec.key(),
           RevisionOf(spec, slot.revision()).number());
}

// The areas that have to be there as well.
void WriteJointAreas(const MeetingPapers& papers, const v1::Slot& slot, MarkdownWriter& out) {
  for (const std::string& id : slot.joint_areas()) {
    const v1::Area* area = papers.organisation.FindArea(id);
    if (area == nullptr) continue;
    out.Line("  - Needs {} in the room: {} answers for it", Inline(area->name()),
             NameText(papers, area->sponsor()));
  }
}

}  // namespace

std::string PresenterText(const MeetingPapers& papers, const v1::Slot& slot) {
  if (!slot.presenter().empty()) return NameText(papers, slot.presenter());
  const v1::Spec* spec = FindSpec(papers.specs, slot.spec());
  return spec == nullptr ? "no presenter" : NameText(papers, spec->presenter());
}

void WriteItemBody(const MeetingPapers& papers, const v1::Slot& slot, std::string_view shared_with,
                   MarkdownWriter& out) {
  const v1::Spec* spec = FindSpec(papers.specs, slot.spec());
  if (spec == nullptr) return;
  if (!shared_with.empty()) {
    out.Line("  - Shares its place with {}: {}", shared_with,
             Inline(slot.cluster(), "they belong together"));
  }
  WriteJointAreas(papers, slot, out);
  if (papers.meeting.urgent() == slot.spec()) {
    out.Line("  - Urgent, granted by the sponsor: {}", Inline(papers.meeting.urgent_reason()));
  }
  out.Line("  - In short: {}", Inline(spec->summary(), "no summary"));
  WriteDecisions(papers, *spec, "  ", out);
  WriteBlocks(papers, *spec, out);
  out.Line("  - Open: {}. Approvals: {}", QuestionsText(*spec), ApprovalsText(*spec));
  WriteReading(*spec, slot, "  ", out);
}

void WriteConsentBody(const MeetingPapers& papers, const v1::Slot& slot, MarkdownWriter& out) {
  const v1::Spec* spec = FindSpec(papers.specs, slot.spec());
  if (spec == nullptr) return;
  WriteDecisions(papers, *spec, "    ", out);
  WriteReading(*spec, slot, "    ", out);
}

}  // namespace gavel::documents
