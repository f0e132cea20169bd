# The Videos API and the process itself; sourced by scripts/bench, never run.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # What scripts/bench and its parts share.

bench_connector() {
  table_head
  idle_and_lifetime
  status_against_bare
  status_observed
  status_among_many
}

idle_and_lifetime() {
  start_emulator idle
  row 'resident memory, idle (MiB)' - - "$(calculate "$(resident_mib "$pid" VmRSS)" 1)" '<' 20
  finish "$pid"

  "$bin/lifetime" "$bin/msc-emulator" >"$work/lifetime" || msc_fail 'the times could not be taken'
  local name value
  while read -r name value; do
    case $name in
      start) row 'in process: start to first answer (ms)' - - "$(calculate "$value")" '<' 3 ;;
      stop) row 'in process: stop with 8 idle clients (ms)' - - "$(calculate "$value")" '<' 5 ;;
      each) row '100 in a row: start, one answer, stop (ms each)' - - "$(calculate "$value")" '<' 5 ;;
      crowd) row '20 at once: start, one answer, stop (ms each)' - - "$(calculate "$value")" '<' 5 ;;
      delayed) row 'in process: stop with 32 answers delayed by 30 s (ms)' - - "$(calculate "$value")" '<' 5 ;;
      ready) row 'process start to ready line (ms)' - - "$(calculate "$value" 1)" '<' 50 ;;
    esac
  done <"$work/lifetime"
}

status_against_bare() {
  start_emulator status
  local emulator=$url video path
  video=$("$bin/video_load" "$emulator" 1 1)
  path=/api/Videos/$video/Status
  curl --silent --fail --include --output "$work/answer" "$emulator$path" ||
    msc_fail 'the emulator gave no status'
  start bare_status "$bin/bare_httplib" "$work/answer" "$work"

  ratio_row 'GET Status / bare cpp-httplib (requests/s)' 0.8 requests_per_second "$emulator$path" "$url$path"
  finish
}

# With a full journal and ten faults that fit no request, over the Videos API alone.
status_observed() {
  start_emulator observed
  local emulator=$url path bare fault
  path=/api/Videos/$("$bin/video_load" "$emulator" 1 1)/Status
  for ((fault = 0; fault < 10; ++fault)); do
    curl --silent --fail --output /dev/null --header 'Content-Type: application/json' \
      --data '{"match":{"operation":"PutBlock"},"action":{"status":503}}' "$emulator/__admin/faults" ||
      msc_fail 'the emulator took no fault'
  done
  start unobserved "$bin/unobserved"
  bare=$url/api/Videos/$("$bin/video_load" "$url" 1 1)/Status
  requests_per_second "$emulator$path" >"$work/filled"

  ratio_row 'GET Status, full journal, ten faults / without (req/s)' 0.9 requests_per_second "$emulator$path" "$bare"
  finish
}

status_among_many() {
  start_emulator many --data "$work/many"
  local many=$url
  "$bin/video_load" "$many" 100000 8 >"$work/many.ids"
  start_emulator few --data "$work/few"
  "$bin/video_load" "$url" 10 1 >"$work/few.ids"

  ratio_row 'GET Status with 100,000 videos / with 10 (req/s)' 0.9 statuses_per_second "$many many" "$url few"
  finish
}

# statuses_per_second "URL NAME": of the videos whose ids stand in the file NAME.ids.
statuses_per_second() {
  local url=${1% *} name=${1#* }
  MSC_IDS=$work/$name.ids requests_per_second "$url" --script "$msc_root/tests/benchmark/status.lua"
}
