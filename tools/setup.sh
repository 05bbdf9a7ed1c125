#!/usr/bin/env bash
# Sets up everything on a fresh Debian machine: a virtual environment with the locked packages, and tesseract when it can be had.
set -euo pipefail
venv=${1:?usage: setup.sh VENV}
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}
apt_install() {  # quiet, bounded, never fatal for the caller
  command -v apt-get >/dev/null || return 1
  as_root timeout 300 env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 ||
    { as_root timeout 180 apt-get update -qq >/dev/null 2>&1 &&
      as_root timeout 300 env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; }
}
python=""
for candidate in python3.11 python3.12 python3.13 python3; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then python=$candidate; break; fi
done
[ -n "$python" ] || { echo "setup: Python 3.11 or newer is needed (apt-get install python3 python3-venv)" >&2; exit 1; }
if [ ! -x "$venv/bin/python" ]; then
  echo "setup: virtual environment in $venv"
  "$python" -m venv "$venv" 2>/dev/null || { rm -rf "$venv"; apt_install python3-venv && "$python" -m venv "$venv"; } ||
    { echo "setup: cannot make a virtual environment; run: apt-get install python3-venv" >&2; exit 1; }
fi
echo "setup: locked packages"
"$venv/bin/python" -m pip install -q --disable-pip-version-check -r requirements.lock
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps -e .
if ! { command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -q '^chi_sim$'; }; then
  echo "setup: tesseract (second reading)"
  apt_install tesseract-ocr tesseract-ocr-chi-sim || echo "setup: tesseract could not be installed; the second reading stays off (see: shencai doctor)"
fi
