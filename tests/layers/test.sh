#!/usr/bin/env bash
# The layer check, tried on small trees: a clean one passes, and each violation added to it is named by file
# and line.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

failures=0
fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# fresh_tree: one file a room, each using what it may.
fresh_tree() {
  rm -rf "${tree:?}"/*
  write emulator/include/msc/emulator.h '#include <string>' '#include <msc/video.h>'
  write emulator/include/msc/testing.h '#include <gtest/gtest.h>'
  write emulator/base/clock.cpp '#include <openssl/evp.h>' 'auto now = std::chrono::system_clock::now();'
  write emulator/http/server.cpp '#include <netdb.h>' '#include "emulator/base/log.h"'
  write emulator/sqlite/database.cpp '#include <sqlite3.h>' '#include <sys/stat.h>'
  write storage_stub/store.cpp '#include "emulator/sqlite/database.h"' '#include "migrations.h"'
  write emulator/videos/service.cpp '#include <nlohmann/json.hpp>' '#include "storage_stub/blob_service.h"'
  write storage_stub/records/blob_rows.cpp '#include "storage_stub/model/blob_record.h"' '#include "migrations.h"'
  write emulator/emulator.cpp '#include <nlohmann/json.hpp>' '#include "emulator/videos/video_service.h"'
  write emulator/cli/main.cpp '#include <CLI/CLI.hpp>' '#include "emulator/option_check.h"'
  write tests/benchmark/load.cpp 'std::this_thread::sleep_for(1s);' '#include <httplib.h>'
}

# write FILE LINE…
write() {
  mkdir -p "$tree/$(dirname "$1")"
  printf '%s\n' "${@:2}" >"$tree/$1"
}

# expect_violation FILE LINE: the line, put second into a file of its own, is found there.
expect_violation() {
  local output
  fresh_tree
  write "$1" '' "$2"
  if output=$("$here/check.sh" "$tree"); then
    fail "passed: $1: $2"
  elif [[ $output != "$1:2: "* || $output == *$'\n'* ]]; then
    fail "expected one complaint about $1:2, got: $output"
  fi
}

expect_clean() {
  local output
  fresh_tree
  write "$1" '' "$2"
  output=$("$here/check.sh" "$tree") || fail "refused: $1: $2: $output"
}

expect_violation emulator/include/msc/new.h '#include "emulator/base/result.h"'
expect_violation emulator/include/msc/new.h '#include <unistd.h>'
expect_violation emulator/include/msc/new.h '#include <gtest/gtest.h>'
expect_violation emulator/include/msc/testing_more.h '#include <gmock/gmock.h>'
expect_violation emulator/testing/new.cpp '#include <gtest/gtest.h>'
expect_violation emulator/base/new.cpp '#include "emulator/http/request.h"'
expect_violation emulator/http/new.cpp '#include "emulator/sqlite/database.h"'
expect_violation emulator/sqlite/new.cpp '#include "emulator/http/request.h"'
expect_violation storage_stub/new.cpp '#include "emulator/videos/video_service.h"'
expect_violation emulator/keys/new.cpp '#include "storage_stub/blob_service.h"'
expect_violation emulator/processing/new.cpp '#include "emulator/http/request.h"'
expect_violation emulator/control/new.cpp '#include "emulator/emulator.h"'
expect_violation emulator/emulator.cpp '#include "emulator/cli/command_line.h"'
expect_violation emulator/emulator.cpp '#include <CLI/CLI.hpp>'
expect_violation emulator/sweep/new.cpp '#include "emulator/control/control_plane.h"'
expect_violation emulator/control/journal/new.cpp '#include "emulator/control/control_plane.h"'
expect_violation emulator/control/faults/new.cpp '#include "emulator/control/diagnostics/diagnostics.h"'
expect_violation storage_stub/model/new.h '#include "storage_stub/records/blob_rows.h"'
expect_violation storage_stub/records/new.cpp '#include "storage_stub/access/sas.h"'
expect_violation storage_stub/access/new.cpp '#include "storage_stub/handlers/upload.h"'
expect_violation storage_stub/protocol/new.cpp '#include "storage_stub/model/account.h"'
expect_violation storage_stub/handlers/new.cpp '#include "emulator/sqlite/database.h"'
expect_violation emulator/videos/new.cpp '#include "storage_stub/records/blob_store.h"'
expect_violation emulator/keys/new.cpp '#include <httplib.h>'
expect_violation emulator/keys/new.cpp '#include "httplib.h"'
expect_violation emulator/videos/new.cpp '  #  include <sqlite3.h>  // Only for a moment.'
expect_violation storage_stub/new.cpp '#include <openssl/hmac.h>'
expect_violation emulator/http/new.cpp '#include <nlohmann/json.hpp>'
expect_violation emulator/videos/new.cpp '#include <spdlog/spdlog.h>'
expect_violation emulator/videos/new.cpp '#include <boost/asio.hpp>'
expect_violation emulator/http/new.cpp '#include <regex>'
expect_violation emulator/http/new.cpp 'const std::regex kPath("a+");'
expect_violation emulator/videos/new.cpp 'auto now = std::chrono::system_clock::now();'
expect_violation tests/unit/new.cpp 'std::this_thread::sleep_for(10ms);'
expect_violation emulator/processing/new.cpp 'std::system("ffmpeg");'
expect_violation emulator/processing/new.cpp 'popen ("ffmpeg", "r");'
expect_violation emulator/videos/new.cpp 'std::mutex mutex_;'
expect_violation emulator/videos/new.cpp 'mutable std::shared_mutex mutex_;'
expect_violation storage_stub/new.cpp 'const std::lock_guard lock(mutex_);'
expect_violation storage_stub/new.cpp 'std::condition_variable changed_;'
expect_violation storage_stub/new.cpp 'const std::jthread writer(Write);'
expect_violation emulator/http/new.cpp 'thread_ = std::thread([this] { Run(); });'
expect_violation emulator/http/new.cpp 'const auto answer = std::async(Ask);'
expect_violation emulator/http/new.cpp '::signal(SIGPIPE, SIG_IGN);'
expect_violation emulator/emulator.cpp '::sigaction(SIGPIPE, &ignored, &before_);'

expect_clean emulator/include/msc/testing/new.h '#include <gmock/gmock.h>'
expect_clean emulator/videos/new.cpp '#include <msc/video.h>'
expect_clean emulator/http/new.cpp '#include <openssl/ssl.h>'
expect_clean emulator/control/new.cpp '#include "emulator/videos/video.h"'
expect_clean emulator/keys/new.cpp '// Never by sleep_for: the clock may be frozen.'
expect_clean emulator/keys/new.cpp 'const auto ecosystem = FileSystem();'
expect_clean emulator/base/mutex.h 'std::unique_lock<std::mutex> value;'
expect_clean emulator/http/new.cpp 'std::thread thread_;'
expect_clean emulator/cli/new.cpp '::sigaction(signal, &action, nullptr);'
expect_clean tests/unit/new.cpp 'const std::lock_guard lock(mutex);'

fresh_tree
write emulator/common/new.h '#include <string>'
[[ $("$here/check.sh" "$tree" || true) == "emulator/common/new.h:1: "* ]] ||
  fail "a room that is not in the design went unnoticed"

rm -rf "${tree:?}"/*
mkdir "$tree"/{emulator,storage_stub,tests}
"$here/check.sh" "$tree" 2>/dev/null && fail "an empty tree passed"

if ((failures)); then exit 1; fi
echo "the layer check finds what it should"
