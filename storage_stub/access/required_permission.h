#pragma once

#include <string_view>

namespace msc::storage {

// The kind of resource that an operation acts on, as in the `srt` of an account SAS.
enum class SasResourceType : char {
  kService = 's',
  kContainer = 'c',
  kBlob = 'o',
  kAny = '*',  // The resource in its URL; any `srt` is enough.
};

// The permissions that a signature must have for an operation. Shared Key permits everything.
// Source: "Create a service SAS",
// https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas, and "Create an
// account SAS", https://learn.microsoft.com/en-us/rest/api/storageservices/create-account-sas
struct RequiredPermission {
  SasResourceType level;
  std::string_view service_sas;  // One of these letters is enough; empty: never enough.
  std::string_view account_sas;
};

inline constexpr std::string_view kAnyPermission = "racwdxyltmeopfiu";

inline constexpr RequiredPermission kReadBlob{SasResourceType::kBlob, "r", "r"};
inline constexpr RequiredPermission kWriteBlob{SasResourceType::kBlob, "wc",
                                               "wc"};  // `c` alone: a new one.
inline constexpr RequiredPermission kAppendBlob{SasResourceType::kBlob, "aw", "aw"};
inline constexpr RequiredPermission kChangeBlob{SasResourceType::kBlob, "w", "w"};
inline constexpr RequiredPermission kBlobTags{SasResourceType::kBlob, "t", "t"};
inline constexpr RequiredPermission kLeaseBlob{SasResourceType::kBlob, "w", "w"};
inline constexpr RequiredPermission kBreakBlobLease{SasResourceType::kBlob, "wd", "wd"};
inline constexpr RequiredPermission kDeleteBlob{SasResourceType::kBlob, "d", "d"};
inline constexpr RequiredPermission kListBlobs{SasResourceType::kContainer, "l", "l"};
inline constexpr RequiredPermission kFindBlobsIn{SasResourceType::kContainer, "f", "f"};
inline constexpr RequiredPermission kFindBlobs{SasResourceType::kService, "", "f"};
inline constexpr RequiredPermission kBlobBatch{SasResourceType::kAny, kAnyPermission,
                                               kAnyPermission};
inline constexpr RequiredPermission kCreateContainer{SasResourceType::kContainer, "", "cw"};
inline constexpr RequiredPermission kReadContainer{SasResourceType::kContainer, "", "r"};
inline constexpr RequiredPermission kChangeContainer{SasResourceType::kContainer, "", "w"};
inline constexpr RequiredPermission kLeaseContainer{SasResourceType::kContainer, "", "w"};
inline constexpr RequiredPermission kBreakContainerLease{SasResourceType::kContainer, "", "wd"};
inline constexpr RequiredPermission kDeleteContainer{SasResourceType::kContainer, "", "d"};
inline constexpr RequiredPermission kContainerAcl{SasResourceType::kContainer, "", ""};
inline constexpr RequiredPermission kListContainers{SasResourceType::kService, "", "l"};
inline constexpr RequiredPermission kReadService{SasResourceType::kService, "", "r"};
inline constexpr RequiredPermission kChangeService{SasResourceType::kService, "", "w"};
inline constexpr RequiredPermission kAccountInformation{SasResourceType::kAny, kAnyPermission,
                                                        kAnyPermission};

}  // namespace msc::storage
