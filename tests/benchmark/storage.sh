# The blob endpoint; sourced by scripts/bench, never run. It is measured against Azurite, the emulator of the whole
# of Azure Storage, and against a handler that does nothing but write what it receives.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # What scripts/bench and its parts share.

readonly ACCOUNT=devstoreaccount1
readonly ACCOUNT_KEY=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==

bench_storage() {
  table_head
  sas=$(account_sas)
  uploads_through_the_connector
  blobs_against_azurite
  appends_and_pages
  blocks
  lists
  tags
  batches
  snapshots
}

# --- What is measured -------------------------------------------------------------------------------------------

# put_rate, get_rate, blocks_rate URL OF A BLOB: a blob of 256 MiB, in MiB/s. What earlier rounds have written goes
# to the disk before the next one starts.
put_rate() {
  sync
  rate put "$1" $((256 * MIB))
}
get_rate() { rate get "$1" $((256 * MIB)); }
blocks_rate() {
  sync
  rate blocks "$1" $((4 * MIB)) 64 4
}
rate() {
  local seconds
  seconds=$("$bin/blob_load" "$@")
  calculate "256 / ${seconds% *}" 0
}

# puts_per_second, gets_per_second, appends_per_second, pages_per_second URL OF A CONTAINER: 4 KiB each.
puts_per_second() { MSC_REQUEST=put small_blobs_per_second "$1"; }
gets_per_second() { MSC_REQUEST='get' small_blobs_per_second "$1"; }
appends_per_second() { MSC_REQUEST=append small_blobs_per_second "$1"; }
pages_per_second() { MSC_REQUEST=page small_blobs_per_second "$1"; }
small_blobs_per_second() { requests_per_second "$1" --script "$msc_root/tests/benchmark/small_blobs.lua"; }

# A list is long: one at a time.
lists_per_second() { requests_per_second "$1" --threads 1 --connections 1 --timeout 20s; }

# deletes_per_second TOGETHER: of blobs of 4 KiB in the container $deleted, on one connection, that many in a request.
deletes_per_second() {
  local count=2048 seconds
  seconds=$("$bin/blob_load" delete "$deleted" 4096 $count "$1")
  calculate "$count / $seconds" 0
}

# snapshot_time URL OF A BLOB: of a Snapshot Blob, in microseconds.
snapshot_time() { calculate "$("$bin/blob_load" snapshot "$1" 200) / 200 * 1000000" 0; }

# --- Rows -------------------------------------------------------------------------------------------------------

# Uploads to the URL from the Videos API.
uploads_through_the_connector() {
  start_emulator upload
  local upload
  upload=$(upload_url "$url")
  start bare_put "$bin/bare_httplib" /dev/null "$work"
  ratio_row 'PUT 256 MiB / bare cpp-httplib to a file (MiB/s)' 1.0 put_rate "$upload" "$url/put"
  finish

  start_emulator memory
  upload=$(upload_url "$url")
  local before
  before=$(resident_mib "$pid" VmRSS)
  "$bin/blob_load" put "$upload" $((2048 * MIB)) >"$work/seconds"
  row 'memory growth in a PUT of 2 GiB, peak (MiB)' - - \
    "$(calculate "$(resident_mib "$pid" VmHWM) - $before" 1)" '<' 16
  finish
}

upload_url() {
  curl --silent --fail -X POST "$1/api/Videos" -H 'Content-Type: application/json' \
    -d '{"OriginalFileName":"a.mp4"}' | sed -nE 's/.*"UploadUri":"([^"]*)".*/\1/p'
}

# Both keep what they are given on the disk, as they do by default when they are told a folder.
blobs_against_azurite() {
  start_azurite
  local azurite=$url/$ACCOUNT/bench
  create_container "$azurite"
  start_emulator blobs --data "$work/blobs"
  local emulator=$url/$ACCOUNT/bench
  create_container "$emulator"

  ratio_row 'Put Blob 256 MiB / Azurite (MiB/s)' 4 put_rate "$emulator/blob?$sas" "$azurite/blob?$sas"
  ratio_row 'Get Blob 256 MiB / Azurite (MiB/s)' 3 get_rate "$emulator/blob?$sas" "$azurite/blob?$sas"
  ratio_row '4 MiB blocks, 4 in parallel / Azurite (MiB/s)' 4 blocks_rate "$emulator/parts?$sas" "$azurite/parts?$sas"

  local container
  for container in "$emulator" "$azurite"; do
    "$bin/blob_load" fill "$container?$sas" 4096 2000 16
  done
  ratio_row 'Put Blob 4 KiB / Azurite (requests/s)' 10 puts_per_second "$emulator?$sas" "$azurite?$sas"
  ratio_row 'Get Blob 4 KiB / Azurite (requests/s)' 20 gets_per_second "$emulator?$sas" "$azurite?$sas"
  finish
  rm -rf "$work/azurite" "$work/blobs"
}

