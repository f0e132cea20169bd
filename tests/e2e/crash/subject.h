#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>

namespace msc::testing {

// One blob that one client changes step by step, and what that client knows of it. What can be seen
// of the blob is a text; two states that differ have different ones. Not thread-safe.
class Subject {
 public:
  // `target`: path and query of a blob, whose signature holds for the whole container.
  Subject(const std::string& target, std::string blob, std::uint64_t seed);
  virtual ~Subject() = default;

  // Writes at random, and calls `acknowledged` after each write that was, until the connection
  // ends. Any answer but the expected one fails the test.
  void WriteUntilTheEnd(int port, const std::function<void()>& acknowledged);

  // Fails the test if the blob is neither as it was acknowledged nor as the one write in flight
  // would have made it. From then on it is what was seen.
  void Compare(int port);

 protected:
  struct Write {
    std::string query = {};    // Behind the signature.
    std::string headers = {};  // Whole lines.
    std::string body = {};
    int expected_status = 201;
    std::string after;  // What can be seen then.
    std::string method = "PUT";
  };

  // `seen`: empty if there is no blob.
  virtual Write Next(const std::string& seen) = 0;
  virtual std::string See(int port) const = 0;

  // The raw answer for the blob.
  std::string Ask(int port, const std::string& method, const std::string& query = "",
                  const std::string& headers = "", const std::string& body = "") const;

  // The raw answer for a list of the blob and its snapshots.
  std::string List(int port) const;

  std::size_t Random(std::size_t below) { return random_() % below; }
  char RandomLetter() { return static_cast<char>('a' + Random(26)); }

 private:
  std::string container_;  // The path up to the blob's name,
  std::string signature_;  // and the query.
  const std::string blob_;
  std::mt19937_64 random_;
  std::string acknowledged_;
  std::optional<std::string> in_flight_;
};

}  // namespace msc::testing
