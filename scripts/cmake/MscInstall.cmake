# Installs the program, the libraries, the public headers and the CMake package MscEmulator, and makes
# the target msc_installed, which builds all of it.
include(CMakePackageConfigHelpers)

get_property(libraries GLOBAL PROPERTY MSC_LIBRARIES)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/MscEmulator)

add_custom_target(msc_installed DEPENDS msc-emulator ${libraries})

install(TARGETS msc-emulator RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS ${libraries} EXPORT MscEmulatorTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY emulator/include/msc DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT MscEmulatorTargets NAMESPACE msc:: DESTINATION ${package_dir})

# It has its own export set, because it needs GoogleTest, which not every project has.
if(TARGET msc_testing)
  install(TARGETS msc_testing EXPORT MscEmulatorTestingTargets)
  install(EXPORT MscEmulatorTestingTargets NAMESPACE msc:: DESTINATION ${package_dir})
endif()

configure_package_config_file(
  scripts/cmake/MscEmulatorConfig.cmake.in ${PROJECT_BINARY_DIR}/MscEmulatorConfig.cmake
  INSTALL_DESTINATION ${package_dir}
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/MscEmulatorConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/MscEmulatorConfig.cmake
  ${PROJECT_BINARY_DIR}/MscEmulatorConfigVersion.cmake
  scripts/cmake/Findre2.cmake
  DESTINATION ${package_dir})
