#include "rules/analysis/cover.h"

namespace gavel::rules {
namespace {

bool Visit(Box box, const std::vector<const Box*>& covers, size_t next, BoxAlgebra& algebra,
           const std::function<bool(Box)>& visit) {
  for (; next < covers.size(); ++next) {
    if (!algebra.budget().Spend()) return true;
    // Taking away what does not overlap would only cut the box into pieces.
    if (!algebra.Overlap(box, *covers[next])) continue;
    for (Box& piece : algebra.Subtract(box, *covers[next])) {
      if (Visit(std::move(piece), covers, next + 1, algebra, visit)) return true;
    }
    return false;
  }
  return visit(std::move(box));
}

}  // namespace

bool VisitUncovered(const Box& box, const std::vector<const Box*>& covers, BoxAlgebra& algebra,
                    const std::function<bool(Box)>& visit) {
  std::vector<const Box*> overlapping;
  for (const Box* const cover : covers) {
    if (algebra.Overlap(box, *cover)) overlapping.push_back(cover);
  }
  return Visit(box, overlapping, 0, algebra, visit);
}

std::optional<Box> FindUncovered(const Box& box, const std::vector<const Box*>& covers,
                                 BoxAlgebra& algebra) {
  std::optional<Box> found;
  VisitUncovered(box, covers, algebra, [&](Box piece) {
    found = std::move(piece);
    return true;
  });
  return found;
}

}  // namespace gavel::rules
