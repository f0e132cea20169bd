#pragma once

#include <string_view>

namespace msc::storage {

// The key of the account devstoreaccount1, which Microsoft published for development storage. It is
// not a secret.
inline constexpr std::string_view kDevelopmentKey =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

}  // namespace msc::storage
