// A condition as boxes. The program is read from its end, where its outermost connective stands;
// `not` turns the question round, so only tests are ever negated.
#include <algorithm>

#include "rules/analysis/analysis.h"
#include "rules/analysis/leaf_boxes.h"

namespace gavel::rules {
namespace {

Wanted Negated(Wanted wanted) {
  switch (wanted) {
    case Wanted::kTrue:
      return Wanted::kFalse;
    case Wanted::kFalse:
      return Wanted::kTrue;
    case Wanted::kNotFalse:
      return Wanted::kNotTrue;
    case Wanted::kNotTrue:
      break;
  }
  return Wanted::kNotFalse;
}

bool IsWithin(const Box& a, const Box& b) { return CellsWithin(a, b) && SetsWithin(a, b); }

// Two boxes that differ in the cells of one axis alone are one box.
bool Merge(Box& into, const Box& from) {
  if (into.cells.size() != from.cells.size()) return false;
  CellLimit* differing = nullptr;
  const CellLimit* other = nullptr;
  for (size_t i = 0; i < into.cells.size(); ++i) {
    if (into.cells[i].axis != from.cells[i].axis) return false;
    if (into.cells[i].allowed == from.cells[i].allowed) continue;
    if (differing != nullptr) return false;
    differing = &into.cells[i];
    other = &from.cells[i];
  }
  if (differing == nullptr || !SetsWithin(into, from) || !SetsWithin(from, into)) return false;
  differing->allowed = differing->allowed.Or(other->allowed);
  if (differing->allowed.IsAll())
    into.cells.erase(into.cells.begin() + (differing - into.cells.data()));
  return true;
}

class ConditionReader {
 public:
  ConditionReader(const Program& program, size_t view, BoxAlgebra& algebra)
      : program_(program), view_(view), algebra_(algebra), next_(program.steps.size()) {}

  std::optional<std::vector<Box>> Read(Wanted wanted) {
    std::vector<Box> boxes = Node(wanted);
    if (too_many_) return std::nullopt;
    return boxes;
  }

 private:
  std::vector<Box> Node(Wanted wanted);
  std::vector<Box> Product(const std::vector<Box>& a, const std::vector<Box>& b);
  void Add(Box box, std::vector<Box>& boxes);

  const Program& program_;
  const size_t view_;
  BoxAlgebra& algebra_;
  size_t next_;  // The step behind the one to read.
  bool too_many_ = false;
};

// Adds a box to a union, which it may leave smaller.
void ConditionReader::Add(Box box, std::vector<Box>& boxes) {
  for (size_t i = 0; i < boxes.size(); ++i) {
    if (IsWithin(box, boxes[i])) return;
    if (!Merge(boxes[i], box)) continue;
    Box merged = std::move(boxes[i]);
    boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(i));
    return Add(std::move(merged), boxes);
  }
  boxes.erase(std::remove_if(boxes.begin(), boxes.end(),
                             [&](const Box& other) { return IsWithin(other, box); }),
              boxes.end());
  boxes.push_back(std::move(box));
  too_many_ = too_many_ || boxes.size() > kMaxBoxesPerRule;
}

std::vector<Box> ConditionReader::Product(const std::vector<Box>& a, const std::vector<Box>& b) {
  std::vector<Box> product;
  for (const Box& one : a) {
    for (const Box& other : b) {
      if (too_many_) return product;
      if (std::optional<Box> both = algebra_.Intersect(one, other)) Add(*std::move(both), product);
    }
  }
  return product;
}

std::vector<Box> ConditionReader::Node(Wanted wanted) {
  const Step& step = program_.steps[--next_];
  if (step.kind == Step::Kind::kLeaf)
    return LeafBoxes(program_.leaves[step.operand], wanted, view_, algebra_);
  if (step.kind == Step::Kind::kNot) return Node(Negated(wanted));
  const bool wants_high = wanted == Wanted::kTrue || wanted == Wanted::kNotFalse;
  const bool product = (step.kind == Step::Kind::kAll) == wants_high;
  std::vector<Box> boxes;
  for (int i = 0; i < step.operand; ++i) {
    std::vector<Box> operand = Node(wanted);
    if (i == 0) {
      for (Box& box : operand) Add(std::move(box), boxes);
    } else if (product) {
      boxes = Product(boxes, operand);
    } else {
      for (Box& box : operand) Add(std::move(box), boxes);
    }
  }
  return boxes;
}

}  // namespace

std::optional<std::vector<Box>> ConditionBoxes(const Program& program, Wanted wanted, size_t view,
                                               BoxAlgebra& algebra) {
  return ConditionReader(program, view, algebra).Read(wanted);
}

}  // namespace gavel::rules
