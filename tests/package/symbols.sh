#!/usr/bin/env bash
# Checks what the installed libraries define and export.
#
#   symbols.sh PREFIX      of an installed package, static or shared
set -euo pipefail
folder=$(dirname "$(find "$1" -name 'libmsc_emulator.*' -print -quit)")
failed=0

# expect_none WHAT: fails if there are lines at stdin, which it shows.
expect_none() {
  local found
  found=$(sort -u | head -n 20)
  [[ ! $found ]] || printf '%s:\n%s\n' "$1" "$found"
  [[ ! $found ]]
}

# Names of the API: all but the insides of its classes, and what is in a namespace below msc::.
is_not_public() { grep -vE '^((vtable|typeinfo|typeinfo name) for )?msc::(testing::)?([A-Za-z]+(::[A-Za-z~]+)?|operator<<)(\[abi:cxx11\])?(\(|$)' ||
  true; }
names() { nm --demangle "$@" 2>/dev/null | sed -nE 's/^[0-9a-f]* +[A-Zuvw] //p'; }
has() { grep -E "$1" || true; }

shopt -s nullglob
shared=("$folder"/libmsc_emulator.so*)
archives=("$folder"/libmsc_*.a)
((${#shared[@]} + ${#archives[@]})) || {
  echo "no libraries in $1"
  exit 1
}

for library in "${shared[@]}"; do
  names --dynamic --defined-only "$library" | is_not_public | expect_none 'exported, but not of the public API' || failed=1
  names --dynamic --defined-only "$library" | has '::Impl' | expect_none 'exported insides' || failed=1
  [[ $(names --dynamic --defined-only "$library") == *'msc::Emulator::Emulator()'* ]] || {
    echo 'the API is not exported'
    failed=1
  }
done
if ((${#archives[@]})); then
  names "${archives[@]}" | has '\<(httplib|spdlog|fmt|CLI)::' | expect_none 'of a library that only the program uses' || failed=1
  # A header-only library in an archive meets the copy of a program that uses it too. That is sound
  # only if its names have its version in them.
  names --defined-only "${archives[@]}" | has '^nlohmann::' | { grep -v '^nlohmann::json_abi_' || true; } |
    expect_none 'without a version' || failed=1
  # Hidden: a library that the archive becomes a part of does not export it.
  readelf --symbols --wide "${archives[@]}" |
    awk '($5 == "GLOBAL" || $5 == "WEAK") && $6 == "DEFAULT" && $7 != "UND" && $8 != "_DYNAMIC" { print $8 }' |
    sort -u | c++filt | has '^((vtable|typeinfo|typeinfo name) for )?(msc|nlohmann)::' | is_not_public |
    expect_none 'visible, but not of the public API' || failed=1
fi
exit "$failed"
