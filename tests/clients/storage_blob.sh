#!/usr/bin/env bash
# The service's JavaScript SDK against the emulator. Installs it below WORK, by its lock file.
#
#   storage_blob.sh MSC-EMULATOR WORK
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"
emulator=$1 work=$2

command -v node >/dev/null || skip 'there is no Node.js'
command -v npm >/dev/null || skip 'there is no npm'

# Node.js looks for packages from where a script lies, so the tests lie beside theirs.
mkdir -p "$work"
rm -f "$work"/*.mjs
cp "$here"/storage_blob/{*.mjs,package.json,package-lock.json} "$here"/../readme/connection_string.txt "$work"
cd "$work"
if ! cmp -s package-lock.json installed-lock.json; then
  npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 >npm.log 2>&1 ||
    skip "npm cannot install the SDK: $(grep -m 2 "npm err" npm.log)"
  cp package-lock.json installed-lock.json
fi

exec "$here/with_emulator.sh" "$emulator" node --test --test-reporter=spec ./*.test.mjs
