// Archives of a state whose database was changed: what is accepted must be served, exported and
// accepted again. The input is a list of changes: a column, a row, a kind of value and the value.

#include <array>
#include <cstring>
#include <map>

#include "emulator/control/archive/tar_reader.h"
#include "emulator/control/archive/tar_writer.h"
#include "emulator/keys/key_rules.h"
#include "emulator/videos/video_rules.h"
#include "storage_stub/records/blob_rules.h"
#include "tests/fuzz/instance.h"

namespace {

using msc::fuzz::Instance;
using msc::http::Method;
using Files = std::map<std::string, std::string>;

constexpr std::string_view kUnchecked = "PRAGMA ignore_check_constraints = ON";
constexpr std::string_view kUnbound = "PRAGMA foreign_keys = OFF";

// An archive of a bit of everything.
Files Unpacked() {
  Instance instance;
  const auto video =
      instance.videos.Seed({.extension = "mp4", .is_protected = true, .original_name = "a.mp4"},
                           msc::VideoState::kPending);
  const auto& policy = instance.videos.UploadQuery(*video);
  const auto blob = '/' + std::string(msc::fuzz::kAccount) + '/' + video->container() + '/' +
                    video->file_name() + '?' + policy;
  instance.Send(Method::kPut, blob + "&comp=block&blockid=QUFB", "block");
  instance.Send(Method::kPut, blob + "&comp=blocklist",
                "<BlockList><Latest>QUFB</Latest></BlockList>", {{"x-ms-meta-a", "b"}});
  instance.Send(Method::kPut, blob + "&comp=block&blockid=QUFC", "waits");
  static_cast<void>(instance.videos.SetProgram(
      video->id, {{{.polls = 2}, {.state = msc::VideoState::kFailed, .reason = "why"}}}));
  static_cast<void>(instance.videos.Seed(
      {.extension = "mp4", .is_input_encrypted = true, .original_name = "b.mp4"},
      msc::VideoState::kProcessing));
  Files files;
  const std::string bytes = instance.Export();
  msc::fuzz::TextBody body(bytes);
  msc::control::TarReader reader(body);
  while (const auto header = *reader.Next()) {
    std::string text(header->size, '\0');
    for (std::size_t at = 0; at < text.size();) at += *reader.Read(std::span(text).subspan(at));
    files[header->name] = std::move(text);
  }
  return files;
}

std::string Pack(const Files& files) {
  std::vector<msc::control::TarEntry> entries;
  for (const auto& [name, text] : files) {
    entries.push_back({{name, text.size()}, [content = text](std::uint64_t at, auto bytes) {
                         content.copy(bytes.data(), bytes.size(), at);
                       }});
  }
  msc::control::TarWriter writer(std::move(entries), {});
  std::string all, buffer(64 * 1024, '\0');
  while (const std::size_t count = writer.Read(buffer)) all.append(buffer, 0, count);
  return all;
}

// One statement for each column of all tables.
std::vector<std::string> Updates() {
  std::vector<std::string> updates;
  for (const auto* rules :
       {&msc::storage::BlobRules(), &msc::keys::KeyRules(), &msc::videos::VideoRules()}) {
    for (const auto& rule : rules->columns) {
      const std::string table(rule.table), column(rule.column);
      updates.push_back("UPDATE " + table + " SET " + column + " = :value WHERE " + column +
                        " IS (SELECT " + column + " FROM " + table + " LIMIT 1 OFFSET :row)");
    }
  }
  return updates;
}

// Takes bytes from the front of the input; zeros behind its end.
class Input {
 public:
  explicit Input(std::string_view bytes) : bytes_(bytes) {}

  bool is_empty() const { return bytes_.empty(); }

  std::size_t Byte() {
    const auto text = Text(1);
    return text.empty() ? 0 : static_cast<unsigned char>(text.front());
  }

  std::int64_t Number() {
    std::int64_t number = 0;
    const auto text = Text(sizeof number);
    std::memcpy(&number, text.data(), text.size());
    return number;
  }

  std::string_view Text(std::size_t size) {
    const auto text = bytes_.substr(0, size);
    bytes_.remove_prefix(text.size());
    return text;
  }

 private:
  std::string_view bytes_;
};

void Bind(msc::sqlite::Statement& statement, Input& input) {
  switch (input.Byte() % 4) {
    case 0:
      break;  // NULL.
    case 1:
      statement.Bind(":value", input.Number());
      break;
    case 2:
      statement.Bind(":value", input.Text(input.Byte()));
      break;
    default:
      statement.BindBlob(":value", input.Text(input.Byte()));
  }
}

// Makes the changes that SQLite allows.
std::string Changed(const Instance& instance, const std::string& records, Input input) {
  static const auto updates = Updates();
  const auto database = instance.database.NewInMemory();
  database->Load(records);
  for (const auto pragma : {kUnchecked, kUnbound}) database->Read().Prepare(pragma).Step();
  while (!input.is_empty()) {
    const auto& sql = updates[input.Byte() % updates.size()];
    auto transaction = database->Write();
    auto update = transaction.Prepare(sql);
    update.Bind(":row", static_cast<std::int64_t>(input.Byte() % 4));
    Bind(update, input);
    try {
      update.Run();
    } catch (const std::runtime_error&) {  // A type or a constraint that no pragma turns off.
      continue;
    }
    transaction.Commit();
  }
  return database->Image();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Files files = Unpacked();
  Instance instance;
  Files changed = files;
  auto& records = changed.at("emulator.db");
  records = Changed(instance, records, Input(msc::fuzz::TextOf(data, size)));
  if (!instance.Import(Pack(changed))) {
    msc::fuzz::Require(size > 0);  // Unchanged, it is valid.
    return 0;
  }
  msc::fuzz::Require(Instance().Import(instance.Export()));
  instance.ReadAll();
  msc::fuzz::Require(Instance().Import(instance.Export()));
  return 0;
}
