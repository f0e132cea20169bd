# The consumer's program and test, however the emulator got into its build. Its warnings are its own, and
# the emulator's headers get no exemption from them.
enable_testing()
add_compile_options(-Wall -Wextra -Werror)

add_executable(consumer ${CMAKE_CURRENT_LIST_DIR}/consumer.cpp)
target_link_libraries(consumer PRIVATE msc::emulator)
add_test(NAME consumer COMMAND consumer)

add_executable(consumer_test ${CMAKE_CURRENT_LIST_DIR}/consumer_test.cpp)
target_link_libraries(consumer_test PRIVATE msc::testing GTest::gtest_main)
add_test(NAME consumer_test COMMAND consumer_test)

set_target_properties(consumer consumer_test PROPERTIES NO_SYSTEM_FROM_IMPORTED ON)
