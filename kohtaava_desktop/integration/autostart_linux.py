"""Start at sign-in by the desktop entry specification: a file in ``~/.config/autostart``."""

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from kohtaava_desktop.integration.autostart import State

NAME = "kohtaava-desktop.desktop"
MARK = "X-Kohtaava-Written=true"
"""How our own file is told from one that somebody else has put there."""
LARGEST_BYTES = 1 << 16


class DesktopEntry:
    """The entry in ``folder`` that runs ``command``; those in ``shared`` folders are the organisation's."""

    def __init__(self, folder: Path, shared: Sequence[Path], command: Sequence[str]) -> None:
        self._path, self._shared, self._command = folder / NAME, shared, command

    def state(self) -> State:
        """What there is now; the user's file hides the organisation's, as it does for the desktop."""
        text = _read(self._path)
        if text is None:
            return State.BY_OTHERS if self._is_shared() else State.OFF
        if _switched_off(text):
            return State.OFF if MARK in text and self._is_shared() else State.SWITCHED_OFF
        return State.ON if MARK in text else State.BY_OTHERS

    def change(self, on: bool | None) -> None:
        """Write our file or take it away; to hide the organisation's entry, ours says ``Hidden``."""
        text = _read(self._path)
        if text is not None and MARK not in text:
            return
        if on or (on is False and self._is_shared()):
            self._write(entry(self._command, hidden=not on))
        elif text is not None:
            self._path.unlink(missing_ok=True)

    def verify(self, on: bool | None) -> None:
        """Mend what our file starts."""
        text = _read(self._path)
        if text is None or MARK not in text or _switched_off(text) or not on:
            return
        if text != entry(self._command):
            self._write(entry(self._command))

    def _is_shared(self) -> bool:
        return any(_read(folder / NAME) is not None for folder in self._shared)

    def _write(self, text: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_name(f".{NAME}.new")
        try:
            new.unlink(missing_ok=True)  # a pipe would wait for somebody to read it
            new.write_text(text, encoding="utf-8", errors="surrogateescape")
            new.replace(self._path)
        except OSError:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise


def entry(command: Sequence[str], hidden: bool = False) -> str:
    """The text of the file. ``TryExec``: nothing happens, and nothing is said, once the program is gone."""
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Kohtaava Desktop",
        "Icon=kohtaava-desktop",
        f"TryExec={_string(command[0])}",
        f"Exec={_string(' '.join(map(_quoted, command)))}",
        "Terminal=false",
        MARK,
        *(["Hidden=true"] if hidden else []),
    ]
    return "\n".join(lines) + "\n"


def _quoted(word: str) -> str:
    """``word`` as one word of ``Exec``: a percent sign begins a field code, four others an expansion of the shell."""
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%") + '"'


def _string(text: str) -> str:
    """``text`` as a value of a desktop entry, in which a backslash begins an escape."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _read(path: Path) -> str | None:
    """The text of the file ``path``; ``None`` when there is no file that could be an entry."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_BYTES:
            return None
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None


def _switched_off(text: str) -> bool:
    return re.search(r"^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$", text, re.MULTILINE) is not None
