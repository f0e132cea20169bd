#include "tests/support/blob_client.h"

#include <algorithm>

namespace msc::testing {
namespace {

// In a query, the characters of base64 that mean something else there.
std::string Escape(const std::string& id) {
  std::string escaped;
  for (const char c : id) {
    if (c == '+') {
      escaped += "%2B";
    } else if (c == '/') {
      escaped += "%2F";
    } else if (c == '=') {
      escaped += "%3D";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

// Removes everything up to `end` from the front of `text`, and returns it.
std::string CutTo(std::string_view& text, std::string_view end) {
  const auto at = text.find(end);
  std::string front(text.substr(0, at));
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + end.size());
  return front;
}

}  // namespace

BlobClient::BlobClient(int port, const std::string& upload_target) : connection_(port) {
  const auto query = upload_target.find('?');
  container_ = upload_target.substr(0, upload_target.rfind('/', query) + 1);
  signature_ = upload_target.substr(query);
}

BlobAnswer BlobClient::Ask(std::string_view method, const std::string& blob,
                           const std::string& query, std::string_view headers,
                           std::string_view body) {
  std::string request = std::string(method) + ' ' + container_ + blob + signature_ + query;
  request += " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + std::to_string(body.size());
  request += "\r\n" + std::string(headers) + "\r\n";
  request += body;            // At once: a small body would wait until the head was acknowledged.
  connection_.Send(request);  // An answer may be there even where it could not send all.
  const auto answer = connection_.ReadAnswer();
  return {StatusOf(answer), BodyOf(answer)};
}

BlobAnswer BlobClient::PutBlob(const std::string& blob, std::string_view bytes) {
  return Ask("PUT", blob, "", "x-ms-blob-type: BlockBlob\r\n", bytes);
}

BlobAnswer BlobClient::PutBlock(const std::string& blob, const std::string& id,
                                std::string_view bytes) {
  return Ask("PUT", blob, "&comp=block&blockid=" + Escape(id), "", bytes);
}

BlobAnswer BlobClient::PutBlockList(const std::string& blob, const std::vector<std::string>& ids) {
  std::string list = "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>";
  for (const auto& id : ids) list += "<Latest>" + id + "</Latest>";
  return Ask("PUT", blob, "&comp=blocklist", "Content-Type: application/xml\r\n",
             list + "</BlockList>");
}

BlobAnswer BlobClient::GetBlob(const std::string& blob) { return Ask("GET", blob, "", "", ""); }

BlobAnswer BlobClient::DeleteBlob(const std::string& blob) {
  return Ask("DELETE", blob, "", "", "");
}

std::optional<std::vector<ListedBlock>> BlobClient::UncommittedBlocks(const std::string& blob) {
  const auto answer = Ask("GET", blob, "&comp=blocklist&blocklisttype=uncommitted", "", "");
  std::vector<ListedBlock> blocks;
  if (answer.status == 404) return blocks;
  if (answer.status != 200) return std::nullopt;
  std::string_view rest = answer.body;
  while (CutTo(rest, "<Block><Name>"), !rest.empty()) {
    const auto id = CutTo(rest, "</Name><Size>");
    blocks.push_back({id, CutTo(rest, "</Size>")});
  }
  std::sort(blocks.begin(), blocks.end());
  return blocks;
}

}  // namespace msc::testing
