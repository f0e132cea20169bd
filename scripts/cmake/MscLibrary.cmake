# Settings of all targets: the language level, the visibility, the warnings, the sanitizers.

# Only what msc/export.h marks is exported.
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

# The libraries that programs of users link.
set(MSC_PUBLIC_LIBRARIES emulator storage_stub)

add_library(msc_flags INTERFACE)
target_compile_features(msc_flags INTERFACE cxx_std_20)
target_compile_options(msc_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wswitch
  # GCC 12 warns about missing initialisers if designated initialisers omit fields that have
  # defaults.
  -Wno-missing-field-initializers
  # With optimisation, GCC 12 warns about an overlap in every "literal" + std::string (GCC bug
  # 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # In a unity build, GCC takes every source file for a header.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${MSC_UNITY}>>:-Wno-subobject-linkage>
  # Checks the annotations of emulator/base/mutex.h.
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety -Werror=thread-safety>
  $<$<BOOL:${MSC_WARNINGS_AS_ERRORS}>:-Werror>)
# In builds for tests and fuzzers, the standard library checks its own preconditions, such as indices.
target_compile_definitions(msc_flags INTERFACE
  $<$<OR:$<CONFIG:Debug>,$<BOOL:${MSC_BUILD_FUZZERS}>>:_GLIBCXX_ASSERTIONS>)
if(MSC_SANITIZERS)
  target_compile_options(msc_flags INTERFACE -fsanitize=${MSC_SANITIZERS} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(msc_flags INTERFACE -fsanitize=${MSC_SANITIZERS})
endif()

# msc_unity(TARGET): compiles several files of TARGET at once, unless MSC_UNITY is off.
function(msc_unity target)
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ${MSC_UNITY}
    UNITY_BUILD_BATCH_SIZE ${MSC_UNITY_BATCH_SIZE})
endfunction()

# msc_library(NAME SOURCES … [PUBLIC …] [PRIVATE …])
#   A static library msc_NAME, with the alias msc::NAME for other targets. Within the project, the two
#   libraries for users are linked as msc_NAME: with BUILD_SHARED_LIBS their aliases are those of the
#   shared library that MscShared.cmake makes of all static ones.
function(msc_library name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;PUBLIC;PRIVATE")
  add_library(msc_${name} STATIC ${ARG_SOURCES})
  if(NOT (BUILD_SHARED_LIBS AND name IN_LIST MSC_PUBLIC_LIBRARIES))
    add_library(msc::${name} ALIAS msc_${name})
  endif()
  set_target_properties(msc_${name} PROPERTIES
    EXPORT_NAME ${name}
    POSITION_INDEPENDENT_CODE ON)
  msc_unity(msc_${name})
  target_compile_features(msc_${name} PUBLIC cxx_std_20)
  target_include_directories(msc_${name}
    PUBLIC
      $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/emulator/include>
      $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_BINARY_DIR})
  target_link_libraries(msc_${name}
    PUBLIC ${ARG_PUBLIC}
    PRIVATE ${ARG_PRIVATE} $<BUILD_INTERFACE:msc_flags>)
  set_property(GLOBAL APPEND PROPERTY MSC_LIBRARIES msc_${name})
endfunction()

# msc_bytes_literal(OUT FILE): a std::string_view of FILE's bytes as an initialiser, {"…", size}. What has it
# is configured again if FILE changes.
function(msc_bytes_literal out file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "(..)" "\\\\x\\1" text "${hex}")
  set(${out} "{\"${text}\", ${size}}" PARENT_SCOPE)
endfunction()

# msc_embed_files(NAMESPACE CONSTANT HEADER FILE…)
#   Makes HEADER in the current binary dir with `NAMESPACE::CONSTANT`: the name, without folders, and the
#   text of each FILE.
function(msc_embed_files namespace constant header)
  set(rows "")
  foreach(file IN LISTS ARGN)
    file(READ ${CMAKE_CURRENT_SOURCE_DIR}/${file} text)
    get_filename_component(name ${file} NAME)
    string(APPEND rows "    {\"${name}\", R\"text(${text})text\"},\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
      ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  list(LENGTH ARGN count)
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${header} @ONLY CONTENT [[
#pragma once
#include <array>
#include <string_view>
#include <utility>

namespace @namespace@ {
inline constexpr std::array<std::pair<std::string_view, std::string_view>, @count@> @constant@ = {{
@rows@}};
}  // namespace @namespace@
]])
endfunction()

# msc_embed_sql(TARGET NAMESPACE FILE…)
#   Makes <TARGET's binary dir>/migrations.h with `NAMESPACE::kMigrations`: one string per FILE, in
#   the given order.
function(msc_embed_sql target namespace)
  set(rows "")
  foreach(file IN LISTS ARGN)
    file(READ ${CMAKE_CURRENT_SOURCE_DIR}/${file} sql)
    string(APPEND rows "    R\"sql(${sql})sql\",\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
      ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  list(LENGTH ARGN count)
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/migrations.h @ONLY CONTENT [[
#pragma once
#include <array>
#include <string_view>

namespace @namespace@ {
inline constexpr std::array<std::string_view, @count@> kMigrations = {
@rows@};
}  // namespace @namespace@
]])
endfunction()
