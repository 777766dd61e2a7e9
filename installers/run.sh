#!/bin/sh
# Sets up what is missing, then opens the window; arguments go to canvas-app.
#   sh installers/run.sh                      the window
#   sh installers/run.sh predict B IN OUT     any command (see --help)
set -eu
cd "$(dirname "$0")/.."
. installers/setup.sh

set_up installers/requirements.lock

if [ $# -gt 0 ]; then
    exec "$VENV_PYTHON" -m canvas_app "$@"
fi
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ] && [ -z "${QT_QPA_PLATFORM:-}" ]; then
    say "There is no display here, so the window can't open. The errand of a sample runs from the command line instead."
    exec "$VENV_PYTHON" -m canvas_app errand
fi
exec "$VENV_PYTHON" -m canvas_app
