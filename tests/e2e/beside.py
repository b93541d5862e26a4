"""The program that the expert works in beside the overlay: a terminal that must never lose the keyboard."""

import subprocess
from functools import partial
from pathlib import Path

from tests.e2e.screen import Screen, end, until

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Beside:
    """A maximised terminal with the keyboard, and a witness of every change of the active window."""

    def __init__(self, screen: Screen, typed: Path) -> None:
        self._screen, self._typed = screen, typed
        self._count = 0
        typed.touch()
        command = ["xterm", "-maximized", "-T", "beside", "-e", "sh", "-c", 'exec cat >"$1"', "sh", str(typed)]
        self._terminal = subprocess.Popen(
            command, env=screen.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        self.window = until("the terminal", lambda: next(iter(screen.windows("--name", "^beside$")), None))
        self.focus = until("the terminal's focus", self._focused)
        self.window = screen.window(self.focus) or self.window  # maximised by now
        self._witness_log = typed.with_suffix(".witness")
        with self._witness_log.open("wb") as log:
            self._witness = subprocess.Popen(
                ["xprop", "-spy", "-root", "_NET_ACTIVE_WINDOW"], env=screen.environment(), stdout=log
            )
        until("the witness", self.active_windows)
        self.still_typing()

    def _focused(self) -> int:
        number = self.window.number
        there = (self._screen.focus(), self._screen.active(), self._screen.stacking()[-1:])
        return number if there == (number, number, [number]) else 0

    def still_typing(self) -> None:
        """The keyboard is here, and what is typed arrives."""
        assert self._screen.focus() == self.focus, "the focus was taken"
        letter = LETTERS[self._count % len(LETTERS)]
        self._count += 1
        self._screen.press(letter, "Return")
        expected = "".join(f"{LETTERS[n % len(LETTERS)]}\n" for n in range(self._count))
        until(f"the letter {letter} in the terminal", lambda: self._typed.read_text() == expected)

    def await_manager(self) -> None:
        """Wait until the window manager has come to all that was done so far.

        While it changes between windows it has the keyboard, and what is typed then is lost. It does one thing after
        another: so it is asked for one more virtual desktop, and for the last one to go.
        """
        there = self._desktops()
        for wanted in (there + 1, there):
            self._screen.do("set_num_desktops", wanted)
            until(f"{wanted} virtual desktops", partial(self._has_desktops, wanted))

    def _has_desktops(self, wanted: int) -> bool:
        return self._desktops() == wanted

    def _desktops(self) -> int:
        return int(self._screen.run("xdotool", "get_num_desktops"))

    def typed(self) -> str:
        """All that has arrived, line by line."""
        return self._typed.read_text()

    def active_windows(self) -> list[str]:
        """Every window that has been active since the terminal came, in its turn."""
        return self._witness_log.read_text().splitlines()

    def close(self) -> None:
        """End the terminal and the witness."""
        end(self._witness)
        end(self._terminal)
