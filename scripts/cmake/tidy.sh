#!/usr/bin/env bash
# Runs clang-tidy on one file, unless it passed before with the same file, headers and checks.
#
#   tidy.sh BUILD_FOLDER FILE     FILE: from the root of the project
set -euo pipefail
database=$1 file=$2

command=$(sed -n "/\"command\":/{s|^ *\"command\": \"||;s|\",\$||;h};\|\"file\": \".*/$file\"|{x;p;q}" \
  "$database/compile_commands.json" | sed 's|\\"|"|g; s|\\\\|\\|g; s| -o [^ ]* | |; s| -c | -E -C |')
# A file of a unity build is in the build folder and consists only of #includes of sources.
config=.clang-tidy
[[ /$file != */tests/* ]] || config=tests/.clang-tidy
checks=
[[ $file != */Unity/* ]] || checks=-bugprone-suspicious-include
state=$({
  (cd "$database" && bash -c "$command")
  cat "$config"
  clang-tidy --version
} | sha256sum | cut -d ' ' -f 1)

passed=$database/tidy/$state
[[ -e $passed ]] && exit 0
clang-tidy --quiet -p "$database" --config-file="$config" --checks="$checks" \
  --extra-arg=-Wno-unknown-warning-option "$file" 2>/dev/null
mkdir -p "$database/tidy"
touch "$passed"
