#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace msc::testing {

// The first thing that is wrong with `value`; empty: it is valid. Knows the part of JSON Schema
// that the control API's documents use, with references into `root`. Stricter than JSON Schema: a
// member that an object's `properties` do not name is wrong, unless `additionalProperties` allows
// it.
std::string SchemaProblem(const nlohmann::json& root, const nlohmann::json& schema,
                          const nlohmann::json& value, const std::string& where = "body");

}  // namespace msc::testing
