#pragma once

#include <span>
#include <string>
#include <string_view>

#include "emulator/sqlite/database.h"

namespace msc::sqlite {

// A database with the tables of one subject.
struct OneSubject : Database {
  OneSubject(const std::string& path, std::span<const std::string_view> migrations)
      : Database(path) {
    Migrate("test", migrations);
  }
};

}  // namespace msc::sqlite
