# Installs the program with its man page and completions (component program), and the libraries, the
# public headers and the CMake package MscEmulator (component development). Makes the target
# msc_installed, which builds all of it.
include(CMakePackageConfigHelpers)

get_property(libraries GLOBAL PROPERTY MSC_LIBRARIES)
if(BUILD_SHARED_LIBS)
  set(libraries msc_shared msc_shared_stub)
endif()
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/MscEmulator)

# The program writes them itself, so they have all of its flags.
# msc_page(KIND FOLDER NAME)
set(pages "")
function(msc_page kind folder name)
  set(page ${PROJECT_BINARY_DIR}/pages/${name})
  add_custom_command(OUTPUT ${page} VERBATIM DEPENDS msc-emulator
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/pages
    COMMAND msc-emulator generate ${kind} > ${page})
  list(APPEND pages ${page})
  set(pages ${pages} PARENT_SCOPE)
  install(FILES ${page} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder} COMPONENT program)
endfunction()
msc_page(man man/man1 msc-emulator.1)
msc_page(bash bash-completion/completions msc-emulator)
msc_page(zsh zsh/site-functions _msc-emulator)
msc_page(fish fish/vendor_completions.d msc-emulator.fish)
add_custom_target(msc_installed ALL DEPENDS msc-emulator ${libraries} ${pages})

install(TARGETS msc-emulator RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(TARGETS ${libraries} EXPORT MscEmulatorTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(DIRECTORY emulator/include/msc DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT development)
install(EXPORT MscEmulatorTargets NAMESPACE msc:: DESTINATION ${package_dir}
  COMPONENT development)

# It has its own export set, because it needs GoogleTest, which not every project has.
if(TARGET msc_testing)
  install(TARGETS msc_testing EXPORT MscEmulatorTestingTargets)
  install(EXPORT MscEmulatorTestingTargets NAMESPACE msc:: DESTINATION ${package_dir}
    COMPONENT development)
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
  DESTINATION ${package_dir} COMPONENT development)
