#include "rules/detect/resource.h"

namespace gavel::rules {

Attribute Resource::Find(std::string_view path) const {
  Attribute result;
  if (const auto found = attributes.find(path); found != attributes.end()) result = found->second;
  for (size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1)) {
    const auto above = attributes.find(path.substr(0, dot));
    result.unknown = result.unknown || (above != attributes.end() && above->second.unknown);
  }
  return result;
}

}  // namespace gavel::rules
