#!/usr/bin/env bash
# Proves which room uses which: reads every #include line of the product, and looks for calls that no
# room may make. Prints `file:line: why` for each violation and fails if there is one.
#
#   check.sh ROOT           the folder that holds emulator/, storage_stub/ and tests/
#   check.sh ROOT --rooms   prints the table of rooms instead, in Markdown
set -euo pipefail
cd "$1"
show_rooms=$([[ ${2:-} == --rooms ]] && echo 1 || echo 0)

mapfile -d '' -t sources < <(
  find emulator storage_stub tests -type f \( -name '*.h' -o -name '*.cpp' \) -print0 | sort -z)
((${#sources[@]})) || {
  echo "no sources below $PWD" >&2
  exit 1
}

# shellcheck disable=SC2016  # The dollars are awk's.
awk -v show_rooms="$show_rooms" '
BEGIN {
  # Room -> the rooms it may use beside itself, the public headers and the standard library.
  # storage_stub/ and control/ have sub-rooms; "storage_stub" and "control" alone are the files
  # that lie directly in them.
  Room("public", "emulator/include/msc/: the public C++ API", "")
  Room("base", "Result, Error, Clock, Random, encodings, hashes", "")
  Room("http", "Request, Response, Router, Server", "base")
  Room("sqlite", "Database, Transaction, Statement, migrations", "base")

  storage = "base http storage_stub/protocol"
  Room("storage_stub/protocol", "the wire format: names, versions, conditions, XML, error bodies", "base http")
  Room("storage_stub/model", "value types: accounts, names, policies, blobs, containers", storage)
  Room("storage_stub/extents", "the file that holds the bytes", "base http")
  storage = storage " storage_stub/model storage_stub/extents"
  Room("storage_stub/records", "stores: the SQL of containers, policies, blobs, blocks", storage " sqlite")
  storage = storage " storage_stub/records"
  Room("storage_stub/state", "the state of the whole endpoint: snapshots, import, inspection", storage " sqlite")
  Room("storage_stub/access", "authorization: signatures, keys, tokens, permissions", storage)
  Room("storage_stub/handlers", "the operations and their route table", storage " storage_stub/access")
  Room("storage_stub", "BlobService, and StorageStub, the endpoint alone", storage " sqlite storage_stub/state storage_stub/access storage_stub/handlers")

  blobs = "storage_stub storage_stub/model"
  Room("keys", "content keys, tokens, key delivery", "base http sqlite")
  Room("processing", "the state machine that a video goes through", "base")
  Room("processing/media", "makes packaged media of an upload, with ffmpeg as a child process", "base http processing storage_stub")
  Room("videos", "the Videos API and its records", "base http sqlite keys processing " blobs)

  Room("playback", "manifests, encrypted fragments, and the proxies for posters and manifests", "base http keys processing videos " blobs)

  product = "base http keys processing videos playback " blobs
  Room("control/error", "the errors of the control API", "")
  Room("control/journal", "the recorded requests, and patterns that match them", "base http control/error")
  Room("control/json", "records as JSON, and JSON read with clear errors", "base http processing control/error control/journal")
  Room("control/events", "server-sent events", "base http")
  Room("control/time", "moves the clock, and makes transitions at their instant", "base videos")
  Room("control/faults", "injected faults", "base http control/error control/journal")
  Room("control/diagnostics", "reports what would go wrong with the real service", product " control/journal")
  Room("control/explain", "why a request was answered as it was", product " control/journal control/json")
  Room("control/seed", "creates videos in any state", product " control/error control/json")
  Room("control/archive", "the whole state as one tar file", product " control/error sqlite storage_stub/extents storage_stub/state")
  control = product " sqlite control/error control/journal control/json control/events control/time control/faults control/diagnostics control/explain control/archive processing/media"
  Room("control", "ControlPlane, and RequestInterceptor, which every request but those to /__admin passes", control)
  Room("control/api", "the routes under /__admin", control " control control/seed")

  Room("dashboard", "the page for people: files, and the headers that guard them", "base http")

  Room("sweep", "runs a client once for each fault", "")
  Room("testing", "the compiled part of msc/testing.h", "base control/json")
  Room("emulator", "msc::Emulator: options, wiring, the dispatch of requests", product " sqlite processing/media dashboard control control/api control/json control/seed control/time")
  Room("cli", "the program: command line, serve, exec, sweep, healthcheck, verify", "base http emulator")

  for (room in uses) rooms[room]
  for (room in rooms) Visit(room)
  if (show_rooms) {
    ShowRooms()
    exit
  }

  # Library -> the rooms that may include it; libraries that are not listed may not be used.
  users["httplib.h"] = "cli"
  users["sqlite3.h"] = "sqlite"
  users["openssl/"] = "base http cli"
  users["pugixml.hpp"] = "storage_stub/protocol"
  users["re2/"] = "control/journal control/faults"
  users["nlohmann/"] = "base storage_stub/access keys processing processing/media videos control control/journal control/json control/events control/faults control/diagnostics control/explain control/seed control/archive control/api testing emulator cli"
  users["CLI/"] = "cli"
  users["spdlog/"] = "cli"

  # Calls: pattern, files that may, why the others may not.
  Forbid("(std::|<)w?regex", "^$", "std::regex overflows the stack on hostile input")
  Forbid("(system_clock|high_resolution_clock|CLOCK_REALTIME|gettimeofday|std::time[ ]*[(])",
         "^emulator/base/clock[.]cpp$", "domain time comes from msc::Clock alone")
  Forbid("(sleep_for|sleep_until|usleep|nanosleep)", "^tests/(benchmark|load)/", "nothing sleeps: wait for what is due")
  Forbid("(system|popen)[ ]*[(]", "^$", "no shell: start programs with an argument list")
  Forbid("std::([a-z_]*mutex|lock_guard|unique_lock|scoped_lock|shared_lock|condition_variable)",
         "^(emulator/base/mutex[.]h$|tests/)", "locks are those of emulator/base/mutex.h, which the compiler checks")
  Forbid("(std::(jthread|async)|std::thread[ ]*[({]|pthread_create)",
         "^(emulator/base/thread[.]h$|tests/)", "threads are started by StartThread, which blocks all signals in them")
  Forbid("(sigaction|::signal)[ ]*[(]", "^(emulator/(cli|processing/media/child_launch)|tests/)", "a library leaves the signals of its program alone")
}

function Room(name, purpose, list) {
  uses[name] = list
  purposes[name] = purpose
  order[++room_count] = name
}

function ShowRooms(i) {
  print "| room | contents | may use |\n|---|---|---|"
  for (i = 1; i <= room_count; ++i) {
    print "| `" order[i] "` | " purposes[order[i]] " | " uses[order[i]] " |"
  }
}

# Whether `room` may reach itself by way of others.
function Visit(room, parts, count, i) {
  if (state[room] == "done") return
  if (state[room] == "open") {
    printf "%s: the rooms that may use each other form a cycle\n", room
    exit failed = 1
  }
  state[room] = "open"
  count = split(uses[room], parts, " ")
  for (i = 1; i <= count; ++i) Visit(parts[i])
  state[room] = "done"
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

# The folder that a file lies in, as far as it is a room: the first below emulator/, and the second
# too below storage_stub/, emulator/control/ and emulator/processing/.
function RoomOf(path, parts, count) {
  if (path ~ /^msc\// || path ~ /^emulator\/include\//) return "public"
  if (path !~ /^(emulator|storage_stub)\//) return ""
  count = split(path, parts, "/")
  if (parts[1] == "storage_stub") return count == 2 ? "storage_stub" : "storage_stub/" parts[2]
  if (count == 2) return "emulator"
  if (parts[2] == "control" || parts[2] == "processing") {
    return count == 3 ? parts[2] : parts[2] "/" parts[3]
  }
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

((show_rooms)) || echo "${#sources[@]} files keep the layers"
