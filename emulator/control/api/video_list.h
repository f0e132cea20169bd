#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "emulator/control/control_plane.h"
#include "emulator/http/body.h"
#include "emulator/http/request.h"
#include "emulator/videos/video.h"
#include "storage_stub/model/blob_info.h"

namespace msc::control {

// What may be hashed for the response to `request`: little if it must not wait, and nothing more
// when nobody waits for the response.
storage::HashBudget BudgetOf(const http::Request& request);

// A video as JSON: its entity, with the URLs that a response to `request` has, and its state.
std::string VideoText(ControlPlane& control_plane, const http::Request& request,
                      const videos::VideoDetails& details, storage::HashBudget& budget);

// The list of videos as JSON, written while it is sent: a page of videos at a time, so that it
// needs little memory and other requests do not wait for it. Videos that are created meanwhile may
// be in it, videos that are deleted may be missing.
class VideoList final : public http::BodySource {
 public:
  // How many videos are read at once.
  static constexpr std::size_t kPage = 500;

  // At most `limit` videos behind the one with the number `after`. REQUIRES: `control_plane`
  // outlives it, and the client's connection does.
  VideoList(ControlPlane& control_plane, const http::Request& request, std::int64_t after,
            std::uint64_t limit);

  // The whole list if it is not longer than a page, and then nothing is left; nullopt: it is
  // longer.
  std::optional<std::string> TakeIfShort();

  std::uint64_t size() const override { return UINT64_MAX; }
  bool is_stream() const override { return true; }
  std::size_t Read(std::span<char> buffer) override;

 private:
  void ReadPage();

  ControlPlane& control_plane_;
  http::Request request_;  // Without its body.
  storage::HashBudget budget_;
  videos::VideoPage page_;  // The next one.
  std::uint64_t left_;      // Videos that may still be listed.
  bool is_first_ = true;
  bool has_ended_ = false;
  std::string text_;  // Not sent yet.
  std::size_t sent_ = 0;
};

}  // namespace msc::control
