# Sourced by the tests with media: videos of the emulator at $MSC_EMULATOR_URL, by curl. Needs $work, a folder of the test.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # What the tests share with this file.

admin=$MSC_EMULATOR_URL/__admin

fail() {
  echo "$*"
  exit 1
}

call() { curl -sS --fail-with-body -H 'Content-Type: application/json' "$@"; }

# member NAME: a member of the compact JSON on stdin, without the quotes of a string.
member() { sed -nE "s/.*\"$1\":(\"([^\"]*)\"|([^,}]*)).*/\2\3/p"; }

# make_clip FILE [FFMPEG-OUTPUT-OPTION…]: 13 s of H.264 with B-frames, a key frame every two seconds, and AAC.
make_clip() {
  ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=size=640x360:rate=25:duration=13 \
    -f lavfi -i sine=frequency=440:sample_rate=48000:duration=13 \
    -c:v libx264 -preset veryfast -profile:v high -bf 2 -g 50 -keyint_min 50 -sc_threshold 0 -pix_fmt yuv420p \
    -c:a aac -b:a 96k -ac 2 "${@:2}" "$1"
}

# new_video FILE [MEMBER…]: uploads FILE and marks it complete; leaves $id and $key_id. MEMBER: of the JSON of the video.
new_video() {
  local file=$1 json='{"OriginalFileName":"clip.mp4"' created
  shift
  (($# == 0)) || json+=$(printf ',%s' "$@")
  created=$(call "$MSC_EMULATOR_URL/api/Videos" -d "$json}")
  id=$(member Id <<<"$created")
  key_id=$(member ContentProtectionKeyId <<<"$created")
  curl -sS --fail-with-body -H 'x-ms-blob-type: BlockBlob' -T "$file" "$(member UploadUri <<<"$created")"
  call "$MSC_EMULATOR_URL/api/Videos/$id/MarkComplete" -d ''
}

# wait_for STATE
wait_for() {
  call -o "$work/wait" "$admin/videos/$id/wait" -d "{\"state\":\"$1\",\"timeoutMillis\":120000}" ||
    fail "the video is not $1: $(cat "$work/wait")"
}

# new_playable FILE [MEMBER…]: the same; returns when the video can be played.
new_playable() {
  new_video "$@"
  wait_for Completed
  [[ $(call "$admin/videos/$id") == *'"media":{"state":"ready"'* ]] ||
    fail "there is nothing to play: $(call "$admin/videos/$id")"
}

# playback_url TYPE: HLS, DASH, Streaming or Progressive.
playback_url() { call "$MSC_EMULATOR_URL/api/Videos/$id/PlaybackEndpoint?endpointType=$1" | member PlaybackUrl; }

# "Bearer=urn%3a…"
new_token() { call "$MSC_EMULATOR_URL/api/Videos/$id/AuthorizationToken?KeyId=$key_id" | member value; }

# url_encode TEXT: of what tokens and URLs consist of.
url_encode() { sed 's/%/%25/g; s/&/%26/g; s/=/%3D/g; s/+/%2B/g; s/?/%3F/g; s/,/%2C/g' <<<"$1"; }

# frames FFMPEG-INPUT-OPTION…: a hash of each picture, in order.
frames() {
  ffmpeg -nostdin -v error "$@" -map 0:v:0 -fps_mode passthrough -f framemd5 - | sed -nE '/^#/!s/.*, *//p'
}
