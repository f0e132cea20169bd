#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/random.h"
#include "emulator/base/whole_file.h"
#include "emulator/http/text_body.h"
#include "emulator/processing/media/child_process.h"
#include "emulator/processing/media/media_job.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/blob_service.h"
#include "tests/support/child_process.h"

namespace msc::testing {

// A blob service in memory.
struct BlobsInMemory {
  Clock clock;
  Random random;
  sqlite::Database database{""};
  storage::BlobService service{{.accounts = {{"devstoreaccount1", {"key"}}}},
                               database,
                               clock,
                               random,
                               [](LogLevel, std::string_view) {}};
};

// A blob service in memory, the media tools, and a folder for what they make. Its tests are skipped
// if the tools are not installed.
class MediaFixture : public ::testing::Test {
 protected:
  static constexpr const char* kUploads = "asset-in";
  static constexpr const char* kPackaged = "asset-out";

  MediaFixture() { [[maybe_unused]] const auto created = blobs_.CreateContainer(kUploads); }

  void SetUp() override {
    const auto search = processing::FindMediaTools();
    if (!search.tools) GTEST_SKIP() << "ffmpeg is not installed";
    tools_ = *search.tools;
  }

  // The lines that a program writes to stdout; it must succeed.
  static std::vector<std::string> Lines(std::vector<std::string> command) {
    std::vector<std::string> lines;
    const processing::Cancellation cancellation;
    const auto result = processing::RunChild({.arguments = std::move(command),
                                              .cancellation = cancellation,
                                              .on_line = [&](std::string_view line) {
                                                lines.emplace_back(line);
                                                return true;
                                              }});
    EXPECT_EQ(result.exit_code, 0) << result.errors;
    return lines;
  }

  std::string File(const std::string& name) const { return folder_.path() + '/' + name; }

  // The path of a file with these bytes.
  std::string Saved(const std::string& name, const std::string& bytes) const {
    WriteWholeFile(File(name), bytes, 0600);
    return File(name);
  }

  // A file that ffmpeg makes with these arguments; once in a program.
  std::string Make(const std::string& name, const std::vector<std::string>& arguments) const {
    static auto* const made = new std::map<std::vector<std::string>, std::string>;
    std::vector<std::string> command = {tools_.ffmpeg, "-nostdin", "-v", "error", "-y"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    std::string& bytes = (*made)[Joined({{name}, arguments})];
    if (!bytes.empty()) return Saved(name, bytes), bytes;
    command.push_back(File(name));
    Lines(command);
    return bytes = ReadWholeFile(File(name));
  }

  // Arguments for sources and encoders.
  static std::vector<std::string> Picture(int seconds, const std::string& size = "160x90",
                                          const std::string& rate = "25") {
    return {"-f", "lavfi", "-i",
            "testsrc=s=" + size + ":r=" + rate + ":d=" + std::to_string(seconds)};
  }
  static std::vector<std::string> Sound(int seconds, const std::string& more = "") {
    return {"-f", "lavfi", "-i", "sine=d=" + std::to_string(seconds) + more};
  }
  static std::vector<std::string> H264(int frames_per_key) {
    return {"-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-bf",
            "2",
            "-pix_fmt",
            "yuv420p",
            "-g",
            std::to_string(frames_per_key),
            "-keyint_min",
            std::to_string(frames_per_key),
            "-sc_threshold",
            "0"};
  }
  static std::vector<std::string> Joined(std::initializer_list<std::vector<std::string>> parts) {
    std::vector<std::string> all;
    for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
  }

  void Upload(std::string bytes) { Upload(blobs_, std::move(bytes)); }

  static void Upload(storage::BlobService& blobs, std::string bytes) {
    http::TextBody body(std::move(bytes));
    EXPECT_TRUE(blobs.WriteBlob(kUploads, "upload", "video/mp4", body));
  }

  processing::MediaInput Input() const {
    return {.container = kUploads, .blob = "upload", .key = key_, .output_container = kPackaged};
  }

  // Runs a job on the upload.
  Result<processing::MediaDescription> Package() {
    return processing::RunMediaJob(options(), Input(), blobs_, cancellation_,
                                   [this](const auto& step) { steps_.push_back(step); });
  }

  // The same for these bytes; there must be a description.
  processing::MediaDescription Packaged(std::string bytes) {
    Upload(std::move(bytes));
    auto description = Package();
    if (!description) {
      ADD_FAILURE() << description.error().message;
      return {};
    }
    return *std::move(description);
  }

  processing::MediaJobOptions options() const {
    return {.tools = tools_, .limit = limit_, .timeout = timeout_, .directory = folder_.path()};
  }

  // All bytes of a blob; empty if there is none.
  std::string Blob(std::string_view container, std::string_view name) const {
    const auto info = blobs_.FindBlob(container, name);
    if (!info || info->size == 0) return "";
    const auto source = blobs_.ReadBlob(container, name, 0, info->size);
    std::string bytes(info->size, '\0');
    for (std::size_t at = 0; at < bytes.size();) {
      at += (*source)->Read(std::span(bytes).subspan(at));
    }
    return bytes;
  }
  std::string Blob(std::string_view name) const { return Blob(kPackaged, name); }

  // What a player has after it has fetched all fragments.
  std::string Fetched(const processing::FragmentList& list) const {
    const std::string blob = Blob(list.blob);
    std::string bytes = blob.substr(0, list.header_size);
    for (const auto& fragment : list.fragments) {
      bytes += blob.substr(fragment.offset, fragment.size);
    }
    return bytes;
  }

  // The hashes of all decoded pictures in a file.
  std::vector<std::string> FrameHashes(const std::string& path) const {
    auto lines = Lines({tools_.ffmpeg, "-nostdin", "-v", "error", "-i", path, "-map", "0:v:0",
                        "-fps_mode", "passthrough", "-f", "framemd5", "pipe:1"});
    std::erase_if(lines, [](const auto& line) { return line.starts_with('#'); });
    for (auto& line : lines) line.erase(0, line.rfind(' ') + 1);
    return lines;
  }

  // The values of fields of ffprobe, such as "stream=width", for the first stream of a kind.
  std::string Probed(const std::string& path, const std::string& kind,
                     const std::string& entries) const {
    // Streams of MPEG-TS are shown twice.
    return Lines({tools_.ffprobe, "-v", "error", "-select_streams", kind, "-show_entries", entries,
                  "-of", "csv=p=0", path})
        .at(0);
  }

  const ScratchFolder folder_;
  processing::MediaTools tools_;
  std::optional<processing::MediaKey> key_;
  std::uint64_t limit_ = std::uint64_t{1} << 30;
  std::chrono::milliseconds timeout_ = std::chrono::minutes(2);
  processing::Cancellation cancellation_;
  std::vector<processing::MediaProgress> steps_;
  BlobsInMemory storage_;
  storage::BlobService& blobs_ = storage_.service;
};

}  // namespace msc::testing
