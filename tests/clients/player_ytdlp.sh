#!/usr/bin/env bash
# yt-dlp downloads Smooth Streaming. The file must have the pictures that were uploaded.
#
#   player_ytdlp.sh MSC-EMULATOR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"

if [[ ! ${MSC_EMULATOR_URL-} ]]; then
  need yt-dlp ffmpeg ffprobe curl
  exec "$here/with_emulator.sh" "$1" --media=auto --processing-time=0s "$0"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/clients/video.sh
source "$here/video.sh"

make_clip "$work/clip.mp4"
frames -i "$work/clip.mp4" >"$work/source"
new_playable "$work/clip.mp4"
manifest=$(playback_url Streaming)

yt-dlp --ignore-config --no-cache-dir --proxy '' --no-progress --output "$work/taken.%(ext)s" \
  --format bestvideo+bestaudio --merge-output-format mp4 "$manifest"

frames -i "$work/taken.mp4" >"$work/played"
cmp "$work/source" "$work/played" || fail "$(wc -l <"$work/played") pictures, not those that were uploaded"
[[ $(ffprobe -v error -select_streams a -show_entries stream=codec_name -of csv=p=0 "$work/taken.mp4") == aac* ]] ||
  fail 'the sound is missing'
