#!/usr/bin/env bash
# A library of fixtures/examples, installed below WORK as its README says: first its example, then its tests.
#
#   library.sh MSC-EMULATOR python|node|csharp WORK
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/clients/skip.sh
source "$here/skip.sh"
export MSC_EMULATOR=$1
language=$2 work=$3/$2 library=$here/../../fixtures/examples/$2

rm -rf "$work"
mkdir -p "$work"
cp -r "$library" "$work/library"  # A build of it leaves files behind.
cp "$here"/libraries/*.* "$library"/example/*.* "$work"
cd "$work"

case $language in
  python)
    export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$work/site
    # Debian's pytest belongs to Debian's Python, which may not be the first one in PATH.
    python=python3
    "$python" -m pytest --version >/dev/null 2>&1 || python=/usr/bin/python3
    "$python" -m pytest --version >/dev/null 2>&1 || skip 'there is no pytest'
    "$python" -c 'import setuptools, wheel, pip' 2>/dev/null || skip 'there is no pip, setuptools or wheel'
    # Without isolation, pip takes setuptools from here instead of from the network.
    "$python" -m pip install --quiet --no-build-isolation --no-deps --no-index --root-user-action ignore \
      --target site ./library
    "$python" without_pytest.py | grep -x Completed
    exec "$python" -m pytest -p no:cacheprovider test_uploader.py test_python_library.py
    ;;
  node)
    need node npm
    echo '{"type":"module"}' >package.json
    # --install-links: packs the folder, so that package.json has to name every file.
    npm install --silent --offline --install-links --no-audit --no-fund ./library
    exec node --test --test-reporter=spec upload.test.js node_library.test.mjs
    ;;
  csharp)
    command -v mcs >/dev/null || skip 'there is no C# compiler (mono-mcs)'
    mcs -warnaserror -r:System.Net.Http -out:example.exe library/MscEmulator.cs Uploader.cs UploaderTest.cs
    mono example.exe
    mcs -warnaserror -r:System.Net.Http -out:tests.exe library/MscEmulator.cs CSharpLibraryTest.cs
    exec mono tests.exe
    ;;
esac
echo "there is no library for '$language'"
exit 1
