#pragma once

#include <stdexcept>
#include <string>

#include "tests/e2e/control/control_fixture.h"

namespace msc::testing {

// What a client got, up to the end of the connection.
struct Outcome {
  std::string raw;
  bool was_reset = false;
};

// A protected video with an upload of ten bytes and a token, and requests of every subject for it.
class FaultTest : public ControlTest {
 protected:
  FaultTest() {
    EXPECT_EQ(Upload(port(), video_, "0123456789"), 201);
    const auto answer = Call(
        port(), "GET", "/api/Videos/" + video_.id + "/AuthorizationToken?KeyId=" + video_.key_id);
    token_ = StringMember(BodyOf(answer), "value").value();
  }

  // The fault in `members` on `operation`; its id.
  int Inject(Operation operation, const std::string& members) const {
    const auto answer = Post("faults", R"({"match":{"operation":")" + std::string(Name(operation)) +
                                           "\"}," + members + "}");
    EXPECT_EQ(answer.status, 201) << answer.raw;
    return answer.json.at("id").get<int>();
  }

  int Fired(int fault) const {
    return Get("faults/" + std::to_string(fault)).json.at("fired").get<int>();
  }

  Outcome Send(const std::string& line, const std::string& headers, const std::string& body) const {
    RawClient client(port());
    client.Send(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body);
    auto raw = client.ReadToEnd().value_or("no end");
    return {std::move(raw), client.WasReset()};
  }

  // A request of that operation; `body` of those that have one.
  Outcome Perform(Operation operation, const std::string& body = "new bytes") const {
    switch (operation) {
      case Operation::kGetStatus:
        return Send("GET /api/Videos/" + video_.id + "/Status", "", "");
      case Operation::kPutBlob:
        return Send("PUT " + video_.upload_target, "x-ms-blob-type: BlockBlob\r\n", body);
      case Operation::kPutBlock:
        return Send("PUT " + video_.upload_target + "&comp=block&blockid=QUFB", "", body);
      case Operation::kGetBlob:
        return Send("GET " + video_.upload_target, "", "");
      case Operation::kGetKey:
        return Send("GET /keydelivery?kid=" + video_.key_id, "Authorization: " + token_ + "\r\n",
                    "");
      default:
        throw std::logic_error("no such request here");
    }
  }

  std::string Uploaded() const { return BodyOf(Call(port(), "GET", video_.upload_target)); }

  CreatedVideo video_ = CreateVideo(port(), R"(,"ContentProtectionMode":"AES128")");
  std::string token_;
};

// Operations of all subjects; the second three have an answer with a body.
inline constexpr Operation kFaultable[] = {Operation::kPutBlob, Operation::kPutBlock,
                                           Operation::kGetStatus, Operation::kGetBlob,
                                           Operation::kGetKey};
inline constexpr Operation kReads[] = {Operation::kGetStatus, Operation::kGetBlob,
                                       Operation::kGetKey};

}  // namespace msc::testing
