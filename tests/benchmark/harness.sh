# What the measurements of scripts/bench are made of; sourced by it, never run.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # What scripts/bench and its parts share.

readonly MIB=$((1024 * 1024))
readonly ROUNDS=5

children=()  # Names by process id.

# Stops the processes with the ids "$@", all of those that were started by default.
finish() {
  (($#)) || set -- "${!children[@]}"
  local child
  for child in "$@"; do
    kill -TERM "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
    unset "children[$child]"
  done
}

# start NAME COMMAND…: waits for a line of its output with a URL; leaves that in $url, its process id in $pid.
start() {
  local line='' output
  mkfifo "$work/$1.lines"
  "${@:2}" >"$work/$1.lines" 2>"$work/$1.log" &
  pid=$!
  children[pid]=$1
  exec {output}<"$work/$1.lines"
  until [[ $line =~ http://[0-9.]+:[0-9]+ ]]; do
    read -r -t 60 -u "$output" line || {
      cat "$work/$1.log" >&2
      msc_fail "$1 did not start"
    }
  done
  url=${BASH_REMATCH[0]}
}

# start_emulator NAME [FLAG…]: without a log of its requests, as the programs that it is compared with have none.
start_emulator() { start "$1" "$bin/msc-emulator" --port 0 --log-level warning "${@:2}"; }

median() { printf '%s\n' "$@" | sort -g | sed -n "$((($# + 1) / 2))p"; }

calculate() { awk "BEGIN { printf \"%.${2:-2}f\", $1 }"; }

# requests_per_second URL [WRK ARGUMENT…]: 16 keep-alive connections for two seconds.
requests_per_second() {
  local report
  report=$(wrk --threads 2 --connections 16 --duration 2s "${@:2}" "$1")
  ! grep -E 'Non-2xx|Socket errors' <<<"$report" >&2 || msc_fail "wrk met refusals at $1"
  awk '/^Requests\/sec:/ { print $2 }' <<<"$report"
}

resident_mib() { awk -v name="$2:" '$1 == name { print $2 / 1024 }' "/proc/$1/status"; }

row_format='%-54s %10s %10s %8s %10s  %s\n'
missed=0

# shellcheck disable=SC2059  # One format for the whole table.
table_head() { printf "$row_format" figure measured yardstick value target ''; }

# row FIGURE MEASURED YARDSTICK VALUE RELATION TARGET. TARGET - : there is none.
row() {
  local verdict=pass target="$5 $6"
  if [[ $6 == - ]]; then
    verdict='' target=-
  elif ! awk "BEGIN { exit !($4 $5 $6) }"; then
    verdict=FAIL
    missed=$((missed + 1))
  fi
  # shellcheck disable=SC2059  # One format for the whole table.
  printf "$row_format" "$1" "$2" "$3" "$4" "$target" "$verdict"
}

# ratio_row FIGURE TARGET RATE MEASURED YARDSTICK [COMPARISON]: the row of what `RATE MEASURED` prints over what
# `RATE YARDSTICK` prints, more being better unless COMPARISON is <=. Measured in turn, after a round that does not
# count; medians, that of the ratios too.
ratio_row() {
  local measured=() yardstick=() ratios=() round
  "$3" "$4" >"$work/warm"
  "$3" "$5" >"$work/warm"
  for ((round = 0; round < ROUNDS; ++round)); do
    measured+=("$("$3" "$4")")
    yardstick+=("$("$3" "$5")")
    ratios+=("$(calculate "${measured[-1]} / ${yardstick[-1]}" 4)")
  done
  row "$1" "$(median "${measured[@]}")" "$(median "${yardstick[@]}")" \
    "$(calculate "$(median "${ratios[@]}")")" "${6:->=}" "$2"
}
