# Other Debian systems in folders of build/chroots, for scripts/check; to be sourced after builds.sh, not run.
# Needs root, and a network.
# shellcheck shell=bash
: "${msc_root:?}"

# The folder of a fresh SUITE (bookworm, trixie), which is kept and copied.
msc_chroot_base() {
  local base=$msc_root/build/chroots/$1
  [[ -e $base.complete ]] || {
    rm -rf "$base"
    mkdir -p "$base"
    debootstrap --variant=minbase "$1" "$base" http://deb.debian.org/debian >&2
    touch "$base.complete"
  }
  printf '%s' "$base"
}

# msc_make_chroot SUITE FOLDER: a copy of a fresh SUITE.
msc_make_chroot() {
  local base
  base=$(msc_chroot_base "$1")
  rm -rf "$2"
  cp -a --reflink=auto "$base" "$2"
  cp /etc/resolv.conf "$2/etc/resolv.conf"
  echo '127.0.0.1 localhost' >"$2/etc/hosts"
}

# msc_in_chroot FOLDER COMMAND…: with /proc and /dev, which end with COMMAND, as do processes that it
# leaves behind.
msc_in_chroot() {
  local folder=$1
  shift
  # shellcheck disable=SC2016  # Expanded by the inner shell.
  unshare --mount --pid --fork bash -c '
    set -e
    mount -t proc proc "$0/proc"
    mount --rbind /dev "$0/dev"
    exec chroot "$0" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
  ' "$folder" "$@"
}
