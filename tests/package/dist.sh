#!/usr/bin/env bash
# Tests what scripts/package made, on a fresh Debian 12 and a fresh Debian 13: the program runs where nothing else is
# installed; the packages install, run, upgrade and are removed without a trace.
#
#   dist.sh ROOT
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=scripts/cmake/builds.sh
source "$1/scripts/cmake/builds.sh"
# shellcheck source=scripts/cmake/chroot.sh
source "$1/scripts/cmake/chroot.sh"

cd "$msc_root/dist"
version=$(sed -nE 's/^project\(.* VERSION ([0-9.]+).*/\1/p' "$msc_root/CMakeLists.txt")
deb_arch=$(dpkg --print-architecture)
tarball=$PWD/msc-emulator-$version-linux-$(uname -m).tar.gz
program_deb=$PWD/msc-emulator_${version}_$deb_arch.deb
library_deb=$PWD/libmsc-emulator-dev_${version}_$deb_arch.deb
work=$(mktemp -d "$msc_root/build/dist.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Starts the program at $1, asks it for a video and whether it is ready. Runs in bash alone.
# shellcheck disable=SC2016  # Expanded in the chroot.
readonly TRY='
  set -eu
  [[ $("$1" --version) == "msc-emulator "* ]]
  "$1" exec --tls-self-signed -- bash -c "\"$1\" healthcheck"
  "$1" exec --host localhost --data /tmp/videos -- bash -ec "
    \"$1\" healthcheck
    port=\${MSC_EMULATOR_URL##*:}
    exec 3<>/dev/tcp/127.0.0.1/\$port
    body=\"{\\\"OriginalFileName\\\":\\\"clip.mp4\\\"}\"
    printf \"POST /api/Videos HTTP/1.0\r\nHost: localhost\r\nContent-Length: %s\r\n\r\n%s\" \${#body} \"\$body\" >&3
    [[ \$(cat <&3) == *UploadUri* ]]"
  rm -rf /tmp/videos
'

try_program() { msc_in_chroot "$1" bash -c "$TRY" try "$2"; }

# Where nothing is, not even a shell: the container's file system.
try_alone() {
  local root=$work/alone
  mkdir -p "$root"/{usr/bin,data,tmp,proc,dev}
  tar -xzf "$tarball" --strip-components=1 -C "$root/usr" --wildcards '*/bin/msc-emulator'
  chown 65532:65532 "$root/data"
  # shellcheck disable=SC2016  # Expanded by the inner shell.
  unshare --mount --pid --fork bash -c '
    mount -t proc proc "$0/proc"
    chroot --userspec=65532:65532 "$0" /usr/bin/msc-emulator exec --data /data -- /usr/bin/msc-emulator healthcheck
  ' "$root"
  [[ -e $root/data/lock ]] || msc_fail 'nothing was written to /data'
}

check_size() {
  local size
  size=$(tar -xzOf "$tarball" --wildcards '*/bin/msc-emulator' | wc -c)
  msc_say "the program has $((size / 1024)) KiB"
  ((size < 12 * 1024 * 1024)) || msc_fail 'the program is larger than 12 MiB'
}

# A package with the same files and a higher version.
make_newer() {
  dpkg-deb --raw-extract "$program_deb" "$work/newer"
  sed -i 's/^Version: .*/&+newer/' "$work/newer/DEBIAN/control"
  dpkg-deb --root-owner-group --build "$work/newer" "$1" >&2
}

# All files but those of dpkg itself, and caches.
list_files() { (cd "$1" && find . -xdev -path ./var/lib/dpkg -prune -o -path ./var/cache -prune -o -path ./var/log -prune -o -print | sort); }

try_suite() {
  local root=$work/$1
  msc_make_chroot "$1" "$root"
  mkdir "$root/opt/tar"
  tar -xzf "$tarball" -C "$root/opt/tar" --strip-components=1
  try_program "$root" /opt/tar/bin/msc-emulator
  rm -rf "$root/opt/tar"

  cp "$program_deb" "$root/tmp/program.deb"
  make_newer "$root/tmp/newer.deb"
  list_files "$root" >"$work/before"
  msc_in_chroot "$root" dpkg --install /tmp/program.deb
  try_program "$root" /usr/bin/msc-emulator
  msc_in_chroot "$root" dpkg --install /tmp/newer.deb
  try_program "$root" /usr/bin/msc-emulator
  msc_in_chroot "$root" dpkg --purge msc-emulator
  list_files "$root" | diff "$work/before" - >&2 || msc_fail 'the removed package left something behind'
  rm -rf "$work/newer"
}

# The library, with the compiler and all that its package needs; on the system that it was built on.
try_library() {
  local root=$work/library
  msc_make_chroot "$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")" "$root"
  cp "$library_deb" "$root/tmp/library.deb"
  cp -r "$msc_root/tests/package/readme" "$root/tmp/readme"
  mkdir -p "$root/fixtures"
  cp -r "$msc_root/fixtures/media" "$root/fixtures/media"
  msc_in_chroot "$root" bash -euc '
    apt-get update -q
    apt-get install -q -y --no-install-recommends /tmp/library.deb g++ cmake make libgtest-dev libgmock-dev
    mkdir -p /a/b/c && mv /tmp/readme /a/b/c/readme && mv /fixtures /a/fixtures
    cmake -S /a/b/c/readme -B /tmp/build && cmake --build /tmp/build && ctest --test-dir /tmp/build --no-tests=error
    apt-get purge -q -y libmsc-emulator-dev
    [[ ! -e /usr/include/msc ]]' >&2
}

sha256sum --check --quiet SHA256SUMS
check_size
lintian --fail-on error "$program_deb" "$library_deb"
try_alone
try_suite bookworm
try_suite trixie
try_library
msc_say 'dist/ is sound'
