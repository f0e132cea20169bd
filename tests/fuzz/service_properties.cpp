// Properties of the blob service: what is accepted is written so that it reads back the same.

#include "storage_stub/model/service_properties.h"

#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace msc::storage;
  const auto sections = ParseServiceProperties(msc::fuzz::TextOf(data, size));
  if (!sections) return 0;

  CorsRulesOf(*sections);
  const auto again = ParseServiceProperties(ServicePropertiesAnswer(*sections).body);
  msc::fuzz::Require(again && CorsRulesOf(*again).size() == CorsRulesOf(*sections).size());
  return 0;
}
