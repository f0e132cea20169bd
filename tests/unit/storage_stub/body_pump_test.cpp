#include "storage_stub/extents/body_pump.h"

#include "emulator/base/encoding.h"
#include "emulator/http/http_error.h"
#include "storage_stub/extents/digest_pipeline.h"
#include "storage_stub/extents/extent_source.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

constexpr std::size_t kMebibyte = 1024 * 1024;

struct Size {
  const char* name;
  std::size_t bytes;
  bool chunked;
};

class BodyPumpSizes : public ::testing::TestWithParam<Size> {
 protected:
  std::shared_ptr<ExtentFile> file_ = std::make_shared<ExtentFile>("", std::vector<Extent>{});
};

TEST_P(BodyPumpSizes, WritesAndHashesEveryByteInOrder) {
  const std::string text = Pattern(GetParam().bytes);
  FakeBody body(text, GetParam().chunked);
  ExtentWriter writer(file_, body.size().value_or(16 * kMebibyte));

  const auto digests = Pump(&body, writer, /*wants_md5=*/true);

  ASSERT_TRUE(digests);
  EXPECT_EQ(HexEncode(digests->md5), HexEncode(Md5Of(text)));
  EXPECT_EQ(HexEncode(digests->crc64), HexEncode(Crc64Of(text)));
  EXPECT_EQ(writer.extent().length, text.size());
  ExtentSource source({.pin = Pin(file_, {writer.extent()})}, 0, text.size());
  std::string stored(source.size() + 1, '\0');
  stored.resize(source.Read(stored));
  EXPECT_TRUE(stored == text);
}

INSTANTIATE_TEST_SUITE_P(
    Sizes, BodyPumpSizes,
    ::testing::Values(
        Size{"None", 0, false}, Size{"One", 1, false},
        Size{"OneBuffer", DigestPipeline::kBufferSize, false},
        Size{"MebibyteLessOne", kMebibyte - 1, false}, Size{"Mebibyte", kMebibyte, false},
        Size{"MebibyteAndOne", kMebibyte + 1, false},
        Size{"AllBuffers", DigestPipeline::kBuffers* DigestPipeline::kBufferSize, false},
        Size{"TenMebibytesAndOdd", 10 * kMebibyte + 12'345, false}, Size{"ChunkedNone", 0, true},
        Size{"ChunkedOne", 1, true}, Size{"ChunkedMebibyte", kMebibyte, true},
        Size{"ChunkedMebibyteAndOne", kMebibyte + 1, true},
        Size{"ChunkedTenMebibytesAndOdd", 10 * kMebibyte + 12'345, true}),
    [](const auto& row) { return row.param.name; });

TEST(BodyPump, TakesNoBodyForAnEmptyOne) {
  ExtentWriter writer(std::make_shared<ExtentFile>("", std::vector<Extent>{}), 0);

  const auto digests = Pump(nullptr, writer, /*wants_md5=*/true);

  EXPECT_EQ(HexEncode(digests->md5), "d41d8cd98f00b204e9800998ecf8427e");
}

TEST(BodyPump, PassesAnErrorInTheMiddleOn) {
  FakeBody body(Pattern(5 * kMebibyte));
  body.BreaksOffWith(http::HttpError::kClientGone, 6 * kMebibyte);
  ExtentWriter writer(std::make_shared<ExtentFile>("", std::vector<Extent>{}), *body.size());

  const auto digests = Pump(&body, writer, /*wants_md5=*/true);

  ASSERT_FALSE(digests);
  EXPECT_EQ(digests.error().code, http::HttpError::kClientGone);
}

TEST(BodyPump, JoinsItsThreadWhereReadingThrows) {
  class Broken final : public http::BodyReader {
   public:
    std::optional<std::uint64_t> size() const override { return 8 * kMebibyte; }
    void Limit(std::uint64_t) override {}
    Result<std::size_t> Read(std::span<char> buffer) override {
      if (++reads_ > 5) throw std::runtime_error("broken");
      return buffer.size();
    }

   private:
    int reads_ = 0;
  } body;
  ExtentWriter writer(std::make_shared<ExtentFile>("", std::vector<Extent>{}), *body.size());

  EXPECT_THROW((void)Pump(&body, writer, /*wants_md5=*/true), std::runtime_error);
}

}  // namespace
}  // namespace msc::storage
