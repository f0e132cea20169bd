#pragma once

#include <map>
#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/http/response.h"
#include "storage_stub/model/cors_rule.h"

namespace msc::storage {

// The XML of each section of the service's properties, by name.
using ServiceSections = std::map<std::string, std::string>;

// The body of Set Blob Service Properties: the sections that it has. kInvalidXmlDocument,
// kUnsupportedXmlNode for a section that there is not, kInvalidXmlNodeValue for a rule that cannot
// be.
Result<ServiceSections> ParseServiceProperties(std::string_view body);

// All sections, those that were never set as they come.
http::Response ServicePropertiesAnswer(const ServiceSections& sections);

// The rules in the section of that name, else those that accounts begin with.
CorsRules CorsRulesOf(const ServiceSections& sections);

}  // namespace msc::storage
