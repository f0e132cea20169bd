#!/usr/bin/env bash
# Checks that the second command of the README, run against an emulator, prints what the README shows.
#
#   commands.sh ROOT MSC-EMULATOR
set -euo pipefail
root=$1 emulator=$2

work=$(mktemp -d)
mkfifo "$work/ready"
"$emulator" --port 0 --log-level off >"$work/ready" 2>"$work/log" &
pid=$!
trap 'kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
read -r -t 30 ready <"$work/ready" || { cat "$work/log"; exit 1; }
url=$(sed -E 's/.*"url":"([^"]*)".*/\1/' <<<"$ready")

mapfile -t commands < <(sed -nE 's/^    (curl .*)$/\1/p' "$root/README.md")
((${#commands[@]} > 0)) || { echo 'README: no command found'; exit 1; }
for command in "${commands[@]}"; do
  answer=$(bash -c "${command//http:\/\/127.0.0.1:10010/$url}")
  for member in Id UploadUri ContentProtectionMode OriginalFileName; do
    [[ $answer == *"\"$member\":"* ]] || { echo "no $member in: $answer"; exit 1; }
  done
done

# The ready line has the members that the README shows, in their order.
shown=$(sed -nE 's/^    (\{"event":"ready".*)$/\1/p' "$root/README.md" | grep -oE '"[a-zA-Z]+":')
[[ $(grep -oE '"[a-zA-Z]+":' <<<"$ready") == "$shown" ]] || { echo "another ready line: $ready"; exit 1; }
