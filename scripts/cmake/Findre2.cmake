# Finds RE2 in the form of Debian's package (pkg-config, no CMake package) and makes the target
# re2::re2.
find_package(PkgConfig REQUIRED)
pkg_check_modules(PC_RE2 QUIET re2)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(re2
  REQUIRED_VARS PC_RE2_LINK_LIBRARIES
  VERSION_VAR PC_RE2_VERSION
  REASON_FAILURE_MESSAGE "install RE2 (Debian: libre2-dev)")

if(re2_FOUND AND NOT TARGET re2::re2)
  add_library(re2::re2 INTERFACE IMPORTED)
  target_include_directories(re2::re2 INTERFACE ${PC_RE2_INCLUDE_DIRS})
  target_link_libraries(re2::re2 INTERFACE ${PC_RE2_LINK_LIBRARIES})
endif()
