#!/usr/bin/env bash
# The service's JavaScript SDK against the emulator. Installs it below WORK, by its lock file.
#
#   storage_blob.sh MSC-EMULATOR WORK
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"
# shellcheck source=tests/clients/npm_ci.sh
source "$here/npm_ci.sh"
emulator=$1 work=$2

npm_ci "$here/storage_blob" "$work"
cp "$here/../readme/connection_string.txt" "$work"
cd "$work"

"$here/with_emulator.sh" "$emulator" node --test --test-reporter=spec ./*.test.mjs

# Tokens are accepted by HTTPS only.
export NODE_EXTRA_CA_CERTS=$PWD/authority.pem
exec "$here/with_emulator.sh" "$emulator" --tls-self-signed \
  --tls-ca-file="$NODE_EXTRA_CA_CERTS" --oauth=basic node --test --test-reporter=spec ./*.tls.mjs