appends_and_pages() {
  start_azurite
  local azurite=$url/$ACCOUNT emulator container blob=x-ms-blob-type
  start_emulator types --data "$work/types"
  emulator=$url/$ACCOUNT
  for container in "$emulator" "$azurite"; do
    create_container "$container/appends"
    "$bin/blob_load" fill "$container/appends?$sas" 0 200 1 "$blob: AppendBlob"
    create_container "$container/pages"
    "$bin/blob_load" fill "$container/pages?$sas" 0 200 1 "$blob: PageBlob" "x-ms-blob-content-length: $MIB"
    create_container "$container/list"
    "$bin/blob_load" fill "$container/list?$sas" 1 5000 8
  done
  local list="restype=container&comp=list"
  ratio_row 'Append Block 4 KiB / Azurite (requests/s)' 10 appends_per_second \
    "$emulator/appends?$sas" "$azurite/appends?$sas"
  ratio_row 'Put Page 4 KiB / Azurite (requests/s)' 10 pages_per_second "$emulator/pages?$sas" "$azurite/pages?$sas"
  ratio_row 'List of 5,000 blobs / Azurite (requests/s)' 5 lists_per_second \
    "$emulator/list?$list&$sas" "$azurite/list?$list&$sas"
  finish
  rm -rf "$work/azurite" "$work/types"
}

blocks() {
  start_emulator blocks --data "$work/blocks"
  local emulator=$url/$ACCOUNT/bench
  create_container "$emulator"
  start bare_blocks "$bin/bare_httplib" /dev/null "$work"
  ratio_row '4 MiB blocks, 4 in parallel / bare (MiB/s)' 0.8 blocks_rate "$emulator/parts?$sas" "$url/parts?$sas"

  local seconds=() round
  for ((round = 0; round < ROUNDS; ++round)); do
    seconds+=("$("$bin/blob_load" blocks "$emulator/$round?$sas" 1 50000 8)")
  done
  row 'Put Block List of 50,000 blocks (s)' - - "$(calculate "$(median "${seconds[@]#* }")")" '<' 1
  finish

  start_emulator large
  create_container "$url/$ACCOUNT/bench"
  "$bin/blob_load" blocks "$url/$ACCOUNT/bench/large?$sas" $((100 * MIB)) 41 8 >"$work/seconds"
  row 'peak memory, 4 GiB in 100 MiB blocks, 8 at once' - - "$(calculate "$(resident_mib "$pid" VmHWM)" 1)" '<' 64
  finish
}

lists() {
  start_emulator lists --data "$work/lists"
  local emulator=$url/$ACCOUNT page="restype=container&comp=list&maxresults=1000&$sas"
  local many=$emulator/many few=$emulator/few
  create_container "$many"
  "$bin/blob_load" fill "$many?$sas" 1 100000 8
  create_container "$few"
  "$bin/blob_load" fill "$few?$sas" 1 1000 8
  ratio_row 'List, first page: 100,000 blobs / 1,000 (req/s)' 0.8 requests_per_second "$many?$page" "$few?$page"
  finish
}

# Each blob has three tags: the same one as all others, the same one as a hundred, and its number. Accounts of
# their own, because a search in an account finds blobs of all containers.
tags() {
  local many few
  start_tagged many 100000
  many=$tagged
  start_tagged few 1000
  few=$tagged
  found_row '100 of all' "where=kind='video'&maxresults=100"
  found_row '100 by a rare tag' "where=hundred='00000005'"
  found_row '100 by two tags' "where=kind='video' AND hundred='00000005'"
  found_row '100 by a range' "where=number>='00000300' AND number<'00000400'"
  found_row '100 in a container, from a marker' "where=kind='video'&maxresults=100" /tagged 'restype=container&'
  finish
  rm -rf "$work/many" "$work/few"
}

