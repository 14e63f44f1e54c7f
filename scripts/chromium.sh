#!/usr/bin/env bash
# Make sure that the browser tests find a Chromium: the installed one, or Debian's as root, or Playwright's.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
[ -n "${DATELINE_CHROMIUM:-}" ] && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "Installing Debian's chromium for the browser tests." >&2
  apt-get update -qq && apt-get install -y -qq chromium && exit 0
fi
exec .venv/bin/playwright install chromium
