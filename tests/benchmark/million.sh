# A million videos: what lists, counts, a reset and a start take, and what others wait for meanwhile. Prints figures
# and fails at none: they depend on the machine. Sourced by scripts/bench, never run.
# shellcheck shell=bash
# shellcheck disable=SC2154  # What scripts/bench and its parts share.

readonly MANY_VIDEOS=${MSC_MANY_VIDEOS:-1000000}

bench_million() {
  fill_million
  start_million
  figure 'GET metrics, the first time (s)' "$(seconds_of GET metrics)"
  figure 'GET metrics, later (s)' "$(seconds_of GET metrics)"
  figure 'GET diagnostics (s)' "$(seconds_of GET diagnostics)"
  figure 'GET videos?limit=100 (s)' "$(seconds_of GET 'videos?limit=100')"
  list_million
  figure 'POST snapshots (s)' "$(seconds_of POST snapshots/one)"
  figure 'resident memory after it (MiB)' "$(calculate "$(resident_mib "$pid" VmRSS)" 0)"
  figure 'DELETE snapshots (s)' "$(seconds_of DELETE snapshots/one)"
  figure 'POST reset (s)' "$(seconds_of POST reset)"
  finish "$pid"
}

figure() { printf '%-54s %10s\n' "$1" "$2"; }

fill_million() {
  start_emulator unfilled --data "$work/million"
  finish "$pid"
  "$bin/fill_videos" "$work/million" "$MANY_VIDEOS" || msc_fail 'the videos could not be made'
  printf '\n%-54s %10s\n' "$MANY_VIDEOS videos" figure
}

start_million() {
  local begin=$EPOCHREALTIME
  start_emulator million --data "$work/million" --log-level warning
  figure 'process start to ready line (s)' "$(calculate "$EPOCHREALTIME - $begin")"
  figure 'resident memory then (MiB)' "$(calculate "$(resident_mib "$pid" VmRSS)" 0)"
}

# seconds_of METHOD PATH: until the whole answer has come.
seconds_of() {
  curl --silent --fail --output /dev/null --write-out '%{time_total}' --request "$1" \
    --header 'Content-Type: application/json' "$url/__admin/$2"
}

# The whole list, and the worst GET Status meanwhile.
list_million() {
  local list
  curl --silent --fail --output "$work/list" --write-out '%{time_starttransfer} %{time_total}\n' \
    "$url/__admin/videos" >"$work/list.times" &
  list=$!
  while kill -0 "$list" 2>/dev/null; do
    local i=$((RANDOM * 30 + 1))
    curl --silent --output /dev/null --write-out '%{time_total}\n' \
      "$url/api/Videos/$(id_of "$i")/Status"
  done >"$work/status.times"
  wait "$list" || msc_fail 'the list was not sent whole'
  local first total
  read -r first total <"$work/list.times"
  figure 'GET videos: first byte (s)' "$first"
  figure 'GET videos: whole list (s)' "$total"
  figure 'GET videos: its size (MiB)' "$(calculate "$(stat -c %s "$work/list") / $MIB" 0)"
  figure 'worst GET Status meanwhile (s)' "$(sort -g "$work/status.times" | tail -1)"
  figure 'most resident memory (MiB)' "$(calculate "$(resident_mib "$pid" VmHWM)" 0)"
}

# As fill_videos makes it.
id_of() { printf '%08x-0000-4000-8000-%012x' $((($1 * 2654435761) % 4294967296)) "$1"; }
