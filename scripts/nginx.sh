#!/usr/bin/env bash
# Make sure that the tests of the front server find nginx: the installed ones, or Debian's as root.
# Without them the tests are skipped and say so.
set -euo pipefail
packages="gettext-base nginx-light"
command -v envsubst >/dev/null && { command -v nginx || [ -x /usr/sbin/nginx ]; } >/dev/null && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "Installing Debian's $packages for the tests of the front server." >&2
  # shellcheck disable=SC2086
  apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages && exit 0
fi
echo "The tests of the front server will be skipped. On Debian or Ubuntu: sudo apt-get install $packages" >&2
