#include "storage_stub/model/service_properties.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

#include "emulator/base/text.h"
#include "storage_stub/protocol/list_xml.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"
#include "storage_stub/protocol/xml.h"

namespace msc::storage {
namespace {

constexpr const char* kServiceProperties = "StorageServiceProperties";
constexpr const char* kRule = "CorsRule";
constexpr const char* kLoggingSection = "Logging";
constexpr const char* kWebsiteSection = "StaticWebsite";
constexpr const char* kDefaultVersion = "DefaultServiceVersion";
constexpr const char* kOrigins = "AllowedOrigins";
constexpr const char* kMethods = "AllowedMethods";
constexpr const char* kAllowedHeaders = "AllowedHeaders";
constexpr const char* kExposedHeaders = "ExposedHeaders";
constexpr const char* kMaxAge = "MaxAgeInSeconds";
constexpr std::size_t kMaxRules = 5;

constexpr std::array<std::string_view, 8> kKnownMethods = {"DELETE", "GET",  "HEAD",    "MERGE",
                                                           "PATCH",  "POST", "OPTIONS", "PUT"};

constexpr std::string_view kUploadPageRules =
    "<Cors><CorsRule><AllowedOrigins>*</AllowedOrigins>"
    "<AllowedMethods>PUT,GET,HEAD,POST</AllowedMethods><MaxAgeInSeconds>1800</MaxAgeInSeconds>"
    "<ExposedHeaders>*</ExposedHeaders><AllowedHeaders>*</AllowedHeaders></CorsRule></Cors>";

// The sections in their order, with their defaults.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kSections = {{
    {kLoggingSection,
     "<Logging><Version>1.0</Version><Delete>false</Delete><Read>false</Read><Write>false</Write>"
     "<RetentionPolicy><Enabled>false</Enabled></RetentionPolicy></Logging>"},
    {"HourMetrics",
     "<HourMetrics><Version>1.0</Version><Enabled>false</Enabled>"
     "<RetentionPolicy><Enabled>false</Enabled></RetentionPolicy></HourMetrics>"},
    {"MinuteMetrics",
     "<MinuteMetrics><Version>1.0</Version><Enabled>false</Enabled>"
     "<RetentionPolicy><Enabled>false</Enabled></RetentionPolicy></MinuteMetrics>"},
    {kCorsSection, kUploadPageRules},
    {kDefaultVersion, ""},
    {kDeletionSection, "<DeleteRetentionPolicy><Enabled>false</Enabled></DeleteRetentionPolicy>"},
    {kWebsiteSection, "<StaticWebsite><Enabled>false</Enabled></StaticWebsite>"},
}};

std::vector<std::string> ReadList(const pugi::xml_node& rule, const char* name) {
  std::vector<std::string> list;
  const std::string text = TextOf(rule.child(name));
  if (text.empty()) return list;
  for (const auto part : Split(text, ',')) list.emplace_back(Trim(part));
  return list;
}

Result<CorsRule> ReadRule(const pugi::xml_node& node) {
  const std::string max_age = TextOf(node.child(kMaxAge));
  const auto seconds = ParseUnsigned(max_age);
  if (!seconds || *seconds > INT32_MAX) return BadNode(kMaxAge, max_age);
  CorsRule rule{.origins = ReadList(node, kOrigins),
                .methods = ReadList(node, kMethods),
                .allowed_headers = ReadList(node, kAllowedHeaders),
                .exposed_headers = ReadList(node, kExposedHeaders),
                .max_age = std::chrono::seconds(*seconds)};
  if (rule.origins.empty()) return BadNode(kOrigins, "");
  if (rule.methods.empty()) return BadNode(kMethods, "");
  for (const auto& method : rule.methods) {
    if (std::find(kKnownMethods.begin(), kKnownMethods.end(), method) == kKnownMethods.end()) {
      return BadNode(kMethods, method);
    }
  }
  return rule;
}

Result<CorsRules> ReadRules(const pugi::xml_node& cors) {
  CorsRules rules;
  for (const auto& node : cors.children(kRule)) {
    auto rule = ReadRule(node);
    if (!rule) return rule.error();
    rules.push_back(*std::move(rule));
  }
  if (rules.size() > kMaxRules) {
    return Error{StorageError::kInvalidXmlDocument, "there are at most 5 CORS rules"};
  }
  return rules;
}

constexpr std::uint64_t kMostDays = 365;

bool IsEnabled(const pugi::xml_node& node) { return TextOf(node.child("Enabled")) == wire::kTrue; }

Status CheckDeletion(const pugi::xml_node& node) {
  const std::string text = TextOf(node.child("Days"));
  const auto days = ParseUnsigned(text);
  if (!IsEnabled(node) || (days && *days >= 1 && *days <= kMostDays)) return Done{};
  return BadNode("Days", text);
}

// Checks the sections whose possible contents are known.
Status CheckSection(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  if (name == kDefaultVersion && !IsVersion(TextOf(node))) return BadNode(name, TextOf(node));
  if (name == kDeletionSection) return CheckDeletion(node);
  if (name != kCorsSection) return Done{};
  if (auto pure = ExpectChildren(node, kRule); !pure) return pure.error();
  if (const auto rules = ReadRules(node); !rules) return rules.error();
  return Done{};
}

// The name of the blob at a path, which may begin with a slash.
std::string WithoutSlash(std::string path) {
  if (path.starts_with('/')) path.erase(0, 1);
  return path;
}

std::string MarkupOf(const pugi::xml_node& node) {
  std::ostringstream out;
  node.print(out, "", pugi::format_raw);
  return out.str();
}

}  // namespace

bool IsSectionName(std::string_view name) {
  return std::any_of(kSections.begin(), kSections.end(),
                     [&](const auto& section) { return section.first == name; });
}

bool IsServiceSection(std::string_view name, std::string_view markup) {
  if (!IsSectionName(name)) return false;
  const std::string root(name);
  const auto document = ParseXml(markup, root.c_str());
  return document && CheckSection(document->child(root.c_str()));
}

Result<ServiceSections> ParseServiceProperties(std::string_view body) {
  const auto document = ParseXml(body, kServiceProperties);
  if (!document) return document.error();
  ServiceSections sections;
  for (const auto& node : document->child(kServiceProperties).children()) {
    if (node.type() != pugi::node_element || sections.contains(node.name())) {
      return Error{StorageError::kInvalidXmlDocument, "each section stands there once"};
    }
    if (!IsSectionName(node.name())) {
      return Error{.code = StorageError::kUnsupportedXmlNode,
                   .message = std::string("there is no section ") + node.name(),
                   .facts = RequestField{RequestField::Place::kBody, node.name()}};
    }
    if (auto checked = CheckSection(node); !checked) return checked.error();
    std::string markup = MarkupOf(node);
    // pugixml writes characters like this that are not allowed in a document.
    if (markup.find("&#") != std::string::npos) return BadNode(node.name(), "");
    if (!IsServiceSection(node.name(), markup)) return BadNode(node.name(), "");
    sections.emplace(node.name(), std::move(markup));
  }
  return sections;
}

http::Response ServicePropertiesAnswer(const ServiceSections& sections) {
  XmlWriter xml;
  xml.Open(kServiceProperties);
  for (const auto& [name, as_it_came] : kSections) {
    const auto set = sections.find(std::string(name));
    xml.Raw(set == sections.end() ? as_it_came : std::string_view(set->second));
  }
  return XmlAnswer(xml.Close().Take());
}

StaticWebsite WebsiteOf(const ServiceSections& sections) {
  const auto set = sections.find(kWebsiteSection);
  if (set == sections.end()) return {};
  const auto document = ParseXml(set->second, kWebsiteSection);
  if (!document) return {};
  const auto node = document->child(kWebsiteSection);
  return {.is_enabled = TextOf(node.child("Enabled")) == wire::kTrue,
          .index_document = TextOf(node.child("IndexDocument")),
          .default_index_path = WithoutSlash(TextOf(node.child("DefaultIndexDocumentPath"))),
          .error_document = WithoutSlash(TextOf(node.child("ErrorDocument404Path")))};
}

bool LogsRequests(const ServiceSections& sections) {
  const auto set = sections.find(kLoggingSection);
  if (set == sections.end()) return false;
  const auto document = ParseXml(set->second, kLoggingSection);
  if (!document) return false;
  const auto node = document->child(kLoggingSection);
  constexpr std::array kKinds = {"Read", "Write", "Delete"};
  return std::any_of(kKinds.begin(), kKinds.end(),
                     [&](const char* kind) { return TextOf(node.child(kind)) == wire::kTrue; });
}

std::string DefaultCors(std::string_view origins) {
  std::string rules(kUploadPageRules);
  std::string list;
  for (const auto part : Split(origins, ',')) {
    const auto origin = Trim(part);
    if (origin == "local") return rules;
    list.append(list.empty() ? "" : ",").append(origin);
  }
  return rules.replace(rules.find('*'), 1, list);
}

std::string DeletionSection(std::optional<std::chrono::days> kept) {
  std::string section = "<DeleteRetentionPolicy><Enabled>";
  section.append(kept ? wire::kTrue : wire::kFalse).append("</Enabled>");
  if (kept) section.append("<Days>").append(std::to_string(kept->count())).append("</Days>");
  return section.append("</DeleteRetentionPolicy>");
}

std::optional<std::chrono::days> KeptDeleted(const ServiceSections& sections) {
  const auto set = sections.find(kDeletionSection);
  if (set == sections.end()) return std::nullopt;
  const auto document = ParseXml(set->second, kDeletionSection);
  if (!document) throw std::runtime_error("a stored section about deletion cannot be read");
  const auto node = document->child(kDeletionSection);
  const auto days = ParseUnsigned(TextOf(node.child("Days")));
  if (!IsEnabled(node) || !days) return std::nullopt;
  return std::chrono::days(*days);
}

CorsRules CorsRulesOf(const ServiceSections& sections) {
  const auto set = sections.find(kCorsSection);
  const auto document =
      ParseXml(set == sections.end() ? kUploadPageRules : set->second, kCorsSection);
  if (!document) throw std::runtime_error("a stored section of CORS rules cannot be read");
  auto rules = ReadRules(document->child(kCorsSection));
  if (!rules) throw std::runtime_error("a stored CORS rule cannot be read");
  return *std::move(rules);
}

}  // namespace msc::storage
