#!/usr/bin/env bash
# The players of browsers, in headless Chromium: its own, hls.js, Shaka Player, dash.js, RxPlayer. Installs them below
# WORK, by their lock file, and leaves a picture of the playing page there.
#
#   player_browser.sh MSC-EMULATOR WORK
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"

if [[ ! ${MSC_EMULATOR_URL-} ]]; then
  # shellcheck source=tests/clients/npm_ci.sh
  source "$here/npm_ci.sh"
  need ffmpeg ffprobe curl
  need_chromium
  npm_ci "$here/players" "$2"
  cp "$here"/browser/{chromium,page_server}.mjs "$here"/players/page.* "$2"
  exec "$here/with_emulator.sh" "$1" --media=auto --processing-time=0s "$0" "$@"
fi

work=$2
# shellcheck source=tests/clients/video.sh
source "$here/video.sh"
make_clip "$work/clip.mp4"
export MSC_CLIP=$work/clip.mp4 MSC_SCREENSHOT=$work/players.png
exec node --test --test-reporter=spec "$work/players.test.mjs"
