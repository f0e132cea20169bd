#include "emulator/sqlite/database.h"

namespace msc::sqlite {
namespace {

constexpr std::string_view kSelectDamage = R"sql(
  SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
)sql";

constexpr std::string_view kSelectDangling = R"sql(
  SELECT DISTINCT 'a row of the table ' || "table" || ' refers to one of ' || parent ||
         ' that is not there'
  FROM pragma_foreign_key_check
)sql";

}  // namespace

std::vector<std::string> Database::FindDamage() {
  std::vector<std::string> problems;
  auto transaction = Read();
  for (const auto sql : {kSelectDamage, kSelectDangling}) {
    auto select = transaction.Prepare(sql);
    while (select.Step()) problems.push_back(select.Text(0));
  }
  return problems;
}

}  // namespace msc::sqlite
