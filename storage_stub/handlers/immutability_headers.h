#pragma once

#include <optional>

#include "emulator/base/result.h"
#include "emulator/http/headers.h"
#include "emulator/http/request.h"
#include "storage_stub/model/immutability.h"
#include "storage_stub/protocol/xml.h"

// Immutability policies and legal holds in requests and responses.
namespace msc::storage {

// The policy and the legal hold of a request. kInvalidHeaderValue, also for a policy that ends
// before `now`; kMissingRequiredHeader for a mode without a date.
Result<Immutability> ReadImmutability(const http::Request& request, Time now);

// nullopt: the header is absent. kInvalidHeaderValue.
Result<std::optional<bool>> ReadLegalHold(const http::Request& request);

void AddPolicy(http::Headers& headers, const Immutability& immutability);

// Adds the headers about both, as far as the blob has them.
void AddImmutability(http::Headers& headers, const Immutability& immutability);

// Write the elements of a list, as far as the blob has them.
void WritePolicy(XmlWriter& xml, const Immutability& immutability);
void WriteLegalHold(XmlWriter& xml, const Immutability& immutability);

}  // namespace msc::storage
