#pragma once

#include <string>

namespace msc::sqlite {

// Throws std::runtime_error if the database file at `path`, which is not open, has no tables but
// that of the versions, neither in the file nor in its log: then opening it would begin a new
// database, and what it had contained would be gone. Changes no file. A file that cannot be read is
// accepted: opening it reports why.
void RequireTables(const std::string& path);

}  // namespace msc::sqlite
