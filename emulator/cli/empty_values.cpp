#include "emulator/cli/empty_values.h"

#include <cstdlib>
#include <string_view>

namespace msc {

std::string CheckNotEmpty(const std::string& text) {
  return text.empty() ? "'' is not allowed; give a value, or leave it out" : "";
}

// CLI11 would take the next argument as the value.
void RefuseEmptyAssignments(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view text = argv[i];
    if (text.starts_with("--") && text.find('=') == text.size() - 1) {
      throw CLI::ValidationError(std::string(text.substr(0, text.size() - 1)), CheckNotEmpty(""));
    }
  }
}

// CLI11 would take the variable for one that is not set.
void RefuseEmptyVariables(const CLI::App& app) {
  for (const auto* const option : app.get_options()) {
    const std::string name = option->get_envname();
    const char* const value = name.empty() ? nullptr : std::getenv(name.c_str());
    if (value != nullptr && *value == '\0' && option->count() == 0) {
      throw CLI::ValidationError(
          option->get_name(), "the variable " + name + " is empty; give it a value, or unset it");
    }
  }
}

}  // namespace msc
