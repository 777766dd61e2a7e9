#!/bin/sh
# Sets up what is missing, then runs every test, offscreen; arguments go to pytest.
#   sh installers/test.sh                          all tests, on all cores
#   sh installers/test.sh tests/flow -k join       some of them
set -eu
cd "$(dirname "$0")/.."
. installers/setup.sh

set_up installers/requirements-dev.lock
install_database_servers

export QT_QPA_PLATFORM=offscreen MLFLOW_DISABLE_TELEMETRY=true
if [ $# -gt 0 ]; then
    exec "$VENV_PYTHON" -m pytest "$@"
fi
exec "$VENV_PYTHON" -m pytest -n auto --dist worksteal
