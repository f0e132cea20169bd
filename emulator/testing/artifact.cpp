#include <msc/testing/verdict.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "emulator/control/json/render.h"

namespace msc::testing {
namespace {

using control::Json;

Json VideosJson(const std::vector<VideoInfo>& videos) {
  Json rows = Json::array();
  for (const auto& video : videos) {
    Json row = {{"id", video.id}};
    row.update(control::VideoStateJson(video));
    rows.push_back(std::move(row));
  }
  return rows;
}

// The journal; each request that was rejected or disturbed with its explanation.
Json RequestRows(const Emulator& emulator) {
  Json rows = Json::parse(emulator.JournalJson()).at("requests");
  for (auto& row : rows) {
    const bool is_fine = row.at("faultId").is_null() &&
                         row.at("response").at("status").get<int>() / 100 <= 3 &&
                         row.at("response").at("status") != 0;
    if (is_fine) continue;
    const auto explained = emulator.Explain(row.at("id").get<std::uint64_t>());
    if (explained) row["explanation"] = Json::parse(*explained);
  }
  return rows;
}

Json ArtifactJson(const Emulator& emulator, const std::string& test_name) {
  return {{"test", test_name},
          {"requests", RequestRows(emulator)},
          {"videos", VideosJson(emulator.Videos())},
          {"diagnostics", control::DiagnosticsJson(emulator.Diagnostics())}};
}

void WriteTo(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text << '\n' << std::flush;
  if (!out) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

void WriteArtifact(const Emulator& emulator, const std::string& test_name) noexcept {
  const char* const folder = std::getenv("MSC_ARTIFACTS");
  if (folder == nullptr || *folder == '\0') return;
  try {
    std::string name = test_name + ".json";
    std::replace(name.begin(), name.end(), '/', '_');
    WriteTo(std::filesystem::path(folder) / name, control::Dump(ArtifactJson(emulator, test_name)));
  } catch (const std::exception& error) {
    std::cerr << "MSC_ARTIFACTS=" << folder << ": the journal of " << test_name
              << " was not written: " << error.what() << '\n';
  }
}

}  // namespace msc::testing
