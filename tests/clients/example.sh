#!/usr/bin/env bash
# An example of fixtures/examples, run as its README says.
#
#   example.sh MSC-EMULATOR pytest|node|shell
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"
export MSC_EMULATOR=$1
cd "$here/../../fixtures/examples"

case $2 in
  pytest)
    export PYTHONDONTWRITEBYTECODE=1
    # Debian's pytest belongs to Debian's Python, which may not be the first one in PATH.
    python=python3
    "$python" -m pytest --version >/dev/null 2>&1 || python=/usr/bin/python3
    "$python" -m pytest --version >/dev/null 2>&1 || skip 'there is no pytest'
    exec "$python" -m pytest -p no:cacheprovider python
    ;;
  node)
    command -v node >/dev/null || skip 'there is no Node.js'
    exec node --test --test-reporter=spec node
    ;;
  shell)
    command -v curl >/dev/null || skip 'there is no curl'
    shell/upload_test.sh
    exec shell/control_test.sh
    ;;
esac
echo "there is no example '$2'"
exit 1
