"""Signals to the program: however many come, it ends without a word, and none is lost while that is arranged."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import pytest

from kohtaava_desktop.app import _take_many_signals_for_one


@pytest.fixture
def pipe() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Both ends of a loop's pipe; Python writes each signal to the first one."""
    first, second = socket.socketpair()
    first.setblocking(False)
    second.setblocking(False)
    handler = signal.signal(signal.SIGTERM, lambda *_values: None)
    before = signal.set_wakeup_fd(first.fileno())
    with closing(first), closing(second):
        yield first, second
        signal.set_wakeup_fd(before)
        signal.signal(signal.SIGTERM, handler)


def test_signals_that_find_the_pipe_full_pass_without_a_word(
    pipe: tuple[socket.socket, socket.socket], capfd: pytest.CaptureFixture[str]
) -> None:
    _take_many_signals_for_one()
    with suppress(BlockingIOError):
        while True:
            pipe[0].send(b"\0" * 4096)
    signal.raise_signal(signal.SIGTERM)
    assert capfd.readouterr().err == ""


def test_a_signal_that_comes_meanwhile_is_not_lost(
    pipe: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were it blocked here, another thread would take it, as Qt's may."""
    other, came, set_wakeup_fd = threading.Event(), threading.Event(), signal.set_wakeup_fd
    threading.Thread(target=other.wait, args=(60,), daemon=True).start()

    def interrupted(descriptor: int, **more: Any) -> int:
        before = set_wakeup_fd(descriptor, **more)
        if not came.is_set():
            came.set()
            os.kill(os.getpid(), signal.SIGTERM)
            while signal.SIGTERM in signal.sigpending():
                os.sched_yield()
        return before

    monkeypatch.setattr(signal, "set_wakeup_fd", interrupted)
    _take_many_signals_for_one()
    other.set()
    assert pipe[1].recv(10) == bytes([signal.SIGTERM])
