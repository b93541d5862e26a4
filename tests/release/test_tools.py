"""What a releaser is told when a tool of the build machine is missing, fails or gets stuck."""

import re
import sys
from pathlib import Path

import pytest

from release import tools
from release.project import ROOT, Unbuildable
from release.windows.wine import Wine


def python(script: str, **more: object) -> str:
    """What Python prints in place of a tool."""
    return tools.run(sys.executable, "-c", script, **more)  # type: ignore[arg-type] # as they are given


def test_it_runs_alike_on_every_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LC_ALL", "fi_FI.UTF-8")
    monkeypatch.setenv("TZ", "Europe/Helsinki")
    asked = "import os, sys; print(*map(os.environ.get, ('LC_ALL', 'TZ', 'MORE')), os.getcwd(), sys.stdin.read())"
    said = python(asked, folder=tmp_path, environment={"MORE": "more"}, told="ä")
    assert said == f"C.UTF-8 UTC more {tmp_path} ä\n"


def test_a_missing_tool_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(Unbuildable, match=r"^wixl is not installed here; Debian has it in wixl\.$"):
        tools.run("wixl", "--version")
    with pytest.raises(Unbuildable, match=r"^a-tool is not installed here\.$"):
        tools.run("a-tool")


def test_a_tool_that_fails_is_quoted() -> None:
    script = "import sys; print('first'); sys.exit('the reason')"
    with pytest.raises(Unbuildable, match=r"(?s)^Packing failed: first\nthe reason$"):
        python(script, name="Packing")
    with pytest.raises(Unbuildable, match=r"does not say why"):
        python("raise SystemExit(1)")


def test_a_warning_counts_as_a_failure_unless_it_is_allowed() -> None:
    script = "import sys; print('made'); print('WARNING: left out', file=sys.stderr)"
    with pytest.raises(Unbuildable, match="left out"):
        python(script)
    assert python(script, may_warn=True) == "made\n"


def test_a_tool_that_gets_stuck_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tools, "MOST_SECONDS", 0.05)
    with pytest.raises(Unbuildable, match="Signing has not ended within"):
        tools.run("sleep", "60", name="Signing")
    stuck = Wine(tmp_path / "prefix", within=("sh", "-c", "exec sleep 60"))
    with pytest.raises(Unbuildable, match=r"^python\.exe has not ended under Wine within 0 seconds\.$"):
        stuck.run([tmp_path / "python.exe"], seconds=0.05)


def test_every_tool_that_is_run_has_its_package() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "release").rglob("*.py")]
    named = {name for source in sources for name in re.findall(r'\brun\(\s*"([a-z-]+)"', source)}
    assert {"dpkg-deb", "windres", "wixl", "makensis", "osslsigncode"} <= named
    assert [name for name in named if not {name, f"{tools.MINGW}{name}"} & set(tools.PACKAGES)] == []
