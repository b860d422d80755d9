#include "clients/cli/show/conversation.h"

#include <algorithm>
#include <set>

#include "clients/cli/output/shown_text.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/time_text.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

constexpr size_t kIndent = 4;
constexpr size_t kDeepest = 5;  // Further in there is no room left to read.

using Comments = std::vector<v1::Comment>;

// `line 40 of revision 2`, `lines 40-44 of revision 2`; empty for the whole spec.
std::string PlaceText(const v1::Anchor& anchor) {
  if (anchor.first_line() <= 0) return "";
  const bool one = anchor.last_line() <= anchor.first_line();
  return fmt::format("{} of revision {}",
                     one ? fmt::format("line {}", anchor.first_line())
                         : fmt::format("lines {}-{}", anchor.first_line(), anchor.last_line()),
                     anchor.revision());
}

std::string ConcernBlock(const Output& output, const v1::Concern& concern) {
  const std::string margin(kIndent, ' ');
  std::string text =
      fmt::format("{}  {} \"{}\" by {} — {}\n", concern.id(), Spoken(EnumWord(concern.severity())),
                  OneLine(concern.title()), Person(concern.raiser()),
                  output.Styled(Tone::kStrong, ConcernState(concern)));
  if (const std::string place = PlaceText(concern.anchor()); !place.empty()) {
    const std::string heading = OneLine(concern.anchor().heading());
    text += margin + place + (heading.empty() ? "" : ", " + heading) + "\n";
  }
  if (!concern.text().empty()) text += Quoted(concern.text(), margin) + "\n";
  if (!concern.criteria().empty()) {
    text += fmt::format("{}Done when: {}\n", margin, OneLine(concern.criteria()));
  }
  for (const v1::ConcernReply& reply : concern.replies()) {
    text +=
        fmt::format("{}{}:\n{}\n", margin, Person(reply.author()), Quoted(reply.text(), margin));
  }
  if (!concern.resolution().empty()) {
    text += fmt::format("{}Closed: {}\n", margin, OneLine(concern.resolution()));
  }
  return text;
}

class CommentThreads {
 public:
  CommentThreads(const v1::Spec& spec, const Comments& comments) : comments_(comments) {
    std::set<std::string> known;
    for (const v1::Concern& concern : spec.concerns()) known.insert(concern.id());
    for (const v1::Comment& comment : comments) {
      // Only what was there before can be answered: two that name each other would hide both.
      answers_.push_back(known.contains(comment.in_reply_to()) ? comment.in_reply_to() : "");
      known.insert(comment.id());
    }
  }

  // The comments that answer `id`, each with its own answers; those that answer nothing for "".
  std::string Below(const std::string& id, size_t depth) const {
    std::string text;
    for (size_t i = 0; i < comments_.size(); ++i) {
      if (answers_[i] != id) continue;
      text += Block(comments_[i], std::min(depth, kDeepest) * kIndent);
      text += Below(comments_[i].id(), depth + 1);
    }
    return text;
  }

 private:
  static std::string Block(const v1::Comment& comment, size_t columns) {
    const std::string margin(columns, ' ');
    const std::string place = PlaceText(comment.anchor());
    return fmt::format("{}{}  {}, {}{}\n{}\n", margin, comment.id(), Person(comment.author()),
                       TimeText(comment.create_time(), absl::LocalTimeZone()),
                       place.empty() ? "" : ", " + place,
                       Quoted(comment.text(), margin + std::string(kIndent, ' ')));
  }

  const Comments& comments_;
  std::vector<std::string> answers_;  // What each of them answers; empty for nothing.
};

}  // namespace

std::string ConcernState(const v1::Concern& concern) {
  if (concern.status() != v1::Concern::STATUS_OPEN) return Spoken(EnumWord(concern.status()));
  return concern.has_answer_time() ? "answered" : "open";
}

std::string ConversationText(const Output& output, const v1::Spec& spec, const Comments& comments) {
  const CommentThreads threads(spec, comments);
  std::string text;
  for (const v1::Concern& concern : spec.concerns()) {
    text += ConcernBlock(output, concern) + threads.Below(concern.id(), 1);
  }
  return text + threads.Below("", 0);
}

}  // namespace gavel::cli
