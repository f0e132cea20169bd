# Asks the test program PROGRAM for its tests and writes the file OUTPUT, which makes each suite of it
# a test of ctest, named PROGRAM.SUITE; EACH_CASE: each case. A suite with parameters is one test, whatever
# the names of its instances. Run at the end of the build of PROGRAM.
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND ${PROGRAM} --gtest_list_tests
  OUTPUT_VARIABLE listing RESULT_VARIABLE status TIMEOUT 60)
if(NOT status EQUAL 0)
  file(REMOVE ${PROGRAM})
  message(FATAL_ERROR "${PROGRAM} cannot list its tests: ${status}\n${listing}")
endif()

set(names "")
set(cases 0)
string(REGEX REPLACE " *#[^\n]*" "" listing "${listing}")
string(REGEX MATCHALL "[^\n]+" lines "${listing}")
foreach(line IN LISTS lines)
  if(line MATCHES "^  +(.+)$")
    math(EXPR cases "${cases} + 1")
    if(EACH_CASE)
      list(APPEND names "${suite}.${CMAKE_MATCH_1}")
    endif()
  elseif(line MATCHES "^([^ ]+)\\.$")
    set(suite ${CMAKE_MATCH_1})
    if(NOT EACH_CASE)
      # "Instance/Suite" and "Suite/0" belong to Suite.
      string(REGEX REPLACE "/[0-9]+$" "" suite ${suite})
      string(REGEX REPLACE "^.*/" "" suite ${suite})
      list(APPEND names ${suite})
    endif()
  endif()
endforeach()
list(REMOVE_DUPLICATES names)
if(NOT names)
  message(FATAL_ERROR "${PROGRAM} has no tests")
endif()

get_filename_component(program ${PROGRAM} NAME)
set(text "# ${cases} cases\n")
foreach(name IN LISTS names)
  if(EACH_CASE)
    set(filter "${name}")
  else()
    set(filter "${name}.*:*/${name}.*:${name}/*.*:*/${name}/*.*")
  endif()
  string(APPEND text
    "add_test([=[${program}.${name}]=] [=[${PROGRAM}]=] [=[--gtest_filter=${filter}]=])\n"
    "set_tests_properties([=[${program}.${name}]=] PROPERTIES TIMEOUT 300 LABELS \"${LABELS}\")\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")
