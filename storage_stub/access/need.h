#pragma once

#include <string_view>

namespace msc::storage {

// What an operation acts on, as the `srt` of an account SAS tells it.
enum class Level : char { kService = 's', kContainer = 'c', kBlob = 'o' };

// What a signature must permit for an operation. Shared Key permits everything.
// Source: the service's "Create a service SAS" and "Create an account SAS" references.
struct Need {
  Level level;
  std::string_view service_sas;  // Letters of which it needs one; empty: none of them will do.
  std::string_view account_sas;
};

inline constexpr Need kReadBlob{Level::kBlob, "r", "r"};
inline constexpr Need kWriteBlob{Level::kBlob, "wc", "wc"};  // `c` alone: a new one.
inline constexpr Need kChangeBlob{Level::kBlob, "w", "w"};
inline constexpr Need kDeleteBlob{Level::kBlob, "d", "d"};
inline constexpr Need kListBlobs{Level::kContainer, "l", "l"};
inline constexpr Need kCreateContainer{Level::kContainer, "", "cw"};
inline constexpr Need kReadContainer{Level::kContainer, "", "r"};
inline constexpr Need kChangeContainer{Level::kContainer, "", "w"};
inline constexpr Need kDeleteContainer{Level::kContainer, "", "d"};
inline constexpr Need kContainerAcl{Level::kContainer, "", ""};
inline constexpr Need kListContainers{Level::kService, "", "l"};
inline constexpr Need kReadService{Level::kService, "", "r"};
inline constexpr Need kChangeService{Level::kService, "", "w"};

}  // namespace msc::storage
