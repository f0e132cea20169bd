#!/usr/bin/env bash
# Checks the Dockerfile and compose.yaml that scripts/package made, without a Docker engine: the syntax with a linter, and
# what the image must have.
#
#   container.sh DIST-FOLDER
set -euo pipefail
dist=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --silent --no-audit --no-fund --prefix "$work" dockerfile-utils yaml
"$work/node_modules/.bin/dockerfile-utils" lint "$dist/Dockerfile"

expect() { grep -qE "$1" "$dist/Dockerfile" || { echo "Dockerfile: there is no line $1"; exit 1; }; }
expect '^FROM scratch$'
expect '^USER [1-9]'
expect '^VOLUME \["/data"\]$'
expect '^HEALTHCHECK '
expect '"/usr/bin/msc-emulator", "healthcheck"'
archive=$(sed -nE 's/^ADD ([^ ]+) .*/\1/p' "$dist/Dockerfile")
[[ -f $dist/$archive ]] || { echo "Dockerfile: there is no $archive"; exit 1; }
if grep -n '@[A-Z]*@' "$dist/Dockerfile" "$dist/compose.yaml"; then exit 1; fi

node --input-type=commonjs -e '
  const { parse } = require(process.argv[1] + "/node_modules/yaml");
  const { services, volumes } = parse(require("fs").readFileSync(process.argv[2], "utf8"));
  const service = services.emulator;
  const [volume, target] = service.volumes[0].split(":");
  if (service.build !== "." || target !== "/data" || !(volume in volumes) || !service.ports[0].endsWith(":10010")) {
    throw new Error("compose.yaml does not fit the Dockerfile");
  }
' "$work" "$dist/compose.yaml"
echo 'the Dockerfile and compose.yaml are sound'
