#!/bin/sh
# All of a developer's checks: format, lint, types, floors, then every test.
set -eu
cd "$(dirname "$0")/.."
. installers/setup.sh

set_up installers/requirements-dev.lock

"$VENV_PYTHON" -m ruff format --check .
"$VENV_PYTHON" -m ruff check .
"$VENV_PYTHON" -m mypy
.venv/bin/lint-imports
exec sh installers/test.sh
