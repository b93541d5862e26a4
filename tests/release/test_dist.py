"""``make dist``: what is built is listed with checksums, dated by the commit, and compared with a second build."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from release import bundle, dist
from release.dist import Job
from release.windows import layout
from release.windows.wheels import Unbuildable

Fill = Callable[[Job], None]


@pytest.fixture(autouse=True)
def _own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this checkout is touched, nor the date that is set for all that is built."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795336113")
    monkeypatch.setattr(dist, "WORK", tmp_path / "dist-work")


def builders(monkeypatch: pytest.MonkeyPatch, linux: Fill, windows: Fill | None = None) -> None:
    """Have these build in place of those that take minutes."""
    monkeypatch.setattr(dist, "_BUILDERS", {"linux": linux, "windows": windows or linux})


def leave(name: str, content: bytes = b"content") -> Fill:
    """A builder that leaves one file, and a folder with the programs."""

    def fill(job: Job) -> None:
        (job.out / name).write_bytes(content)
        for system in ("linux", "windows"):
            folder = job.work / system / dist.NAME
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "kohtaava").write_bytes(b"program")

    return fill


def test_everything_has_its_checksum(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    builders(monkeypatch, leave("b.deb"), leave("a.msi", b"package"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.deb").touch()
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


def test_the_size_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MOST_MIB", 0)
    (tmp_path / "kohtaava").write_bytes(b"x" * bundle.MIB)
    assert "1.0 MiB are more than 0" in [each.reason for each in bundle.check(tmp_path, "linux")]
