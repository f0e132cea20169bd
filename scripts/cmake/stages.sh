# Stages of a long script: each one is timed, and a table of all of them is printed at the end. To
# be sourced after builds.sh, not run.
# shellcheck shell=bash

msc_stages=()
msc_failed_stages=()
msc_passed=0
msc_failed=0

# Whether to continue after a stage that failed.
msc_go_on=0

# Sets msc_cpu to the user and system seconds that the children of this shell have used so far.
msc_take_cpu() {
  local file
  file=$(mktemp)
  times >"$file"  # Not in $(…): that subshell has no children.
  msc_cpu=$(awk 'NR == 2 { gsub(/s/, ""); for (i = 1; i <= NF; ++i) { split($i, part, "m"); total += part[1] * 60 + part[2] } }
                 END { printf "%d", total }' "$file")
  rm -f "$file"
}

# stage NAME COMMAND…: runs COMMAND, and records how long it took, whether it failed and how many
# tests ctest ran.
stage() {
  local name=$1 status=0 begin=$SECONDS cpu log
  shift
  msc_take_cpu
  cpu=$msc_cpu
  log=$(mktemp)
  msc_say "== $name"
  # In a subshell in a condition, bash ignores `set -e`, so the command sets it itself.
  set +e
  (
    set -e
    "$@"
  ) 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  set -e
  msc_count_tests "$log"
  rm -f "$log"
  msc_take_cpu
  msc_stages+=("$(printf '%-52s %6d s %6d s   %s' "$name" "$((SECONDS - begin))" \
    "$((msc_cpu - cpu))" "$( ((status)) && echo FAILED || echo ok)")")
  ((status == 0)) || msc_failed_stages+=("$name")
  ((msc_go_on)) || return "$status"
}

msc_count_tests() {
  local failed all
  while read -r failed all; do
    msc_failed=$((msc_failed + failed))
    msc_passed=$((msc_passed + all - failed))
  done < <(sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests? failed out of ([0-9]+)$/\1 \2/p' "$1")
}

# Prints the table and a line with the outcome. To be called at the end, also after a failure.
#   msc_stage_table NAME
msc_stage_table() {
  printf '\n%-52s %8s %8s\n' "$1, $(nproc) cores" 'seconds' 'CPU'
  ((${#msc_stages[@]})) && printf '%s\n' "${msc_stages[@]}"
  printf '%-52s %6d s\n\n' 'all' "$SECONDS"
  if ((${#msc_failed_stages[@]})); then
    printf 'FAILED: %s\n' "${msc_failed_stages[@]}"
  fi
  printf '%s: %d passed, %d failed (tests of ctest: suites of cases, scripts, consumers)\n' \
    "$1" "$msc_passed" "$msc_failed"
}
