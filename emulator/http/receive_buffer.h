#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "emulator/http/stream.h"

namespace msc::http {

// Bytes that a connection has received and that were not used yet. Uses no memory if there are
// none.
class ReceiveBuffer {
 public:
  std::string_view unread() const { return {buffer_.get() + begin_, end_ - begin_}; }

  // Removes bytes from the front. REQUIRES: count <= unread().size().
  void Take(std::size_t count);

  // Reads once, without blocking.
  Stream::Progress Fill(Stream& stream);

 private:
  void MakeRoom();

  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace msc::http
