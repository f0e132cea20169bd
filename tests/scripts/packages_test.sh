#!/usr/bin/env bash
# Tests how the scripts install packages, with an apt-get that does nothing.
#
#   packages_test.sh ROOT
set -euo pipefail
# shellcheck source=scripts/cmake/packages.sh
source "$1/scripts/cmake/packages.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
fail() {
  echo "$*"
  failures=1
}

# A system with these commands alone; apt-get writes down how it was called.
mkdir "$work/bin"
for tool in bash cat cmake env head ninja paste sed sort; do
  ln -s "$(command -v "$tool")" "$work/bin/$tool"
done
cat >"$work/apt-get" <<END
#!/usr/bin/env bash
echo "\$*" >>"$work/calls"
[[ "\$*" != *--assume-no* ]] || printf '%s\n' '0 upgraded, 2 newly installed, 0 to remove' \
  'Need to get 30.1 MB of archives.' 'After this operation, 200 MB of additional disk space will be used.'
END
printf '#!/usr/bin/env bash\necho sudo "$@" >>"%s/calls"; "$@"\n' "$work" >"$work/sudo"
chmod +x "$work/apt-get" "$work/sudo"
msc_system() { [[ $1 == ID ]] && echo "$system" || echo 'The system'; }

# need PACKAGE…: what msc_need_packages says; the calls of apt-get are in $work/calls.
need() {
  : >"$work/calls"
  (PATH=$work/bin CXX=/none && msc_need_packages "$@" 2>&1) || echo "status $?"
}

system=debian
ln -s "$work/apt-get" "$work/sudo" "$work/bin"
said=$(need cmake ninja-build)
[[ ! $said && ! -s $work/calls ]] || fail "nothing is missing, but: $said $(<"$work/calls")"

said=$(need cmake strace curl)
[[ $said == *'Missing: strace curl'*'Installing 2 packages, 30.1 MB to download, 200 MB on disk'* ]] ||
  fail "it does not say what it installs: $said"
[[ $(tail -n 1 "$work/calls") == *'install'*'strace curl' ]] || fail "it calls: $(<"$work/calls")"
[[ $said != *'not been tried'* ]] || fail "it does not know Debian"

system=other
[[ $(need strace) == *'The system has not been tried'* ]] || fail 'it does not say that it does not know the system'

rm "$work/bin/apt-get" "$work/bin/sudo"
said=$(need g++ cmake libre2-dev strace)
for word in 'C++20 compiler' 're2/re2.h' 'the command strace' 'Going on'; do
  [[ $said == *"$word"* ]] || fail "without apt-get it does not say '$word': $said"
done
[[ $said != *status* && $said != *CMake* ]] || fail "without apt-get: $said"

((failures == 0)) && echo 'scripts install only what is missing'
exit "$failures"
