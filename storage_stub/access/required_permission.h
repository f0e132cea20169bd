#pragma once

#include <string_view>

#include "storage_stub/model/container_record.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {

// The kind of resource that an operation acts on, as in the `srt` of an account SAS.
enum class SasResourceType : char {
  kService = 's',
  kContainer = 'c',
  kBlob = 'o',
  kAny = '*',  // The resource in its URL; any `srt` is enough.
};

// What an operation demands of a request's credentials. Without more, a Shared Key or a token is
// enough.
// Source: "Create a service SAS",
// https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas, and "Create an
// account SAS", https://learn.microsoft.com/en-us/rest/api/storageservices/create-account-sas
struct RequiredPermission {
  SasResourceType level;
  std::string_view service_sas;  // One of these letters is enough; empty: never enough.
  std::string_view account_sas;

  // The public access that a container must have for requests without credentials; kNone: it never
  // helps. Source: "Configure anonymous read access for containers and blobs",
  // https://learn.microsoft.com/en-us/azure/storage/blobs/anonymous-read-access-configure
  PublicAccess anonymous = PublicAccess::kNone;

  // The authorization scheme that alone is enough, besides signatures; empty: any is.
  std::string_view only_scheme = {};
};

inline constexpr std::string_view kAnyPermission = "racwdxyltmeopfiu";
inline constexpr std::string_view kAnonymousPermission = "rl";

inline constexpr RequiredPermission kReadBlob{SasResourceType::kBlob, "r", "r",
                                              PublicAccess::kBlob};
inline constexpr RequiredPermission kWriteBlob{SasResourceType::kBlob, "wc",
                                               "wc"};  // `c` alone: a new one.
inline constexpr RequiredPermission kAppendBlob{SasResourceType::kBlob, "aw", "aw"};
inline constexpr RequiredPermission kChangeBlob{SasResourceType::kBlob, "w", "w"};
inline constexpr RequiredPermission kBlobTags{SasResourceType::kBlob, "t", "t"};
inline constexpr RequiredPermission kSetImmutability{SasResourceType::kBlob, "i", "i"};
inline constexpr RequiredPermission kLeaseBlob{SasResourceType::kBlob, "w", "w"};
inline constexpr RequiredPermission kBreakBlobLease{SasResourceType::kBlob, "wd", "wd"};
inline constexpr RequiredPermission kDeleteBlob{SasResourceType::kBlob, "d", "d"};
inline constexpr RequiredPermission kDeleteVersion{SasResourceType::kBlob, "x", "x"};
inline constexpr RequiredPermission kListBlobs{SasResourceType::kContainer, "l", "l",
                                               PublicAccess::kContainer};
// The reference wants `srt` to have o for these; SDKs sign with the type of the URL.
inline constexpr RequiredPermission kFindBlobsIn{SasResourceType::kAny, "f", "f"};
inline constexpr RequiredPermission kFindBlobs{SasResourceType::kAny, "", "f"};
inline constexpr RequiredPermission kBlobBatch{SasResourceType::kAny, kAnyPermission,
                                               kAnyPermission};
inline constexpr RequiredPermission kCreateContainer{SasResourceType::kContainer, "", "cw"};
inline constexpr RequiredPermission kReadContainer{SasResourceType::kContainer, "", "r",
                                                   PublicAccess::kContainer};
inline constexpr RequiredPermission kChangeContainer{SasResourceType::kContainer, "", "w"};
inline constexpr RequiredPermission kLeaseContainer{SasResourceType::kContainer, "", "w"};
inline constexpr RequiredPermission kBreakContainerLease{SasResourceType::kContainer, "", "wd"};
inline constexpr RequiredPermission kDeleteContainer{SasResourceType::kContainer, "", "d"};
inline constexpr RequiredPermission kContainerAcl{SasResourceType::kContainer, "", "",
                                                  PublicAccess::kNone, wire::kSharedKeyScheme};
inline constexpr RequiredPermission kListContainers{SasResourceType::kService, "", "l"};
inline constexpr RequiredPermission kReadService{SasResourceType::kService, "", "r"};
inline constexpr RequiredPermission kDelegateAccess{SasResourceType::kService, "", "",
                                                    PublicAccess::kNone, wire::kBearerScheme};
inline constexpr RequiredPermission kChangeService{SasResourceType::kService, "", "w"};
inline constexpr RequiredPermission kAccountInformation{SasResourceType::kAny, kAnyPermission,
                                                        kAnyPermission};

}  // namespace msc::storage
