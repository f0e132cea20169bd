#pragma once

#include <msc/video.h>

#include <optional>
#include <string_view>
#include <vector>

#include "emulator/sqlite/database.h"
#include "emulator/videos/video.h"

// The statements on single videos, inside a transaction of the caller's. All throw
// std::runtime_error on a fault of the database.
namespace msc::videos::rows {

// A pending video, of whose progress only the program is written. False where there is one of that
// id.
bool Insert(sqlite::Transaction& transaction, const Video& video);

// As it was written down last; nullopt where there is none of that id.
std::optional<Video> Select(sqlite::Transaction& transaction, std::string_view id);

// All of them, in the order of creation.
std::vector<Video> SelectAll(sqlite::Transaction& transaction);

// The same of its progress, without programs: one look into an index.
std::optional<processing::Progress> SelectStatus(sqlite::Transaction& transaction,
                                                 std::string_view id);

// Writes the progress of a video that is there, and what led to it.
void Update(sqlite::Transaction& transaction, const Video& video,
            const std::vector<Transition>& transitions);

// What Update wrote, oldest first.
std::vector<Transition> SelectHistory(sqlite::Transaction& transaction, const std::string& id);

}  // namespace msc::videos::rows
