# Playback and media work; sourced by scripts/bench, never run. Fragments are measured against nginx, which sends the
# same bytes from a file.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # What scripts/bench and its parts share.

readonly PLAYERS=200
readonly FRAGMENT_CONNECTIONS=4
readonly FRAGMENTS_PER_ROUND=400

bench_playback() {
  table_head
  fragments_against_nginx
  large_fragments
  ready_to_play
  large_upload
}

# --- What is measured -------------------------------------------------------------------------------------------

# fragment_rate URL OF A FRAGMENT: in MiB/s.
fragment_rate() {
  local size seconds
  size=$(size_of "$1")
  seconds=$("$bin/playback_load" fragment "$1" "$size" $FRAGMENTS_PER_ROUND $FRAGMENT_CONNECTIONS)
  calculate "$size * $FRAGMENTS_PER_ROUND / $MIB / $seconds" 0
}

size_of() { curl --silent --fail --output /dev/null --write-out '%{size_download}' "$1"; }

# --- Rows -------------------------------------------------------------------------------------------------------

# Asked for again and again, an encrypted fragment is kept in memory, and only sent.
fragments_against_nginx() {
  make_media "$work/clip.mp4" 30 8
  start_emulator playback --media ffmpeg --processing-time 0s
  local emulator=$url clear shielded
  new_playable "$emulator" "$work/clip.mp4"
  clear=$(first_fragment "$emulator")
  new_playable "$emulator" "$work/clip.mp4" ',"ContentProtectionMode":"AES128"'
  shielded=$(first_fragment "$emulator")
  local master
  master=$(playback_url "$emulator" HLS)

  curl --silent --fail --output "$work/fragment.ts" "$clear" || msc_fail 'there is no fragment'
  start_nginx "$work"
  ratio_row 'encrypted fragments, kept / clear ones (MiB/s)' 0.7 fragment_rate "$shielded" "$clear"
  ratio_row 'clear fragments / nginx, the same as a file (MiB/s)' 0.7 fragment_rate "$clear" "$url/fragment.ts"

  local fragments seconds
  "$bin/playback_load" players "$master" "$PLAYERS" >"$work/players" ||
    echo 0 1 >"$work/players"  # A player was not served.
  read -r fragments seconds <"$work/players"
  row "$PLAYERS players at once: encrypted fragments each second" "$(calculate "$fragments / $seconds" 0)" - \
    "$fragments" '>=' "$((PLAYERS * 10))"
  finish
}

# Fragments of more than 8 MiB are not kept, but encrypted for each request.
large_fragments() {
  make_media "$work/large_fragments.mp4" 12 20
  start_emulator large_fragments --media ffmpeg --processing-time 0s
  local clear shielded
  new_playable "$url" "$work/large_fragments.mp4"
  clear=$(first_fragment "$url")
  (($(size_of "$clear") > 8 * MIB)) || msc_fail 'the fragments are too small'
  new_playable "$url" "$work/large_fragments.mp4" ',"ContentProtectionMode":"AES128"'
  shielded=$(first_fragment "$url")
  ratio_row 'encrypted fragments, not kept / clear ones (MiB/s)' - fragment_rate "$shielded" "$clear"
  finish
}

# From MarkComplete to Completed, of a clip that needs no transcoding.
ready_to_play() {
  make_media "$work/short.mp4" 10 8
  start_emulator ready --media ffmpeg --processing-time 0s
  local seconds=() round begin
  for ((round = 0; round < ROUNDS; ++round)); do
    upload_video "$url" "$work/short.mp4"
    begin=$EPOCHREALTIME
    complete_video "$url"
    seconds+=("$(calculate "$EPOCHREALTIME - $begin" 3)")
  done
  row 'a clip of 10 s can be played after (s)' - - "$(median "${seconds[@]}")" '<' 1
  finish
}

large_upload() {
  ffmpeg -nostdin -v error -y -stream_loop 80 -i "$work/clip.mp4" -c copy "$work/large.mp4"
  local bytes
  bytes=$(stat -c %s "$work/large.mp4")
  ((bytes >= 2048 * MIB)) || msc_fail "the large upload has only $((bytes / MIB)) MiB"
  start_emulator large --media ffmpeg --processing-time 0s --media-limit 64GiB
  local before
  before=$(resident_mib "$pid" VmRSS)
  upload_video "$url" "$work/large.mp4"
  complete_video "$url"
  row "memory growth, media work on $((bytes / MIB)) MiB, peak (MiB)" - - \
    "$(calculate "$(resident_mib "$pid" VmHWM) - $before" 1)" '<' 64
  finish
  rm "$work/large.mp4"
}

