# What small requests cost, in instructions of the emulator's own: a figure that does not depend on what else the
# machine does. Sourced by scripts/bench, never run.
# shellcheck shell=bash
# shellcheck disable=SC2154  # What scripts/bench and its parts share.

readonly RECORDED=$msc_root/tests/benchmark/instructions.txt
readonly WARM_UP=50
readonly COUNTED=200
readonly MOST_ABOVE=5  # Per cent above the recorded figure.

bench_instructions() {
  start_counted counted warning
  printf '\n%-34s %10s %10s %8s\n' 'thousands of instructions' counted recorded 'at most'
  count_video_requests
  count_key_requests
  count_blob_requests
  finish "$pid"

  rm -f "$work"/callgrind.out*
  start_counted logged info
  count_logged_requests
  finish "$pid"
}

# start_counted NAME LOG_LEVEL
start_counted() {
  start "$1_emulator" valgrind --tool=callgrind --quiet --callgrind-out-file="$work/callgrind.out" \
    "$bin/msc-emulator" --port 0 --data "$work/$1" --processing-time 1h --log-level "$2"
}

# --- What is counted --------------------------------------------------------------------------------------------

readonly NEW_VIDEO='{"OriginalFileName":"a.mp4"}'
readonly NEW_PROTECTED_VIDEO='{"OriginalFileName":"a.mp4","ContentProtectionMode":"AES128"}'
readonly JSON_TYPE='Content-Type: application/json'

count_video_requests() {
  local id
  create_video "$NEW_VIDEO"
  id=$(video_field Id)
  instructions_row 'GET Formats' GET "$url/api/Formats"
  instructions_row 'GET Status' GET "$url/api/Videos/$id/Status"
  instructions_row 'GET video (pending)' GET "$url/api/Videos/$id"
  instructions_row 'POST video' POST "$url/api/Videos" "$NEW_VIDEO" "$JSON_TYPE"
}

# With a line of the log for each.
count_logged_requests() {
  local id
  create_video "$NEW_VIDEO"
  id=$(video_field Id)
  instructions_row 'GET Status, logged' GET "$url/api/Videos/$id/Status"
}

count_key_requests() {
  local id key token
  create_video "$NEW_PROTECTED_VIDEO"
  id=$(video_field Id)
  key=$(video_field ContentProtectionKeyId)
  instructions_row 'GET AuthorizationToken' GET "$url/api/Videos/$id/AuthorizationToken?KeyId=$key"
  video=$(curl --silent --fail "$url/api/Videos/$id/AuthorizationToken?KeyId=$key")
  token=$(video_field value)
  instructions_row 'GET key' GET "$url/keydelivery?kid=$key" '' "Authorization: Bearer $token"
}

# In a video's container, by the signature of its upload URL.
count_blob_requests() {
  local container sas blob bytes
  create_video "$NEW_VIDEO"
  blob=$(video_field UploadUri)
  sas=${blob#*\?}
  container=${blob%%\?*}
  container=${container%/*}
  bytes=$(head -c 4096 /dev/zero | tr '\0' x)
  local put=("$bytes" 'x-ms-blob-type: BlockBlob' 'x-ms-version: 2020-12-06')
  instructions_row 'Put Blob 4 KiB, new' PUT "$container/new{n}?$sas" "${put[@]}"
  instructions_row 'Put Blob 4 KiB, replaced' PUT "$container/replaced?$sas" "${put[@]}"
  instructions_row 'Put Block 4 KiB' PUT "$container/blocks?comp=block&blockid={n}&$sas" "$bytes" "${put[2]}"
  instructions_row 'Get Blob 4 KiB by SAS' GET "$container/replaced?$sas" '' "${put[2]}"
  instructions_row 'Get Blob Properties by SAS' HEAD "$container/replaced?$sas" '' "${put[2]}"
}

# --- How ----------------------------------------------------------------------------------------------------------

# create_video JSON: leaves the answer in $video.
create_video() {
  video=$(curl --silent --fail --request POST --header "$JSON_TYPE" --data "$1" "$url/api/Videos") ||
    msc_fail 'the emulator created no video'
}

# video_field NAME: a string of the JSON in $video.
video_field() { sed -nE "s/.*\"$1\":\"([^\"]*)\".*/\1/p" <<<"$video"; }

# instructions_row REQUEST METHOD URL [BODY [HEADER…]]
instructions_row() {
  local counted recorded most verdict=pass
  counted=$(count_instructions "${@:2}")
  read -r recorded most < <(awk -F '\t' -v name="$1" '$3 == name { print $1, $2 }' "$RECORDED")
  if awk "BEGIN { exit !($counted > $recorded * (1 + $MOST_ABOVE / 100)) }"; then
    verdict=FAIL
    missed=$((missed + 1))
  elif awk "BEGIN { exit !($counted > $most) }"; then
    verdict='above the target'
  fi
  printf '%-34s %10s %10s %8s  %s\n' "$1" "$counted" "$recorded" "$most" "$verdict"
}

# count_instructions METHOD URL [BODY [HEADER…]]: of one request, in thousands; neither start nor connection count.
count_instructions() {
  local load
  coproc COUNTED_LOAD { "$bin/counted_load" "$@"; }
  load=$COUNTED_LOAD_PID
  echo "$WARM_UP" >&"${COUNTED_LOAD[1]}"
  read -r _ <&"${COUNTED_LOAD[0]}"
  callgrind_control --zero "$pid" &>/dev/null
  echo "$COUNTED" >&"${COUNTED_LOAD[1]}"
  read -r _ <&"${COUNTED_LOAD[0]}"
  callgrind_control --dump "$pid" &>/dev/null
  kill "$load"
  wait "$load" || true
  calculate "$(take_total) / $COUNTED / 1000" 1
}

# The instructions of the dump that was made last.
take_total() {
  local dumps
  dumps=("$work"/callgrind.out.*)
  mapfile -t dumps < <(printf '%s\n' "${dumps[@]}" | sort -V)
  awk '$1 == "totals:" || $1 == "summary:" { total = $2 } END { print total }' "${dumps[-1]}"
}
