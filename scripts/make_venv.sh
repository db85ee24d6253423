#!/usr/bin/env bash
# Makes the environment: scripts/make_venv.sh PYTHON VENV REQUIREMENTS. Every package is checked against its hash.
set -euo pipefail
python=$1 venv=$2 requirements=$3

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
  echo "swaymap needs Python 3.11 or newer; $python is not. Name another: make PYTHON=python3.12 …" >&2
  exit 2
}
if [ ! -x "$venv/bin/pip" ]; then
  echo "Making the environment in $venv …"
  if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
    fi
    "$python" -m venv "$venv" || {
      echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2
      exit 2
    }
  fi
fi
echo "Installing the packages of $requirements (a minute the first time) …"
"$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$requirements"
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
