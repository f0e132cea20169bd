#!/usr/bin/env bash
# A page in headless Chromium against the emulator.
#
#   browser.sh MSC-EMULATOR TEST        TEST: upload, intruder or blob_page
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"

need node
need_chromium

exec "$here/with_emulator.sh" "$1" node --test --test-reporter=spec "$here/browser/$2.test.mjs"
