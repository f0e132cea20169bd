#pragma once

#include <string>

namespace msc {

// The file that says, once it is there, that requests are served and where. It is removed when this
// object goes.
class ReadyFile {
 public:
  // Removes what an earlier run left at `path`. Empty: there is to be no such file. Throws
  // StartError, kOption, where no file can be written there.
  explicit ReadyFile(std::string path);
  ~ReadyFile();
  ReadyFile(const ReadyFile&) = delete;
  ReadyFile& operator=(const ReadyFile&) = delete;

  // The file appears with all of `line` in it, or not at all. Once. Throws StartError, kResource,
  // where it cannot be written after all.
  void Publish(const std::string& line);

 private:
  const std::string path_;
  const std::string draft_;  // In the same folder, so that it can be renamed.
  int descriptor_ = -1;      // Of the draft; -1: there is none.
};

}  // namespace msc
