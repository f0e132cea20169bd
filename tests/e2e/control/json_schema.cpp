#include "tests/e2e/control/json_schema.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

namespace msc::testing {
namespace {

using Json = nlohmann::json;

// Keywords that are checked, and those that only describe.
const std::set<std::string> kKeywords = {"$ref",
                                         "type",
                                         "enum",
                                         "const",
                                         "minimum",
                                         "maximum",
                                         "required",
                                         "properties",
                                         "items",
                                         "minItems",
                                         "maxItems",
                                         "exclusiveMinimum",
                                         "oneOf",
                                         "minLength",
                                         "not",
                                         "title",
                                         "additionalProperties",
                                         "default",
                                         "description",
                                         "example",
                                         "examples",
                                         "contentEncoding",
                                         "format",
                                         "pattern",
                                         "$schema",
                                         "$defs"};

bool HasType(const Json& value, const std::string& type) {
  if (type == "null") return value.is_null();
  if (type == "boolean") return value.is_boolean();
  if (type == "string") return value.is_string();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  if (type == "number") return value.is_number();
  const bool is_whole = value.is_number() && std::floor(value.get<double>()) == value.get<double>();
  return type == "integer" && is_whole;
}

bool HasAnyType(const Json& value, const Json& types) {
  if (types.is_string()) return HasType(value, types.get<std::string>());
  return std::any_of(types.begin(), types.end(),
                     [&](const Json& type) { return HasType(value, type.get<std::string>()); });
}

class Check {
 public:
  explicit Check(const Json& root) : root_(root) {}

  std::string Problem(const Json& schema, const Json& value, const std::string& where) const {
    for (const auto& [keyword, unused] : schema.items()) {
      if (!kKeywords.contains(keyword)) throw std::logic_error("unknown keyword " + keyword);
    }
    if (schema.contains("$ref")) {
      const auto target = schema["$ref"].get<std::string>().substr(1);
      return Problem(root_.at(Json::json_pointer(target)), value, where);
    }
    for (const auto part :
         {&Check::OfValue, &Check::OfMembers, &Check::OfElements, &Check::OfAlternatives}) {
      if (auto problem = (this->*part)(schema, value, where); !problem.empty()) return problem;
    }
    return {};
  }

 private:
  std::string OfValue(const Json& schema, const Json& value, const std::string& where) const {
    const std::string shown = where + ": " + value.dump().substr(0, 200);
    if (schema.contains("type") && !HasAnyType(value, schema["type"])) {
      return shown + " is no " + schema["type"].dump();
    }
    if (schema.contains("const") && schema["const"] != value) return shown + " is another constant";
    if (schema.contains("enum")) {
      const Json& allowed = schema["enum"];
      if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
        return shown + " is not in " + allowed.dump();
      }
    }
    if (value.is_string() && value.get<std::string>().size() < schema.value("minLength", 0u)) {
      return shown + " is too short";
    }
    if (!value.is_number()) return {};
    const auto number = value.get<double>();
    const bool fits = number >= schema.value("minimum", -INFINITY) &&
                      number <= schema.value("maximum", INFINITY) &&
                      number > schema.value("exclusiveMinimum", -INFINITY);
    return fits ? "" : shown + " is out of range";
  }

  std::string OfMembers(const Json& schema, const Json& value, const std::string& where) const {
    if (!value.is_object()) return {};
    for (const auto& name : schema.value("required", Json::array())) {
      if (!value.contains(name)) return where + " has no " + name.get<std::string>();
    }
    const Json properties = schema.value("properties", Json::object());
    const Json others = schema.value("additionalProperties", Json(properties.empty()));
    for (const auto& [name, member] : value.items()) {
      const std::string path = where + '.' + name;
      std::string problem;
      if (properties.contains(name)) {
        problem = Problem(properties[name], member, path);
      } else if (others.is_object()) {
        problem = Problem(others, member, path);
      } else if (others == false) {
        problem = path + " is not described";
      }
      if (!problem.empty()) return problem;
    }
    return {};
  }

  std::string OfElements(const Json& schema, const Json& value, const std::string& where) const {
    if (!value.is_array()) return {};
    if (value.size() < schema.value("minItems", 0u) ||
        value.size() > schema.value("maxItems", SIZE_MAX)) {
      return where + " has " + std::to_string(value.size()) + " elements";
    }
    if (!schema.contains("items")) return {};
    for (std::size_t i = 0; i < value.size(); ++i) {
      const auto path = where + '[' + std::to_string(i) + ']';
      if (auto problem = Problem(schema["items"], value[i], path); !problem.empty()) return problem;
    }
    return {};
  }

  std::string OfAlternatives(const Json& schema, const Json& value,
                             const std::string& where) const {
    if (schema.contains("not") && Problem(schema["not"], value, where).empty()) {
      return where + " is what `not` excludes";
    }
    if (!schema.contains("oneOf")) return {};
    std::string problems;
    int fitting = 0;
    for (const auto& alternative : schema["oneOf"]) {
      const auto problem = Problem(alternative, value, where);
      problems += (problems.empty() ? "" : "; ") + problem;
      if (problem.empty()) ++fitting;
    }
    if (fitting == 1) return {};
    return where + " fits " + std::to_string(fitting) + " of oneOf: " + problems;
  }

  const Json& root_;
};

}  // namespace

std::string SchemaProblem(const Json& root, const Json& schema, const Json& value,
                          const std::string& where) {
  return Check(root).Problem(schema, value, where);
}

}  // namespace msc::testing
