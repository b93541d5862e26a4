"""``make dist``: what is built is listed with checksums, dated by the commit, and compared with a second build."""

import hashlib
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from kohtaava_desktop import __version__
from release import bundle, deb, dist
from release.dist import Job
from release.project import NAME, ROOT, Unbuildable
from release.windows import layout, msi, nsis, sign
from release.windows.product import POLICY_TEMPLATES

Fill = Callable[[Job], None]


@pytest.fixture(autouse=True)
def _own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this checkout is touched."""
    monkeypatch.setattr(dist, "WORK", tmp_path / "dist-work")


def builders(monkeypatch: pytest.MonkeyPatch, linux: Fill, windows: Fill | None = None) -> None:
    """Have these build in place of those that take minutes."""
    monkeypatch.setattr(dist, "_BUILDERS", {"linux": linux, "windows": windows or linux})


def leave(name: str, content: bytes = b"content") -> Fill:
    """A builder that leaves one file, and a folder with the programs."""

    def fill(job: Job) -> None:
        (job.out / name).write_bytes(content)
        for system in ("linux", "windows"):
            folder = job.work / system / NAME
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "kohtaava").write_bytes(b"program")

    return fill


def test_everything_has_its_checksum(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    builders(monkeypatch, leave("b.deb"), leave("a.msi", b"package"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kohtaava-desktop_0.0.1-1_amd64.deb").touch()
    dist.build(Job(tmp_path / "out", tmp_path / "work"))
    lines = (tmp_path / "out" / "SHA256SUMS").read_text().splitlines()
    assert lines == [
        f"{hashlib.sha256(b'package').hexdigest()}  a.msi",
        f"{hashlib.sha256(b'content').hexdigest()}  b.deb",
    ]


def test_one_system_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    builders(monkeypatch, leave("b.deb"), leave("a.msi"))
    assert dist.main(["--only", "linux", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["SHA256SUMS", "b.deb"]


def test_all_is_dated_by_the_same_moment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = []
    builders(monkeypatch, lambda _job: seen.append(os.environ["SOURCE_DATE_EPOCH"]))
    dist.build(Job(tmp_path / "out", tmp_path / "work"))
    assert seen == ["1795336113", "1795336113"]


def test_too_large_an_installer_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dist, "MOST_MB", {".msi": 0.000001})
    builders(monkeypatch, leave("a.msi"))
    with pytest.raises(Unbuildable, match=r"a\.msi has more than"):
        dist.build(Job(tmp_path / "out", tmp_path / "work"))
    assert not (tmp_path / "out" / "SHA256SUMS").exists()


def test_what_cannot_be_built_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_job: Job) -> None:
        raise Unbuildable("There is no C compiler.")

    builders(monkeypatch, fail)
    assert dist.main(["--only", "linux", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == "There is no C compiler.\n"


@pytest.mark.parametrize("name", ["letter.txt", "kohtaava-desktop/kohtaava"])
def test_nothing_is_removed_that_no_build_has_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    builders(monkeypatch, leave("b.deb"))
    other = tmp_path / "out" / name
    other.parent.mkdir(parents=True)
    other.write_text("somebody else's")
    (tmp_path / "out" / "SHA256SUMS").touch()
    assert dist.main(["--only", "linux", str(tmp_path / "out")]) == 1
    assert "has something else in it" in capsys.readouterr().err
    assert other.read_text() == "somebody else's"
    assert (tmp_path / "out" / "SHA256SUMS").exists()


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--pkcs12", "there is no such file"),
        ("--certificate", "there is no such file"),
        ("--password-file", "there is no such file"),
        ("--timestamp", "Signing takes either"),
    ],
)
def test_what_cannot_sign_is_said_before_anything_is_built(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, said: str
) -> None:
    builders(monkeypatch, leave("a.msi"))
    assert dist.main([option, str(tmp_path / "nothing"), str(tmp_path / "out")]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("contents", "code", "said"), [((b"1", b"1"), 0, "the same"), ((b"1", b"2"), 1, "b.deb: differs")]
)
def test_two_builds_are_compared(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    contents: tuple[bytes, bytes],
    code: int,
    said: str,
) -> None:
    left = iter(contents)

    def fill(job: Job) -> None:
        leave("b.deb", next(left))(job)

    builders(monkeypatch, fill)
    assert dist.main(["--only", "linux", "--twice", str(tmp_path / "out")]) == code
    assert said in capsys.readouterr().out


def test_whoever_releases_is_told_of_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    told = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")
    with pytest.raises(SystemExit):
        dist.main(["--help"])
    options = set(re.findall(r"(--[a-z0-9-]+)", capsys.readouterr().out)) - {"--help"}
    assert len(options) >= 9
    assert {option for option in options if option not in told} == set()
    assert f"`{sign.PASSWORD}`" in told
    assert f"`{deb.MAINTAINER_VARIABLE}`" in told


def test_what_is_signed_is_not_built_twice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builders(monkeypatch, leave("a.msi"))
    (tmp_path / "both.p12").touch()
    with pytest.raises(SystemExit) as left:
        dist.main(["--twice", "--pkcs12", str(tmp_path / "both.p12"), str(tmp_path / "out")])
    assert left.value.code == 2
    assert "--twice without signing" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have everything for Windows be a few bytes, and not take minutes."""

    def fill(_folder: Path, made: Path, **_options: object) -> None:
        made.write_bytes(made.name.encode())

    monkeypatch.setattr(layout, "build", lambda *_given: None)
    monkeypatch.setattr(dist, "helpers", lambda ready: SimpleNamespace(library=ready, program=ready))
    monkeypatch.setattr(dist, "_list", lambda *_given: None)
    monkeypatch.setattr(msi, "build", fill)
    monkeypatch.setattr(nsis, "build", fill)


