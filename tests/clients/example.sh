#!/usr/bin/env bash
# The scripts of fixtures/examples/shell, run as their README says.
#
#   example.sh MSC-EMULATOR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"
export MSC_EMULATOR=$1
cd "$here/../../fixtures/examples/shell"

need curl
./upload_test.sh
exec ./control_test.sh
