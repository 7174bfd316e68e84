#!/usr/bin/env bash
# Shows TapeRelay at work: installs what is missing, builds once, runs `taperelay demo`. No Kafka is needed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v swift >/dev/null || { echo "Swift 6.3 or newer must be installed first: https://www.swift.org/install" >&2; exit 69; }

missing=()
if command -v dpkg-query >/dev/null; then
  for package in librdkafka-dev libyaml-dev libxxhash-dev; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
fi
if [ ${#missing[@]} -gt 0 ]; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  echo "Installing what is missing with apt-get: ${missing[*]}" >&2
  $sudo apt-get update -qq || true
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# Standard output belongs to the demonstration; the build speaks on standard error, and only the first one takes long.
swift build -c release --product taperelay >&2
exec "$(swift build -c release --show-bin-path)/taperelay" demo "$@"
