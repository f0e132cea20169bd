#pragma once

#include "emulator/playback/links.h"
#include "emulator/playback/xml_text.h"

namespace msc::playback {

inline constexpr std::string_view kSeaNamespace = "urn:mpeg:dash:schema:sea:2012";

// Writes the element ContentProtection of segments that are encrypted as a whole (MPEG DASH segment
// encryption and authentication). `declares`: also the namespace `sea`. Source: "Use AES-128
// dynamic encryption and the key delivery service", section "Manifest files", Microsoft,
// https://learn.microsoft.com/en-us/azure/media-services/previous/media-services-protect-with-aes128
void WriteContentProtection(XmlText& xml, const Protection& protection, bool declares);

}  // namespace msc::playback
