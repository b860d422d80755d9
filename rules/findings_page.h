// A page of docs/findings and its examples, for tests.
#pragma once

#include <string>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "gavel/v1/policy.pb.h"

namespace gavel::rules {

// One fenced block: a part of a spec or policy that is right otherwise.
struct PageBlock {
  // `yaml`: keys of the front matter; `yaml FILE`: a part of that policy file; `markdown`:
  // sections, or a whole file where it starts with `---` or a title; `text`: a whole file with C
  // escapes.
  std::string info;
  std::string text;
};

struct FindingsPage {
  std::string code;  // The file's name without `.md`.
  std::string text;  // All of it.
  std::vector<PageBlock> wrong, right;
  // What detectors are given with each.
  std::vector<v1::Evidence> wrong_evidence, right_evidence;
};

// Every page of the folder but its README, sorted by code. Aborts where it cannot be read.
std::vector<FindingsPage> ReadFindingsPages();

// A spec with everything stated and nothing to say about it, changed by `blocks`.
std::string SpecWith(const std::vector<PageBlock>& blocks);

// `source` with the part that `right` shows (a block for a file of it) replaced by `wrong`; where
// it has no such part, `wrong` is appended.
v1::PolicySource PolicyWith(v1::PolicySource source, const PageBlock& right,
                            const PageBlock& wrong);

// The policy file that a block is a part of; empty for a part of a spec.
std::string PolicyFileOf(const PageBlock& block);

}  // namespace gavel::rules
