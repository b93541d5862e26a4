#!/usr/bin/env bash
# packaging/virtual-screen.sh COMMAND…: runs the command on a virtual screen of its own, under a window manager, ends
# both afterwards and gives back the command's exit code. KOHTAAVA_SCREEN sets the size (1920x1080),
# KOHTAAVA_WINDOW_MANAGER the window manager with its options (openbox --sm-disable).
set -euo pipefail

room=$(mktemp -d)
children=()
end_children() {
    local i
    for ((i = ${#children[@]} - 1; i >= 0; i--)); do
        kill "${children[i]}" 2>/dev/null || true
        wait "${children[i]}" 2>/dev/null || true
    done
    children=()
}
finish() {
    end_children
    rm -rf "$room"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

wrong() {
    echo "$1"
    cat "$room/log"
    return 1
} >&2

# Starts a screen and its window manager; 1, with the reason, when one of them does not come up.
come_up() {
    local number manager
    rm -f "$room/display"
    mkfifo "$room/display"
    Xvfb -displayfd 3 -screen 0 "${KOHTAAVA_SCREEN:-1920x1080}x24" -nolisten tcp 3>"$room/display" >"$room/log" 2>&1 &
    children+=($!)
    read -r -t 30 number <"$room/display" || { wrong "No virtual screen came up; Xvfb said:"; return; }
    export DISPLAY=":$number"
    unset WAYLAND_DISPLAY

    read -r -a manager <<<"${KOHTAAVA_WINDOW_MANAGER:-openbox --sm-disable}"
    "${manager[@]}" >>"$room/log" 2>&1 &
    children+=($!)
    for _ in {1..600}; do
        xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id' && return
        kill -0 "${children[1]}" 2>/dev/null || { wrong "The window manager did not stay; it said:"; return; }
        sleep 0.05
    done
    wrong "The window manager did not get ready; it said:"
}

# A second time with a fresh screen: another server that ends at this moment may take the socket of this one's number.
if ! come_up 2>"$room/why"; then
    end_children
    come_up
fi

# In the background, so that a signal to this script ends the command too.
"$@" <&0 &
children+=($!)
wait "${children[2]}"
