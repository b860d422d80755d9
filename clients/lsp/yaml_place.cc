#include "clients/lsp/yaml_place.h"

#include <algorithm>
#include <utility>

namespace gavel::lsp {
namespace {

using Path = std::vector<std::string>;
using rules::TextRange;

constexpr int kNoMapping = -1;

Path Below(Path path, const std::string& key) {
  path.push_back(key);
  return path;
}

// One pass over the lines with the block structure on a stack. Flow collections have a stack of
// their own, which is empty outside of them.
class Scanner {
 public:
  Scanner(std::string_view yaml, size_t cursor) : yaml_(yaml), cursor_(cursor) {}

  YamlPlace Scan() {
    for (size_t begin = 0; begin <= yaml_.size();) {
      const size_t newline = std::min(yaml_.find('\n', begin), yaml_.size());
      size_t end = newline;
      if (end > begin && yaml_[end - 1] == '\r') --end;
      Line(begin, end);
      begin = newline + 1;
    }
    if (mapping_of_place_ != kNoMapping) {
      place_.keys = mappings_[static_cast<size_t>(mapping_of_place_)];
    }
    return std::move(place_);
  }

 private:
  struct Block {
    size_t indent = 0;
    bool sequence = false;
    Path path;
    int mapping = kNoMapping;
    std::string last_key = {};
    bool last_value_written = false;  // On the line of the key.
  };
  struct Flow {
    bool sequence = false;
    Path path;
    int mapping = kNoMapping;
    std::string key = {};
    bool in_value = false;
    bool finished = false;  // A nested collection was the value; nothing may follow but a comma.
    size_t slot_begin = 0;
  };

  // --- Slots: where something stands or could.

  void Slot(YamlPlace::Kind kind, const Path& path, int mapping, TextRange region,
            bool has_colon = false) {
    if (found_ || cursor_ < region.begin || cursor_ > region.end) return;
    found_ = true;
    TextRange written = Trimmed(region);
    if (written.begin == written.end) written = {cursor_, cursor_};
    if (cursor_ < written.begin || cursor_ > written.end) return;
    place_.kind = kind;
    place_.path = path;
    place_.written = written;
    place_.in_flow = !flows_.empty();
    place_.has_colon = has_colon;
    mapping_of_place_ = kind == YamlPlace::Kind::kKey ? mapping : kNoMapping;
  }

  TextRange Trimmed(TextRange range) const {
    while (range.begin < range.end && IsBlank(yaml_[range.begin])) ++range.begin;
    while (range.end > range.begin && IsBlank(yaml_[range.end - 1])) --range.end;
    return range;
  }

  static bool IsBlank(char c) { return c == ' ' || c == '\t'; }

  // The key itself, without quotes. The one under the cursor does not count as there already.
  void AddKey(int mapping, TextRange range) {
    const bool under_cursor = cursor_ >= range.begin && cursor_ <= range.end;
    if (!under_cursor) mappings_[static_cast<size_t>(mapping)].push_back(TextOf(range));
  }

  std::string TextOf(TextRange range) const {
    range = Trimmed(range);
    std::string_view text = yaml_.substr(range.begin, range.end - range.begin);
    const bool quoted = text.size() >= 2 && text.front() == text.back() &&
                        (text.front() == '"' || text.front() == '\'');
    if (quoted) text = text.substr(1, text.size() - 2);
    return std::string(text);
  }

  int NewMapping() {
    mappings_.emplace_back();
    return static_cast<int>(mappings_.size()) - 1;
  }

  // --- Block structure.

  void Line(size_t begin, size_t end) {
    size_t at = begin;
    while (at < end && yaml_[at] == ' ') ++at;
    const bool blank = Trimmed({at, end}).begin == end;
    const size_t indent = at - begin;
    if (in_block_scalar_) {
      if (blank || indent > scalar_indent_) return;
      in_block_scalar_ = false;
    }
    if (!flows_.empty()) {
      if (indent > flow_indent_ || ColonOf(at, end) == end) return FlowLine(at, end);
      flows_.clear();  // Never closed: a key of the block below begins.
    }
    if (blank) return BlankLine(begin, end);
    if (yaml_[at] != '#') Content(begin, at, end);
  }

