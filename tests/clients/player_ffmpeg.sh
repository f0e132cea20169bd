#!/usr/bin/env bash
# ffmpeg plays: HLS, protected, and DASH. What it decodes must be the pictures that were uploaded.
#
#   player_ffmpeg.sh MSC-EMULATOR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"

if [[ ! ${MSC_EMULATOR_URL-} ]]; then
  need ffmpeg ffprobe curl
  exec "$here/with_emulator.sh" "$1" --media=auto --processing-time=0s "$0"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/clients/video.sh
source "$here/video.sh"

# Addresses of the service have no file extensions, which newer versions of ffmpeg want.
hls=(-allowed_extensions ALL)
! ffmpeg -v error -h demuxer=hls | grep extension_picky >/dev/null || hls+=(-extension_picky 0)

# plays WHAT FFMPEG-INPUT-OPTION…: it decodes the pictures of $work/source.
plays() {
  echo "  $1"
  frames "${@:2}" >"$work/played" || fail "ffmpeg does not play $1"
  cmp "$work/source" "$work/played" || fail "$1: $(wc -l <"$work/played") pictures, not those that were uploaded"
}

# is_refused WHAT FFMPEG-INPUT-OPTION…: it decodes no picture.
is_refused() {
  echo "  $1"
  ! frames "${@:2}" >"$work/played" 2>"$work/errors" || fail "ffmpeg does not say that it cannot play $1"
  [[ ! -s $work/played ]] || fail "ffmpeg decodes $(wc -l <"$work/played") pictures of $1"
}

proxy() { echo "$MSC_EMULATOR_URL/api/ManifestProxy?playbackUrl=$(url_encode "$1")"; }
make_clip "$work/clip.mp4"

for clip in "$work/clip.mp4" "$here/../../fixtures/media/clip.mp4"; do
  echo "$(basename "$(dirname "$clip")")/clip.mp4, protected"
  frames -i "$clip" >"$work/source"
  new_playable "$clip" '"ContentProtectionMode":"AES128"'
  v4=$(playback_url HLS)
  v3=${v4/m3u8-aapl/m3u8-aapl-v3}
  token=$(new_token)
  query=token=$(url_encode "$token")
  plays 'HLS version 4, token in the query' "${hls[@]}" -i "$v4?$query"
  plays 'HLS version 3, token in the query' "${hls[@]}" -i "$v3?$query"
  bearer="Authorization: Bearer ${token#Bearer=}"$'\r\n'
  plays 'HLS version 4, token in the header' "${hls[@]}" -headers "$bearer" -i "$v4"
  plays 'HLS version 3, token in the header' "${hls[@]}" -headers "$bearer" -i "$v3"
  plays 'HLS by the proxy for manifests' "${hls[@]}" -i "$(proxy "$v4")&$query"
done

echo 'Refusals'
is_refused 'HLS version 4 without a token' "${hls[@]}" -i "$v4"
is_refused 'HLS version 3 without a token' "${hls[@]}" -i "$v3"
is_refused 'HLS by the proxy without a token' "${hls[@]}" -i "$(proxy "$v4")"
forged=${query/ExpiresOn%3D/ExpiresOn%3D9}
[[ $forged != "$query" ]] || fail "the token has no end: $query"
is_refused 'HLS version 4 with a forged token' "${hls[@]}" -i "$v4?$forged"
is_refused 'HLS version 3 with a forged token' "${hls[@]}" -i "$v3?$forged"
call -X PUT -o "$work/clock" "$admin/clock" -d '{"action":"advance","durationMillis":300000}'
is_refused 'HLS version 4 with an expired token' "${hls[@]}" -i "$v4?$query"
is_refused 'HLS version 3 with an expired token' "${hls[@]}" -headers "$bearer" -i "$v3"
plays 'HLS version 4 with a new token' "${hls[@]}" -i "$v4?token=$(url_encode "$(new_token)")"

echo 'Clear'
for clip in "$work/clip.mp4" "$here/../../fixtures/media/clip.mp4"; do
  frames -i "$clip" >"$work/source"
  new_playable "$clip"
  plays 'HLS version 4' "${hls[@]}" -i "$(playback_url HLS)"
  plays 'the whole file' -i "$(playback_url Progressive)"
  ! ffmpeg -v error -demuxers | grep ' dash ' >/dev/null || plays DASH -i "$(playback_url DASH)"
done
