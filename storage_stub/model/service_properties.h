#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/http/response.h"
#include "storage_stub/model/cors_rule.h"

namespace msc::storage {

// The XML of each section of the service's properties, by name.
using ServiceSections = std::map<std::string, std::string>;

// Parses the body of Set Blob Service Properties: the sections that it has. kInvalidXmlDocument,
// kUnsupportedXmlNode for an unknown section, kInvalidXmlNodeValue for an invalid rule.
Result<ServiceSections> ParseServiceProperties(std::string_view body);

// Whether the service's properties have a section with that name.
bool IsSectionName(std::string_view name);

// Whether `markup` is a section with that name as ParseServiceProperties returns it.
bool IsServiceSection(std::string_view name, std::string_view markup);

// The response with all sections; those that were never set have their defaults.
http::Response ServicePropertiesAnswer(const ServiceSections& sections);

// The section StaticWebsite; empty: not set.
struct StaticWebsite {
  bool is_enabled = false;
  std::string index_document = {};      // Of each folder.
  std::string default_index_path = {};  // Of the root, if there is no index_document.
  std::string error_document = {};      // For pages that are not there.
};
StaticWebsite WebsiteOf(const ServiceSections& sections);

// Whether requests are to be logged, to blobs in $logs.
bool LogsRequests(const ServiceSections& sections);

// The name of the section with the CORS rules.
inline constexpr const char* kCorsSection = "Cors";

// The section with the rule that lets pages of these origins upload: the rule that the best known
// web page with an uploader told its readers to set. `origins`: a list separated by commas; with
// "*" or "local" in it, all origins, as the service's accounts allowed them.
std::string DefaultCors(std::string_view origins);

// The name of the section about soft deletion.
inline constexpr const char* kDeletionSection = "DeleteRetentionPolicy";

// That section; nullopt: nothing is kept.
std::string DeletionSection(std::optional<std::chrono::days> kept);

// How long the sections keep deleted blobs; nullopt: they do not.
std::optional<std::chrono::days> KeptDeleted(const ServiceSections& sections);

// The CORS rules in the sections, or else those of DefaultCors("*").
CorsRules CorsRulesOf(const ServiceSections& sections);

}  // namespace msc::storage
