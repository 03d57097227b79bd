#!/usr/bin/env bash
# Install what the tests need beside Python: Chromium. Where that cannot be, its tests skip with one clear line,
# but under CI=true a missing part is a failure.
set -u
have_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
have_browser && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing Chromium for the browser tests …"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
have_browser && exit 0
if [ "${CI:-}" = true ]; then
  echo "Chromium is missing and could not be installed." >&2
  exit 1
fi
echo "Chromium is missing: the browser tests will be skipped."
