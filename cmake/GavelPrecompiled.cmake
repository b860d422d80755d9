# The headers that most files include, compiled once. See gavel_share_headers.
if(NOT GAVEL_PCH)
  return()
endif()

add_library(gavel_pch_flags INTERFACE)
target_link_libraries(gavel_pch_flags INTERFACE fmt::fmt Threads::Threads)
# Some packages ask for it, some do not; it defines _REENTRANT.
target_compile_options(gavel_pch_flags INTERFACE -pthread)

set(GAVEL_PCH_HEADERS
  <algorithm> <functional> <map> <memory> <optional> <set> <string> <string_view> <vector>
  <absl/status/statusor.h> <absl/time/civil_time.h> <absl/time/time.h>
  <fmt/format.h> <fmt/ranges.h>
  <gavel/v1/catalog.pb.h> <gavel/v1/event.pb.h> <gavel/v1/rule_set.pb.h>)

file(WRITE "${CMAKE_BINARY_DIR}/gavel_pch.cc.new" "// Holds the precompiled header.\n")
configure_file("${CMAKE_BINARY_DIR}/gavel_pch.cc.new" "${CMAKE_BINARY_DIR}/gavel_pch.cc" COPYONLY)

foreach(name gavel_pch gavel_pch_tests)
  add_library(${name} STATIC "${CMAKE_BINARY_DIR}/gavel_pch.cc")
  target_link_libraries(${name} PRIVATE gavel_pch_flags gavel_proto absl::statusor absl::time
                        gavel_warnings gavel_sanitizers)
endforeach()
target_link_libraries(gavel_pch_tests PRIVATE GTest::gtest GTest::gmock)
target_compile_options(gavel_pch_tests PRIVATE $<$<CONFIG:Release>:-O0>)  # As gavel_test does.
target_precompile_headers(gavel_pch PRIVATE ${GAVEL_PCH_HEADERS})
target_precompile_headers(gavel_pch_tests PRIVATE <gmock/gmock.h> <gtest/gtest.h> ${GAVEL_PCH_HEADERS})
