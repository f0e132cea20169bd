#include <utility>

#include "emulator/control/api/fault_json.h"

namespace msc::control {
namespace {

std::vector<std::string_view> OperationNames() {
  std::vector<std::string_view> names;
  for (int i = 0; i < kOperationCount; ++i) {
    names.push_back(Name(static_cast<Operation>(i)));
  }
  return names;
}

Result<TextPattern> ReadTextPattern(const Json& json, const std::string& path) {
  JsonReader reader(json, path);
  TextPattern text;
  text.equal_to = reader.Text("equalTo");
  text.contains = reader.Text("contains");
  text.matches = reader.Text("matches");
  text.absent = reader.Flag("absent").value_or(false);
  if (auto done = reader.Done(); !done) return done.error();
  return text;
}

}  // namespace

Result<RequestPattern> ReadPattern(const Json& json, const std::string& path) {
  JsonReader reader(json, path);
  RequestPattern pattern;
  if (const auto name = reader.Text("operation"); name && *name != "*") {
    pattern.operation = ParseOperation(*name);
    if (!pattern.operation) {
      reader.Refuse("operation", "an operation such as PutBlob, or *", OperationNames());
    }
  }
  pattern.video_id = reader.Text("videoId").value_or("");
  pattern.method = reader.Text("method").value_or("");
  pattern.url = reader.Text("url").value_or("");
  pattern.url_path_pattern = reader.Text("urlPathPattern").value_or("");
  if (const auto status = reader.Integer("status", 0, 599))
    pattern.status = static_cast<int>(*status);
  if (const Json* const headers = reader.Object("headers")) {
    for (const auto& [name, value] : headers->items()) {
      auto text = ReadTextPattern(value, reader.PathOf("headers") + '.' + name);
      if (!text) return text.error();
      pattern.headers.emplace_back(name, *std::move(text));
    }
  }
  if (auto done = reader.Done(); !done) return done.error();
  return pattern;
}

}  // namespace msc::control
