#pragma once

#include <string_view>

// What the first bytes of an upload tell of a client that sends something else than a video.
namespace msc::control {

// Whether they are those of a multipart form.
bool LooksLikeForm(std::string_view head);

// Whether they are those of JSON, HTML or XML.
bool LooksLikeMarkup(std::string_view head);

}  // namespace msc::control
