#!/usr/bin/env bash
# Builds and tests the project on a fresh Debian 13, as a user there would.
#
#   debian13.sh ROOT
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=scripts/cmake/builds.sh
source "$1/scripts/cmake/builds.sh"
# shellcheck source=scripts/cmake/chroot.sh
source "$1/scripts/cmake/chroot.sh"

# The packages that were downloaded and the objects that were compiled stay there for the next time.
chroot=$msc_root/build/chroots/debian13
[[ -e $chroot/etc/debian_version ]] || msc_make_chroot trixie "$chroot"
mkdir -p "$chroot/src"
find "$chroot/src" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
git -C "$msc_root" ls-files -z --cached --others --exclude-standard |
  tar -C "$msc_root" --null --files-from=- -c | tar -C "$chroot/src" -x
# shellcheck disable=SC2016  # Expanded in the chroot.
msc_in_chroot "$chroot" bash -c 'cd /src && scripts/run --install && "$HOME/.local/bin/msc-emulator" --version && scripts/test --quick release'
