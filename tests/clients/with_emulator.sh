#!/usr/bin/env bash
# Runs COMMAND beside an emulator of its own, whose addresses it finds in its environment; exits as it did.
#
#   with_emulator.sh MSC-EMULATOR [--FLAG=VALUE…] COMMAND…
set -euo pipefail
emulator=$1
shift
flags=()
while [[ $1 == --* ]]; do
  flags+=("$1")
  shift
done

work=$(mktemp -d)
pid=
trap '[[ ! $pid ]] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT

mkfifo "$work/ready"
"$emulator" --port 0 --upload-permissions racwdl --log-level warning "${flags[@]}" >"$work/ready" 2>"$work/log" &
pid=$!
read -r -t 60 ready <"$work/ready" || {
  cat "$work/log"
  exit 1
}

# field NAME: a member of the ready line.
field() { sed -E "s/.*\"$1\":\"([^\"]*)\".*/\1/" <<<"$ready"; }
MSC_EMULATOR_URL=$(field url)
MSC_EMULATOR_BLOB_URL=$(field blobUrl)
export MSC_EMULATOR_URL MSC_EMULATOR_BLOB_URL

status=0
"$@" || status=$?

# Whatever the client did, the emulator is still there, and stops when told.
kill -TERM "$pid"
stopped=0
wait "$pid" || stopped=$?
pid=
if ((status != 0 && status != 77)) || ((stopped != 0)); then
  echo "the emulator ended with $stopped; its log:"
  cat "$work/log"
fi
((stopped == 0)) || exit 1
exit "$status"