# start_tagged NAME COUNT: leaves the URL of the account in $tagged.
start_tagged() {
  start_emulator "$1" --data "$work/$1"
  tagged=$url/$ACCOUNT
  create_container "$tagged/tagged"
  "$bin/blob_load" fill "$tagged/tagged?$sas" 1 "$2" 8 'x-ms-tags: kind=video&hundred={g}&number={n}'
}

# found_row FIGURE QUERY [CONTAINER QUERY]: of $many over $few. What is found in a container is the second page.
found_row() {
  local query="${4-}comp=blobs&$2&$sas" measured=$many${3-} yardstick=$few${3-}
  query=${query// /%20}
  query=${query//\'/%27}
  query=${query//</%3C}
  query=${query//>/%3E}
  measured+="?$query"
  yardstick+="?$query"
  if [[ -n ${3-} ]]; then
    measured+=$(next_marker "$measured")
    yardstick+=$(next_marker "$yardstick")
  fi
  ratio_row "Find by tags, $1: 100,000 / 1,000 (req/s)" 0.8 requests_per_second "$measured" "$yardstick"
}

# next_marker URL: as a parameter.
next_marker() {
  local marker
  marker=$(curl --silent --fail "$1" | sed -nE 's/.*<NextMarker>([^<]+)<.*/\1/p')
  printf '&marker=%s' "${marker//+/%2B}"
}

batches() {
  start_emulator batches --data "$work/batches"
  create_container "$url/$ACCOUNT/bench"
  deleted="$url/$ACCOUNT/bench?$sas"
  ratio_row 'batches of 256 deletes / single ones (blobs/s)' 4 deletes_per_second 256 1
  finish
  rm -rf "$work/batches"
}

# A snapshot copies no bytes and no list of blocks.
snapshots() {
  start_emulator snapshots --data "$work/snapshots"
  local container=$url/$ACCOUNT/bench
  create_container "$container"
  "$bin/blob_load" blocks "$container/large?$sas" $((8 * MIB)) 512 8 >"$work/seconds"
  "$bin/blob_load" put "$container/small?$sas" 4096 >"$work/seconds"
  ratio_row 'Snapshot Blob of 4 GiB / of 4 KiB (time, us)' 1.5 snapshot_time \
    "$container/large?$sas" "$container/small?$sas" '<='
  finish
  rm -rf "$work/snapshots"
}

# --- Azurite and signatures -------------------------------------------------------------------------------------

# Its packages are those of tests/benchmark/azurite/package-lock.json, and stay for the next run.
start_azurite() {
  local folder=$msc_root/build/bench/azurite source=$msc_root/tests/benchmark/azurite
  if ! cmp --silent "$source/package-lock.json" "$folder/node_modules/installed.json"; then
    msc_need_node
    mkdir -p "$folder"
    cp "$source"/package*.json "$folder"
    npm ci --prefix "$folder" --loglevel error --omit optional --ignore-scripts \
      --no-audit --no-fund >&2
    cp "$source/package-lock.json" "$folder/node_modules/installed.json"
  fi
  start azurite "$folder/node_modules/.bin/azurite-blob" --blobPort 0 --location "$work/azurite" \
    --silent --loose --skipApiVersionCheck --disableTelemetry
}

# A query that allows everything in the account.
account_sas() {
  local permissions=rwdlactf services=b types=sco expires=2099-01-01T00:00:00Z version=2020-12-06
  local key signature
  key=$(base64 -d <<<"$ACCOUNT_KEY" | od -An -v -tx1 | tr -d ' \n')
  signature=$(
    printf '%s\n' $ACCOUNT $permissions $services $types '' $expires '' '' $version '' |
      openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64 |
      sed 's/+/%2B/g; s,/,%2F,g; s/=/%3D/g'
  )
  echo "sv=$version&ss=$services&srt=$types&sp=$permissions&se=$expires&sig=$signature"
}

create_container() {
  curl --silent --show-error --fail -X PUT -H 'Content-Length: 0' "$1?restype=container&$sas" ||
    msc_fail "no container at $1"
}
