#!/usr/bin/env bash
# packaging/virtual-screen.sh COMMAND…: runs the command on a virtual screen of its own, under a window manager, ends
# both afterwards and gives back the command's exit code. KOHTAAVA_SCREEN sets the size (1920x1080),
# KOHTAAVA_WINDOW_MANAGER the window manager with its options (openbox --sm-disable).
set -euo pipefail

room=$(mktemp -d)
children=()
finish() {
    local i
    for ((i = ${#children[@]} - 1; i >= 0; i--)); do
        kill "${children[i]}" 2>/dev/null || true
        wait "${children[i]}" 2>/dev/null || true
    done
    rm -rf "$room"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

die() {
    echo "$1" >&2
    cat "$room/log" >&2
    exit 1
}

mkfifo "$room/display"
Xvfb -displayfd 3 -screen 0 "${KOHTAAVA_SCREEN:-1920x1080}x24" -nolisten tcp 3>"$room/display" >"$room/log" 2>&1 &
children+=($!)
read -r -t 30 number <"$room/display" || die "No virtual screen came up; Xvfb said:"
export DISPLAY=":$number"
unset WAYLAND_DISPLAY

read -r -a manager <<<"${KOHTAAVA_WINDOW_MANAGER:-openbox --sm-disable}"
"${manager[@]}" >>"$room/log" 2>&1 &
children+=($!)
for _ in {1..200}; do
    xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id' && break
    kill -0 "${children[1]}" 2>/dev/null || die "The window manager did not stay; it said:"
    sleep 0.05
done

# In the background, so that a signal to this script ends the command too.
"$@" <&0 &
children+=($!)
wait "${children[2]}"
