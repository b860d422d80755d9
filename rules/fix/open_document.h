// A document that is being mended: its bytes, its front matter with places, its outline.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/document/frame.h"
#include "rules/document/outline.h"
#include "rules/fix/fix.h"
#include "rules/text/text_lines.h"
#include "rules/policy.h"
#include "rules/schema/keys.h"
#include "rules/yaml/node.h"

namespace gavel::rules {

// A value of the front matter and what it belongs to.
struct FoundNode {
  const YamlNode* node = nullptr;
  const YamlNode* parent = nullptr;  // nullptr for the root.
  size_t index = 0;                  // In the parent's items or entries.
};

// Everything that fixes ask of one document. Immutable; O(bytes) to make.
class OpenDocument {
 public:
  // `bytes` and `policy`, which may be null, must outlive this.
  OpenDocument(std::string_view bytes, const Policy* policy);

  std::string_view bytes() const { return lines_.bytes(); }
  const TextLines& lines() const { return lines_; }
  const Frame& frame() const { return frame_; }
  // An empty scalar where there is no front matter of ours, or none that can be read.
  const YamlNode& root() const { return root_; }
  const Outline& outline() const { return outline_; }
  const Policy* policy() const { return policy_; }

  // The value at a finding's field, `front_matter.dependencies[1].use`.
  std::optional<FoundNode> Find(std::string_view field) const;
  // The key of the front matter that starts at that place.
  std::optional<FoundNode> FindKey(int line, int column) const;

  // The bytes of `node`. Nothing where they are not what was read: then the file's lines are not
  // what people count, and nobody should edit by them.
  std::optional<TextRange> RangeOf(const YamlNode& node) const;
  std::optional<std::string_view> TextOf(const YamlNode& node) const;

  // True where `node` is written in brackets or braces.
  bool IsFlow(const YamlNode& node) const;

 private:
  const TextLines lines_;
  const Policy* const policy_;
  const Frame frame_;
  const Outline outline_;
  YamlNode root_;
};

// What the schema says of a field of the front matter: its key, and the mapping that it is in.
struct FieldSchema {
  Shape shape = Shape::kNone;    // Whose keys the last key of the path is one of.
  const KeySpec* key = nullptr;  // Never null.
};

// Nothing for a field that the schema does not know.
std::optional<FieldSchema> SchemaOf(std::string_view field);

// The mapping that holds `field`, known key or not; kNone where there is none.
Shape ParentShapeOf(std::string_view field);

}  // namespace gavel::rules
