#pragma once

#include <string>
#include <string_view>

namespace msc {

// Where and why `text` is not JSON: "line 2, column 5: syntax error while parsing value - …"; empty
// if it is JSON. May contain bytes of the text that are not UTF-8.
std::string JsonProblem(std::string_view text);

}  // namespace msc
