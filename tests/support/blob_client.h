#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "tests/support/raw_client.h"

namespace msc::testing {

// A status and what came with it; status 0: the connection ended before the whole answer was there.
struct BlobAnswer {
  int status = 0;
  std::string body;
};

// A block as Get Block List names it.
struct ListedBlock {
  std::string id;  // As the client gave it, in base64.
  std::string size;

  friend bool operator==(const ListedBlock&, const ListedBlock&) = default;
  friend bool operator<(const ListedBlock& left, const ListedBlock& right) {
    return std::tie(left.id, left.size) < std::tie(right.id, right.size);
  }
};

// Asks for the blobs of one container, one request after the other, over one kept connection.
class BlobClient {
 public:
  // `upload_target`: path and query of an UploadUri, whose signature holds for the whole container.
  // Throws std::runtime_error if no server listens.
  BlobClient(int port, const std::string& upload_target);

  BlobAnswer PutBlob(const std::string& blob, std::string_view bytes);
  BlobAnswer PutBlock(const std::string& blob, const std::string& id, std::string_view bytes);

  // Commits the blocks `ids`, each as the latest of that id.
  BlobAnswer PutBlockList(const std::string& blob, const std::vector<std::string>& ids);

  BlobAnswer GetBlob(const std::string& blob);
  BlobAnswer DeleteBlob(const std::string& blob);

  // Sorted; empty for a blob that is not there (404). nullopt for any other status than 200.
  std::optional<std::vector<ListedBlock>> UncommittedBlocks(const std::string& blob);

 private:
  BlobAnswer Ask(std::string_view method, const std::string& blob, const std::string& query,
                 std::string_view headers, std::string_view body);

  RawClient connection_;
  std::string container_;  // The path up to the blob's name,
  std::string signature_;  // and the query.
};

}  // namespace msc::testing
