"""Which system's shortcuts are asked for."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pytest

from kohtaava_desktop.integration.shortcuts import Reason, Refused, system_taker
from kohtaava_desktop.integration.wayland import in_wayland

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.mark.parametrize("display", [None, "", ":59998"])
def test_without_a_screen_of_x11_there_are_none(
    monkeypatch: pytest.MonkeyPatch, loop: asyncio.AbstractEventLoop, display: str | None
) -> None:
    if display is None:
        monkeypatch.delenv("DISPLAY", raising=False)
    else:
        monkeypatch.setenv("DISPLAY", display)
    with pytest.raises(Refused) as refused:
        system_taker(cast("QCoreApplication", None), loop, lambda: None)
    assert refused.value.reason is Reason.UNAVAILABLE


@pytest.mark.parametrize(("name", "expected"), [("wayland-0", True), ("", False)])
def test_a_wayland_session_is_told_by_its_socket(name: str, expected: bool) -> None:
    assert in_wayland({"WAYLAND_DISPLAY": name}) is expected
