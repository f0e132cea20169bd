# Reads what `strace -f -y` saw of an emulator that was asked, one after the other, for a video, a Put Blob,
# a Put Block and a Put Block List; fails and says why where an answer left before the syncs it needed
# (durability=full), or waited for any (durability=process). `folder`: its data folder.

BEGIN {
  split("the video,Put Blob,Put Block,Put Block List", requests, ",")
  needs_bytes[2] = needs_bytes[3] = 1
}

function Complain(why) {
  print durability ": " why
  failed = 1
}

# The path in "fdatasync(7</a/path>" or the like.
function FileOf(call) {
  if (!match(call, /^[a-z0-9_]+\([0-9]+<[^>]*>/)) return ""
  return substr(call, index(call, "<") + 1, RLENGTH - index(call, "<") - 1)
}

function CheckAnswer() {
  ++answers
  if (durability == "process") {
    if (syncs != "") Complain(requests[answers] " waited for the disk:" syncs)
    return
  }
  if (!folder_synced) Complain("the folder was not synced after blobs.bytes came into it")
  if (answers == 1) {
    if (!synced["emulator.db-wal"]) Complain(requests[answers] " was answered before its record was synced")
    return
  }
  if (needs_bytes[answers] && !synced["blobs.bytes"])
    Complain(requests[answers] " was answered before its bytes were synced")
  if (!synced["emulator.db-wal"])
    Complain(requests[answers] " was answered before its records were synced, behind its bytes")
}

# A call that has ended; `result` is the number it returned.
function Ended(call, result, file, name) {
  file = FileOf(call)
  name = file
  sub(/.*\//, "", name)
  if (call ~ /^(read|recvfrom|recvmsg)\(/ && file ~ /^(socket|TCP)/ && result > 0) {
    delete synced  # What was synced before the whole request was there does not count.
    syncs = ""
  } else if (call ~ /^f(data)?sync\(/ && result == 0) {
    syncs = syncs " " file
    if (file == folder && bytes_exist) folder_synced = 1
    # Records that name bytes count from when those are safe.
    synced[name] = name != "emulator.db-wal" || !((answers + 1) in needs_bytes) || synced["blobs.bytes"]
  } else if (call ~ /^pwrite64\(/) {
    synced[name] = 0
  } else if (call ~ /^openat\(.*blobs\.bytes".*O_CREAT/) {
    bytes_exist = 1
  }
}

{
  process = $1
  call = $0
  sub(/^[0-9]+ +/, "", call)
  if (call ~ /^(write|writev|sendto|sendmsg)\([0-9]+<(socket|TCP).*"HTTP\/1\.1 2/) CheckAnswer()

  if (call ~ /<unfinished \.\.\.>$/) {
    begun[process] = call
  } else if (match(call, / = -?[0-9]+[^=]*$/)) {
    result = substr(call, RSTART + 3) + 0
    if (call ~ /^<\.\.\. /) call = begun[process] substr(call, index(call, "resumed>") + 8)
    Ended(call, result)
  }
}

END {
  if (answers != 4) Complain("the record shows " answers + 0 " answers, not 4")
  exit failed
}
