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

# Needed also by tests, lint, fuzzing and scripts/package.
# shellcheck disable=SC2034
MSC_TEST_PACKAGES=(curl openssl python3 strace ffmpeg)
# shellcheck disable=SC2034
MSC_LINT_PACKAGES=(git clang-format clang-tidy shellcheck)
# shellcheck disable=SC2034
MSC_FUZZ_PACKAGES=(clang libclang-rt-dev)
# shellcheck disable=SC2034
MSC_DIST_PACKAGES=(dpkg-dev)

# What a package is needed for: a header or a command. If it is there, however it was installed, the
# package is not needed. A package that is not listed has a command with its own name.
declare -A MSC_USED_OF=(
  [ninja-build]=ninja [python3-pytest]=pytest-3 [dpkg-dev]=dpkg-shlibdeps [nginx]=/usr/sbin/nginx
  [libcpp-httplib-dev]=httplib.h [nlohmann-json3-dev]=nlohmann/json.hpp [libsqlite3-dev]=sqlite3.h
  [libssl-dev]=openssl/ssl.h [libpugixml-dev]=pugixml.hpp [libre2-dev]=re2/re2.h
  [libcli11-dev]=CLI/CLI.hpp [libspdlog-dev]=spdlog/spdlog.h [libfmt-dev]=fmt/core.h
  [libgtest-dev]=gtest/gtest.h [libgmock-dev]=gmock/gmock.h
)

msc_say() { printf '%s\n' "$*" >&2; }

# Prints the comment at the head of the script FILE.
msc_usage() { sed -nE '2,/^[^#]/s/^# ?//p' "$1"; }

msc_fail() {
  msc_say "error: $*"
  exit 1
}

# A member of /etc/os-release, such as ID or PRETTY_NAME.
msc_system() { (. /etc/os-release 2>/dev/null && printf '%s' "${!1-}"); }

# Whether the scripts were tried on this system, with the packages above.
msc_knows_system() { [[ $(msc_system ID) =~ ^(debian|ubuntu)$ ]]; }

# Whether the Debian package $1 is installed.
msc_has_package() {
  [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

msc_preprocesses() { "${CXX:-c++}" -E -x c++ - >/dev/null 2>&1; }

# GCC 12, Clang 14 or newer.
msc_has_compiler() {
  printf '#if %s\n#error\n#endif\n' 'defined(__clang__) ? __clang_major__ < 14 : __GNUC__ < 12' |
    msc_preprocesses
}

msc_has_header() { printf '#if !__has_include(<%s>)\n#error\n#endif\n' "$1" | msc_preprocesses; }

msc_has_cmake() {
  local version
  version=$(cmake --version 2>/dev/null | sed -n 's/^cmake version //p')
  [[ $version && $(printf '%s\n' 3.25 "$version" | sort -V | head -n 1) == 3.25 ]]
}

# Whether what the package $1 is needed for is there.
msc_has() {
  case ${MSC_USED_OF[$1]-$1} in
    g++) msc_has_compiler ;;
    cmake) msc_has_cmake ;;
    *.h | *.hpp) msc_has_header "${MSC_USED_OF[$1]}" ;;
    lib*) msc_has_package "$1" ;;
    *) command -v "${MSC_USED_OF[$1]-$1}" >/dev/null ;;
  esac
}

# For a system without apt-get: what is missing, in words that a user of any system knows.
msc_name_missing() {
  local package
  msc_say "$(msc_system PRETTY_NAME) is a system that this script cannot install packages on. Missing:"
  for package in "$@"; do
    case $package in
      g++) msc_say '  a C++20 compiler: GCC 12, Clang 14 or newer (CXX=… chooses one)' ;;
      cmake) msc_say '  CMake 3.25 or newer' ;;
      lib*dev | *-dev) msc_say "  the library with the header <${MSC_USED_OF[$package]-}> (Debian: $package)" ;;
      *) msc_say "  the command ${MSC_USED_OF[$package]-$package} (Debian: $package)" ;;
    esac
  done
  msc_say 'Going on with what is there.'
}

# Prints "12 packages, 30.1 MB to download, 200 MB on disk", or nothing if apt-get cannot tell.
msc_estimate() {
  { LC_ALL=C apt-get install --assume-no --no-install-recommends -o Debug::NoLocking=1 "$@" 2>/dev/null || true; } |
    sed -nE -e 's/^([0-9]+) upgraded, ([0-9]+) newly installed.*/\2 packages/p' \
      -e 's/^Need to get ([^/]*B).* of archives.*/\1 to download/p' \
      -e 's/^After this operation, (.*B) of additional.*/\1 on disk/p' | paste -sd ',' | sed 's/,/, /g'
}

# Installs those of the Debian packages "$@" whose contents are missing. If none are, it needs neither
# root nor a network.
msc_need_packages() {
  local package missing=() as_root=()
  for package in "$@"; do
    msc_has "$package" || missing+=("$package")
  done
  ((${#missing[@]})) || return 0

  if ! command -v apt-get >/dev/null; then
    msc_name_missing "${missing[@]}"
    return
  fi
  msc_knows_system || msc_say "$(msc_system PRETTY_NAME) has not been tried; its packages may have other names than Debian's."
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      msc_fail "packages are missing; as root, run: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  msc_say "Missing: ${missing[*]}"
  "${as_root[@]}" apt-get update -q >&2 </dev/null || msc_say 'apt-get could not read all lists of packages'
  msc_say "Installing $(msc_estimate "${missing[@]}")"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}" >&2 </dev/null ||
    msc_fail "apt-get could not install: ${missing[*]}"
}

# Installs Node.js with npm, unless a version that is new enough is already installed.
msc_need_node() {
  if command -v npm >/dev/null && command -v node >/dev/null &&
    node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)'; then
    return
  fi
  msc_need_packages nodejs npm
}

# For what plays.
msc_need_players() { msc_need_packages ffmpeg yt-dlp; }

msc_need_browser() { command -v chromium >/dev/null || msc_need_packages chromium; }

msc_need_firefox() { command -v firefox-esr >/dev/null || command -v firefox >/dev/null || msc_need_packages firefox-esr; }

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
  msc_say 'Tests with real clients need Node.js and npm (Azure SDK, examples), Chromium, Firefox, players and pytest;'
  msc_say 'scripts/test --quick leaves them out.'
  (msc_need_node) || msc_say 'going on without Node.js'
  (msc_need_browser) || msc_say 'going on without Chromium'
  (msc_need_firefox) || msc_say 'going on without Firefox'
  (msc_need_players) || msc_say 'going on without yt-dlp'
  (msc_need_pytest) || msc_say 'going on without pytest'
  (msc_need_mono) || msc_say 'going on without a C# compiler'
}

# Compiles through ccache if it is installed, unless the caller has chosen a launcher.
msc_use_ccache() {
  if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}
  fi
}
