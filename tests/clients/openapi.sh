#!/usr/bin/env bash
# The documents that the emulator serves about itself: linted, compared with what it does, and made into a client. Installs
# the tools for that below WORK, by their lock file.
#
#   openapi.sh MSC-EMULATOR WORK
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"
# shellcheck source=tests/clients/npm_ci.sh
source "$here/npm_ci.sh"
export MSC_EMULATOR=$1
work=$2

npm_ci "$here/openapi" "$work"
cp "$here"/openapi/*.{ts,json} "$work"
cp "$here/../../fixtures/examples/node/index.d.ts" "$work/library.d.ts"
cd "$work"

exec "$here/with_emulator.sh" "$MSC_EMULATOR" node --test --test-reporter=spec openapi.mjs
