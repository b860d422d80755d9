#include "engine/domain/stricter.h"

#include <algorithm>
#include <set>
#include <string>

namespace gavel {
namespace {

// Asks for an area or for people that the verdict in use does not ask for.
bool AsksForMore(const v1::Verdict& next, const v1::Verdict& now) {
  const auto asks_for = [&now](const v1::ReviewerClause& clause) {
    return std::any_of(now.reviewers().begin(), now.reviewers().end(), [&](const auto& known) {
      return known.from() == clause.from() && known.count() >= clause.count();
    });
  };
  const std::set<std::string> areas(now.areas().begin(), now.areas().end());
  return std::any_of(next.areas().begin(), next.areas().end(),
                     [&](const std::string& area) { return areas.count(area) == 0; }) ||
         !std::all_of(next.reviewers().begin(), next.reviewers().end(), asks_for);
}

}  // namespace

bool IsStricter(const v1::Verdict& next, const v1::Verdict& now) {
  const bool looser = next.mode() < now.mode() || (now.author_gate() && !next.author_gate());
  const bool stricter = next.mode() > now.mode() || (next.author_gate() && !now.author_gate()) ||
                        AsksForMore(next, now);
  return stricter && !looser;
}

}  // namespace gavel
