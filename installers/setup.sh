# Sets up .venv inside the checkout; sourced by run.sh and test.sh, never run by itself.
# usage: set_up LOCKFILE   (leaves the interpreter in $VENV_PYTHON)

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in python3.13 python3.12 python3.11 python3 python; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# The libraries that Qt's window system plug-ins load, by Debian's and Ubuntu's names.
QT_PACKAGES="libegl1 libgl1 libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libdbus-1-3 libfontconfig1 libgomp1"
QT_LIBRARIES="libEGL.so.1 libGL.so.1 libxcb-cursor.so.0 libxkbcommon-x11.so.0 libxcb-icccm.so.4 libxcb-keysyms.so.1 libxcb-shape.so.0 libdbus-1.so.3 libfontconfig.so.1 libgomp.so.1"

missing_libraries() {
    known=$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null || true)
    for library in $QT_LIBRARIES; do
        case "$known" in *"$library"*) ;; *) printf '%s ' "$library" ;; esac
    done
}

install_system_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    missing=$(missing_libraries)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Installing the system libraries that the window needs: $QT_PACKAGES"
        apt-get update -qq >&2
        # shellcheck disable=SC2086 # a list of names
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $QT_PACKAGES >&2
    else
        say "The window needs system libraries that are missing here: $missing"
        say "Install them with:  sudo apt-get install -y $QT_PACKAGES"
    fi
}

# Tables of databases are tested against real servers: the tests start them, in folders of their own. Where they
# can't be installed, those tests are skipped and say so.
install_database_servers() {
    [ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 0
    if command -v mariadbd >/dev/null 2>&1 && ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then
        return 0
    fi
    say "Installing PostgreSQL and MariaDB for the tests"
    # RUNLEVEL=1 keeps the packages from starting servers of their own.
    { apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends postgresql mariadb-server; } >&2 ||
        say "They could not be installed: the tests that need them are skipped."
}

make_environment() {
    python=$(find_python) || {
        say "Canvas App needs Python 3.11, 3.12 or 3.13, and found none. Install it, then run this again."
        exit 1
    }
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            apt-get update -qq >&2
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >&2
        else
            say "Python's venv module is missing. Install it with:  sudo apt-get install -y python3-venv"
            exit 1
        fi
    fi
    say "Making the environment .venv with $python"
    "$python" -m venv --clear .venv
}

set_up() {
    lock=$1
    VENV_PYTHON=$PWD/.venv/bin/python
    # The mark is this very lock file: once it was installed whole, a start takes no set-up time.
    if [ -x "$VENV_PYTHON" ] && cmp -s "$lock" .venv/installed.lock; then
        return 0
    fi
    # What the tests need holds all that running needs.
    if [ "$lock" = installers/requirements.lock ] && [ -x "$VENV_PYTHON" ] &&
        cmp -s installers/requirements-dev.lock .venv/installed.lock; then
        return 0
    fi
    install_system_libraries
    [ -x "$VENV_PYTHON" ] && [ -f .venv/installed.lock ] || make_environment
    say "Installing the packages of $lock (once; about 1.6 GB on disk)"
    rm -f .venv/installed.lock
    "$VENV_PYTHON" -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --only-binary :all: -r "$lock" >&2
    "$VENV_PYTHON" -m pip install --quiet --disable-pip-version-check --no-input --no-deps \
        --no-build-isolation --editable . >&2
    "$VENV_PYTHON" -m compileall -q canvas_app || true
    cp "$lock" .venv/installed.lock
}
