#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace msc::testing {

// What an emulator serves at /__admin/openapi.json; asked for once.
const nlohmann::json& ApiDocument();

// An exchange with the control API.
struct Exchange {
  std::string method;
  std::string path;  // Below /__admin/, with its query.
  std::string sent;  // The body.
  int status = 0;
  std::string type;  // The Content-Type of the response.
  nlohmann::json received{};
};

// In what the exchange differs from the document; empty: in nothing, or it is about no operation.
std::string DifferenceFromDocument(const Exchange& exchange);

}  // namespace msc::testing
