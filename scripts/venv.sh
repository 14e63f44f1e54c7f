#!/usr/bin/env bash
# Make a virtual environment in the folder given. Debian keeps the module for it in a package of its own.
set -euo pipefail
folder=$1
[ -x "$folder/bin/python" ] && "$folder/bin/python" -m pip --version >/dev/null 2>&1 && exit 0

python3 - <<'PYTHON'
import sys
if sys.version_info < (3, 11):
    sys.exit(f"Dateline needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
PYTHON

python3 -m venv "$folder" 2>/dev/null && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "Installing Debian's python3-venv." >&2
  apt-get update -qq
  apt-get install -y -qq python3-venv
  python3 -m venv "$folder"
else
  echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2
  exit 1
fi
