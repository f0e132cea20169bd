#!/usr/bin/env bash
# Checks that every fenced snippet of a page is, word for word, in the file that the comment above it names; other
# tests build and run those files. Blocks of the languages console (see console.py) and text need no file. Checks
# also that every relative link leads to a file.
#
#   snippets.sh ROOT PAGE…
set -euo pipefail
root=$1
shift

for page in "$@"; do
  while read -r link; do
    [[ -e $root/$(dirname "$page")/$link ]] || { echo "$page links to $link, which is not there"; exit 1; }
  done < <(grep -oE '\]\([^) #]+[)#]' "$root/$page" | sed 's/^..//; s/.$//' | grep -v '^https\?:')
done

cd "$root"
awk -v root="$root" '
  function slurp(path,   line, text) {
    while ((getline line < path) > 0) text = text line "\n"
    close(path)
    return text
  }
  /^<!-- .* -->$/ { file = $2; next }
  /^```/ && !inside { inside = 1; free = /^```(console|text)$/; snippet = ""; next }
  /^```/ {
    inside = 0
    ++count
    if (free) next
    if (file == "") { print FILENAME ": a snippet names no file:\n" snippet; failed = 1 }
    else if (index(slurp(root "/" file), snippet) == 0) { print file " does not have:\n" snippet; failed = 1 }
    file = ""
    next
  }
  inside { snippet = snippet $0 "\n" }
  END {
    if (count == 0) { print "no snippets found"; failed = 1 }
    exit failed
  }
' "$@"