  // Nothing yet: a key of the mapping that the cursor's column belongs to.
  void BlankLine(size_t begin, size_t end) {
    if (cursor_ < begin || cursor_ > end) return;
    const int mapping = EnterMapping(cursor_ - begin);
    Slot(YamlPlace::Kind::kKey, blocks_.back().path, mapping, {cursor_, cursor_});
  }

  void Content(size_t begin, size_t at, size_t end) {
    bool item = false;
    while (yaml_[at] == '-' && (at + 1 == end || IsBlank(yaml_[at + 1]))) {
      EnterSequence(at - begin);
      item = true;
      const size_t behind_dash = std::min(at + 2, end);
      at = behind_dash;
      while (at < end && IsBlank(yaml_[at])) ++at;
      if (at == end) {
        return Slot(YamlPlace::Kind::kValue, blocks_.back().path, kNoMapping, {behind_dash, end});
      }
    }
    const size_t colon = ColonOf(at, end);
    if (yaml_[at] == '{' || yaml_[at] == '[') {
      if (!blocks_.empty()) Value(at, end, blocks_.back().path, at - begin);
    } else if (colon < end) {
      Entry(at - begin, at, colon, end);
    } else if (item) {
      Value(at, end, blocks_.back().path, at - begin);
    } else {
      BareText(at - begin, at, end);
    }
  }

  void Entry(size_t column, size_t at, size_t colon, size_t end) {
    const int mapping = EnterMapping(column);
    AddKey(mapping, {at, colon});
    Slot(YamlPlace::Kind::kKey, blocks_.back().path, mapping, {at, colon}, true);
    blocks_.back().last_key = TextOf({at, colon});
    blocks_.back().last_value_written = Trimmed({colon + 1, end}).begin != end;
    Value(colon + 1, end, Below(blocks_.back().path, blocks_.back().last_key), column);
  }

  // A key that is being typed, or the next line of a plain text.
  void BareText(size_t column, size_t at, size_t end) {
    while (!blocks_.empty() && blocks_.back().indent > column) blocks_.pop_back();
    const bool goes_on =
        !blocks_.empty() && blocks_.back().last_value_written && column > blocks_.back().indent;
    if (goes_on || cursor_ < at || cursor_ > end) return;
    const int mapping = EnterMapping(column);
    Slot(YamlPlace::Kind::kKey, blocks_.back().path, mapping, {at, end});
  }

  void Value(size_t from, size_t end, const Path& path, size_t indent) {
    const TextRange value = Trimmed({from, end});
    if (value.begin == value.end) {
      return Slot(YamlPlace::Kind::kValue, path, kNoMapping, {from, end});
    }
    const char first = yaml_[value.begin];
    if (first == '|' || first == '>') {
      in_block_scalar_ = true;
      scalar_indent_ = indent;
      return;
    }
    if (first == '{' || first == '[') {
      flow_indent_ = blocks_.empty() ? 0 : blocks_.back().indent;
      PushFlow(value.begin, path);
      return FlowLine(value.begin + 1, end);
    }
    Slot(YamlPlace::Kind::kValue, path, kNoMapping, {from, EndOfScalar(value.begin, end)});
  }

  // Makes the mapping of `column` the innermost block.
  int EnterMapping(size_t column) {
    while (!blocks_.empty() && blocks_.back().indent > column) blocks_.pop_back();
    if (!blocks_.empty() && blocks_.back().sequence && blocks_.back().indent == column) {
      blocks_.pop_back();
    }
    const bool is_it =
        !blocks_.empty() && !blocks_.back().sequence && blocks_.back().indent == column;
    if (!is_it) blocks_.push_back({column, false, PendingPath(), NewMapping()});
    return blocks_.back().mapping;
  }

  void EnterSequence(size_t column) {
    while (!blocks_.empty() && blocks_.back().indent > column) blocks_.pop_back();
    const bool is_it =
        !blocks_.empty() && blocks_.back().sequence && blocks_.back().indent == column;
    if (!is_it) blocks_.push_back({column, true, PendingPath()});
  }

  // The path of what is indented below the innermost block.
  Path PendingPath() const {
    if (blocks_.empty()) return {};
    const Block& block = blocks_.back();
    return block.sequence || block.last_key.empty() ? block.path
                                                    : Below(block.path, block.last_key);
  }

