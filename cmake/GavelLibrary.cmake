include(GoogleTest)

# gavel_share_headers(NAME [TESTS]): reads the common headers of a target from one precompiled file.
# Two thirds of a cold build are headers. Only where GAVEL_PCH is on; without it every file proves
# that it includes what it uses.
function(gavel_share_headers NAME)
  if(NOT GAVEL_PCH)
    return()
  endif()
  # A precompiled header fits only where the flags and definitions of its headers are the same.
  target_link_libraries(${NAME} PRIVATE gavel_pch_flags)
  if("TESTS" IN_LIST ARGN)
    target_precompile_headers(${NAME} REUSE_FROM gavel_pch_tests)
  else()
    target_precompile_headers(${NAME} REUSE_FROM gavel_pch)
  endif()
endfunction()

# gavel_library(NAME HEADERS … SOURCES … TESTS … DEPS … TEST_DEPS …)
#
# One folder, one library, its unit tests beside it. Includes are written from the top of the
# repository ("engine/domain/apply.h"). Every test file becomes part of one <NAME>_test binary.
# OWN_PCH: the folder precompiles headers of its own.
function(gavel_library NAME)
  cmake_parse_arguments(ARG "OWN_PCH" "" "HEADERS;SOURCES;TESTS;DEPS;TEST_DEPS" ${ARGN})
  add_library(${NAME} STATIC ${ARG_SOURCES})
  target_sources(${NAME} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR} FILES ${ARG_HEADERS})
  target_include_directories(${NAME} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${NAME} PUBLIC ${ARG_DEPS} PRIVATE gavel_warnings gavel_sanitizers)
  set_target_properties(${NAME} PROPERTIES LINKER_LANGUAGE CXX)
  set(own "")
  if(ARG_OWN_PCH)
    set(own OWN_PCH)
  else()
    gavel_share_headers(${NAME})
  endif()
  if(ARG_TESTS)
    gavel_test(${NAME}_test ${own} SOURCES ${ARG_TESTS} DEPS ${NAME} ${ARG_TEST_DEPS})
  endif()
endfunction()

# gavel_test(NAME SOURCES … DEPS …): a GoogleTest binary, each case registered in CTest.
function(gavel_test NAME)
  cmake_parse_arguments(ARG "OWN_PCH" "" "SOURCES;DEPS;ARGS" ${ARGN})
  add_executable(${NAME} ${ARG_SOURCES})
  target_include_directories(${NAME} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${NAME} PRIVATE ${ARG_DEPS} GTest::gtest_main GTest::gmock
                        gavel_warnings gavel_sanitizers)
  target_compile_definitions(${NAME} PRIVATE GAVEL_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  # What is tested is optimised in a Release build; the tests themselves need only compile fast.
  target_compile_options(${NAME} PRIVATE $<$<CONFIG:Release>:-O0>)
  set_target_properties(${NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  if(NOT ARG_OWN_PCH)
    gavel_share_headers(${NAME} TESTS)
  endif()
  gtest_discover_tests(${NAME} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()

# gavel_binary(NAME SOURCES … DEPS …): a program that lands in <build>/bin.
function(gavel_binary NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${NAME} ${ARG_SOURCES})
  target_include_directories(${NAME} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(${NAME} PRIVATE GAVEL_VERSION="${PROJECT_VERSION}")
  target_link_libraries(${NAME} PRIVATE ${ARG_DEPS} gavel_warnings gavel_sanitizers)
endfunction()
