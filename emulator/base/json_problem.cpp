#include "emulator/base/json_problem.h"

#include <nlohmann/json.hpp>

namespace msc {
namespace {

using nlohmann::json;

// Accepts everything, and keeps what the parser complains about.
class ProblemFinder final : public nlohmann::json_sax<json> {
 public:
  const std::string& problem() const { return problem_; }

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }

  // "[json.exception.parse_error.101] parse error at line 1, column 2: …"
  bool parse_error(std::size_t, const std::string&, const json::exception& error) override {
    const std::string_view what = error.what();
    const auto place = what.find("line ");
    problem_ = place == std::string_view::npos ? what : what.substr(place);
    return false;
  }

 private:
  std::string problem_;
};

}  // namespace

std::string JsonProblem(std::string_view text) {
  ProblemFinder finder;
  json::sax_parse(text, &finder);
  return finder.problem();
}

}  // namespace msc
