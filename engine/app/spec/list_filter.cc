#include "engine/app/spec/list_filter.h"

#include <algorithm>
#include <cctype>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::app {

struct ListFilter::Node {
  enum class Kind { kAnd, kOr, kNot, kEquals, kDiffers, kHas };
  Kind kind;
  std::vector<std::shared_ptr<const Node>> children;  // For kAnd, kOr, kNot.
  std::string field;
  std::string value;  // Lower case.
};

namespace {

using Node = ListFilter::Node;
using NodePtr = std::shared_ptr<const Node>;

constexpr int kDeepest = 100;

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

class Parser {
 public:
  Parser(std::string_view text, const std::vector<std::string>& fields)
      : text_(text), fields_(fields) {}

  absl::StatusOr<NodePtr> Parse() {
    GAVEL_ASSIGN_OR_RETURN(NodePtr node, Or(0));
    SkipSpace();
    if (at_ < text_.size()) return Error("expected AND, OR or the end");
    return node;
  }

 private:
  absl::Status Error(std::string_view what) const {
    return MakeInvalid("FILTER_INVALID", fmt::format("filter: position {}: {}.", at_ + 1, what),
                       {{"filter", fmt::format("position {}: {}", at_ + 1, what), ""}},
                       {{"position", std::to_string(at_ + 1)}});
  }

  void SkipSpace() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool TakeWord(std::string_view word) {
    SkipSpace();
    const bool fits = text_.substr(at_, word.size()) == word;
    const size_t end = at_ + word.size();
    if (!fits || (end < text_.size() && text_[end] != ' ' && text_[end] != '(')) return false;
    at_ = end;
    return true;
  }

  bool TakeChar(char c) {
    SkipSpace();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool AtTerm() {
    SkipSpace();
    return at_ < text_.size() && text_[at_] != ')';
  }

  absl::StatusOr<NodePtr> Or(int depth) {
    if (depth > kDeepest) return Error("nested too deep");
    auto node = std::make_shared<Node>(Node{Node::Kind::kOr, {}, "", ""});
    do {
      GAVEL_ASSIGN_OR_RETURN(NodePtr child, And(depth));
      node->children.push_back(std::move(child));
    } while (TakeWord("OR"));
    return node->children.size() == 1 ? node->children[0] : NodePtr(node);
  }

  absl::StatusOr<NodePtr> And(int depth) {
    auto node = std::make_shared<Node>(Node{Node::Kind::kAnd, {}, "", ""});
    while (true) {
      GAVEL_ASSIGN_OR_RETURN(NodePtr child, Unary(depth));
      node->children.push_back(std::move(child));
      if (TakeWord("AND")) continue;
      const size_t before = at_;
      const bool ends = !AtTerm() || TakeWord("OR");
      at_ = before;
      if (ends) break;
    }
    return node->children.size() == 1 ? node->children[0] : NodePtr(node);
  }

  absl::StatusOr<NodePtr> Unary(int depth) {
    if (depth > kDeepest) return Error("nested too deep");
    if (TakeWord("NOT")) {
      GAVEL_ASSIGN_OR_RETURN(NodePtr child, Unary(depth + 1));
      return NodePtr(std::make_shared<Node>(Node{Node::Kind::kNot, {std::move(child)}, "", ""}));
    }
    if (TakeChar('(')) {
      GAVEL_ASSIGN_OR_RETURN(NodePtr inner, Or(depth + 1));
      if (!TakeChar(')')) return Error("expected `)`");
      return inner;
    }
    return Term();
  }

  absl::StatusOr<NodePtr> Term() {
    const std::string field = TakeName();
    if (std::find(fields_.begin(), fields_.end(), field) == fields_.end()) {
      return Error(fmt::format("`{}` is no field; there are {}", field, fmt::join(fields_, ", ")));
    }
    SkipSpace();
    Node::Kind kind;
    if (text_.substr(at_, 2) == "!=") {
      kind = Node::Kind::kDiffers;
      at_ += 2;
    } else if (TakeChar('=')) {
      kind = Node::Kind::kEquals;
    } else if (TakeChar(':')) {
      kind = Node::Kind::kHas;
    } else {
      return Error("expected `=`, `!=` or `:`");
    }
    GAVEL_ASSIGN_OR_RETURN(std::string value, Value());
    return NodePtr(std::make_shared<Node>(Node{kind, {}, field, Lower(value)}));
  }

  std::string TakeName() {
    SkipSpace();
    const size_t start = at_;
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_')) {
      ++at_;
    }
    return std::string(text_.substr(start, at_ - start));
  }

  absl::StatusOr<std::string> Value() {
    SkipSpace();
    if (TakeChar('"')) {
      const size_t end = text_.find('"', at_);
      if (end == std::string_view::npos) return Error("the closing quote is missing");
      std::string value(text_.substr(at_, end - at_));
      at_ = end + 1;
      return value;
    }
    const size_t start = at_;
    while (at_ < text_.size() && text_[at_] != ' ' && text_[at_] != ')') ++at_;
    if (at_ == start) return Error("expected a value");
    return std::string(text_.substr(start, at_ - start));
  }

  const std::string_view text_;
  const std::vector<std::string>& fields_;
  size_t at_ = 0;
};

bool Holds(const Node& node, const ListFilter::Values& values) {
  const auto holds = [&](const NodePtr& child) { return Holds(*child, values); };
  switch (node.kind) {
    case Node::Kind::kAnd:
      return std::all_of(node.children.begin(), node.children.end(), holds);
    case Node::Kind::kOr:
      return std::any_of(node.children.begin(), node.children.end(), holds);
    case Node::Kind::kNot:
      return !holds(node.children[0]);
    default:
      break;
  }
  const std::vector<std::string> found = values(node.field);
  const bool equal = std::any_of(found.begin(), found.end(), [&](const std::string& value) {
    return Lower(value) == node.value;
  });
  if (node.kind == Node::Kind::kEquals) return equal;
  if (node.kind == Node::Kind::kDiffers) return !equal;
  return std::any_of(found.begin(), found.end(), [&](const std::string& value) {
    return Lower(value).find(node.value) != std::string::npos;
  });
}

}  // namespace

absl::StatusOr<ListFilter> ListFilter::Parse(std::string_view text,
                                             const std::vector<std::string>& fields) {
  const bool blank = text.find_first_not_of(' ') == std::string_view::npos;
  if (blank) return ListFilter(nullptr);
  GAVEL_ASSIGN_OR_RETURN(NodePtr root, Parser(text, fields).Parse());
  return ListFilter(std::move(root));
}

bool ListFilter::Matches(const Values& values) const {
  return root_ == nullptr || Holds(*root_, values);
}

}  // namespace gavel::app
