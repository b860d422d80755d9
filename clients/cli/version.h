// The version of this build.
#pragma once

namespace gavel::cli {

inline constexpr char kVersion[] = GAVEL_VERSION;

}  // namespace gavel::cli
