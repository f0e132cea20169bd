#include "emulator/cli/addresses.h"

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "emulator/version.h"

namespace msc {

std::string ReadyLine(const Emulator& emulator) {
  const nlohmann::ordered_json line = {{"event", "ready"},
                                       {"schema", 1},
                                       {"url", emulator.Url()},
                                       {"blobUrl", emulator.BlobUrl()},
                                       {"adminUrl", emulator.AdminUrl()},
                                       {"port", emulator.Port()},
                                       {"pid", ::getpid()},
                                       {"version", kVersion}};
  return line.dump();
}

std::vector<std::string> AddressVariables(const Emulator& emulator) {
  return {"MSC_EMULATOR_URL=" + emulator.Url(), "MSC_EMULATOR_BLOB_URL=" + emulator.BlobUrl(),
          "MSC_EMULATOR_ADMIN_URL=" + emulator.AdminUrl()};
}

}  // namespace msc
