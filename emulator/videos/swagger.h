#pragma once

#include <string>
#include <string_view>

namespace msc::videos {

// The Swagger 2.0 document of the Videos API, as API Apps published it; `base_url`: where it is
// served.
//
// Source: Customize Swashbuckle-generated API definitions,
// https://learn.microsoft.com/azure/app-service-api/app-service-api-dotnet-swashbuckle-customize:
// the path, and operation ids made of the controller and the method. The connector's own document
// is not known: names of methods and definitions are ours.
std::string SwaggerJson(std::string_view base_url);

}  // namespace msc::videos
