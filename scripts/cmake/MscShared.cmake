# With BUILD_SHARED_LIBS, msc::emulator and msc::storage_stub are one shared library: all objects of
# the static ones, of which it exports the public API and nothing else. The program and the tests
# link the static ones all the same.
get_property(libraries GLOBAL PROPERTY MSC_LIBRARIES)
add_library(msc_shared SHARED)
foreach(library IN LISTS libraries)
  target_sources(msc_shared PRIVATE $<TARGET_OBJECTS:${library}>)
endforeach()
# For the libraries that the objects use.
target_link_libraries(msc_shared PRIVATE msc_emulator)

set(exports ${PROJECT_SOURCE_DIR}/scripts/cmake/exports.map)
target_link_options(msc_shared PRIVATE LINKER:--version-script=${exports})
set_target_properties(msc_shared PROPERTIES
  OUTPUT_NAME msc_emulator
  EXPORT_NAME emulator
  LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION}
  # Until 1.0, a minor version may be incompatible.
  SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
  LINK_DEPENDS ${exports})
target_compile_features(msc_shared INTERFACE cxx_std_20)
target_include_directories(msc_shared INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/emulator/include>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
add_library(msc::emulator ALIAS msc_shared)

add_library(msc_shared_stub INTERFACE)
target_link_libraries(msc_shared_stub INTERFACE msc_shared)
set_target_properties(msc_shared_stub PROPERTIES EXPORT_NAME storage_stub)
add_library(msc::storage_stub ALIAS msc_shared_stub)
