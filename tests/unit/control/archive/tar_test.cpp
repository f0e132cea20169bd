#include "emulator/control/error/control_error.h"
#include "emulator/http/http_error.h"
#include "tests/unit/control/archive/support.h"

namespace msc::control {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t kTypeAt = 156;
constexpr std::size_t kSizeAt = 124;
constexpr std::size_t kChecksumAt = 148;

const Files kFiles = {{"manifest.json", "{}\n"},
                      {"empty", ""},
                      {"extents/0-512", std::string(512, 'x')},
                      {"extents/4096-1300", storage::Pattern(1'300)}};

// The first header with a byte changed and its checksum made good.
std::string Changed(std::size_t at, char to) {
  std::string archive = Pack(kFiles);
  archive[at] = to;
  archive.replace(kChecksumAt, 8, 8, ' ');
  unsigned sum = 0;
  for (const char c : archive.substr(0, kTarBlock)) sum += static_cast<unsigned char>(c);
  std::array<char, 8> digits{};
  std::snprintf(digits.data(), digits.size(), "%06o", sum);
  return archive.replace(kChecksumAt, digits.size(), digits.data(), digits.size());
}

TEST(Tar, GivesBackWhatWasPutIn) { EXPECT_EQ(*Unpack(Pack(kFiles)), kFiles); }

TEST(Tar, IsAsLongAsItSays) {
  auto writer = Writer(kFiles);
  const auto size = writer.size();

  EXPECT_EQ(ReadAll(writer).size(), size);
}

TEST(Tar, IsTheSameInPiecesOfAnySize) {
  const std::string whole = Pack(kFiles);

  for (const std::size_t piece : {1u, 7u, 511u, 513u, 100'000u}) {
    auto writer = Writer(kFiles);
    EXPECT_TRUE(ReadAll(writer, piece) == whole) << piece;
  }
}

TEST(Tar, SkipsWhatIsNotRead) {
  FakeBody body(Pack(kFiles));
  TarReader reader(body);
  std::size_t count = 0;

  while (*reader.Next()) ++count;

  EXPECT_EQ(count, kFiles.size());
}

TEST(Tar, IsRefusedWhereverItIsCutOff) {
  const std::string whole = Pack(kFiles);

  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto files = Unpack(whole.substr(0, size));
    ASSERT_FALSE(files) << size;
    EXPECT_EQ(files.error().code, ControlError::kArchiveInvalid);
    EXPECT_THAT(files.error().message, HasSubstr("cut off"));
  }
}

TEST(Tar, TellsWhenTheConnectionBreaks) {
  FakeBody body(Pack(kFiles).substr(0, 3'000));
  body.BreaksOffWith(http::HttpError::kClientGone, 5'000);
  TarReader reader(body);
  auto header = reader.Next();

  while (header && *header) header = reader.Next();

  EXPECT_EQ(header.error().code, http::HttpError::kClientGone);
}

TEST(Tar, MayEndWithTheZerosOfATape) {
  EXPECT_EQ(*Unpack(Pack(kFiles) + std::string(100'000, '\0')), kFiles);
}

TEST(Tar, IsRefusedWithSomethingBehindItsEnd) {
  EXPECT_FALSE(Unpack(Pack(kFiles) + std::string(100'000, '\0') + 'x'));
  EXPECT_FALSE(Unpack(Pack(kFiles) + Pack(kFiles)));
}

TEST(Tar, IsRefusedWithAnyByteOfAHeaderChanged) {
  const std::string whole = Pack(kFiles);

  for (std::size_t at = 0; at < kTarBlock; ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    if (at == kChecksumAt + 6 || at == kChecksumAt + 7) continue;  // Behind the digits.
    EXPECT_FALSE(Unpack(changed)) << at;
  }
}

TEST(Tar, IsRefusedWithAnythingButPlainFiles) {
  for (const char type : {'1', '2', '3', '5', 'L', 'x'}) {
    EXPECT_THAT(Unpack(Changed(kTypeAt, type)).error().message,
                HasSubstr("manifest.json is no plain file"));
  }
  EXPECT_TRUE(Unpack(Changed(kTypeAt, '\0')));  // As the oldest writers have it.
}

TEST(Tar, IsRefusedWithASizeThatIsNone) {
  EXPECT_FALSE(Unpack(Changed(kSizeAt, 'x')));
  EXPECT_FALSE(Unpack(Changed(kSizeAt, '\xFF')));
}

TEST(Tar, IsRefusedWithoutAnyBytes) { EXPECT_FALSE(Unpack("")); }

TEST(TarHeader, KeepsSizesThatNoOctalDigitsHold) {
  for (const int bits : {33, 34, 40, 62}) {
    const TarHeader header{"extents/0-1", (std::uint64_t{1} << bits) + 12'345};

    EXPECT_EQ(*ParseTarHeader(FormatTarHeader(header, Time())), header);
  }
}

TEST(TarHeader, HasOctalDigitsUpTo8GiB) {
  const TarHeader header{"a", (std::uint64_t{1} << 33) - 1};
  const TarBlock block = FormatTarHeader(header, Time());

  EXPECT_EQ(std::string_view(block.data() + kSizeAt, 12), std::string_view("77777777777\0", 12));
  EXPECT_EQ(*ParseTarHeader(block), header);
}

TEST(TarHeader, HasTimesThatItCanHold) {
  for (const Time time : {Time::min(), Time::max(), storage::At("2024-06-30T12:00:00Z")}) {
    EXPECT_TRUE(ParseTarHeader(FormatTarHeader({"a", 1}, time)));
  }
}

TEST(TarHeader, TakesNoNameThatIsTooLong) {
  EXPECT_THROW(FormatTarHeader({std::string(101, 'a'), 1}, Time()), std::logic_error);
}

}  // namespace
}  // namespace msc::control
