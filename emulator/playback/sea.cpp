#include "emulator/playback/sea.h"

#include "emulator/base/encoding.h"

namespace msc::playback {

void WriteContentProtection(XmlText& xml, const Protection& protection, bool declares) {
  xml.Open("ContentProtection");
  if (declares) xml.Attribute("xmlns:sea", kSeaNamespace);
  xml.Attribute("schemeIdUri", "urn:mpeg:dash:sea:2012");
  xml.Open("sea:SegmentEncryption")
      .Attribute("schemeIdUri", "urn:mpeg:dash:sea:aes128-cbc:2013")
      .Close();
  xml.Open("sea:KeySystem").Attribute("keySystemUri", "urn:mpeg:dash:sea:keysys:http:2013").Close();
  xml.Open("sea:CryptoPeriod")
      .Attribute("IV", "0x" + UpperHexEncode(protection.iv))
      .Attribute("keyUriTemplate", protection.key_url)
      .Close();
  xml.Close();
}

}  // namespace msc::playback
