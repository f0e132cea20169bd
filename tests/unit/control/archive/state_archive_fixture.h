#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/unit/control/archive/instance.h"
#include "tests/unit/control/archive/support.h"

namespace msc::control {

// An instance with a bit of everything.
class StateArchiveTest : public ::testing::Test {
 protected:
  StateArchiveTest() {
    full_.WithContainer();
    EXPECT_EQ(full_.Put("a.mp4", storage::Pattern(300'000)), 201);
    EXPECT_EQ(full_.Put("empty.mp4", ""), 201);
    EXPECT_EQ(Stage("blocks.mp4", "YQ==", "first"), 201);
    EXPECT_EQ(Stage("blocks.mp4", "Yg==", "second"), 201);
    full_.Send(http::Method::kPut, "blocks.mp4", "&comp=blocklist",
               "<BlockList><Latest>YQ==</Latest><Latest>Yg==</Latest><Latest>YQ==</Latest>"
               "</BlockList>");
    EXPECT_EQ(Stage("blocks.mp4", "Yw==", "waiting"), 201);
    full_.AddVideo("one");
  }

  int Stage(const std::string& blob, const std::string& id, const std::string& text) {
    return full_.Send(http::Method::kPut, blob, "&comp=block&blockid=" + id, text).status;
  }

  Files Unpacked() const { return *Unpack(full_.Export()); }

  static std::string& TextOf(Files& files, std::string_view name) {
    return std::find_if(files.begin(), files.end(),
                        [&](const auto& file) { return file.first.starts_with(name); })
        ->second;
  }

  Instance full_;
};

}  // namespace msc::control
