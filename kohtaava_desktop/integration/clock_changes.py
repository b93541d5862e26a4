"""Tells when the wall clock was set and when the computer came back from sleep, without ever looking by itself.

The timers of an event loop stand still in sleep: what was due meanwhile would come late by as long as it lasted. And a
wall clock set anew moves every end by the clock on show. Linux cancels one timer of the kernel for either of the two;
Windows sends every window a message. Elsewhere nobody tells, and both are seen at the next visible change.

A change of the time zone is not told: it, too, is seen at the next visible change, within a minute.

Not tested: the Windows part has never run on Windows, and no test sets the clock of the machine it runs on or sends it
to sleep. That Linux cancels the timer for both is what timerfd_create(2) says; the tests let the timer run out instead,
and check that the kernel took it for one that is cancelled.
"""

import sys
from collections.abc import Callable

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

    WM_TIMECHANGE, WM_POWERBROADCAST, PBT_APMRESUMEAUTOMATIC = 0x001E, 0x0218, 0x0012

    class _Filter(QAbstractNativeEventFilter):
        def __init__(self, changed: Callable[[], None]) -> None:
            super().__init__()
            self._changed = changed

        def nativeEventFilter(  # noqa: N802 - Qt's name
            self, _kind: QByteArray | bytes | bytearray | memoryview, message: int
        ) -> tuple[bool, int]:
            said = wintypes.MSG.from_address(int(message))
            resumed = said.message == WM_POWERBROADCAST and said.wParam == PBT_APMRESUMEAUTOMATIC
            if resumed or said.message == WM_TIMECHANGE:
                self._changed()
            return False, 0

    def watch(changed: Callable[[], None]) -> Callable[[], None]:
        """Call ``changed`` after each such change, from Qt's event loop; returns what ends that."""
        app = QCoreApplication.instance()
        assert app is not None
        listener = _Filter(changed)
        app.installNativeEventFilter(listener)
        return lambda: app.removeNativeEventFilter(listener)

elif sys.platform == "linux":
    import asyncio
    import ctypes
    import os
    import time

    CLOCK_REALTIME = time.CLOCK_REALTIME
    TFD_TIMER_ABSTIME, TFD_TIMER_CANCEL_ON_SET = 1, 2
    NEVER = 2**62
    """Seconds since 1970, and yet not so many that the kernel takes them for a mistake."""

    class _Time(ctypes.Structure):
        _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))

    class _Timer(ctypes.Structure):
        _fields_ = (("interval", _Time), ("value", _Time))

    def watch(changed: Callable[[], None]) -> Callable[[], None]:
        """Call ``changed`` after each such change, from the running event loop; returns what ends that.

        Where the kernel gives no such timer, ``changed`` is never called.
        """
        libc = ctypes.CDLL(None)
        timer = libc.timerfd_create(CLOCK_REALTIME, os.O_NONBLOCK | os.O_CLOEXEC)
        if timer < 0:
            return lambda: None
        never = ctypes.byref(_Timer(_Time(0, 0), _Time(NEVER, 0)))
        loop = asyncio.get_running_loop()

        def arm() -> None:
            libc.timerfd_settime(timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, never, None)

        def told() -> None:
            try:
                os.read(timer, 8)
            except BlockingIOError:
                return
            except OSError:
                pass  # cancelled (ECANCELED): this is how it is told
            arm()
            changed()

        def stop() -> None:
            loop.remove_reader(timer)
            os.close(timer)

        arm()
        loop.add_reader(timer, told)
        return stop

else:

    def watch(changed: Callable[[], None]) -> Callable[[], None]:  # noqa: ARG001 - nobody tells
        """Nothing tells of such changes here; ``changed`` is never called."""
        return lambda: None
