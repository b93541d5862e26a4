"""Settings and policies with the real program: a change is in force at once, and nothing that stands there stops it."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.e2e.desk import LINE, Desk, Said
from tests.e2e.room import Room
from tests.e2e.screen import until

NewDesk = Callable[[Sequence[str]], Desk]
POLICY = "/etc/kohtaava-desktop/policies.json"
AS_ANYBODY = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
"""Root without its rights over files."""


class Etc(Room):
    """A copy of ``/etc`` that its owner, root in there, may write to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, kilobytes=128 * 1024)
        script = 'cp -a /etc/. "$1" 2>/dev/null; mkdir "$1/kohtaava-desktop" && mount --bind "$1" /etc'
        self.do("sh", "-c", script, "sh", str(folder))
        self.prefix += AS_ANYBODY if os.geteuid() == 0 else []

    def policy(self, script: str) -> None:
        """Make the policy by a shell script that knows its place as ``$1``."""
        self.do("sh", "-c", f'rm -rf "$1" && {script}', "sh", POLICY)

    def say(self, **values: object) -> None:
        """Make ``values`` the policy."""
        self.policy(f'printf %s \'{json.dumps(values)}\' >"$1" && chmod 644 "$1"')


@pytest.fixture
def etc(tmp_path: Path) -> Iterator[Etc]:
    """An ``/etc`` of the test's own."""
    try:
        room = Etc(tmp_path / "etc")
    except PermissionError as reason:  # in a container that may not mount; not a matter of what is installed
        pytest.skip(f"nothing can be mounted here, so no policy in /etc is tried: {reason}")
    yield room
    room.close()


def test_a_change_is_in_force_at_once_in_a_running_meeting(desk: Desk) -> None:
    """The overlay opens and closes with the setting, while the meeting goes on."""
    desk.start()
    desk.tell("start")
    desk.tell("up")
    desk.await_status(view="quiet", stage="guidance")
    desk.tell("settings", "set", "view", "open")
    assert desk.status()["view"] == "open"
    assert desk.opened().h > LINE
    desk.tell("settings", "reset", "view")
    assert desk.status()["view"] == "quiet"
    until("the quiet overlay", lambda: desk.overlay().h <= LINE)
    assert json.loads((desk.config / "settings.json").read_text()) == {"language": "en"}
    desk.tell("settings", "set", "view", "open")
    desk.kill()
    desk.start()
    assert desk.await_status(stage="guidance")["view"] == "open"


def test_settings_without_the_program(desk: Desk) -> None:
    """They are listed and changed; what is refused names the reason."""
    desk.tell("settings", "set", "lengths", "25,50")
    assert desk.kohtaava("settings", "get", "lengths") == Said(0, "25,50\n", "")
    listed = json.loads(desk.kohtaava("settings", "list", "--json").out)
    assert (listed["lengths"]["value"], listed["lengths"]["origin"]) == ([25, 50], "user")
    refused = desk.kohtaava("settings", "set", "lengths", "4")
    assert (refused.code, refused.out) == (2, "")
    assert "5–240" in refused.err
    assert desk.kohtaava("settings", "set", "smallest_group", "20").code == 3


def test_a_damaged_file_of_settings_is_kept_when_a_setting_is_changed(desk: Desk) -> None:
    """The program says that it cannot read it, works, and sets it aside with the next change."""
    (desk.config / "settings.json").write_text('{"view": "open"')
    desk.start("--lang", "en")
    said = desk.kohtaava("start")
    assert said.code == 0
    assert f"{desk.config}/settings.json cannot be read" in said.err
    desk.tell("settings", "set", "language", "en")
    assert (desk.config / "settings-damaged-1.json").read_text() == '{"view": "open"'
    assert json.loads((desk.config / "settings.json").read_text()) == {"language": "en"}
    assert desk.kohtaava("quit").code == 0


def test_a_policy_locks_suggests_and_limits(new_desk: NewDesk, etc: Etc) -> None:
    """What is locked cannot be changed; what is suggested can; a limit is the organisation's alone."""
    desk = new_desk(etc.prefix)
    desk.settings(retention_months=100)
    etc.say(retention_months=6, view="open", smallest_group=25)
    listed = json.loads(desk.kohtaava("settings", "list", "--json").out)
    assert {name: row["value"] for name, row in listed.items() if row["origin"] == "machine-policy"} == {
        "retention_months": 6,
        "view": "open",
        "smallest_group": 25,
    }
    for words in (("set", "retention_months", "100"), ("set", "smallest_group", "30")):
        refused = desk.kohtaava("settings", *words)
        assert (refused.code, refused.out) == (3, "")
        assert POLICY in refused.err
    desk.start()
    desk.tell("start")
    desk.tell("up")
    assert desk.await_status(stage="guidance")["view"] == "open"
    desk.tell("settings", "set", "view", "quiet")
    assert desk.status()["view"] == "quiet"
    desk.quit()


HOSTILE = {
    "not JSON": "echo retention_months=6 >$1",
    "50 MB": "head -c 50000000 /dev/zero >$1",
    "a link to a device": "ln -s /dev/zero $1",
    "a pipe": "mkfifo $1",
    "a folder": "mkdir $1",
    "readable by nobody": "echo {} >$1 && chmod 000 $1",
    "writable by everybody": "echo {} >$1 && chmod 666 $1",
    "a value out of range": """echo '{"retention_months": 0}' >$1""",
    "an unknown setting": """echo '{"colour": 1}' >$1""",
}


def test_no_policy_stops_the_program(new_desk: NewDesk, etc: Etc) -> None:
    """Whatever it is, one sentence names it, and settings are as without it."""
    desk = new_desk(etc.prefix)
    plain = desk.kohtaava("settings", "list")
    assert (plain.code, plain.err) == (0, "")
    for what, script in HOSTILE.items():
        etc.policy(script)
        said = desk.kohtaava("settings", "list")
        assert (said.code, said.out) == (0, plain.out), what
        assert POLICY in said.err, (what, said)
        assert said.err.count("\n") == 1, (what, said)


@pytest.mark.parametrize("what", ["not JSON", "a pipe"])
def test_the_overlay_names_a_policy_that_cannot_be_read(new_desk: NewDesk, etc: Etc, what: str) -> None:
    """The program starts, says it, and a meeting is held."""
    desk = new_desk(etc.prefix)
    etc.policy(HOSTILE[what])
    desk.start()
    said = desk.kohtaava("start")
    assert said.code == 0
    assert f"The organisation's policy in {POLICY} cannot be read" in said.err
    assert desk.kohtaava("up").code == 0
    assert desk.status()["stage"] == "guidance"
    assert desk.kohtaava("quit").code == 0
