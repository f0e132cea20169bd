#!/usr/bin/env bash
# Checks that every fenced snippet of the README is, word for word, in the file that the comment above it names.
# Other tests build and run those files.
#
#   snippets.sh ROOT
set -euo pipefail
root=$1

awk -v root="$root" '
  function slurp(path,   line, text) {
    while ((getline line < path) > 0) text = text line "\n"
    close(path)
    return text
  }
  /^<!-- .* -->$/ { file = $2; next }
  /^```/ && !inside { inside = 1; snippet = ""; next }
  /^```/ {
    inside = 0
    ++count
    if (file == "") { print "README: a snippet names no file:\n" snippet; failed = 1 }
    else if (index(slurp(root "/" file), snippet) == 0) { print file " does not have:\n" snippet; failed = 1 }
    file = ""
    next
  }
  inside { snippet = snippet $0 "\n" }
  END {
    if (count == 0) { print "README: no snippets found"; failed = 1 }
    exit failed
  }
' "$root/README.md"