def test_the_manifests_of_winget_lead_to_the_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    small_windows(monkeypatch)
    out = tmp_path / "out"
    words = ["--only", "windows", "--address", "https://downloads.invalid/k/", str(out)]
    for _again in range(2):  # over what the first has left
        assert dist.main(words) == 0
    name = f"kohtaava-desktop-{__version__}-windows-x64.msi"
    manifest = yaml.safe_load((out / "winget" / "Kohtaava.Desktop.installer.yaml").read_text())
    package = manifest["Installers"][1]
    assert package["InstallerUrl"] == f"https://downloads.invalid/k/{name}"
    assert package["InstallerSha256"] == hashlib.sha256((out / name).read_bytes()).hexdigest().upper()
    assert {line.split("  ")[1] for line in (out / "SHA256SUMS").read_text().splitlines()} == {
        path.name for path in out.iterdir() if path.is_file() and path.name != "SHA256SUMS"
    }
    (out / "winget" / "letter.txt").touch()
    assert dist.main(words) == 1
    assert (out / name).exists()


def test_an_address_that_winget_does_not_take_is_said_before_anything_is_built(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builders(monkeypatch, leave("a.msi"))
    assert dist.main(["--address", "http://downloads.invalid", str(tmp_path / "out")]) == 1
    assert "begins with https://" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_policy_templates_are_there_by_themselves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    small_windows(monkeypatch)
    archives = []
    for name in ("one", "other"):
        assert dist.main(["--only", "windows", str(tmp_path / name)]) == 0
        archives.append(tmp_path / name / f"kohtaava-desktop-{__version__}-windows-policies.zip")
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with zipfile.ZipFile(archives[0]) as files:
        inside = {name: files.read(name) for name in files.namelist()}
    assert inside == {
        name: (POLICY_TEMPLATES / name).read_bytes()
        for name in ("kohtaava.admx", *(f"{language}/kohtaava.adml" for language in ("en-US", "fi-FI", "sv-SE")))
    }


def test_the_cpython_that_is_given_is_taken_in_both_builds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = []

    def fill(job: Job) -> None:
        given.append(job.python)
        leave("a.msi")(job)

    builders(monkeypatch, fill)
    (tmp_path / "python.zip").touch()
    words = ["--only", "windows", "--twice", "--python", str(tmp_path / "python.zip"), str(tmp_path / "out")]
    assert dist.main(words) == 0
    assert given == [tmp_path / "python.zip"] * 2


@pytest.mark.parametrize("named", ["python.zip", None])
def test_the_folder_for_windows_is_made_of_that_cpython(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str | None
) -> None:
    seen = []

    def assemble(_out: Path, python: Path | None = None, work: Path = tmp_path) -> None:
        seen.append((python, work))
        raise Unbuildable("That is far enough.")

    monkeypatch.setattr(layout, "build", assemble)
    python = tmp_path / named if named else None
    with pytest.raises(Unbuildable, match="far enough"):
        dist.build_for_windows(Job(tmp_path / "out", tmp_path / "work", python=python))
    assert seen == [(python, tmp_path / "work" / "windows" / "work")]


def test_a_cpython_that_is_not_there_is_said_before_anything_is_built(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builders(monkeypatch, leave("a.msi"))
    with pytest.raises(SystemExit) as left:
        dist.main(["--python", str(tmp_path / "python.zip"), str(tmp_path / "out")])
    assert left.value.code == 2
    assert "python.zip is not there" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_bundle_that_is_not_what_it_must_be_is_told_in_full(tmp_path: Path) -> None:
    (tmp_path / "libssl.so.3").touch()
    found = {each.name: each.reason for each in bundle.check(tmp_path, "linux")}
    assert found["libssl.so.3"] == "there is no network, so no TLS"
    assert len(found) > 20


@pytest.mark.parametrize("build", [bundle.build, layout.build])
def test_a_folder_that_no_build_has_made_is_not_replaced(build: Callable[[Path], None], tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(Unbuildable, match="give another"):
        build(tmp_path)
    with pytest.raises(Unbuildable, match="give another"):
        build(tmp_path / "letter.txt")
    assert (tmp_path / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize("left", ["lib/python3.11/os.pyc", "runtime/python313.dll", "kohtaava"])
def test_what_an_earlier_build_has_left_is(left: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / left).parent.mkdir(parents=True, exist_ok=True)
    (out / left).touch()
    bundle.clear(out)
    assert not out.exists()
    out.mkdir()
    bundle.clear(out)  # an empty folder is as good as none


def test_the_size_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MOST_MIB", 0)
    (tmp_path / "kohtaava").write_bytes(b"x" * bundle.MIB)
    assert "1.0 MiB are more than 0" in [each.reason for each in bundle.check(tmp_path, "linux")]
