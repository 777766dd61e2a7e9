#!/bin/sh
# Writes both lock files anew from pyproject.toml: every version pinned and hashed, for all systems, no addresses.
set -eu
cd "$(dirname "$0")/.."
uv() { .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --quiet "$@"; }
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet uv
uv -o installers/requirements.lock
uv --extra dev -c installers/requirements.lock -o installers/requirements-dev.lock
