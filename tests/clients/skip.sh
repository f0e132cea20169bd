# Sourced by the tests of clients that may not be there.
# shellcheck shell=bash

# skip REASON: ends this test as skipped; where everything has to run (CI is set) as failed.
skip() {
  if [[ ${CI-} ]]; then
    echo "$*: in CI this is a failure"
    exit 1
  fi
  echo "skipped: $*"
  exit 77
}

# need COMMAND…: ends this test as skipped unless all are installed.
need() {
  local command
  for command in "$@"; do
    command -v "$command" >/dev/null || skip "there is no $command"
  done
}

# need_chromium: leaves the path of Chromium in $MSC_CHROMIUM, or ends this test as skipped.
need_chromium() {
  MSC_CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    skip 'there is no Chromium'
  export MSC_CHROMIUM
}
