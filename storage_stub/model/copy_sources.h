#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace msc::storage {

// The servers besides this one from which operations with x-ms-copy-source may read.
class CopySources {
 public:
  // `list`: separated by commas; each entry is "host", "host:port" or the beginning of a URL up to
  // any slash of its path. REQUIRES: IsList(list).
  explicit CopySources(std::string_view list = {});

  static bool IsList(std::string_view list);

  bool Allows(std::string_view url) const;

  // Whether an entry names the URL's host by its address.
  bool AllowsAddress(std::string_view url) const;

 private:
  struct Entry {
    std::string scheme;     // Empty: any.
    std::string authority;  // In lower case.
    std::string path;       // Empty: any.
  };

  static bool ReadEntry(std::string_view text, Entry& entry);

  std::vector<Entry> entries_;
};

}  // namespace msc::storage
