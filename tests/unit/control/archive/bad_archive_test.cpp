#include "emulator/control/error/control_error.h"
#include "tests/unit/control/archive/state_archive_fixture.h"

namespace msc::control {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kCutBlobs = "UPDATE blob SET size = size + 1";
constexpr std::string_view kShift = "UPDATE committed_block SET start = start + 1";
constexpr std::string_view kElsewhere = "UPDATE container SET account = 'elsewhere'";
constexpr std::string_view kBreakRules =
    "INSERT INTO service_property (account, name, xml) VALUES ('cvprbl203m01r12', 'Cors', '<')";
constexpr std::string_view kForgetEtag = "DELETE FROM last_etag";
constexpr std::string_view kForgetSigningKey = "DELETE FROM signing_key";

class BadArchiveTest : public StateArchiveTest {
 protected:
  // Another instance with something in it must refuse the archive for `why` and stay as it is.
  static void ExpectRefused(const std::string& archive, const std::string& why) {
    Instance other(7);
    other.WithContainer().AddVideo("old");
    ASSERT_EQ(other.Put("old.mp4", "old"), 201);
    const std::string key = other.keys.CreateKey();
    const std::uint64_t position = other.random.position();

    const auto imported = other.Import(archive);

    ASSERT_FALSE(imported) << why;
    EXPECT_EQ(other.random.position(), position);
    EXPECT_EQ(imported.error().code, ControlError::kArchiveInvalid);
    EXPECT_THAT(imported.error().message, HasSubstr(why));
    EXPECT_EQ(other.Videos(), "old ");
    EXPECT_THAT(other.Get("old.mp4"), HasSubstr("\nold"));
    EXPECT_TRUE(other.keys.FindKey(key));
    EXPECT_LE(other.BytesInUse(), 4'096u);
  }

  // The records after `sql`, whatever it breaks.
  std::string Tampered(const std::string& records, std::string_view sql) const {
    const auto database = full_.database.NewInMemory();
    database->Load(records);
    auto transaction = database->Write();
    transaction.Prepare(sql).Run();
    transaction.Commit();
    return transaction.Image();
  }

  void ExpectTamperedRefused(std::string_view sql, const std::string& why) const {
    Files files = Unpacked();
    TextOf(files, "emulator.db") = Tampered(TextOf(files, "emulator.db"), sql);
    ExpectRefused(Pack(files), why);
  }
};

TEST_F(BadArchiveTest, IsRefusedWhereverItIsCutOff) {
  const std::string whole = full_.Export();
  std::vector<std::size_t> cuts;  // Around each header, each file's end and the end marks.
  for (std::size_t at = 0; at < whole.size(); at += kTarBlock) {
    const bool is_edge = whole.compare(at + 257, 5, "ustar") == 0 || at + 1'024 >= whole.size();
    if (is_edge) cuts.insert(cuts.end(), {at, at + 1, at + 300, at + 511});
  }

  for (const std::size_t cut : cuts) ExpectRefused(whole.substr(0, cut), "cut off");
}

TEST_F(BadArchiveTest, NeedsAllOfItsFiles) {
  for (const std::string name : {"manifest.json", "emulator.db"}) {
    Files files = Unpacked();
    std::erase_if(files, [&](const auto& file) { return file.first == name; });
    ExpectRefused(Pack(files), "the archive has no " + name);
  }
}

TEST_F(BadArchiveTest, NeedsTheBytesThatItsRecordsName) {
  for (const auto& [name, text] : Unpacked()) {
    if (!name.starts_with("extents/")) continue;
    Files files = Unpacked();
    std::erase_if(files, [&, gone = name](const auto& file) { return file.first == gone; });
    ExpectRefused(Pack(files),
                  "emulator.db: a block's bytes are in " + name + ", which is not there");
  }
}

TEST_F(BadArchiveTest, NeedsTheBytesThatWereWritten) {
  for (const auto& [name, text] : Unpacked()) {
    if (!name.starts_with("extents/")) continue;
    Files files = Unpacked();
    TextOf(files, name)[text.size() / 2] ^= 1;
    ExpectRefused(Pack(files), name + " has other bytes than the block's checksum says");
  }
}

TEST_F(BadArchiveTest, HasNoFileTwice) {
  for (const auto& file : Unpacked()) {
    Files files = Unpacked();
    files.push_back(file);
    ExpectRefused(Pack(files), file.first + " is in the archive twice");
  }
}

TEST_F(BadArchiveTest, HasNoOtherFiles) {
  for (const std::string name : {"../evil", "/etc/passwd", "./manifest.json", "a", "extents"}) {
    Files files = Unpacked();
    files.emplace_back(name, "x");
    ExpectRefused(Pack(files), name + " is no part of such an archive");
  }
}

TEST_F(BadArchiveTest, HasNoBytesUnderAWrongName) {
  for (const std::string name :
       {"extents/", "extents/1", "extents/9-2", "extents/-1-1", "extents/../1-1", "extents/09-1",
        "extents/9-1-1", "extents/99999999999999999999-1", "extents/9-1/", "extents/ 9-1"}) {
    Files files = Unpacked();
    files.emplace_back(name, "x");
    ExpectRefused(Pack(files), name + " is not what its name says");
  }
}

TEST_F(BadArchiveTest, HasNoExtentThatCannotBe) {
  Files files = Unpacked();
  files.emplace_back("extents/9223372036854775808-1", "x");
  ExpectRefused(Pack(files), "there can be no extents/9223372036854775808-1");

  files.back() = {"extents/1-0", ""};
  ExpectRefused(Pack(files), "there can be no extents/1-0");
}

TEST_F(BadArchiveTest, PromisesNoMoreThanItHolds) {
  const TarHeader huge{"extents/0-1099511627776", std::uint64_t{1} << 40};
  const TarBlock header = FormatTarHeader(huge, Time());

  ExpectRefused(std::string(header.data(), header.size()) + std::string(5'000, 'x'), "cut off");
}

TEST_F(BadArchiveTest, HoldsNothingInMemoryBeyondMeasure) {
  for (const std::string name : {"manifest.json", "emulator.db"}) {
    const TarBlock header = FormatTarHeader({name, std::uint64_t{1} << 40}, Time());

    ExpectRefused(std::string(header.data(), header.size()), name + " has at most ");
  }
}

TEST_F(BadArchiveTest, HasADatabaseOfOurs) {
  Files files = Unpacked();
  TextOf(files, "emulator.db") = std::string(8'192, 'x');

  ExpectRefused(Pack(files), "emulator.db: ");
}

TEST_F(BadArchiveTest, HasRecordsThatFitTogether) {
  ExpectTamperedRefused(kCutBlobs, "is not what its blocks say");
  ExpectTamperedRefused(kShift, "is not what its blocks say");
  ExpectTamperedRefused(kBreakRules,
                        "table service_property, key account='cvprbl203m01r12' name='Cors', column "
                        "xml: it is no valid section");
  ExpectTamperedRefused(kForgetEtag, "no last ETag");
  ExpectTamperedRefused(kForgetSigningKey, "no key to sign tokens with");
}

TEST_F(BadArchiveTest, HasOnlyAccountsThatAreServed) {
  ExpectTamperedRefused(kElsewhere, "of the account elsewhere, which is not served here");
}

TEST_F(BadArchiveTest, SaysWhatItIs) {
  const std::string position = ",\"randomPosition\":0}";
  const std::string good = R"({"format":"msc-emulator-state","version":1,"instant":"2024-06-30Z")";
  for (const auto& [manifest, why] :
       Files{{"", "no JSON object"},
             {"[]", "no JSON object"},
             {R"({"format":"zip"})", "\"format\" must be msc-emulator-state"},
             {R"({"format":"msc-emulator-state","version":2})", "another version of this program"},
             {R"({"format":"msc-emulator-state","version":1,"instant":7})", "\"instant\" must be"},
             {good + position, "\"instant\" must be"}}) {
    Files files = Unpacked();
    TextOf(files, "manifest.json") = manifest;
    ExpectRefused(Pack(files), why);
  }
}

}  // namespace
}  // namespace msc::control
