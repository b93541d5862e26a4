# sh enter.sh FOLDER PROJECT COMMAND…: runs the command in the Debian below FOLDER, which sees the processes and the
# virtual screens of this machine, and the folder PROJECT at its own path. What is mounted for it is seen by it alone,
# and is gone with it. Needs root.
set -eu
if [ "$1" != --mounted ]; then
    exec unshare --mount --propagation private -- sh "$0" --mounted "$@"
fi
root=$2
project=$3
shift 3
mkdir -p "$root/tmp/.X11-unix" "$root$project"
mount -t proc proc "$root/proc"
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
mount --bind "$project" "$root$project"
exec chroot "$root" "$@"
