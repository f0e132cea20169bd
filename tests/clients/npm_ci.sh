# Sourced by the tests with packages of npm. Needs skip.sh.
# shellcheck shell=bash

# npm_ci FOLDER WORK: WORK has the .mjs files of FOLDER and the packages of its lock file. Node.js looks for packages from
# where a script lies, so the tests lie beside theirs.
npm_ci() {
  local folder=$1 work=$2
  need node npm
  mkdir -p "$work"
  rm -f "$work"/*.mjs
  cp "$folder"/{*.mjs,package.json,package-lock.json} "$work"
  cmp -s "$work/package-lock.json" "$work/installed-lock.json" && return
  (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 >npm.log 2>&1) ||
    skip "npm cannot install the packages: $(grep -m 2 "npm err" "$work/npm.log")"
  cp "$work/package-lock.json" "$work/installed-lock.json"
}
