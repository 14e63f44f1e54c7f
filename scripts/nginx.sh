#!/usr/bin/env bash
# See to it that the tests of the front server find an nginx: the one that is there, or Debian's. Without one they are
# skipped and say so.
set -euo pipefail
{ command -v nginx || [ -x /usr/sbin/nginx ]; } >/dev/null && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light && exit 0
fi
echo "There is no nginx here: the tests of the front server will be skipped. On Debian or Ubuntu: sudo apt-get install nginx-light" >&2
