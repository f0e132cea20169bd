# Finds cpp-httplib, 0.10 or newer, and makes the target httplib::httplib. It is found by its own
# CMake package, in the form of Debian's package (a compiled library with pkg-config), or as a
# single header.
find_package(httplib ${httplib_FIND_VERSION} QUIET CONFIG)
if(httplib_FOUND AND TARGET httplib::httplib)
  return()
endif()

find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(PC_HTTPLIB QUIET cpp-httplib)
endif()
find_path(HTTPLIB_INCLUDE_DIR httplib.h HINTS ${PC_HTTPLIB_INCLUDE_DIRS})

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(httplib
  REQUIRED_VARS HTTPLIB_INCLUDE_DIR
  VERSION_VAR PC_HTTPLIB_VERSION
  REASON_FAILURE_MESSAGE "install cpp-httplib (Debian: libcpp-httplib-dev)")

if(httplib_FOUND AND NOT TARGET httplib::httplib)
  add_library(httplib::httplib INTERFACE IMPORTED)
  target_include_directories(httplib::httplib INTERFACE ${HTTPLIB_INCLUDE_DIR})
  if(PC_HTTPLIB_FOUND)
    # Class layouts depend on these definitions: without them a program compiles, but crashes.
    target_compile_options(httplib::httplib INTERFACE ${PC_HTTPLIB_CFLAGS_OTHER})
    target_link_libraries(httplib::httplib INTERFACE ${PC_HTTPLIB_LINK_LIBRARIES})
  else()
    find_package(OpenSSL REQUIRED)
    find_package(Threads REQUIRED)
    target_compile_definitions(httplib::httplib INTERFACE CPPHTTPLIB_OPENSSL_SUPPORT)
    target_link_libraries(httplib::httplib INTERFACE OpenSSL::SSL Threads::Threads)
  endif()
endif()
