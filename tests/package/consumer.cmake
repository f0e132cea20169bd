# The programs and the test of a project that uses the emulator. It has its own warnings, and they apply to the
# emulator's headers too.
enable_testing()
add_compile_options(-Wall -Wextra -Werror)

# consumer_test(NAME SOURCE LIBRARY…): a program, run as a test.
function(consumer_test name source)
  add_executable(${name} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/${source})
  target_link_libraries(${name} PRIVATE ${ARGN})
  set_target_properties(${name} PROPERTIES NO_SYSTEM_FROM_IMPORTED ON)
  add_test(NAME ${name} COMMAND ${name}
    WORKING_DIRECTORY ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../../fixtures/media)
endfunction()

consumer_test(consumer consumer.cpp msc::emulator)
consumer_test(stub_consumer stub_consumer.cpp msc::storage_stub)
consumer_test(uploader_test readme/uploader_test.cpp msc::testing GTest::gtest_main)
consumer_test(uploader_faults_test readme/uploader_faults_test.cpp msc::testing GTest::gtest_main)
