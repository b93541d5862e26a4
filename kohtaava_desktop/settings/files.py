"""Reads JSON out of files that anybody may have put there.

Never waits for a pipe or a device, never reads more than ``LARGEST_BYTES``, never raises anything but ``Unreadable``.
"""

import errno
import json
import os
from pathlib import Path
from stat import S_ISREG
from typing import Any

FILE_NAME = "settings.json"
LARGEST_BYTES = 1 << 20
DEEPEST = 50


class Unreadable(ValueError):
    """Nothing can be used of a file; ``reason`` is a code of ``i18n.sentences``, or in the system's words."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def read_json(path: Path, of_root: bool = False) -> dict[str, Any]:
    """The JSON object in ``path``, empty when there is no such file; raises ``Unreadable`` when it holds no object.

    With ``of_root`` the file must be the administrator's: owned by root and writable by nobody else.
    """
    try:
        text = _read(path, of_root).decode("utf-8-sig")
        given = json.loads(text)
    except FileNotFoundError:
        return {}
    except OSError as error:
        denied = error.errno in (errno.EACCES, errno.EPERM)
        raise Unreadable("not-allowed" if denied else error.strerror or str(error)) from error
    except json.JSONDecodeError as error:
        raise Unreadable("not-json", error.lineno) from error
    except Unreadable:
        raise
    except (ValueError, RecursionError) as error:  # no UTF-8, a number of 5,000 digits, 50,000 brackets
        raise Unreadable("not-json") from error
    if not isinstance(given, dict):
        raise Unreadable("not-an-object")
    if _too_deep(given):
        raise Unreadable("too-deep")
    return given


def _too_deep(given: object) -> bool:
    """Whether lists and objects lie in one another so deep that working with them could exhaust the stack."""
    level = [given]
    for _ in range(DEEPEST):
        level = [inner for each in level if isinstance(each, dict) for inner in each.values()] + [
            inner for each in level if isinstance(each, list) for inner in each
        ]
        if not level:
            return False
    return True


def text_of_json(given: dict[str, Any]) -> str:
    """``given`` as a file for people: a line for each name."""
    lines = (f"  {json.dumps(name)}: {json.dumps(given[name])}" for name in given)
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _read(path: Path, of_root: bool) -> bytes:
    # Without O_NONBLOCK the opening of a pipe would wait for somebody to write; Windows has neither flag.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags)
    try:
        about = os.fstat(handle)
        if not S_ISREG(about.st_mode):
            raise Unreadable("not-a-file")
        if of_root and (about.st_uid != 0 or about.st_mode & 0o022):
            raise Unreadable("not-root")
        content = b""
        while piece := os.read(handle, LARGEST_BYTES + 1 - len(content)):  # it may be longer than it says
            content += piece
    finally:
        os.close(handle)
    if len(content) > LARGEST_BYTES:
        raise Unreadable("too-large")
    return content
