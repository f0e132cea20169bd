#pragma once

#include <string>

namespace msc {

// The file that contains the ready line as soon as requests are served. It is removed when this
// object is destroyed.
class ReadyFile {
 public:
  // Removes the file of an earlier run at `path`. Empty: no file is wanted. Throws StartError,
  // kOption, if no file can be written there.
  explicit ReadyFile(std::string path);
  ~ReadyFile();
  ReadyFile(const ReadyFile&) = delete;
  ReadyFile& operator=(const ReadyFile&) = delete;

  // Makes the file appear with all of `line` in it, or not at all. To be called once. Throws
  // StartError, kResource, if it cannot be written.
  void Publish(const std::string& line);

 private:
  const std::string path_;
  const std::string draft_;  // In the same folder, so that it can be renamed.
  int descriptor_ = -1;      // Of the draft; -1: there is none.
};

}  // namespace msc
