#!/usr/bin/env bash
# Has Clang compare what it warns of in locks.cpp with what the comments there expect: access without the
# lock is found, and access with it is not. Skipped (77) without Clang.
#
#   locks_test.sh ROOT      the folder that holds emulator/ and tests/
set -euo pipefail
cd "$1"
command -v clang++ >/dev/null || {
  echo "no clang++ here"
  exit 77
}

clang++ -std=c++20 -I. -fsyntax-only -Wthread-safety -Xclang -verify tests/layers/locks.cpp
echo "the compiler finds access without the lock"
