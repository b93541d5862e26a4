#!/bin/sh
# Gives Kohtaava Desktop a place in the menu of this user, and its commands in ~/.local/bin; with --remove, takes both
# away. What is not ours is left alone.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
share=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin
entry=$share/applications/kohtaava-desktop.desktop
mark=X-Kohtaava-Written=true

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

ours() { # whether the link $1 leads to a folder of this program
    [ -L "$1" ] && case $(readlink -- "$1") in */kohtaava-desktop | */kohtaava) ;; *) false ;; esac
}

entry_is_ours() {
    [ -f "$entry" ] && grep -q "^$mark\$" "$entry"
}

there() { # whether there is something at $1, be it a link that leads nowhere
    [ -e "$1" ] || [ -L "$1" ]
}

remove() {
    for name in kohtaava-desktop kohtaava; do
        if ours "$bin/$name"; then rm -f -- "$bin/$name"; fi
    done
    if entry_is_ours; then
        rm -f -- "$entry" "$share"/icons/hicolor/*/apps/kohtaava-desktop.png \
            "$share/icons/hicolor/scalable/apps/kohtaava-desktop.svg"
    fi
}

install_here() {
    [ -x "$here/kohtaava-desktop" ] || die "The program does not lie beside this script."
    case $here in *[\"\`\$\\%]* | *"
"*) die "A menu cannot start a program in a folder with this name: $here" ;; esac
    for name in kohtaava-desktop kohtaava; do
        if there "$bin/$name" && ! ours "$bin/$name"; then die "$bin/$name is there already, and is not ours."; fi
    done
    if there "$entry" && ! entry_is_ours; then die "$entry is there already, and is not ours."; fi
    mkdir -p -- "$bin" "$share/applications"
    for name in kohtaava-desktop kohtaava; do
        ln -sfn -- "$here/$name" "$bin/$name"
    done
    (cd "$here/share" && find icons -type f) | while IFS= read -r icon; do
        mkdir -p -- "$share/$(dirname -- "$icon")"
        cp -- "$here/share/$icon" "$share/$icon"
    done
    awk -v program="$here/kohtaava-desktop" -v mark="$mark" '
        /^Exec=/ { print "Exec=\"" program "\""; next }
        /^TryExec=/ { print "TryExec=" program; next }
        { print }
        END { print mark }
    ' "$here/share/applications/kohtaava-desktop.desktop" >"$entry"
}

case ${1:-} in
'') install_here ;;
--remove) remove ;;
*) die "Usage: $0 [--remove]" ;;
esac
