#!/usr/bin/env bash
# Install what the tests need beside Python: Chromium and PostgreSQL. Where that cannot be, their tests skip with one
# clear line, but under CI=true a missing part is a failure.
set -u

have_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
have_postgresql() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

may_install() { command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; }
install() {
  echo "Installing $1 for the tests …"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

# need NAME PACKAGE CHECK: install what is missing; say so when it cannot be.
need() {
  "$3" || { may_install && install "$2"; }
  "$3" && return
  if [ "${CI:-}" = true ]; then
    echo "$1 is missing and could not be installed." >&2
    exit 1
  fi
  echo "$1 is missing: its tests will be skipped."
}

need Chromium chromium have_browser
need PostgreSQL postgresql have_postgresql
