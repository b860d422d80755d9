# Compiler, linker and package settings shared by every target. No global flags: warnings and
# sanitizers are the interface targets gavel_warnings and gavel_sanitizers.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

# -O3, CMake's own choice, costs a fifth more build time and buys nothing here.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

set(GAVEL_SANITIZE "" CACHE STRING "Comma-separated -fsanitize= list, empty for none")
set(GAVEL_NODE_MODULES "${CMAKE_SOURCE_DIR}/proto/node_modules" CACHE PATH
    "Where `npm ci` in proto/ put google-proto-files (google/rpc/*.proto is in no Debian package)")

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(GAVEL_PCH_DEFAULT ON)
else()
  set(GAVEL_PCH_DEFAULT OFF)
endif()
option(GAVEL_PCH "Read common headers precompiled: a fast cold build" ${GAVEL_PCH_DEFAULT})

find_program(GAVEL_CCACHE ccache)
if(GAVEL_CCACHE AND GAVEL_PCH)
  # ccache knows precompiled headers only when told that their time stamps do not matter.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${GAVEL_CCACHE}")
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
elseif(GAVEL_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${GAVEL_CCACHE}")
endif()
find_program(GAVEL_MOLD mold)
if(GAVEL_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(fmt CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(GTest CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(pugixml CONFIG REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(Boost 1.74 REQUIRED)  # Headers only.
find_package(OpenSSL REQUIRED)
find_package(CURL REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(yaml IMPORTED_TARGET REQUIRED yaml-0.1)
pkg_check_modules(icu IMPORTED_TARGET REQUIRED icu-uc icu-i18n)
pkg_check_modules(ical IMPORTED_TARGET REQUIRED libical)
pkg_check_modules(cmark IMPORTED_TARGET REQUIRED libcmark-gfm)
pkg_check_modules(libsecret REQUIRED libsecret-1)  # Headers only: loaded at run time.
find_library(GAVEL_JQ_LIBRARY jq REQUIRED)         # Comes without a pkg-config file.
# Not the prefix `re2`: its cached re2_FOUND would hide gRPC's own finder at the second configure.
pkg_check_modules(gavel_re2 IMPORTED_TARGET REQUIRED re2)
add_library(PkgConfig::re2 ALIAS PkgConfig::gavel_re2)
find_program(GAVEL_GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)

add_library(gavel_warnings INTERFACE)
target_compile_options(gavel_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  # clang, which only builds for the fuzzers, may warn of other things.
  $<$<CXX_COMPILER_ID:GNU>:-Werror> -Wno-missing-field-initializers
  # g++ 12 reports these inside libstdc++ and protobuf (GCC bugs 105329, 105593, 107138).
  "$<$<CXX_COMPILER_ID:GNU>:-Wno-error=restrict;-Wno-error=maybe-uninitialized>"
  "$<$<CXX_COMPILER_ID:GNU>:-Wno-error=stringop-overflow;-Wno-error=array-bounds>"
  "$<$<CONFIG:Release>:-Wno-restrict;-Wno-maybe-uninitialized;-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>")

add_library(gavel_sanitizers INTERFACE)
if(GAVEL_SANITIZE)
  target_compile_options(gavel_sanitizers INTERFACE
    -fsanitize=${GAVEL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(gavel_sanitizers INTERFACE -fsanitize=${GAVEL_SANITIZE})
endif()
