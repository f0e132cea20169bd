#include "tests/e2e/crash/subjects.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tests/support/raw_client.h"

namespace msc::testing {
namespace {

constexpr const char* kAppendBlob = "x-ms-blob-type: AppendBlob\r\n";
constexpr const char* kBlockBlob = "x-ms-blob-type: BlockBlob\r\n";

// All texts between `begin` and `end`.
std::vector<std::string> AllBetween(const std::string& text, const std::string& begin,
                                    const std::string& end) {
  std::vector<std::string> found;
  for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
    at += begin.size();
    found.push_back(text.substr(at, text.find(end, at) - at));
  }
  return found;
}

std::string SeenContent(const std::string& answer) {
  return StatusOf(answer) == 404 ? "" : '=' + BodyOf(answer);
}

// Seen as "=" and its content.
class AppendedBlocks final : public Subject {
 public:
  using Subject::Subject;

 private:
  static constexpr std::size_t kMost = 1024 * 1024;

  Write Next(const std::string& seen) override {
    if (seen.empty() || seen.size() > kMost) return {.headers = kAppendBlob, .after = "="};
    std::string block(1 + Random(20'000), RandomLetter());
    std::string after = seen + block;
    return {.query = "&comp=appendblock", .body = std::move(block), .after = std::move(after)};
  }

  std::string See(int port) const override { return SeenContent(Ask(port, "GET")); }
};

// Seen as "=" and its content.
class Pages final : public Subject {
 public:
  using Subject::Subject;

 private:
  static constexpr std::size_t kPage = 512;
  static constexpr std::size_t kPages = 200;

  Write Next(const std::string& seen) override {
    if (seen.empty()) {
      return {.headers = "x-ms-blob-type: PageBlob\r\nx-ms-blob-content-length: " +
                         std::to_string(kPages * kPage) + "\r\n",
              .after = '=' + std::string(kPages * kPage, '\0')};
    }
    const std::size_t first = Random(kPages);
    return Random(4) == 0 ? Clear(seen, first, 1 + Random(kPages - first))
                          : Update(seen, first, 1 + Random(kPages - first));
  }

  static Write Clear(const std::string& seen, std::size_t first, std::size_t count) {
    return {.query = "&comp=page",
            .headers = "x-ms-page-write: clear\r\n" + Range(first, count),
            .after = Replaced(seen, first, std::string(count * kPage, '\0'))};
  }

  Write Update(const std::string& seen, std::size_t first, std::size_t count) {
    std::string bytes(count * kPage, RandomLetter());
    std::string after = Replaced(seen, first, bytes);
    return {.query = "&comp=page",
            .headers = "x-ms-page-write: update\r\n" + Range(first, count),
            .body = std::move(bytes),
            .after = std::move(after)};
  }

  static std::string Range(std::size_t first, std::size_t count) {
    return "x-ms-range: bytes=" + std::to_string(first * kPage) + '-' +
           std::to_string((first + count) * kPage - 1) + "\r\n";
  }

  static std::string Replaced(std::string seen, std::size_t first, const std::string& bytes) {
    return seen.replace(1 + first * kPage, bytes.size(), bytes);
  }

  std::string See(int port) const override { return SeenContent(Ask(port, "GET")); }
};

// Seen as "5 5 (2)": the values of its tags, and how many there are.
class TaggedBlob final : public Subject {
 public:
  using Subject::Subject;

 private:
  Write Next(const std::string& seen) override {
    const std::string value = std::to_string(Random(1'000'000));
    const std::string two = value + ' ' + value + " (2)";
    if (seen.empty()) {
      const std::string tags = "x-ms-tags: a=" + value + "&b=" + value + "\r\n";
      return {.headers = kBlockBlob + tags, .after = two};
    }
    if (Random(4) == 0) return Tag("", "(0)");
    return Random(2) == 0 ? Tag(One("a", value), value + " (1)")
                          : Tag(One("a", value) + One("b", value), two);
  }

  static std::string One(const std::string& name, const std::string& value) {
    return "<Tag><Key>" + name + "</Key><Value>" + value + "</Value></Tag>";
  }

  static Write Tag(const std::string& set, std::string after) {
    return {.query = "&comp=tags",
            .body = "<Tags><TagSet>" + set + "</TagSet></Tags>",
            .expected_status = 204,
            .after = std::move(after)};
  }

  std::string See(int port) const override {
    const auto properties = Ask(port, "HEAD");
    if (StatusOf(properties) == 404) return {};
    std::string seen;
    for (const auto& value :
         AllBetween(BodyOf(Ask(port, "GET", "&comp=tags")), "<Value>", "</Value>")) {
      seen += value + ' ';
    }
    return seen + '(' + HeaderOf(properties, "x-ms-tag-count").value_or("0") + ')';
  }
};

// Seen as "=ab,abc,abcd": the contents of its snapshots and of itself, each of whose blocks is
// shown as one letter.
class SnapshotsOfBlob final : public Subject {
 public:
  using Subject::Subject;

 private:
  static constexpr std::size_t kBlock = 3000;
  static constexpr std::size_t kMost = 100;

  Write Next(const std::string& seen) override {
    if (seen.empty()) return {.headers = kAppendBlob, .after = "="};
    const auto comma = seen.rfind(',');
    const auto base = (comma == std::string::npos ? 0 : comma) + 1;
    const std::size_t dice = Random(10);
    if (comma != std::string::npos && (dice == 0 || seen.size() > kMost)) {
      return {.headers = "x-ms-delete-snapshots: only\r\n",
              .expected_status = 202,
              .after = '=' + seen.substr(base),
              .method = "DELETE"};
    }
    if (dice == 1) return {.headers = kAppendBlob, .after = seen.substr(0, base)};
    if (dice < 5) {
      return {.query = "&comp=snapshot", .after = seen + ',' + seen.substr(base)};
    }
    const char letter = RandomLetter();
    return {
        .query = "&comp=appendblock", .body = std::string(kBlock, letter), .after = seen + letter};
  }

  static std::string Letters(const std::string& content) {
    std::string letters;
    for (std::size_t at = 0; at < content.size(); at += kBlock) {
      const std::string block = content.substr(at, kBlock);
      if (block != std::string(kBlock, block.front())) return "(torn)";
      letters += block.front();
    }
    return letters;
  }

  std::string See(int port) const override {
    const auto base = Ask(port, "GET");
    if (StatusOf(base) == 404) return {};
    std::string seen = "=";
    for (const auto& moment : AllBetween(List(port), "<Snapshot>", "</Snapshot>")) {
      seen += Letters(BodyOf(Ask(port, "GET", "&snapshot=" + moment))) + ',';
    }
    return seen + Letters(BodyOf(base));
  }
};

// Seen as "available", "leased" with the id, or "broken".
class LeasedBlob final : public Subject {
 public:
  using Subject::Subject;

 private:
  static constexpr std::array kIds = {"aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa",
                                      "bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb",
                                      "cccccccc-3333-4333-8333-cccccccccccc"};

  Write Next(const std::string& seen) override {
    if (seen.empty()) return {.headers = kBlockBlob, .body = "x", .after = "available"};
    const std::string id = kIds[Random(kIds.size())];
    const std::string proposed = "x-ms-proposed-lease-id: " + id + "\r\n";
    if (!seen.starts_with("leased")) {
      if (Random(3) == 0) return {.headers = kBlockBlob, .body = "x", .after = "available"};
      return Act("acquire", "x-ms-lease-duration: -1\r\n" + proposed, 201, "leased " + id);
    }
    const std::string own = "x-ms-lease-id: " + seen.substr(7) + "\r\n";
    switch (Random(4)) {
      case 0:
        return {.headers = kBlockBlob + own, .body = "x", .after = seen};
      case 1:
        return Act("change", own + proposed, 200, "leased " + id);
      case 2:
        return Act("release", own, 200, "available");
      default:
        return Act("break", "x-ms-lease-break-period: 0\r\n", 202, "broken");
    }
  }

  static Write Act(const std::string& action, const std::string& headers, int expected_status,
                   std::string after) {
    return {.query = "&comp=lease",
            .headers = "x-ms-lease-action: " + action + "\r\n" + headers,
            .expected_status = expected_status,
            .after = std::move(after)};
  }

  std::string See(int port) const override {
    const auto properties = Ask(port, "HEAD");
    if (StatusOf(properties) == 404) return {};
    auto state = HeaderOf(properties, "x-ms-lease-state").value_or("(none)");
    if (state != "leased") return state;
    const auto* held = std::find_if(kIds.begin(), kIds.end(), [&](const std::string& id) {
      return StatusOf(Ask(port, "GET", "", "x-ms-lease-id: " + id + "\r\n")) == 200;
    });
    return held == kIds.end() ? "leased by nobody" : "leased " + std::string(*held);
  }
};

}  // namespace

std::vector<std::unique_ptr<Subject>> MakeSubjects(const std::string& target, std::uint64_t seed) {
  std::vector<std::unique_ptr<Subject>> subjects;
  subjects.push_back(std::make_unique<AppendedBlocks>(target, "append", seed));
  subjects.push_back(std::make_unique<Pages>(target, "page", seed + 1));
  subjects.push_back(std::make_unique<TaggedBlob>(target, "tagged", seed + 2));
  subjects.push_back(std::make_unique<SnapshotsOfBlob>(target, "snapshots", seed + 3));
  subjects.push_back(std::make_unique<LeasedBlob>(target, "leased", seed + 4));
  return subjects;
}

}  // namespace msc::testing
