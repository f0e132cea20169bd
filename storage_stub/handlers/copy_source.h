#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/blob_store.h"

namespace msc::storage {

// The blob that a request which is not routed names, with its account in the path or in the host;
// nullopt: it names none.
std::optional<ResourceName> NameIn(const http::Request& source);

// Whether `url`, the x-ms-copy-source of `request`, leads to another server than this one.
bool IsOfAnotherServer(std::string_view url, const http::Request& request);

// Whether the client waits for the copy: Copy Blob From URL, Put Blob From URL and operations that
// copy a part, as Put Block From URL does. Then the service reads the source without the account's
// key, so the source's URL needs a signature.
bool IsCopiedAtOnce(const http::Request& request);

// The x-ms-copy-source of a request without its query: signatures are not for others to see.
std::string UrlOfSource(const http::Request& request);

// The blob of this endpoint that a request's x-ms-copy-source names, and which the requester may
// read: by a signature in the source's URL, by a token in x-ms-copy-source-authorization, because
// anybody may, or because the request has the key or a token of the source's own account. A loose
// authorizer lets Copy Blob From URL be like Copy Blob in this, and copy blobs of all types; for it
// any permission to write the copy is one to read a source in the same account.
//
// kCannotVerifyCopySource for a URL of anywhere else, kCopySource… for one that may not be read;
// kInvalidHeaderValue, kInvalidMetadata, kMetadataTooLarge; the errors of ReadTags, ReadTierChange
// and ReadSourceKey.
Result<CopySource> ReadCopySource(const http::Request& request, const AuthorizedRequest& authorized,
                                  const Authorizer& authorizer);

}  // namespace msc::storage
