# Functions and lists of packages for the scripts; to be sourced, not run.
# shellcheck shell=bash

# shellcheck disable=SC2034  # For those that source this file.
msc_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Needed by every build.
# shellcheck disable=SC2034  # For those that source this file.
MSC_BUILD_PACKAGES=(
  g++ cmake ninja-build pkg-config
  libcpp-httplib-dev nlohmann-json3-dev libsqlite3-dev libssl-dev libpugixml-dev libre2-dev
  libcli11-dev libspdlog-dev libfmt-dev libgtest-dev libgmock-dev
)

# Needed also by tests, lint and fuzzing.
# shellcheck disable=SC2034
MSC_TEST_PACKAGES=(curl openssl python3 strace)
# shellcheck disable=SC2034
MSC_LINT_PACKAGES=(git clang-format clang-tidy shellcheck)
# shellcheck disable=SC2034
MSC_FUZZ_PACKAGES=(clang libclang-rt-14-dev)

msc_say() { printf '%s\n' "$*" >&2; }

msc_fail() {
  msc_say "error: $*"
  exit 1
}

# Whether the Debian package $1 is installed.
msc_has_package() {
  [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# Installs those of the Debian packages "$@" that are missing. If none is missing, it needs neither
# root nor a network.
msc_need_packages() {
  if ! command -v dpkg-query >/dev/null; then
    msc_say "no Debian packages here: going on with what is installed (on Debian: $*)"
    return
  fi
  local package missing=() as_root=()
  for package in "$@"; do
    msc_has_package "$package" || missing+=("$package")
  done
  ((${#missing[@]})) || return 0

  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      msc_fail "packages are missing; as root, run: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  msc_say "installing ${missing[*]}"
  {
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends "${missing[@]}"
  } >&2 </dev/null || msc_fail "apt-get could not install: ${missing[*]}"
}

# Installs Node.js with npm, unless a version that is new enough is already installed.
msc_need_node() {
  if command -v npm >/dev/null && command -v node >/dev/null &&
    node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)'; then
    return
  fi
  msc_need_packages nodejs npm
}

msc_need_browser() { command -v chromium >/dev/null || msc_need_packages chromium; }

# For the library of fixtures/examples/python: pytest, and what pip needs to install a folder.
msc_need_pytest() {
  /usr/bin/python3 -c 'import pytest, setuptools, wheel, pip' 2>/dev/null ||
    msc_need_packages python3-pytest python3-pip python3-setuptools python3-wheel
}

# For the library of fixtures/examples/csharp.
msc_need_mono() {
  command -v mcs >/dev/null || msc_need_packages mono-mcs mono-runtime libmono-system-net-http4.0-cil
}

# For the tests with real clients. If a client cannot be installed, its tests are skipped, so this
# does not fail.
msc_need_clients() {
  (msc_need_node) || msc_say 'going on without Node.js'
  (msc_need_browser) || msc_say 'going on without Chromium'
  (msc_need_pytest) || msc_say 'going on without pytest'
  (msc_need_mono) || msc_say 'going on without a C# compiler'
}

# Compiles through ccache if it is installed, unless the caller has chosen a launcher.
msc_use_ccache() {
  if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}
  fi
}
