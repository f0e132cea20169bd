#pragma once

// What a GoogleTest program needs: a fixture that watches the client under test, matchers and
// printers, and a sweep over all faults that the client's requests can meet. The only public header
// that needs GoogleTest; target msc::testing.

#include <msc/emulator.h>
#include <msc/testing/emulator_test.h>
#include <msc/testing/fault_points.h>
#include <msc/testing/matchers.h>
#include <msc/testing/printers.h>