# --- Videos -----------------------------------------------------------------------------------------------------

# make_media FILE SECONDS MBIT: H.264 of so many Mbit/s with a key frame every two seconds, and AAC.
make_media() {
  ffmpeg -nostdin -v error -y -f lavfi -i "testsrc2=size=1280x720:rate=25:duration=$2,noise=alls=60:allf=t" \
    -f lavfi -i "sine=frequency=440:sample_rate=48000:duration=$2" -c:v libx264 -preset ultrafast -pix_fmt yuv420p \
    -b:v "$3M" -minrate "$3M" -maxrate "$3M" -bufsize "$3M" -g 50 -keyint_min 50 -c:a aac -b:a 128k "$1" ||
    msc_fail 'ffmpeg made no clip'
}

# upload_video EMULATOR FILE [MEMBERS]: leaves its id in $video.
upload_video() {
  local created
  created=$(curl --silent --fail -X POST "$1/api/Videos" -H 'Content-Type: application/json' \
    -d "{\"OriginalFileName\":\"a.mp4\"${3-}}")
  video=$(sed -E 's/.*"Id":"([^"]*)".*/\1/' <<<"$created")
  curl --silent --fail -T "$2" -H 'x-ms-blob-type: BlockBlob' "$(sed -E 's/.*"UploadUri":"([^"]*)".*/\1/' <<<"$created")" ||
    msc_fail 'the upload was not taken'
}

# complete_video EMULATOR: returns when $video can be played.
complete_video() {
  curl --silent --fail -X POST "$1/api/Videos/$video/MarkComplete" -d ''
  curl --silent --fail -H 'Content-Type: application/json' -d '{"state":"Completed","timeoutMillis":1200000}' \
    --output "$work/completed" "$1/__admin/videos/$video/wait" || msc_fail 'the video cannot be played'
}

new_playable() {
  upload_video "$@"
  complete_video "$1"
}

# playback_url EMULATOR TYPE
playback_url() {
  curl --silent --fail "$1/api/Videos/$video/PlaybackEndpoint?endpointType=$2" |
    sed -E 's/.*"PlaybackUrl":"([^"]*)".*/\1/'
}

# first_fragment EMULATOR: the URL of the first fragment of HLS.
first_fragment() {
  local master playlist
  master=$(playback_url "$1" HLS)
  playlist=$(dirname "$master")/$(curl --silent --fail "$master" | grep -m 1 -v '^#')
  echo "$(dirname "$playlist")/$(curl --silent --fail "$playlist" | grep -m 1 -v '^#')"
}

# --- nginx ------------------------------------------------------------------------------------------------------

# start_nginx FOLDER: serves its files, with as many processes as there are cores; leaves the address in $url.
start_nginx() {
  local folder=$work/nginx port user=''
  ((EUID != 0)) || user="user $(id -un);"  # Otherwise it would not be that of the files.
  port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
  mkdir -p "$folder"
  cat >"$work/nginx.conf" <<CONF
$user
daemon off;
worker_processes $(nproc);
pid $folder/pid;
error_log stderr error;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  client_body_temp_path $folder/body;
  proxy_temp_path $folder/proxy;
  fastcgi_temp_path $folder/fastcgi;
  uwsgi_temp_path $folder/uwsgi;
  scgi_temp_path $folder/scgi;
  types { video/mp2t ts; }
  server { listen 127.0.0.1:$port; root $1; }
}
CONF
  "${MSC_USED_OF[nginx]}" -p "$folder" -c "$work/nginx.conf" 2>"$work/nginx.log" &
  pid=$!
  children[pid]=nginx
  url=http://127.0.0.1:$port
  curl --silent --fail --output /dev/null --retry 20 --retry-connrefused --retry-delay 1 "$url/fragment.ts" || {
    cat "$work/nginx.log" >&2
    msc_fail 'nginx did not start'
  }
}
