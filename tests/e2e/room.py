"""A small disk of its own for a data folder, that can be filled up and made read-only; nobody need be root for it.

It is a file system in memory, mounted in a mount namespace that lasts as long as one process in it: nothing is left
behind, whatever happens to the tests.
"""

import os
import subprocess
from pathlib import Path

from tests.e2e.screen import PATIENCE, end, until


class Room:
    """A namespace in which ``folder`` is such a disk. Raises ``PermissionError`` where none may be made."""

    def __init__(self, folder: Path, kilobytes: int = 1024) -> None:
        self.folder = folder
        folder.mkdir()
        as_user = [] if os.geteuid() == 0 else ["--map-root-user"]
        mount = f'mount -t tmpfs -o size={kilobytes}k,mode=0700 tmpfs "$1" && echo ready && exec cat'
        self._holder = subprocess.Popen(
            ["unshare", "--mount", *as_user, "sh", "-c", mount, "sh", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self._holder.stdout is not None
        said = self._holder.stdout.readline()
        if said != b"ready\n":
            self.close()
            raise PermissionError(said.decode(errors="replace").strip())
        into_user = ["--user", "--preserve-credentials"] if as_user else []
        self.prefix = [
            "nsenter",
            "--target",
            str(self._holder.pid),
            "--mount",
            *into_user,
            "--root",
            f"--wd={Path.cwd()}",
            "--",
        ]

    def do(self, *command: str) -> str:
        """Run ``command`` in there; what it prints."""
        return subprocess.run(
            [*self.prefix, *command], capture_output=True, text=True, timeout=PATIENCE, check=True
        ).stdout

    def make(self, mode: str) -> None:
        """Mount the disk ``ro`` or ``rw`` from now on."""
        until(f"the disk being {mode}", lambda: self._remounted(mode))

    def _remounted(self, mode: str) -> bool:
        command = [*self.prefix, "mount", "-o", f"remount,{mode}", str(self.folder)]
        return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).returncode == 0

    def fill(self) -> None:
        """Take all the space that is left."""
        script = 'cat /dev/zero >"$1/filler" 2>/dev/null; test "$(df --output=avail "$1" | tail -n 1)" -eq 0'
        self.do("sh", "-c", script, "sh", str(self.folder))

    def clear(self) -> None:
        """Give the space back."""
        self.do("rm", str(self.folder / "filler"))

    def take_out(self, name: str, to: Path) -> Path:
        """Copy the file ``name`` out of there."""
        with to.open("wb") as copy:
            subprocess.run([*self.prefix, "cat", str(self.folder / name)], stdout=copy, timeout=PATIENCE, check=True)
        return to

    def close(self) -> None:
        """Let the disk go; it vanishes with the last program in it."""
        assert self._holder.stdin is not None
        assert self._holder.stdout is not None
        self._holder.stdin.close()
        end(self._holder)
        self._holder.stdout.close()
