#!/usr/bin/env bash
# Installs what is missing, builds, and passes all tests there are. Runs again without harm.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=()
for package in librdkafka-dev libyaml-dev libxxhash-dev; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  sudo=""; [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq && $sudo apt-get install -y -qq "${missing[@]}"
fi
swift format lint --strict --recursive Sources Tests Package.swift
swift test --disable-xctest
