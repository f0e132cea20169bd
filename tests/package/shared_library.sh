#!/usr/bin/env bash
# Builds the shared library in the folder where add_subdirectory was tested, whose objects it is linked from, runs
# the programs there with it, and installs it.
#
#   shared_library.sh BUILD-FOLDER PREFIX
set -euo pipefail
build=$1 prefix=$2

cmake -DBUILD_SHARED_LIBS=ON -DMSC_INSTALL=ON "$build"
cmake --build "$build" --target all msc_shared
ctest --test-dir "$build" --output-on-failure --no-tests=error
rm -rf "$prefix"
cmake --install "$build/emulator" --prefix "$prefix" --component development
