# SPDX-License-Identifier: Apache-2.0
# One target for each line of src/LAYERS, linked to the targets of the folders that line allows.

# handslag_layer(FOLDER SOURCES a.cc … [TESTS a_test.cc …] [LINKS library …])
# makes the library handslag_<folder> and, where there are TESTS, the program handslag_<folder>_test.
function(handslag_layer folder)
  cmake_parse_arguments(LAYER "" "" "SOURCES;TESTS;LINKS" ${ARGN})
  string(REPLACE "/" "_" name handslag_${folder})
  add_library(${name} STATIC ${LAYER_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  handslag_allowed(${folder} allowed)
  foreach(other ${allowed})
    string(REPLACE "/" "_" library handslag_${other})
    target_link_libraries(${name} PUBLIC ${library})
  endforeach()
  target_link_libraries(${name} PUBLIC ${LAYER_LINKS})
  # Why: optimising what has much source and little to compute takes longer than it saves: tests, and under the
  # sanitizers these layers.
  if(HANDSLAG_SANITIZE AND folder MATCHES "^(app|main|io/http|io/mail)$")
    target_compile_options(${name} PRIVATE -O0)
  endif()
  if(LAYER_TESTS)
    handslag_test(${name}_test SOURCES ${LAYER_TESTS} LINKS ${name})
    target_compile_options(${name}_test PRIVATE -O0)
  endif()
endfunction()

# handslag_test(NAME SOURCES a_test.cc … LINKS library …): a GoogleTest program that ctest runs.
function(handslag_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LINKS" ${ARGN})
  find_package(GTest REQUIRED)
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE ${TEST_LINKS} GTest::gtest GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE HANDSLAG_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  # Why: ./test counts single cases, and a program that lists its own need not be run at build time to find them.
  set_tests_properties(${name} PROPERTIES ENVIRONMENT "GTEST_OUTPUT=json:${CMAKE_BINARY_DIR}/test-results/${name}.json")
endfunction()

# handslag_script_test(NAME SCRIPT ARGUMENT…): a script that ctest runs as one test, in Python where its name ends in
# .py, else in bash. It finds the program in $HANDSLAG and the repository in $HANDSLAG_SOURCE_DIR; exit status 77 says
# that it was skipped (its last line should say why).
function(handslag_script_test name script)
  if(script MATCHES "\\.py$")
    set(interpreter /usr/bin/python3)  # Why: the modules that scripts use are Debian packages
  else()
    set(interpreter bash)
  endif()
  add_test(NAME ${name} COMMAND ${interpreter} ${CMAKE_CURRENT_SOURCE_DIR}/${script} ${ARGN})
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 ENVIRONMENT
    "HANDSLAG=${CMAKE_BINARY_DIR}/handslag;HANDSLAG_SOURCE_DIR=${CMAKE_SOURCE_DIR}")
endfunction()

# The folders that src/LAYERS lets `folder` include.
function(handslag_allowed folder result)
  file(STRINGS ${CMAKE_SOURCE_DIR}/src/LAYERS lines REGEX "^${folder}:")
  string(REGEX REPLACE "^[^:]*:" "" allowed "${lines}")
  string(REGEX MATCHALL "[^ ]+" allowed "${allowed}")
  set(${result} ${allowed} PARENT_SCOPE)
endfunction()
