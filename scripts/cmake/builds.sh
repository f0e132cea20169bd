# Functions to build and test the presets, for several scripts; to be sourced, not run. Includes
# packages.sh.
# shellcheck shell=bash

# shellcheck source=scripts/cmake/packages.sh
source "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

# A report of a sanitizer fails the test that caused it.
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-halt_on_error=1:print_stacktrace=1}
export TSAN_OPTIONS=${TSAN_OPTIONS:-halt_on_error=1:second_deadlock_stack=1}

# Runs COMMAND so that ThreadSanitizer works: GCC 12's version does not support as much address
# randomisation as newer kernels use.
#   msc_run_for PRESET COMMAND…
msc_run_for() {
  local preset=$1 runner=()
  shift
  if [[ $preset == tsan ]] && setarch --addr-no-randomize true 2>/dev/null; then
    runner=(setarch --addr-no-randomize)
  fi
  "${runner[@]}" "$@"
}

# Says how long the first build in build/NAME takes, which needs MINUTES of one core.
#   msc_say_how_long NAME MINUTES
msc_say_how_long() {
  [[ -e $msc_root/build/$1/.ninja_log ]] ||
    msc_say "The first build takes about $(((${2} + $(nproc) - 1) / $(nproc))) minutes on $(nproc) cores, later ones seconds."
}

# Configures PRESET in the folder build/NAME and builds TARGET there. Only one build of a folder
# runs at a time; a second one waits.
#   msc_build PRESET NAME TARGET [CMAKE ARGUMENT…]
msc_build() {
  local preset=$1 folder=$msc_root/build/$2 target=$3
  shift 3
  msc_use_ccache
  # Another compiler than that of Debian 12, which CI uses, may warn of more.
  [[ $(msc_system ID)$(msc_system VERSION_ID) == debian12 ]] || set -- -DMSC_WARNINGS_AS_ERRORS=OFF "$@"
  mkdir -p "$folder"
  (
    flock 9
    cmake -S "$msc_root" --preset "$preset" -B "$folder" "$@"
    msc_run_for "$preset" cmake --build "$folder" --parallel "$(nproc)" --target "$target"
  ) 9>"$folder.lock" >&2
}

# Runs the tests of PRESET, built in build/PRESET, with ctest.
#   msc_ctest PRESET [CTEST ARGUMENT…]
msc_ctest() {
  local preset=$1
  shift
  (cd "$msc_root" && msc_run_for "$preset" ctest --preset "$preset" --parallel "$(nproc)" "$@")
}
