"""A change of the settings while the program runs: everybody is told, and what it concerns follows at once."""

import json
from pathlib import Path

from kohtaava_desktop.controller import Controller, Ready
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.settings.loader import load
from tests.support import FakeStore, HandClock, in_loop


def controller_in(folder: Path, clock: HandClock) -> Controller:
    return Controller(clock, FakeStore(), load(folder), Ready(45), lambda: "key")


def write(folder: Path, text: str) -> None:
    (folder / "settings.json").write_text(text, encoding="utf-8")


@in_loop
async def test_the_form_of_a_running_meeting_follows_at_once(tmp_path: Path, clock: HandClock) -> None:
    controller = controller_in(tmp_path, clock)
    await controller.start()
    clock.advance(minutes=1)
    await controller.perform(commands.StepUp())
    told: list[View] = []
    controller.listen(lambda: told.append(controller.view))
    assert controller.view is View.QUIET
    controller.settings.set("view", "open")
    write(tmp_path, '{"view": "quiet"}')
    controller.reload_settings()
    assert told[0] is View.OPEN
    assert told[-1] is controller.view is View.QUIET


@in_loop
async def test_what_cannot_be_used_is_said_when_it_is_new(tmp_path: Path, clock: HandClock) -> None:
    write(tmp_path, json.dumps({"theme": "pink"}))
    controller = controller_in(tmp_path, clock)
    controller.reload_settings()
    assert controller.notice is None  # what stood there at the start was said at the start
    write(tmp_path, json.dumps({"theme": "pink", "size": "huge"}))
    controller.reload_settings()
    assert controller.notice is not None
    assert "size" in controller.notice
    controller.dismiss_notice()
    controller.reload_settings()
    assert controller.notice is None
