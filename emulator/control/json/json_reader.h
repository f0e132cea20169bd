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

// The body of a request as a JSON object; an empty one is {}. kInvalidArgument.
Result<Json> ReadJson(const http::Request& request);

// kInvalidArgument where a request that takes none has members in its body.
Status ReadNothing(const http::Request& request);

// Takes the members of a JSON object one by one and remembers the first thing that is wrong: a
// member of another type, a value out of range, a member that nobody has taken.
//
//   JsonReader reader(json);
//   fault.skip = reader.Integer("skip", 0, 1'000'000).value_or(0);
//   if (auto done = reader.Done(); !done) return done.error();
class JsonReader {
 public:
  // `path`: where the object stands, for errors; empty: it is the body. REQUIRES: `json` outlives
  // the reader.
  explicit JsonReader(const Json& json, std::string path = "");

  // nullopt where it is absent or wrong.
  std::optional<std::string> Text(std::string_view name);
  std::optional<std::int64_t> Integer(std::string_view name, std::int64_t least, std::int64_t most);
  std::optional<double> Number(std::string_view name);
  std::optional<bool> Flag(std::string_view name);
  std::vector<std::string> Texts(std::string_view name);  // An array; empty where absent or wrong.

  // Null where it is absent or wrong.
  const Json* Object(std::string_view name);
  const Json* Array(std::string_view name);
  const Json* Any(std::string_view name);

  bool Has(std::string_view name) const;

  // Says that a member that was taken has a value that cannot be.
  void Refuse(std::string_view name, std::string_view allowed);

  // Takes over what another reader or check found.
  void Absorb(const Status& status);

  // kInvalidArgument with the first thing that is wrong.
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