  // The colon that ends the key at `at`; `end` where no key stands there.
  size_t ColonOf(size_t at, size_t end) const {
    size_t from = at;
    if (at < end && (yaml_[at] == '"' || yaml_[at] == '\'')) from = EndOfScalar(at, end);
    for (size_t i = from; i < end; ++i) {
      if (yaml_[i] == ':' && (i + 1 == end || IsBlank(yaml_[i + 1]))) return i;
      if (yaml_[i] == '#' && i > at && IsBlank(yaml_[i - 1])) break;
      if (i == at && (yaml_[i] == '{' || yaml_[i] == '[')) break;
    }
    return end;
  }

  // Behind a scalar that starts at `at`: its closing quote, else before a comment.
  size_t EndOfScalar(size_t at, size_t end) const {
    const char quote = yaml_[at];
    if (quote == '"' || quote == '\'') {
      for (size_t i = at + 1; i < end; ++i) {
        if (quote == '"' && yaml_[i] == '\\') {
          ++i;
        } else if (yaml_[i] == quote) {
          return i + 1;
        }
      }
      return end;
    }
    for (size_t i = at + 1; i < end; ++i) {
      if (yaml_[i] == '#' && IsBlank(yaml_[i - 1])) return i;
    }
    return end;
  }

  // --- Flow collections: `{use: kafka/shared, for: jobs}`.

  void PushFlow(size_t at, const Path& path) {
    const bool sequence = yaml_[at] == '[';
    flows_.push_back({sequence, path, sequence ? kNoMapping : NewMapping()});
    flows_.back().slot_begin = at + 1;
  }

  void FlowLine(size_t at, size_t end) {
    flows_.back().slot_begin = at;
    while (at < end && !flows_.empty()) at = FlowStep(at, end);
    if (!flows_.empty()) CloseSlot(end);
  }

  // Takes what stands at `at`; where to go on.
  size_t FlowStep(size_t at, size_t end) {
    Flow& flow = flows_.back();
    const char c = yaml_[at];
    const bool slot_starts = Trimmed({flow.slot_begin, at}).begin == at;
    if ((c == '"' || c == '\'') && slot_starts) return EndOfScalar(at, end);
    if (c == '#' && IsBlank(yaml_[at - 1])) {
      CloseSlot(at);
      flow.finished = true;
      return end;
    }
    if (c == '{' || c == '[') {
      const Path path = flow.in_value ? Below(flow.path, flow.key) : flow.path;
      PushFlow(at, path);
    } else if (c == '}' || c == ']') {
      CloseSlot(at);
      flows_.pop_back();
      if (!flows_.empty()) flows_.back().finished = true;
    } else if (c == ',') {
      CloseSlot(at);
      flow.in_value = flow.finished = false;
      flow.slot_begin = at + 1;
    } else if (c == ':' && !flow.sequence && !flow.in_value && EndsFlowKey(at, end)) {
      const TextRange key = {flow.slot_begin, at};
      AddKey(flow.mapping, Trimmed(key));
      Slot(YamlPlace::Kind::kKey, flow.path, flow.mapping, key, true);
      flow.key = TextOf(key);
      flow.in_value = true;
      flow.slot_begin = at + 1;
    }
    return at + 1;
  }

  bool EndsFlowKey(size_t colon, size_t end) const {
    if (colon + 1 == end) return true;
    const char next = yaml_[colon + 1];
    return IsBlank(next) || next == ',' || next == '}' || next == '{' || next == '[';
  }

  void CloseSlot(size_t end) {
    const Flow& flow = flows_.back();
    if (flow.finished) return;
    const TextRange region = {flow.slot_begin, end};
    if (flow.sequence) {
      Slot(YamlPlace::Kind::kValue, flow.path, kNoMapping, region);
    } else if (flow.in_value) {
      Slot(YamlPlace::Kind::kValue, Below(flow.path, flow.key), kNoMapping, region);
    } else {
      Slot(YamlPlace::Kind::kKey, flow.path, flow.mapping, region);
    }
  }

  const std::string_view yaml_;
  const size_t cursor_;
  std::vector<Block> blocks_;
  std::vector<Flow> flows_;
  size_t flow_indent_ = 0;
  bool in_block_scalar_ = false;
  size_t scalar_indent_ = 0;
  std::vector<std::vector<std::string>> mappings_;  // Their keys.
  YamlPlace place_;
  int mapping_of_place_ = kNoMapping;
  bool found_ = false;
};

}  // namespace

YamlPlace PlaceAt(std::string_view yaml, size_t cursor) { return Scanner(yaml, cursor).Scan(); }

}  // namespace gavel::lsp
