#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::control {

using Json = nlohmann::ordered_json;

// The body of a request as a JSON object; an empty body is {}. kInvalidArgument.
Result<Json> ReadJson(const http::Request& request);

// For requests without parameters: kInvalidArgument if the body has members.
Status ReadNothing(const http::Request& request);

// Reads the members of a JSON object one by one and keeps the first error: a member of another
// type, a value out of range, a member that was not read.
//
//   JsonReader reader(json);
//   fault.skip = reader.Integer("skip", 0, 1'000'000).value_or(0);
//   if (auto done = reader.Done(); !done) return done.error();
class JsonReader {
 public:
  // `path`: where the object is in the body, for errors; empty: it is the body. REQUIRES: `json`
  // outlives the reader.
  explicit JsonReader(const Json& json, std::string path = "");

  // nullopt if it is absent or invalid.
  std::optional<std::string> Text(std::string_view name);
  std::optional<std::int64_t> Integer(std::string_view name, std::int64_t least, std::int64_t most);
  std::optional<double> Number(std::string_view name);
  std::optional<bool> Flag(std::string_view name);
  std::vector<std::string> Texts(std::string_view name);  // An array; empty if absent or invalid.

  // Null if it is absent or invalid.
  const Json* Object(std::string_view name);
  const Json* Array(std::string_view name);
  const Json* Any(std::string_view name);

  bool Has(std::string_view name) const;

  // Reports that a member that was read has an invalid value.
  void Refuse(std::string_view name, std::string_view allowed);

  // Takes over the error of another reader or check.
  void Absorb(const Status& status);

  // kInvalidArgument with the first error.
  Status Done();

  // "match.headers" for the member "headers" of the object at "match".
  std::string PathOf(std::string_view name) const;

 private:
  const Json* Take(std::string_view name);
  void Fail(std::string message);

  const Json& json_;
  const std::string path_;
  std::vector<std::string_view> taken_;
  std::optional<Error> error_;
};

}  // namespace msc::control
