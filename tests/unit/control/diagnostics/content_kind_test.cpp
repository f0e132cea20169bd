#include "emulator/control/diagnostics/content_kind.h"

#include <gtest/gtest.h>

namespace msc::control {
namespace {

TEST(ContentKind, AFormBeginsWithABoundaryAndNamesItsParts) {
  EXPECT_TRUE(LooksLikeForm("--x\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nabc"));
  EXPECT_TRUE(LooksLikeForm("\r\n--x\r\ncontent-type: a/b\r\ncontent-disposition: form-data\r\n"));
  EXPECT_FALSE(LooksLikeForm("--x\r\nanything else"));
  EXPECT_FALSE(LooksLikeForm(""));
}

TEST(ContentKind, KnowsJsonHtmlAndXmlByTheirBeginning) {
  for (const char* text : {R"({"a":1})", "{ }", "[[1]]", "[{}]", " \n<html>", "<!DOCTYPE HTML>",
                           "\xEF\xBB\xBF<?xml version=\"1.0\"?>"}) {
    EXPECT_TRUE(LooksLikeMarkup(text)) << text;
  }
}

TEST(ContentKind, LeavesOtherBytesAlone) {
  for (const char* text : {"", "{", "[", "{x", "ftypmp42", "<xml", "0123456789"}) {
    EXPECT_FALSE(LooksLikeMarkup(text)) << text;
  }
}

}  // namespace
}  // namespace msc::control
