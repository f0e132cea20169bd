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

// "unknown member match.oper; known are operation, videoId; did you mean "operation"?" `path`: of
// the object, with a dot at its end; empty: it is the body.
std::string UnknownMember(std::string_view path, std::string_view name,
                          const std::vector<std::string_view>& known);

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

  bool Has(std::string_view name);

  // Reports that a member that was read is absent or has an invalid value. `known`: the values that
  // it can have, of which the nearest is named; empty: they cannot be listed.
  void Refuse(std::string_view name, std::string_view allowed,
              const std::vector<std::string_view>& known = {});

  // Reports that a member is missing, in words; a member that is unknown is reported instead,
  // because it may be the missing one, misspelt.
  void RefuseMissing(std::string message);

  // Takes over the error of another reader or check.
  void Absorb(const Status& status);

  // kInvalidArgument with the first error. Members that were not asked for are unknown.
  Status Done();

  // "match.headers" for the member "headers" of the object at "match".
  std::string PathOf(std::string_view name) const;

 private:
  const Json* Take(std::string_view name);
  std::optional<std::string> Unknown() const;
  void Fail(std::string message);

  const Json& json_;
  const std::string path_;
  std::vector<std::string_view> known_;  // The members that were asked for.
  std::optional<Error> error_;
  bool is_missing_ = false;  // Whether the error is that a member is missing.
};

}  // namespace msc::control
