# Finds cpp-httplib as Debian packages it (a compiled library, described by pkg-config alone) and
# makes the target httplib::httplib.
#
# The HTTP engine takes over accepted sockets by overriding a private virtual function of
# httplib::Server and relies on how its accept loop treats the listening socket. Both were read in
# the versions listed here; another one must be read first.
set(MSC_HTTPLIB_KNOWN_VERSIONS 0.11.4)

find_package(PkgConfig REQUIRED)
pkg_check_modules(PC_HTTPLIB QUIET cpp-httplib)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(httplib
  REQUIRED_VARS PC_HTTPLIB_LINK_LIBRARIES
  VERSION_VAR PC_HTTPLIB_VERSION
  REASON_FAILURE_MESSAGE "install cpp-httplib (Debian: libcpp-httplib-dev)")

if(httplib_FOUND AND NOT PC_HTTPLIB_VERSION IN_LIST MSC_HTTPLIB_KNOWN_VERSIONS)
  message(FATAL_ERROR
    "cpp-httplib ${PC_HTTPLIB_VERSION} was found, but the HTTP engine is known to work only with "
    "${MSC_HTTPLIB_KNOWN_VERSIONS}. It overrides httplib::Server::process_and_close_socket and "
    "relies on the accept loop around it: read both in the new version, run the tests, then add "
    "the version to scripts/cmake/Findhttplib.cmake.")
endif()

if(httplib_FOUND AND NOT TARGET httplib::httplib)
  add_library(httplib::httplib INTERFACE IMPORTED)
  # Class layouts depend on these definitions: without them a program compiles and crashes.
  target_compile_options(httplib::httplib INTERFACE ${PC_HTTPLIB_CFLAGS_OTHER})
  target_include_directories(httplib::httplib INTERFACE ${PC_HTTPLIB_INCLUDE_DIRS})
  target_link_libraries(httplib::httplib INTERFACE ${PC_HTTPLIB_LINK_LIBRARIES})
endif()
