#!/usr/bin/env bash
# curl against the emulator: through the connector's upload URL, in the ways that curl sends a body.
#
#   curl.sh MSC-EMULATOR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"

if [[ ! ${MSC_EMULATOR_URL-} ]]; then
  need curl
  exec "$here/with_emulator.sh" "$1" "$0"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
head -c 5000011 /dev/urandom >"$work/clip"

fail() {
  echo "$*"
  cat "$work/trace" 2>/dev/null || true
  head -c 2000 "$work/body" 2>/dev/null || true
  exit 1
}

new_upload_url() {
  curl -sS -H 'Content-Type: application/json' -d '{"OriginalFileName":"clip.mp4"}' \
    "$MSC_EMULATOR_URL/api/Videos" | sed -E 's/.*"UploadUri":"([^"]*)".*/\1/'
}

# call STATUS CURL-ARGUMENT…: the answer's body goes to $work/body, its headers to $work/headers, and all
# that curl says on the way to $work/trace.
call() {
  local expected=$1 status
  shift
  status=$(curl -sv -D "$work/headers" -o "$work/body" -w '%{http_code}' "$@" 2>"$work/trace") ||
    fail "curl: $*"
  [[ $status == "$expected" ]] || fail "$status, expected $expected: curl $*"
}

has_header() { grep -qiE "^$1: $2"$'\r$' "$work/headers" || fail "no header $1: $2"; }

same_as_clip() {
  call 200 "$1"
  cmp "$work/body" "$work/clip" || fail 'what came back is not what was uploaded'
}

put=(-H 'x-ms-blob-type: BlockBlob' -H 'Content-Type: video/mp4')

echo 'Expect: 100-continue: the body is asked for, then sent'
url=$(new_upload_url)
# Were there no "100 Continue", curl would wait longer than this test may take.
call 201 "${put[@]}" -H 'Expect: 100-continue' --expect100-timeout 3600 \
  -T "$work/clip" "$url"
grep -q '^< HTTP/1.1 100 Continue' "$work/trace" || fail 'no 100 Continue'
has_header Content-MD5 "$(openssl md5 -binary "$work/clip" | base64 | sed 's/[+]/[+]/g')"
same_as_clip "$url"

echo 'Expect: 100-continue, refused: the answer comes instead of the body'
call 403 "${put[@]}" -H 'Expect: 100-continue' --expect100-timeout 3600 -T "$work/clip" "${url/sig=/sig=x}"
grep -q 'AuthenticationFailed' "$work/body" || fail 'no error code'

echo 'Transfer-Encoding: chunked, which the service does not take'
url=$(new_upload_url)
call 411 "${put[@]}" -H 'Transfer-Encoding: chunked' -T - "$url" <"$work/clip"
grep -q '^> Transfer-Encoding: chunked' "$work/trace" || fail 'curl did not send chunks'
grep -q 'MissingContentLengthHeader' "$work/body" || fail 'no error code'
call 411 -H 'Transfer-Encoding: chunked' -T - "$url&comp=block&blockid=YmxvY2s=" <"$work/clip"

echo 'A POST without a body and without -d: neither does the web server'
call 411 -X POST "$MSC_EMULATOR_URL/api/Videos/x/MarkComplete"
grep -q 'HTTP Error 411' "$work/body" || fail 'not the page of the web server'

echo 'A block and its list'
url=$(new_upload_url)
call 201 -T "$work/clip" "$url&comp=block&blockid=YmxvY2s="
call 201 -X PUT --data-binary '<BlockList><Latest>YmxvY2s=</Latest></BlockList>' "$url&comp=blocklist"
same_as_clip "$url"

echo 'Ranges'
# range RANGE FIRST COUNT: what curl -r RANGE gets is COUNT bytes from FIRST on.
range() {
  call 206 -r "$1" "$url"
  tail -c "+$(($2 + 1))" "$work/clip" | head -c "$3" >"$work/expected" || true
  cmp "$work/body" "$work/expected" || fail "range $1 gets other bytes"
  has_header Content-Range "bytes $2-$(($2 + $3 - 1))/5000011"
}
range 0-0 0 1
range 0-99 0 100
range 1000000-3999999 1000000 3000000
range 4999000- 4999000 1011
range -50 4999961 50
range 5000010- 5000010 1
range 5000000-9999999 5000000 11
call 416 -r 5000011- "$url"
has_header Content-Range 'bytes \*/5000011'
grep -q InvalidRange "$work/body" || fail 'no error code'

echo 'An upload goes on where a download broke off'
head -c 1234567 "$work/clip" >"$work/part"
curl -sS -C - -o "$work/part" "$url"
cmp "$work/part" "$work/clip" || fail 'the continued download differs'
