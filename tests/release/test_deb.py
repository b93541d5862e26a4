"""The package for Debian: what is in it, what judges say, and its life in a bare Debian."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kohtaava_desktop import __version__
from release import deb
from release.compare import differences
from release.contents import files_in
from release.project import ROOT
from tests.e2e.desk import meetings_in
from tests.e2e.screen import end, until
from tests.release.chroot import SUITES, USER, Chroot

QUICKLY = ("-Zgzip", "-z1")
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "LANGUAGE": "en"}
RELOCATED = "usr/lib/kohtaava-desktop/"


@pytest.fixture(scope="module")
def package(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, packed in a hurry."""
    return deb.build(built, tmp_path_factory.mktemp("deb"), QUICKLY)


@pytest.fixture(scope="module")
def unpacked(package: Path) -> Path:
    """What the package installs."""
    folder = package.with_name("unpacked")
    subprocess.run(["dpkg-deb", "--extract", str(package), str(folder)], check=True)
    return folder


def field(package: Path, name: str) -> str:
    """A field of the package's description."""
    words = ["dpkg-deb", "--field", str(package), name]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def test_it_says_what_it_is_and_needs(package: Path) -> None:
    assert field(package, "Package") == "kohtaava-desktop"
    assert field(package, "Version") == f"{__version__}-1"
    depends = field(package, "Depends")
    for wanted in ("libc6 (>= 2.3", "libgl1", "libegl1", "libxkbcommon-x11-0", "libfontconfig1", "libsqlite3-0"):
        assert wanted in depends
    for unwanted in ("python3", "libxcb-cursor", "qt6", "libssl", "gtk"):
        assert unwanted not in depends


def test_the_folder_is_the_bundle(built: Path, unpacked: Path) -> None:
    assert differences(built, unpacked / RELOCATED) == []
    others = [name for name in files_in(unpacked) if not name.startswith(RELOCATED)]
    assert {name.split("/")[1] for name in others} == {"bin", "share"}
    for program in ("kohtaava", "kohtaava-desktop"):
        done = subprocess.run(
            [unpacked / "usr" / "bin" / program, "--version"], env={}, capture_output=True, check=True
        )
        assert __version__ in done.stdout.decode()


def test_nothing_is_in_force_that_nobody_has_set(unpacked: Path) -> None:
    assert not (unpacked / "etc").exists()
    example = unpacked / "usr/share/doc/kohtaava-desktop/examples/policies.json"
    assert isinstance(json.loads(example.read_text(encoding="utf-8")), dict)


def test_judges_of_the_desktop_have_nothing_to_say(unpacked: Path) -> None:
    share = unpacked / "usr" / "share"
    judges = (
        ("desktop-file-validate", str(share / "applications" / "kohtaava-desktop.desktop")),
        ("appstreamcli", "validate", "--no-net", str(share / "metainfo" / "fi.kohtaava.desktop.metainfo.xml")),
    )
    for words in judges:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_two_packages_of_one_bundle_are_the_same(built: Path, package: Path, tmp_path: Path) -> None:
    again = deb.build(built, tmp_path, QUICKLY)
    assert again.read_bytes() == package.read_bytes()


@pytest.mark.proof
def test_lintian_has_nothing_to_say(package: Path) -> None:
    words = ("lintian", "--allow-root", "--fail-on", "error,warning", str(package))
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.fixture(params=SUITES)
def debian(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Chroot]:
    """A bare Debian, of each release that the package is for."""
    assert os.geteuid() == 0, "only root can make a bare Debian; run this proof as root"
    chroot = Chroot(tmp_path / "debian", ROOT / "build" / "proof", request.param)
    yield chroot
    chroot.close()


@pytest.mark.proof
def test_a_life_in_a_bare_debian(debian: Chroot, package: Path, tmp_path: Path) -> None:
    """Installed, everything is found; a meeting outlives an upgrade under it; at last only the user's data is left."""
    before = debian.named("kohtaava")
    debian.install(package)
    assert unresolved(debian) == []
    with running(debian) as program:
        tell(debian, "start", "--minutes", "30")
        tell(debian, "up")
        debian.install(newer(package, tmp_path))
        assert program.poll() is None, "the upgrade ended the program"
        tell(debian, "up", "advice")
        program.kill()
    with running(debian):
        assert [visit["stage"] for visit in status(debian)["visits"]] == ["empathy", "guidance", "advice"]
        for word in ("up", "finish", "quit"):
            tell(debian, word)
    debian.run("apt-get", "purge", "-qq", "--yes", "kohtaava-desktop")
    data = f"/home/{USER}/.local/share/kohtaava-desktop"
    left = [path for path in debian.named("kohtaava") if path not in before]
    assert [path for path in left if not path.startswith(f"/home/{USER}/")] == []
    assert data in left
    [meeting] = meetings_in(debian.folder / data.lstrip("/") / "kohtaava.db")
    assert [stage for stage, _seconds in meeting["visits"]] == ["empathy", "guidance", "advice", "farewell"]


def unresolved(debian: Chroot) -> list[str]:
    """The libraries that something in the installed folder needs and does not find.

    Those of X11 are looked at as Qt's xcb platform loads them, which finds all of them; alone they do not one another.
    """
    looked_at = "find /usr/lib/kohtaava-desktop -type f ! -name 'libxcb-*' -exec ldd {} + 2>/dev/null"
    script = f"{looked_at} | grep 'not found' | sort -u || true"
    return debian.run("sh", "-c", script).splitlines()


@contextmanager
def running(debian: Chroot) -> Iterator[subprocess.Popen[bytes]]:
    """The program, offscreen, once it answers."""
    program = subprocess.Popen(debian.command("kohtaava-desktop", user=USER, **OFFSCREEN))
    try:
        until("the program's first answer", lambda: asked(debian, "status").returncode == 0)
        yield program
    finally:
        end(program)


def asked(debian: Chroot, *words: str) -> subprocess.CompletedProcess[str]:
    """How ``kohtaava`` inside ended."""
    command = debian.command("kohtaava", *words, user=USER, **OFFSCREEN)
    return subprocess.run(command, capture_output=True, text=True, check=False)


def tell(debian: Chroot, *words: str) -> None:
    """Carry out a command that succeeds."""
    done = asked(debian, *words)
    assert done.returncode == 0, done.stderr


def status(debian: Chroot) -> dict[str, Any]:
    """Where the meeting is."""
    found: dict[str, Any] = json.loads(asked(debian, "status", "--json").stdout)
    return found


def newer(package: Path, room: Path) -> Path:
    """The same package as the next version."""
    folder, made = room / "newer", room / "newer.deb"
    subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(folder)], check=True)
    control = folder / "DEBIAN" / "control"
    control.write_text(control.read_text().replace(f"Version: {__version__}-1", f"Version: {__version__}-2"))
    subprocess.run(["dpkg-deb", "--root-owner-group", *QUICKLY, "--build", str(folder), str(made)], check=True)
    shutil.rmtree(folder)
    return made
