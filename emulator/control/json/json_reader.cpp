#include "emulator/control/json/json_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "emulator/base/json_problem.h"
#include "emulator/base/json_shape.h"
#include "emulator/base/nearest.h"
#include "emulator/control/error/control_error.h"

namespace msc::control {
namespace {

// A value as errors quote it.
std::string Shown(const Json& value) {
  constexpr std::size_t kMost = 80;
  auto text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() > kMost ? text.substr(0, kMost) + "…" : text;
}

}  // namespace

Result<Json> ReadJson(const http::Request& request) {
  std::string text;
  if (request.body != nullptr) {
    auto body = http::ReadAll(*request.body);
    if (!body) return body.error();
    text = *std::move(body);
  }
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return Json::object();
  if (const auto problem = JsonShapeProblem(text)) {
    return Error{ControlError::kInvalidArgument, "the body is too much: " + *problem};
  }
  auto json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_object()) return json;
  const std::string problem = JsonProblem(text);
  return Error{ControlError::kInvalidArgument,
               problem.empty() ? "the body is no JSON object" : "the body is no JSON: " + problem};
}

std::string UnknownMember(std::string_view path, std::string_view name,
                          const std::vector<std::string_view>& known) {
  std::string names;
  for (const auto each : known) names.append(names.empty() ? "" : ", ").append(each);
  return "unknown member " + std::string(path) + std::string(name) + "; " +
         (names.empty() ? "there are none" : "known are " + names) + DidYouMean(name, known);
}

Status ReadNothing(const http::Request& request) {
  const auto json = ReadJson(request);
  if (!json) return json.error();
  return JsonReader(*json).Done();
}

JsonReader::JsonReader(const Json& json, std::string path) : json_(json), path_(std::move(path)) {
  if (!json.is_object()) Fail((path_.empty() ? "the body" : path_) + " must be a JSON object");
}

std::string JsonReader::PathOf(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + '.' + std::string(name);
}

void JsonReader::Fail(std::string message) {
  if (!error_) error_ = Error{ControlError::kInvalidArgument, std::move(message)};
}

void JsonReader::Refuse(std::string_view name, std::string_view allowed,
                        const std::vector<std::string_view>& known) {
  if (error_) return;  // The first error counts, and to show a value may take long.
  const Json* const value = Take(name);
  std::string message = PathOf(name) + ": " + (value != nullptr ? Shown(*value) : "nothing") +
                        " is not allowed; it must be " + std::string(allowed);
  if (value == nullptr) return RefuseMissing(std::move(message));
  if (value->is_string()) message += DidYouMean(value->get_ref<const std::string&>(), known);
  Fail(std::move(message));
}

void JsonReader::RefuseMissing(std::string message) {
  if (!error_) is_missing_ = true;
  Fail(std::move(message));
}

void JsonReader::Absorb(const Status& status) {
  if (!status && !error_) error_ = status.error();
}

const Json* JsonReader::Take(std::string_view name) {
  if (!json_.is_object()) return nullptr;
  if (std::find(known_.begin(), known_.end(), name) == known_.end()) known_.push_back(name);
  const auto member = json_.find(std::string(name));
  return member == json_.end() ? nullptr : &*member;
}

bool JsonReader::Has(std::string_view name) { return Take(name) != nullptr; }

std::optional<std::string> JsonReader::Text(std::string_view name) {
  const Json* const value = Take(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) return value->get<std::string>();
  Refuse(name, "a string");
  return std::nullopt;
}

std::optional<std::int64_t> JsonReader::Integer(std::string_view name, std::int64_t least,
                                                std::int64_t most) {
  const Json* const value = Take(name);
  if (value == nullptr) return std::nullopt;
  // A number of another type, or one that does not fit into 64 bits, is compared as a
  // floating-point number.
  const double number = value->is_number() ? value->get<double>() : NAN;
  if (number == std::floor(number) && number >= static_cast<double>(least) &&
      number <= static_cast<double>(most)) {
    return value->is_number_integer() ? value->get<std::int64_t>()
                                      : static_cast<std::int64_t>(number);
  }
  Refuse(name, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

std::optional<double> JsonReader::Number(std::string_view name) {
  const Json* const value = Take(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_number()) return value->get<double>();
  Refuse(name, "a number");
  return std::nullopt;
}

std::optional<bool> JsonReader::Flag(std::string_view name) {
  const Json* const value = Take(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  Refuse(name, "true or false");
  return std::nullopt;
}

std::vector<std::string> JsonReader::Texts(std::string_view name) {
  const Json* const values = Array(name);
  if (values == nullptr) return {};
  std::vector<std::string> texts;
  for (const auto& value : *values) {
    if (!value.is_string()) {
      Refuse(name, "an array of strings");
      return {};
    }
    texts.push_back(value.get<std::string>());
  }
  return texts;
}

const Json* JsonReader::Object(std::string_view name) {
  const Json* const value = Take(name);
  if (value == nullptr || value->is_object()) return value;
  Refuse(name, "an object");
  return nullptr;
}

const Json* JsonReader::Array(std::string_view name) {
  const Json* const value = Take(name);
  if (value == nullptr || value->is_array()) return value;
  Refuse(name, "an array");
  return nullptr;
}

const Json* JsonReader::Any(std::string_view name) { return Take(name); }

Status JsonReader::Done() {
  if (!error_ || is_missing_) {
    if (auto unknown = Unknown()) return Error{ControlError::kInvalidArgument, *std::move(unknown)};
  }
  if (error_) return *error_;
  return msc::Done{};
}

// What is wrong with the first unknown member; nullopt: there is none.
std::optional<std::string> JsonReader::Unknown() const {
  if (!json_.is_object()) return std::nullopt;
  for (const auto& member : json_.items()) {
    if (std::find(known_.begin(), known_.end(), member.key()) == known_.end()) {
      return UnknownMember(path_.empty() ? "" : path_ + '.', member.key(), known_);
    }
  }
  return std::nullopt;
}

}  // namespace msc::control
