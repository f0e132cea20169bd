#include "emulator/videos/entity_members.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/videos/wire.h"

namespace msc::videos {
namespace {

using nlohmann::json;

constexpr int kDeepestNesting = 64;

// Members of a Video that a client cannot set.
constexpr std::array kReadOnly = {wire::kId,
                                  wire::kUploadUri,
                                  wire::kContentProtectionKeyId,
                                  wire::kDuration,
                                  wire::kInputStorageEncryptionSymmetricKey,
                                  wire::kInputStorageEncryptionIv};

// Keeps three members of the outermost object and counts the nesting of everything else. If an
// event returns false, parsing ends.
class Reader final : public nlohmann::json_sax<json> {
 public:
  EntityMembers members() && { return std::move(members_); }

  bool null() override { return Take({}); }
  bool boolean(bool) override { return Take({.kind = Member::Kind::kOther}); }
  bool number_integer(number_integer_t) override { return Take({.kind = Member::Kind::kOther}); }
  bool number_unsigned(number_unsigned_t) override { return Take({.kind = Member::Kind::kOther}); }
  bool number_float(number_float_t, const string_t&) override {
    return Take({.kind = Member::Kind::kOther});
  }
  bool binary(binary_t&) override { return Take({.kind = Member::Kind::kOther}); }
  bool string(string_t& text) override {
    return Take({.kind = Member::Kind::kString, .text = std::move(text)});
  }

  bool start_object(std::size_t) override { return Enter(); }
  bool start_array(std::size_t) override { return depth_ > 0 && Enter(); }
  bool end_object() override { return Leave(); }
  bool end_array() override { return Leave(); }

  bool key(string_t& name) override {
    if (depth_ == 1) current_ = Find(name);
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const json::exception&) override {
    return false;
  }

 private:
  Member* Find(std::string_view name) {
    if (EqualsIgnoringCase(name, wire::kOriginalFileName)) return &members_.original_file_name;
    if (EqualsIgnoringCase(name, wire::kContentProtectionMode)) return &members_.protection_mode;
    if (EqualsIgnoringCase(name, wire::kInputStorageEncryptionMode)) {
      return &members_.input_encryption_mode;
    }
    KeepUnknown(name);
    return nullptr;
  }

  void KeepUnknown(std::string_view name) {
    constexpr std::size_t kMostUnknown = 4;
    constexpr std::size_t kLongestName = 64;
    const bool is_known =
        std::any_of(kReadOnly.begin(), kReadOnly.end(),
                    [&](std::string_view known) { return EqualsIgnoringCase(known, name); });
    if (is_known || name.size() > kLongestName) return;
    if (members_.unknown.size() < kMostUnknown) members_.unknown.emplace_back(name);
  }

  // Returns false for a value outside the outermost object: then the body is not an object.
  bool Take(Member value) {
    if (depth_ == 1 && current_ != nullptr) *current_ = std::move(value);
    return depth_ > 0;
  }

  bool Enter() {
    if (depth_ > 0) Take({.kind = Member::Kind::kOther});
    return ++depth_ <= kDeepestNesting;
  }

  bool Leave() {
    --depth_;
    return true;
  }

  EntityMembers members_;
  Member* current_ = nullptr;
  int depth_ = 0;
};

}  // namespace

std::optional<EntityMembers> ReadMembers(std::string_view body) {
  // The parser takes a NUL byte for the end of the text.
  if (!IsUtf8(body) || body.find('\0') != std::string_view::npos) return std::nullopt;
  Reader reader;
  if (!json::sax_parse(body, &reader)) return std::nullopt;
  return std::move(reader).members();
}

}  // namespace msc::videos
