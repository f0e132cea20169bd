#!/usr/bin/env bash
# With --durability full an answer leaves once what it acknowledges has been synced: the bytes, then the
# records that name them. With --durability process, no answer waits for the disk.
#
#   durability_test.sh MSC-EMULATOR
#
# Exit code 77, which ctest counts as skipped, where strace may not trace; not in CI.
set -euo pipefail
emulator=$1
here=$(dirname "${BASH_SOURCE[0]}")

# LeakSanitizer cannot work in a process that is traced.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"

work=$(realpath "$(mktemp -d)")
pid=
trap '[[ -z $pid ]] || kill "$pid" 2>/dev/null || true; wait; rm -rf "$work"' EXIT

if ! strace -o /dev/null true 2>"$work/why"; then
  cat "$work/why"
  [[ -n ${CI:-} ]] && exit 1
  exit 77
fi

# Runs the emulator with `--durability $1` below strace, whose record is $work/$1.trace in the end.
record() {
  local ready url upload body=$work/body
  rm -f "$work/ready"
  mkfifo "$work/ready"
  strace -f -y -s 32 -o "$work/$1.trace" \
    -e trace=openat,fsync,fdatasync,sync_file_range,pwrite64,read,recvfrom,recvmsg,write,writev,sendto,sendmsg \
    "$emulator" --port 0 --durability "$1" --data "$work/$1" --upload-permissions racwdl \
    >"$work/ready" 2>"$work/log" &
  read -r -t 60 ready <"$work/ready" || { cat "$work/log"; exit 1; }
  pid=$(sed -E 's/.*"pid":([0-9]+).*/\1/' <<<"$ready")
  url=$(sed -E 's/.*"url":"([^"]*)".*/\1/' <<<"$ready")

  # One connection a request, and the body behind the head, so that the record is easy to read.
  ask() { curl -sS --fail-with-body --max-time 60 -o "$work/answer" "$@"; }
  ask -d '{"OriginalFileName":"clip.mp4"}' "$url/api/Videos"
  upload=$(sed -E 's/.*"UploadUri":"([^"]*)".*/\1/' "$work/answer")
  head -c 100000 /dev/urandom >"$body"
  ask -T "$body" -H 'x-ms-blob-type: BlockBlob' "$upload"
  ask -T "$body" "$upload&comp=block&blockid=QUFB"
  ask -X PUT -d '<BlockList><Latest>QUFB</Latest></BlockList>' "$upload&comp=blocklist"

  kill "$pid"
  wait
  pid=
}

for durability in full process; do
  record "$durability"
  awk -v durability="$durability" -v folder="$work/$durability" -f "$here/durability_check.awk" \
    "$work/$durability.trace" || { grep -E 'sync|socket' "$work/$durability.trace"; exit 1; }
done
