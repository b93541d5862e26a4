"""A bare Debian in a folder, into which a package is installed. Needs root, debootstrap and a mirror of Debian."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

SUITES = ("bookworm", "trixie")
"""The Debians that the package is for: 12, and 13, which has renamed some libraries, as Ubuntu 24.04 has."""
USER = "expert"
SECONDS = 900.0


class Chroot:
    """One bare Debian, ``suite``, in ``folder``; in ``store`` it is kept, packed, for the next one."""

    def __init__(self, folder: Path, store: Path, suite: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        kept = store / f"{suite}.tar.gz"
        if not kept.exists():
            self._make(kept, suite)
        _run("tar", "-C", str(folder), "-xpf", str(kept))
        _run("mount", "-t", "proc", "proc", str(folder / "proc"))
        shutil.copyfile("/etc/resolv.conf", folder / "etc" / "resolv.conf")
        self.run("useradd", "--create-home", USER)
        self.run("apt-get", "update", "-qq")

    def _make(self, kept: Path, suite: str) -> None:
        made = self.folder.with_name("debootstrap")
        _run("debootstrap", "--variant=minbase", suite, str(made))
        kept.parent.mkdir(parents=True, exist_ok=True)
        _run("tar", "-C", str(made), "-czf", str(kept), ".")
        shutil.rmtree(made)

    def close(self) -> None:
        """Leave nothing mounted."""
        _run("umount", str(self.folder / "proc"))

    def command(self, *words: str, user: str = "root", **variables: str) -> list[str]:
        """The command that runs ``words`` inside, as ``user``, with ``variables`` and nothing of this environment."""
        home = "/root" if user == "root" else f"/home/{user}"
        known = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": home, "LC_ALL": "C.UTF-8", **variables}
        known |= {"DEBIAN_FRONTEND": "noninteractive"}
        named = [f"{name}={value}" for name, value in known.items()]
        return ["chroot", f"--userspec={user}", str(self.folder), "/usr/bin/env", "-i", "-C", home, *named, *words]

    def run(self, *words: str, user: str = "root", **variables: str) -> str:
        """What a command inside prints; fails where it fails."""
        return _run(*self.command(*words, user=user, **variables))

    def install(self, package: Path) -> None:
        """Install the file ``package`` with what it depends on, and with nothing that it only recommends."""
        shutil.copyfile(package, self.folder / "tmp" / package.name)
        self.run("apt-get", "install", "-qq", "--yes", "--no-install-recommends", f"/tmp/{package.name}")
        (self.folder / "tmp" / package.name).unlink()

    def named(self, word: str) -> list[str]:
        """Every path inside that has ``word`` in its name, and whose folder has not."""
        found = self.run("find", "/", "-xdev", "-iname", f"*{word}*", "-prune", "-print")
        return sorted(found.splitlines())

    def owned(self, package: str) -> Mapping[str, bytes]:
        """The files of ``package`` that lie outside its own folder, with their content."""
        paths = [Path(line) for line in self.run("dpkg", "-L", package).splitlines()]
        inside = [(path, self.folder / path.relative_to("/")) for path in paths]
        return {str(path): place.read_bytes() for path, place in inside if place.is_file()}


def _run(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout
