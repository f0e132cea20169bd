#include "storage_stub/handlers/acl.h"

#include <algorithm>
#include <string>
#include <utility>

#include "emulator/base/time_format.h"
#include "storage_stub/handlers/container_answers.h"
#include "storage_stub/handlers/public_access.h"
#include "storage_stub/protocol/list_xml.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/xml.h"
#include "storage_stub/records/policy_store.h"

namespace msc::storage {
namespace {

constexpr const char* kSignedIdentifiers = "SignedIdentifiers";
constexpr const char* kIdentifier = "SignedIdentifier";
constexpr const char* kId = "Id";
constexpr const char* kPolicy = "AccessPolicy";
constexpr const char* kStart = "Start";
constexpr const char* kExpiry = "Expiry";
constexpr const char* kPermission = "Permission";

Result<std::optional<Time>> ReadTime(const pugi::xml_node& policy, const char* name) {
  const std::string text = TextOf(policy.child(name));
  if (text.empty()) return std::optional<Time>();
  const auto time = ParseIso8601(text);
  if (!time) return BadNode(name, text);
  return time;
}

Result<StoredPolicy> ReadPolicy(const pugi::xml_node& identifier) {
  const auto preconditions = identifier.child(kPolicy);
  StoredPolicy policy{.id = TextOf(identifier.child(kId)),
                      .permissions = TextOf(preconditions.child(kPermission))};
  if (!CheckPolicy(policy)) return BadNode(kIdentifier, policy.id + ' ' + policy.permissions);
  const auto starts = ReadTime(preconditions, kStart);
  if (!starts) return starts.error();
  const auto expires = ReadTime(preconditions, kExpiry);
  if (!expires) return expires.error();
  policy.starts = *starts;
  policy.expires = *expires;
  return policy;
}

std::string TimeText(const std::optional<Time>& time) { return time ? FormatTicks(*time) : ""; }

}  // namespace

Result<std::vector<StoredPolicy>> ParseAcl(std::string_view body) {
  std::vector<StoredPolicy> policies;
  if (body.empty()) return policies;
  const auto document = ParseXml(body, kSignedIdentifiers);
  if (!document) return document.error();
  const auto identifiers = document->child(kSignedIdentifiers);
  if (auto pure = ExpectChildren(identifiers, kIdentifier); !pure) return pure.error();
  for (const auto& node : identifiers.children()) {
    auto policy = ReadPolicy(node);
    if (!policy) return policy.error();
    if (std::any_of(policies.begin(), policies.end(),
                    [&](const StoredPolicy& other) { return other.id == policy->id; })) {
      return BadNode(kId, policy->id);
    }
    policies.push_back(*std::move(policy));
  }
  if (policies.size() > kMaxPolicies) {
    return Error{StorageError::kInvalidXmlDocument, "a container has at most 5 policies"};
  }
  return policies;
}

http::Response AclAnswer(const ContainerRecord& record, const std::vector<StoredPolicy>& policies) {
  XmlWriter xml;
  xml.Open(kSignedIdentifiers);
  for (const auto& policy : policies) {
    xml.Open(kIdentifier).Element(kId, policy.id).Open(kPolicy);
    xml.ElementIfAny(kStart, TimeText(policy.starts));
    xml.ElementIfAny(kExpiry, TimeText(policy.expires));
    xml.ElementIfAny(kPermission, policy.permissions).Close().Close();
  }
  http::Response response = XmlAnswer(xml.Close().Take());
  AddState(response.headers, record);
  AddPublicAccess(response.headers, record.public_access);
  return response;
}

}  // namespace msc::storage
