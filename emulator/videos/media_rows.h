#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/log.h"
#include "emulator/sqlite/database.h"
#include "emulator/videos/video.h"

// SQL statements on the media of videos, as part of the caller's transaction. All throw
// std::runtime_error if the database fails.
namespace msc::videos::rows {

// nullopt if there is no video with that locator.
std::optional<std::string> SelectIdByLocator(sqlite::Transaction& transaction,
                                             std::string_view locator_id);

// The ids of the videos whose media work is not done, in the order of their creation.
std::vector<std::string> SelectAwaitingMedia(sqlite::Transaction& transaction);

// What playback serves of the video; null if there is nothing. A description that is invalid is
// logged and counts as none.
std::shared_ptr<const processing::MediaDescription> SelectMedia(sqlite::Transaction& transaction,
                                                                std::string_view video_id,
                                                                const Log& log);

// Replaces what playback serves of the video, and the duration of the video. REQUIRES: it exists.
void PutMedia(sqlite::Transaction& transaction, std::string_view video_id,
              const processing::MediaDescription& media);

// Then there is nothing to play because of `problem`, and the duration is not known.
void DeleteMedia(sqlite::Transaction& transaction, std::string_view video_id,
                 std::string_view problem = {});

}  // namespace msc::videos::rows
