#include <gmock/gmock.h>

#include <array>

#include "tests/unit/sqlite/one_subject.h"

namespace msc::sqlite {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr std::array<std::string_view, 1> kShelfTables = {
    "CREATE TABLE shelf (id INTEGER PRIMARY KEY, width INTEGER, colour TEXT NOT NULL) STRICT;"};
constexpr std::string_view kInsertShelf =
    "INSERT INTO shelf (id, width, colour) VALUES (:id, :width, :colour)";

bool IsRed(std::string_view text) { return text == "red"; }

RecordRules ShelfRules() {
  return {.columns = {{"shelf", "id", Number()},
                      {"shelf", "width", NullOr(IntegerFrom(1, 9))},
                      {"shelf", "colour", Text(IsRed, "red")}},
          .rows = {{"shelf", "width", "SELECT id FROM shelf WHERE width = id", "not the id"}}};
}

class RecordCheckTest : public ::testing::Test {
 protected:
  std::optional<std::string> Check(const RecordRules& rules = ShelfRules()) {
    Database database("");
    database.Migrate("test", kShelfTables, rules);
    {
      auto transaction = database.Write();
      auto insert = transaction.Prepare(kInsertShelf);
      insert.Bind(":id", id_).Bind(":width", width_).Bind(":colour", colour_).Run();
      transaction.Commit();
    }
    return database.Read().FindBadRow();
  }

  std::int64_t id_ = 7;
  std::optional<std::int64_t> width_ = 3;
  std::string colour_ = "red";
};

TEST_F(RecordCheckTest, FindsNothingWhereAllRulesHold) {
  EXPECT_EQ(Check(), std::nullopt);
  width_.reset();
  EXPECT_EQ(Check(), std::nullopt);
}

TEST_F(RecordCheckTest, NamesTableKeyAndColumn) {
  width_ = 10;
  EXPECT_EQ(Check(),
            "table shelf, key id=7, column width: 10 is not allowed; it must be NULL or a whole "
            "number from 1 to 9");
}

TEST_F(RecordCheckTest, ShowsATextOnOneLine) {
  colour_ = "blue\r\nX: y";
  EXPECT_EQ(Check(),
            "table shelf, key id=7, column colour: 'blue??X: y' is not allowed; it must be red");
}

TEST_F(RecordCheckTest, ComparesValuesWithEachOther) {
  width_ = 7;
  EXPECT_EQ(Check(),
            "table shelf, key 7, column width: its value does not fit the others; it must be not "
            "the id");
}

TEST_F(RecordCheckTest, NeedsARuleForEachColumn) {
  auto rules = ShelfRules();
  rules.columns.pop_back();
  EXPECT_THAT([&] { Check(rules); },
              ThrowsMessage<std::logic_error>(HasSubstr("no rule for the column shelf.colour")));
}

TEST_F(RecordCheckTest, NeedsAColumnForEachRule) {
  auto rules = ShelfRules();
  rules.columns.push_back({"shelf", "height", Number()});
  EXPECT_THAT([&] { Check(rules); }, ThrowsMessage<std::logic_error>(HasSubstr("shelf.height")));
}

}  // namespace
}  // namespace msc::sqlite
