#!/usr/bin/env bash
# Uploads that name other files and addresses: none is opened, with --media=auto and with --media=ffmpeg.
#
#   hostile_media.sh MSC-EMULATOR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"

if [[ ! ${MSC_EMULATOR_URL-} ]]; then
  need ffmpeg ffprobe curl python3
  for media in auto ffmpeg; do
    MSC_MEDIA=$media "$here/with_emulator.sh" "$1" "--media=$media" --processing-time=0s "$0"
  done
  exit
fi

work=$(mktemp -d)
trap 'kill "${children[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
children=()
# shellcheck source=tests/clients/video.sh
source "$here/video.sh"

# What writes to a pipe with a name waits until somebody opens it for reading.
mkfifo "$work/secret.ts"
{
  exec 3>"$work/secret.ts"
  echo read >"$work/secret.read"
} &
children+=($!)

mkfifo "$work/port"
python3 "$here/hostile_media/listener.py" "$work/connections" >"$work/port" &
children+=($!)
read -r -t 60 port <"$work/port" || fail 'nobody listens'

mkdir "$work/uploads"
make_clip "$work/clip.mp4"
python3 "$here/hostile_media/make.py" "$work/clip.mp4" "$work/secret.ts" "http://127.0.0.1:$port/secret.ts" "$work/uploads"

# expect WHAT PATTERN: of the video as the control API shows it.
expect() { [[ $(call "$admin/videos/$id") =~ $2 ]] || fail "$1 has no $2: $(call "$admin/videos/$id")"; }

for upload in "$work"/uploads/*; do
  name=$(basename "$upload")
  echo "--media=$MSC_MEDIA: $name"
  new_video "$upload"
  if [[ $name == playable-* ]]; then
    wait_for Completed
  elif [[ $MSC_MEDIA == auto ]]; then
    wait_for Completed
    expect "$name" '"Duration":0,'
  else
    wait_for Failed
    expect "$name" '"code":[67]'  # No media, or of a kind that is not handled.
  fi
  [[ ! -e $work/secret.read ]] || fail "$name made the emulator open a file"
  [[ ! -s $work/connections ]] || fail "$name made the emulator open a connection"
done

# The traps work.
: <"$work/secret.ts"
curl -s --max-time 60 "http://127.0.0.1:$port/" >"$work/answer" || true
wait "${children[0]}"
[[ -e $work/secret.read ]] || fail 'an opened file is not noticed'
[[ -s $work/connections ]] || fail 'a connection is not noticed'
