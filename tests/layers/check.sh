#!/usr/bin/env bash
# Proves which room uses which: reads every #include line of the product, and looks for calls that no
# room may make. Prints `file:line: why` for each violation and fails if there is one.
#
#   check.sh ROOT      the folder that holds emulator/, storage_stub/ and tests/
set -euo pipefail
cd "$1"

mapfile -d '' -t sources < <(
  find emulator storage_stub tests -type f \( -name '*.h' -o -name '*.cpp' \) -print0 | sort -z)
((${#sources[@]})) || {
  echo "no sources below $PWD" >&2
  exit 1
}

# shellcheck disable=SC2016  # The dollars are awk's.
awk '
BEGIN {
  # Room -> the rooms it may use beside itself, the public headers and the standard library.
  everything = "base http sqlite storage_stub keys processing videos playback control"
  uses["public"] = ""
  uses["base"] = ""
  uses["http"] = "base"
  uses["sqlite"] = "base"
  uses["storage_stub"] = "base http sqlite"
  uses["keys"] = "base http sqlite"
  uses["processing"] = "base sqlite storage_stub"
  uses["videos"] = "base http sqlite storage_stub keys processing"
  uses["playback"] = "base http sqlite storage_stub keys videos"
  uses["control"] = "base http sqlite storage_stub keys processing videos playback"
  uses["testing"] = everything
  uses["wiring"] = everything

  # Library -> the rooms that may include it; what is not here is nobody'"'"'s.
  users["httplib.h"] = "http"
  users["sqlite3.h"] = "sqlite"
  users["openssl/"] = "base http"
  users["pugixml.hpp"] = "storage_stub"
  users["re2/"] = "control"
  users["nlohmann/"] = "storage_stub keys processing videos playback control testing wiring"
  users["CLI/"] = "wiring"
  users["spdlog/"] = "wiring"

  # Calls: pattern, files that may, why the others may not.
  Forbid("(std::|<)w?regex", "^$", "std::regex overflows the stack on hostile input")
  Forbid("(system_clock|high_resolution_clock|CLOCK_REALTIME|gettimeofday|std::time[ ]*[(])",
         "^emulator/base/clock[.]cpp$", "domain time comes from msc::Clock alone")
  Forbid("(sleep_for|sleep_until|usleep|nanosleep)", "^tests/benchmark/", "nothing sleeps: wait for what is due")
  Forbid("(system|popen)[ ]*[(]", "^$", "no shell: start programs with an argument list")
}

function Forbid(pattern, exempt, why) {
  patterns[++count] = "(^|[^A-Za-z0-9_])" pattern
  exempts[count] = exempt
  whys[count] = why
}

function Complain(why) {
  printf "%s:%d: %s\n", FILENAME, FNR, why
  failed = 1
}

function Has(list, word) { return index(" " list " ", " " word " ") > 0 }

function RoomOf(path, parts) {
  if (path ~ /^msc\// || path ~ /^emulator\/include\//) return "public"
  if (path ~ /^storage_stub\//) return "storage_stub"
  if (path ~ /^emulator\/[^\/]+$/) return "wiring"
  if (path !~ /^emulator\//) return ""
  split(path, parts, "/")
  return parts[2]
}

function CheckLibrary(header, library) {
  if (room == "public") {
    if (header ~ /^[a-z_0-9]+$/) return
    if (header ~ /^g(test|mock)\// && FILENAME ~ /\/msc\/testing([.]h$|\/)/) return
    Complain("public headers include only the standard library, not " header)
    return
  }
  for (library in users) {
    if (index(header, library) == 1) {
      if (!Has(users[library], room)) Complain(room " may not include " header)
      return
    }
  }
  # The standard library, C and POSIX.
  if (header ~ /^[a-z_0-9]+([.]h)?$/ || header ~ /^(sys|net|netinet|arpa|linux)\/[a-z_0-9]+[.]h$/) return
  Complain(header " belongs to no library that " room " may include")
}

# Ours are spelled from the root; a bare name is a header that the build makes (migrations.h).
function IsGenerated(header) { return header !~ /\// && !(header in users) }

function CheckInclude(quoted, header, used) {
  used = RoomOf(header)
  if (used != "") {
    if (used == room || used == "public") return
    if (!Has(uses[room], used)) Complain(room " may not use " used ": " header)
  } else if (!quoted || !IsGenerated(header)) {
    CheckLibrary(header)
  }
}

FNR == 1 {
  room = RoomOf(FILENAME)
  is_product = FILENAME !~ /^tests\//
  if (is_product && !(room in uses)) Complain(room " is not a room of the design")
}

{
  code = $0
  sub(/(^|[^:])\/\/.*/, "", code)
}

is_product && (room in uses) && code ~ /^[ \t]*#[ \t]*include[ \t]*[<"]/ {
  header = code
  sub(/^[^<"]*[<"]/, "", header)
  sub(/[>"].*/, "", header)
  CheckInclude(code ~ /"/, header)
}

{
  for (i = 1; i <= count; ++i) {
    if (code ~ patterns[i] && FILENAME !~ exempts[i]) Complain(whys[i])
  }
}

END { exit failed }
' "${sources[@]}"

echo "${#sources[@]} files keep the layers"
