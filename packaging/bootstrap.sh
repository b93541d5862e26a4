#!/usr/bin/env bash
# Brings a bare Debian or Ubuntu to the point where the program runs. Called by the Makefile:
#   packaging/bootstrap.sh packages run|screen|test…   system packages, only those that are missing
#   packaging/bootstrap.sh venv run|dev                .venv from the lock, the project in it
set -euo pipefail
cd "$(dirname "$0")/.."

# The libraries that Qt's xcb platform loads; Qt blames libxcb-cursor0 whichever of them is missing.
run="libglib2.0-0 libegl1 libgl1 libfontconfig1 libxkbcommon0 libdbus-1-3
     libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
# A virtual screen with a window manager.
screen="xvfb openbox x11-utils"
# A pointer, a program whose focus must not be taken, pictures, a witness of system calls, a second window manager, a
# tray, a clock that can be set, what a screen reader talks to, and letters that are always the same.
test="xdotool xterm imagemagick strace xfwm4 dbus x11-xserver-utils x11-xkb-utils trayer faketime tzdata
      at-spi2-core gir1.2-atspi-2.0 python3-gi fonts-dejavu-core"
# What the folders that are shipped are built with, for Linux and for Windows.
release="gcc libc6-dev binutils libpython3-dev dpkg-dev xz-utils desktop-file-utils appstream
         wine wine64 gcc-mingw-w64-x86-64-win32"
# What makes and signs the installers for Windows.
installers="nsis msitools wixl osslsigncode openssl"
# What judges a package, and a bare Debian to install it in.
judges="lintian man-db debootstrap"
# Letters, where there are none at all.
fonts="fonts-dejavu-core"

die() {
    printf '%s\n' "$@" >&2
    exit 1
}

missing_packages() {
    local wanted=() group package installed
    for group in "$@"; do
        wanted+=(${!group})
    done
    compgen -G '/usr/share/fonts/*/*' >/dev/null || wanted+=("$fonts")
    python3 -c 'import ensurepip' 2>/dev/null || wanted+=(python3-venv)
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package} \n')
    for package in "${wanted[@]}"; do
        # Debian 13 and Ubuntu 24.04 renamed some libraries: libglib2.0-0t64.
        [[ $installed =~ (^|$'\n')"installed $package"(t64)?" " ]] || echo "$package"
    done | awk '!seen[$0]++'
}

packages() {
    if ! command -v apt-get >/dev/null; then
        echo "This is neither Debian nor Ubuntu: going on without looking for system packages." >&2
        return
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    if ((EUID)); then
        die "These system packages are missing. Ask for them with" \
            "" "    sudo apt-get install --no-install-recommends ${missing[*]}" "" \
            "and give the same make command again."
    fi
    echo "Installing system packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null
    apt-get install -qq --yes --no-install-recommends "${missing[@]}" </dev/null >/dev/null
}

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null
}

pick_python() {
    local python
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if fits "$python"; then
            echo "$python"
            return
        fi
    done
    python=${PYTHON:-python3}
    die "Kohtaava Desktop needs Python 3.11, 3.12 or 3.13; here $python is $("$python" --version 2>/dev/null || echo none)." \
        "Install one of them with its venv module and name it, like make run PYTHON=python3.11"
}

venv() {
    local lock=$1 python
    if ! fits .venv/bin/python; then
        python=$(pick_python)
        echo "Making .venv with $("$python" --version)."
        "$python" -m venv --clear .venv
    fi
    echo "Installing what requirements/$lock.txt pins into .venv (once; some 100 MB)."
    .venv/bin/python -m pip install --quiet --require-hashes --requirement "requirements/$lock.txt"
    .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
    touch .venv/run.stamp ".venv/$lock.stamp"
}

[[ ${1:-} == packages || ${1:-} == venv ]] || die "Usage: packaging/bootstrap.sh packages run|screen|test… | venv run|dev"
"$@"
