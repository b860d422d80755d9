// Which queued specs belong together, so that one place of a meeting may hold them.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

namespace gavel {

// What a queued spec says about others.
struct RelatedSpec {
  std::string key;                   // `MEDIA-42`
  std::vector<std::string> systems;  // Ids of the systems it changes.
  std::vector<std::string> amends;   // Keys, queued or not.
  std::string cluster;               // Declared by its author; may be empty.
};

// By key, for those specs that belong together with at least one other: what links them, the same
// text for all of one group and for no other. Two specs belong together when they change the same
// system, one amends the other, both amend the same, or both declare the same cluster; and so do
// specs that a third one links.
//   "same system: uploads"   "amends MEDIA-3"   "same cluster: thumbnails; same system: uploads"
// Does not depend on the order of `specs`, whose keys are unique. O(n log n).
std::map<std::string, std::string> ClustersOf(std::span<const RelatedSpec> specs);

}  // namespace gavel
