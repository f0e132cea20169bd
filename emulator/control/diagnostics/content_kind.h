#pragma once

#include <string_view>

// Recognizes uploads that are not a video, by their first bytes.
namespace msc::control {

// Whether they begin a multipart form.
bool LooksLikeForm(std::string_view head);

// Whether they begin JSON, HTML or XML.
bool LooksLikeMarkup(std::string_view head);

}  // namespace msc::control
