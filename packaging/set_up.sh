#!/usr/bin/env bash
# Makes everything ready that a fresh clone needs: Python packages from the lock files into .venv, and the system
# libraries of Qt (for `test` also Xvfb). What may be installed is installed; what may not is named in one line to paste.
#
#   packaging/set_up.sh run|test
set -euo pipefail
purpose=${1:?run or test}
cd "$(dirname "$0")/.."
venv=.venv
locks=packaging/locks
say() { printf 'twinlens: %s\n' "$*" >&2; }

as_root() {  # run a command as root if that is possible without asking for a password
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

packages_updated=no
install_packages() {  # Debian packages; names them to paste when they may not be installed
    say "installing $*"
    if command -v apt-get >/dev/null; then
        if [ $packages_updated = no ]; then as_root apt-get update -qq >/dev/null 2>&1 || true; packages_updated=yes; fi
        if as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; then return 0; fi
        say "please run:  sudo apt-get install -y --no-install-recommends $*"
    else
        say "please install what Debian calls: $*"
    fi
    return 1
}

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            command -v "$candidate"; return 0
        fi
    done
    return 1
}

python=$(find_python) || { install_packages python3 && python=$(find_python); } || { say "Python 3.11, 3.12 or 3.13 is needed"; exit 1; }
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')

if ! [ -x $venv/bin/pip ]; then
    say "making a virtual environment with Python $version in $venv"
    "$python" -m venv $venv 2>/dev/null || { rm -rf $venv; install_packages "python$version-venv" && "$python" -m venv $venv; } || exit 1
fi

lock=$locks/$purpose.txt
[ "$purpose" = run ] && [ -e $venv/.ready-test ] && lock=$locks/test.txt
fingerprint="$(cat $locks/build.txt "$lock" pyproject.toml packaging/set_up.sh | sha256sum | cut -c1-16) $version"
if [ "$(cat "$venv/.ready-$purpose" 2>/dev/null)" != "$fingerprint" ]; then
    say "installing the locked Python packages (a few minutes the first time)"
    $venv/bin/pip install -q --require-hashes -r $locks/build.txt
    if grep -q '^hnswlib' "$lock" && ! $venv/bin/python -c 'import hnswlib' 2>/dev/null; then
        # hnswlib is published as source only: it needs a C++ compiler and Python's headers.
        command -v c++ >/dev/null || install_packages g++ || exit 1
        $venv/bin/python -c 'import os, sysconfig as s; exit(not os.path.exists(os.path.join(s.get_path("include"), "Python.h")))' ||
            install_packages "python$version-dev" || exit 1
    fi
    # Every package but hnswlib has a wheel; without build isolation hnswlib is built with what the lock names, too.
    $venv/bin/pip install -q --require-hashes --no-build-isolation -r "$lock"
    $venv/bin/pip install -q --no-deps --no-build-isolation -e .
    # Shiboken compiles Python files of its own at each start unless they lie unpacked beside it; 1 takes away older ones.
    for embedded in 1 0; do SBK_EMBED=$embedded $venv/bin/python -c 'import shiboken6'; done
    $venv/bin/python -m compileall -q $venv/lib/python"$version"/site-packages/shiboken6
    printf '%s' "$fingerprint" > "$venv/.ready-$purpose"
fi

$venv/bin/python -m compileall -q desktop/twinlens  # the processes that decode start sooner, and write no bytecode themselves

# Qt needs a few libraries of the system. Ask the loader which are missing, and translate them to Debian's packages.
missing_libraries() {
    local plugins; plugins=$($venv/bin/python -c 'import importlib.util, os; print(os.path.dirname(importlib.util.find_spec("PySide6").origin))')
    ldd "$plugins"/QtWidgets.abi3.so "$plugins"/Qt/lib/libQt6Gui.so.6 "$plugins"/Qt/plugins/platforms/libqxcb.so 2>/dev/null |
        awk '/not found/ {print $1}' | sort -u
}
if [ "$(uname -s)" = Linux ] && [ -n "$(missing_libraries)" ]; then
    install_packages libegl1 libgl1 libopengl0 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 fonts-dejavu-core libxkbcommon0 libxkbcommon-x11-0 \
        libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 \
        libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1 libx11-xcb1 ||
        { [ "$purpose" = run ] && say "until then Twinlens works in the terminal"; } || exit 1
fi

if [ "$purpose" = test ] && ! command -v Xvfb >/dev/null; then
    install_packages xvfb xauth fonts-dejavu-core || exit 1
fi
if [ "$purpose" = test ] && [ "$(uname -s)" = Linux ] && ! PATH=$PATH:/usr/sbin command -v mkfs.btrfs mkfs.xfs >/dev/null; then
    install_packages btrfs-progs xfsprogs || say "until then the tests of shared blocks (reflinks) are skipped"
fi
