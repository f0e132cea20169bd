#!/usr/bin/env bash
# kill -9 of the emulator while it transcodes: no ffmpeg stays behind, and the next start goes on with the work.
#
#   media_crash.sh MSC-EMULATOR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"
emulator=$1
need ffmpeg ffprobe curl

work=$(mktemp -d)
pid=
trap '[[ ! $pid ]] || kill -KILL "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
mkfifo "$work/ready"

# start: leaves its process id in $pid, its address in $MSC_EMULATOR_URL.
start() {
  local ready
  "$emulator" --port 0 --media=auto --processing-time=0s --data "$work/data" --log-level warning >"$work/ready" 2>>"$work/log" &
  pid=$!
  read -r -t 60 ready <"$work/ready" || {
    cat "$work/log"
    exit 1
  }
  MSC_EMULATOR_URL=$(sed -E 's/.*"url":"([^"]*)".*/\1/' <<<"$ready")
}

# The processes that $pid has started, and that live.
children() { cat /proc/"$pid"/task/*/children 2>/dev/null || true; }

# until_true COMMAND…: for up to a minute.
until_true() {
  local tries
  for ((tries = 0; tries < 1200; ++tries)); do
    ! "$@" || return 0
    sleep 0.05
  done
  cat "$work/log"
  fail "not within a minute: $*"
}
transcodes() {
  local child
  for child in $(children); do
    ! tr '\0' ' ' 2>/dev/null <"/proc/$child/cmdline" | grep -q 'libx264' || return 0
  done
  return 1
}
is_gone() { [[ ! -e /proc/$1 || $(cut -d ' ' -f 3 <"/proc/$1/stat" 2>/dev/null) =~ ^(Z|)$ ]]; }

start
# shellcheck source=tests/clients/video.sh
source "$here/video.sh"
ffmpeg -nostdin -v error -f lavfi -i testsrc2=size=960x540:rate=25:duration=40 -c:v mpeg4 -q:v 8 "$work/clip.mp4"
new_video "$work/clip.mp4"
until_true transcodes
read -r -a left <<<"$(children)"
kill -KILL "$pid"
wait "$pid" 2>/dev/null || true
for child in "${left[@]}"; do until_true is_gone "$child"; done
echo "none of ${#left[@]} children is left"

start
admin=$MSC_EMULATOR_URL/__admin
wait_for Completed
[[ $(call "$admin/videos/$id") == *'"Duration":40,'*'"media":{"state":"ready"'* ]] ||
  fail "the work was not done: $(call "$admin/videos/$id")"
kill -TERM "$pid"
wait "$pid" || fail "it ended with $?"
pid=
