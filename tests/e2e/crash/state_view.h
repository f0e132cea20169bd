#pragma once

#include <map>
#include <string>

#include "tests/support/videos_client.h"

namespace msc::testing {

// What clients can see of each video, by its id: its state, the bytes of its key as a token opens
// them, and the bytes that were uploaded to it.
using StateView = std::map<std::string, std::string>;
StateView ViewState(int port);

// Whether the key is delivered to a token of the video.
bool IsKeyDelivered(int port, const CreatedVideo& video);

// Rows of the database in `folder`, whose emulator has ended, that belong to no video, and those
// that a video lacks; empty: none. Looks at a copy.
std::string FindOrphans(const std::string& folder);

}  // namespace msc::testing
