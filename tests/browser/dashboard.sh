#!/usr/bin/env bash
# The dashboard in a real browser, without a window. Installs what drives it below WORK, by its lock file.
#
#   dashboard.sh MSC-EMULATOR WORK BROWSER        BROWSER: chromium or firefox
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/../clients/skip.sh"
# shellcheck source=tests/clients/npm_ci.sh
source "$here/../clients/npm_ci.sh"
MSC_EMULATOR=$(realpath "$1")
work=$2
MSC_BROWSER=$3
case $MSC_BROWSER in
  chromium)
    need_chromium
    ;;
  firefox)
    MSC_FIREFOX=$(command -v firefox-esr || command -v firefox) || skip 'there is no Firefox'
    export MSC_FIREFOX
    ;;
esac
export MSC_EMULATOR MSC_BROWSER

npm_ci "$here" "$work"
cd "$work"
exec node --test --test-concurrency=1 --test-reporter=spec ./*.test.mjs
