#!/usr/bin/env bash
# Checks that ARCHITECTURE.md has the table of rooms that check.sh enforces.
#
#   architecture.sh ROOT
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

diff <(sed -n '/^<!-- rooms -->$/,/^<!-- end of rooms -->$/{//!p}' "$1/ARCHITECTURE.md") \
  <("$here/check.sh" "$1" --rooms) ||
  {
    echo 'ARCHITECTURE.md shows other rooms than tests/layers/check.sh --rooms'
    exit 1
  }
