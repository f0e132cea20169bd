// The server to compare with: a cpp-httplib server with minimal handlers. GET returns the bytes and
// headers of a recorded response; PUT writes the body to a file, named after the blob and the block
// in the URL.
//
//   bare_httplib ANSWER FOLDER     ANSWER: what `curl --include` wrote; FOLDER: where bodies go
//
// Prints its base URL as one line, then serves until it is killed.
#include <httplib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

struct Recorded {
  httplib::Headers headers;
  std::string content_type;
  std::string body;
};

Recorded Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  Recorded recorded;
  std::string line;
  std::getline(file, line);  // The status line.
  while (std::getline(file, line) && line != "\r") {
    const auto colon = line.find(": ");
    const std::string name = line.substr(0, colon);
    const std::string value = line.substr(colon + 2, line.size() - colon - 3);
    if (name == "Content-Type") {
      recorded.content_type = value;
    } else if (name != "Content-Length") {
      recorded.headers.emplace(name, value);
    }
  }
  recorded.body.assign(std::istreambuf_iterator<char>(file), {});
  return recorded;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: bare_httplib ANSWER FOLDER\n";
    return EXIT_FAILURE;
  }
  const Recorded recorded = Read(argv[1]);
  const std::filesystem::path folder = argv[2];

  httplib::Server server;
  server.new_task_queue = [] { return new httplib::ThreadPool(32); };
  server.set_keep_alive_max_count(1'000'000'000);
  server.set_tcp_nodelay(true);
  server.Get(".*", [&](const httplib::Request&, httplib::Response& response) {
    response.headers = recorded.headers;
    response.set_content(recorded.body, recorded.content_type);
  });
  server.Put(".*", [&](const httplib::Request& request, httplib::Response& response,
                       const httplib::ContentReader& read) {
    const auto blob = std::filesystem::path(request.path).filename();
    std::ofstream file(folder / (blob.string() + request.get_param_value("blockid")),
                       std::ios::binary);
    read([&](const char* data, std::size_t size) {
      file.write(data, static_cast<std::streamsize>(size));
      return file.good();
    });
    response.status = 201;
  });

  const int port = server.bind_to_any_port("127.0.0.1");
  std::cout << "http://127.0.0.1:" << port << std::endl;
  return server.listen_after_bind() ? EXIT_SUCCESS : EXIT_FAILURE;
}
