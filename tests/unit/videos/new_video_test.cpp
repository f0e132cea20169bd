#include "emulator/videos/new_video.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "emulator/http/http_error.h"
#include "emulator/http/text_body.h"
#include "emulator/videos/video_error.h"
#include "tests/unit/videos/failing_body.h"

namespace msc::videos {
namespace {

using namespace std::string_literals;

// A body and what it gets: a video, or the code of an error.
struct Case {
  const char* name;
  std::string body;
  std::optional<ErrorCode> error = {};
  NewVideo video = {};
};

void PrintTo(const Case& the_case, std::ostream* out) { *out << the_case.name; }

std::string CaseName(const ::testing::TestParamInfo<Case>& test) { return test.param.name; }

class NewVideoTest : public ::testing::TestWithParam<Case> {};

NewVideo WithoutName(NewVideo video) {
  video.original_name.clear();
  return video;
}

TEST_P(NewVideoTest, HasTheOutcomeOfItsRow) {
  const auto video = ParseNewVideo(GetParam().body, /*any_extension=*/false);

  ASSERT_EQ(!video, GetParam().error.has_value());
  if (video) {
    EXPECT_EQ(WithoutName(*video), GetParam().video);
  } else {
    EXPECT_EQ(video.error().code, *GetParam().error);
  }
}

constexpr auto kBad = VideoError::kVideoUnreadable;
constexpr auto kBadMode = VideoError::kModeNotSupported;
const NewVideo kMp4 = {.extension = "mp4"};
const NewVideo kProtected = {.extension = "mp4", .is_protected = true};
const NewVideo kEncrypted = {.extension = "mp4", .is_input_encrypted = true};

// A valid body with one more member of that text.
std::string With(const std::string& member) {
  return R"({"OriginalFileName":"a.mp4",)" + member + '}';
}

std::string Named(const std::string& json_text) {
  return R"({"OriginalFileName":)" + json_text + '}';
}

// A valid body whose unknown member is nested so that all is `depth` deep.
std::string Nested(std::size_t depth) {
  return With("\"x\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']'));
}

INSTANTIATE_TEST_SUITE_P(
    Json, NewVideoTest,
    ::testing::Values(
        Case{"Empty", "", kBad}, Case{"Blank", " \r\n", kBad}, Case{"NotJson", "name=a.mp4", kBad},
        Case{"CurlyQuotes", "{“OriginalFileName”:”a.mp4”}", kBad},
        Case{"NotUtf8", Named("\"\xE9.mp4\""), kBad},
        Case{"OverlongUtf8", Named("\"\xC0\xAE.mp4\""), kBad},
        Case{"EncodedSurrogate", Named("\"\xED\xA0\x80.mp4\""), kBad},
        Case{"Utf16", "\xFF\xFE{\0}\0"s, kBad},
        Case{"ByteOrderMark", "\xEF\xBB\xBF" + Named("\"a.mp4\""), {}, kMp4},
        Case{"ByteOrderMarkAlone", "\xEF\xBB\xBF", kBad},
        Case{"TwoByteOrderMarks", "\xEF\xBB\xBF\xEF\xBB\xBF" + Named("\"a.mp4\""), kBad},
        Case{"Blanks", " \t{ \"OriginalFileName\" : \"a.mp4\" }\r\n", {}, kMp4},
        Case{"Array", R"(["OriginalFileName"])", kBad},
        Case{"ArrayOfVideo", '[' + Named("\"a.mp4\"") + ']', kBad},
        Case{"String", R"("a.mp4")", kBad}, Case{"Number", "5", kBad}, Case{"Null", "null", kBad},
        Case{"EmptyObject", "{}", kBad}, Case{"Unfinished", R"({"OriginalFileName":"a.mp4")", kBad},
        Case{"TrailingComma", With(""), kBad}, Case{"Comment", With("/**/\"x\":1"), kBad},
        Case{"TwoObjects", Named("\"a.mp4\"") + Named("\"a.mp4\""), kBad},
        Case{"TrailingGarbage", Named("\"a.mp4\"") + 'x', kBad},
        Case{"TrailingNul", Named("\"a.mp4\"") + '\0', kBad},
        Case{"LeadingNul", '\0' + Named("\"a.mp4\""), kBad},
        Case{"NulInString", Named("\"a\0.mp4\""s), kBad},
        Case{"EscapedNul", Named(R"("a\u0000.mp4")"), {}, kMp4},
        Case{"LoneHighSurrogate", Named(R"("\ud800.mp4")"), kBad},
        Case{"LoneLowSurrogate", Named(R"("\udc00.mp4")"), kBad},
        Case{"SurrogatePair", Named(R"("\ud83c\udfac.mp4")"), {}, kMp4},
        Case{"DeepestNesting", Nested(64), {}, kMp4}, Case{"TooDeepNesting", Nested(65), kBad},
        Case{"HugeInteger", With("\"x\":" + std::string(10'000, '9')), kBad},
        Case{"LongFraction", With("\"x\":0." + std::string(10'000, '9')), {}, kMp4},
        Case{"HugeExponent", With("\"x\":1e999999999"), kBad},
        Case{"NotANumber", With("\"x\":NaN"), kBad}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Members, NewVideoTest,
    ::testing::Values(
        Case{"AnyCase", R"({"originalFILEname":"a.mp4"})", {}, kMp4},
        Case{"LastOneCounts", R"({"OriginalFileName":5,"OriginalFileName":"a.mp4"})", {}, kMp4},
        Case{"LastOneCountsAcrossCases", With(R"("originalfilename":"a.exe")"), kBad},
        Case{"LastModeCounts",
             With(R"("ContentProtectionMode":"bad","contentprotectionmode":"AES128")"),
             {},
             kProtected},
        Case{"LastNullCounts", With(R"("OriginalFileName":null)"), kBad},
        Case{"Unknown", With(R"("Colour":{"OriginalFileName":"a.exe","x":[1,{}]})"), {}, kMp4},
        Case{"OnlyNested", R"({"Video":{"OriginalFileName":"a.mp4"}})", kBad},
        Case{"AfterNested", R"({"x":[{"y":1}],"OriginalFileName":"a.mp4"})", {}, kMp4},
        Case{"ReadOnly", With(R"("Id":"5","Duration":"x","UploadUri":[])"), {}, kMp4}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Names, NewVideoTest,
    ::testing::Values(
        Case{"Null", Named("null"), kBad}, Case{"Empty", Named("\"\""), kBad},
        Case{"Number", Named("5"), kBad}, Case{"Boolean", Named("true"), kBad},
        Case{"Object", Named("{}"), kBad}, Case{"Array", Named("[\"a.mp4\"]"), kBad},
        Case{"NoDot", Named("\"mp4\""), kBad}, Case{"NothingBehindTheDot", Named("\"a.\""), kBad},
        Case{"Unsupported", Named("\"a.exe\""), kBad}, Case{"Blank", Named("\"a.mp4 \""), kBad},
        Case{"LastDotCounts", Named("\"a.mp4.exe\""), kBad},
        Case{"Slash", Named("\"a.mp4/b\""), kBad}, Case{"DotAlone", Named("\".mp4\""), {}, kMp4},
        Case{"UpperCase", Named("\"A.MP4\""), {}, kMp4},
        Case{"Path", Named(R"("C:\\films\\a.b.mp4")"), {}, kMp4},
        Case{"OtherFormat", Named("\"a.Wmv\""), {}, {.extension = "wmv"}}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Modes, NewVideoTest,
    ::testing::Values(
        Case{"ProtectionNull", With(R"("ContentProtectionMode":null)"), {}, kMp4},
        Case{"ProtectionEmpty", With(R"("ContentProtectionMode":"")"), {}, kMp4},
        Case{"ProtectionNone", With(R"("ContentProtectionMode":"None")"), {}, kMp4},
        Case{"ProtectionAes128", With(R"("ContentProtectionMode":"AES128")"), {}, kProtected},
        Case{"ProtectionAes256", With(R"("ContentProtectionMode":"AES256")"), kBadMode},
        Case{"ProtectionOtherCase", With(R"("ContentProtectionMode":"aes128")"), kBadMode},
        Case{"ProtectionNumber", With(R"("ContentProtectionMode":1)"), kBad},
        Case{"ProtectionObject", With(R"("ContentProtectionMode":{})"), kBad},
        Case{"InputNull", With(R"("InputStorageEncryptionMode":null)"), {}, kMp4},
        Case{"InputEmpty", With(R"("InputStorageEncryptionMode":"")"), {}, kMp4},
        Case{"InputAes256", With(R"("InputStorageEncryptionMode":"AES256")"), {}, kEncrypted},
        Case{"InputNone", With(R"("InputStorageEncryptionMode":"None")"), kBadMode},
        Case{"InputAes128", With(R"("InputStorageEncryptionMode":"AES128")"), kBadMode},
        Case{"InputBoolean", With(R"("InputStorageEncryptionMode":false)"), kBad},
        Case{"InputArray", With(R"("InputStorageEncryptionMode":[])"), kBad},
        Case{"WrongTypeBeforeWrongMode",
             With(R"("ContentProtectionMode":"x","InputStorageEncryptionMode":1)"), kBad},
        Case{"NoNameBeforeWrongMode", R"({"ContentProtectionMode":"x"})", kBad}),
    CaseName);

TEST(NewVideo, KeepsTheNameAsItIs) {
  EXPECT_EQ(ParseNewVideo(Named(R"("C:\\Films\\\u00e9.MP4")"), false)->original_name,
            "C:\\Films\\é.MP4");
}

TEST(NewVideo, RefusesEveryTruncation) {
  const std::string whole =
      R"({"OriginalFileName":"\u00e9é.mp4","ContentProtectionMode":"AES128","x":[1.5e3,{"y":null}]})";
  ASSERT_TRUE(ParseNewVideo(whole, false));

  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(ParseNewVideo(whole.substr(0, size), false)) << size;
  }
}

struct HostileBody {
  const char* name;
  std::string text;
};

void PrintTo(const HostileBody& body, std::ostream* out) { *out << body.name; }

class HostileBodyTest : public ::testing::TestWithParam<HostileBody> {};

TEST_P(HostileBodyTest, IsRefused) {
  EXPECT_FALSE(ParseNewVideo(GetParam().text, /*any_extension=*/true));
}

constexpr std::size_t kMebibyte = 1024 * 1024;

std::string Garbage() {
  std::string garbage(kMebibyte, '\0');
  std::uint32_t state = 1;
  for (char& c : garbage) c = static_cast<char>((state = state * 1'664'525 + 1'013'904'223) >> 24);
  return garbage;
}

std::string Repeated(std::string_view text, std::size_t count) {
  std::string all;
  while (count-- > 0) all += text;
  return all;
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, HostileBodyTest,
    ::testing::Values(HostileBody{"OpenArrays", std::string(100'000, '[')},
                      HostileBody{"OpenBraces", std::string(100'000, '{')},
                      HostileBody{"OpenArraysInAMember", "{\"x\":" + std::string(100'000, '[')},
                      HostileBody{"OpenObjects", Repeated("{\"x\":", 100'000)},
                      HostileBody{"OpenArraysOfObjects", Repeated("[{\"x\":", 50'000)},
                      HostileBody{"Nuls", std::string(kMebibyte, '\0')},
                      HostileBody{"Quotes", std::string(kMebibyte, '"')},
                      HostileBody{"Digits", std::string(kMebibyte, '9')},
                      HostileBody{"Backslashes", std::string(kMebibyte, '\\')},
                      HostileBody{"NoUtf8", std::string(kMebibyte, '\xFF')},
                      HostileBody{"Garbage", Garbage()}),
    [](const auto& test) { return test.param.name; });

TEST(NewVideo, TakesANameOfAMebibyte) {
  EXPECT_TRUE(ParseNewVideo(Named('"' + std::string(kMebibyte, 'a') + ".mp4\""), false));
}

TEST(LooseNewVideo, TakesAnyExtensionOfLettersAndDigits) {
  const auto video = ParseNewVideo(Named("\"a.MKV2\""), /*any_extension=*/true);

  ASSERT_TRUE(video);
  EXPECT_EQ(video->extension, "mkv2");
}

TEST(LooseNewVideo, RefusesWhatIsNoExtension) {
  for (const char* name : {"a", "a.", "a.b/c", "a.b c", "a.%2e", "a.12345678901234567", "a.é"}) {
    EXPECT_FALSE(ParseNewVideo(Named('"' + std::string(name) + '"'), true)) << name;
  }
}

TEST(NewVideo, ReadsTheBodyToItsEnd) {
  http::TextBody body(With("\"x\":\"" + std::string(200'000, 'x') + '"'));

  EXPECT_TRUE(ReadNewVideo({.body = &body}, false));
}

TEST(NewVideo, TakesNoBodyForAnEmptyOne) {
  const auto video = ReadNewVideo({}, false);

  ASSERT_FALSE(video);
  EXPECT_EQ(video.error().code, kBad);
}

TEST(NewVideo, PassesOnWhatStoppedTheReading) {
  FailingBody body(http::HttpError::kRequestTimeout);

  const auto video = ReadNewVideo({.body = &body}, false);

  ASSERT_FALSE(video);
  EXPECT_EQ(video.error().code, http::HttpError::kRequestTimeout);
}

}  // namespace
}  // namespace msc::videos
