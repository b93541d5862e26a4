"""Takes names of people, computers and folders out of a text that is going to leave the workstation."""

import getpass
import os
import platform
import re
from collections.abc import Iterable

SHORTEST_NAME = 2
"""A user or a computer of one letter is left in: the letter would be in every word."""


class Abbreviation:
    """Replaces what ``folders`` and ``names`` say by their labels, longest first, whatever the case of the letters.

    A home folder is taken out also where it is another user's.
    """

    def __init__(self, folders: Iterable[tuple[str, str]], names: Iterable[tuple[str, str]]) -> None:
        known = sorted(((_trimmed(text), label) for text, label in folders), key=lambda each: -len(each[0]))
        self._folders = [(re.compile(_any_slash(text), re.IGNORECASE), label) for text, label in known if len(text) > 1]
        self._names = [
            (re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE), label)
            for text, label in names
            if len(text) >= SHORTEST_NAME
        ]

    def text(self, text: str) -> str:
        """``text`` with every folder and name replaced by its label."""
        for pattern, label in (*self._folders, (_HOMES, "<home>"), *self._names):
            text = pattern.sub(label, text)
        return text

    def path(self, text: str) -> str:
        """A place, such as a file or a key of the registry; of one on a share nobody knows, nothing."""
        short = self.text(text)
        return "<share>" if short.startswith(("\\\\", "//")) else short


def of_this_user(data: str, config: str, team_folder: str) -> Abbreviation:
    """What to take out here: the folders of this user, the user's name, the computer's."""
    folders = [(data, "<data>"), (config, "<config>"), (team_folder, "<team folder>"), (_home(), "<home>")]
    own = [each for each in folders if each[1] != "<team folder>"]  # that one may be on a share that is away
    resolved = [(os.path.realpath(text), label) for text, label in own if text]
    return Abbreviation([*folders, *resolved], [(_user(), "<user>"), (platform.node(), "<computer>")])


_HOMES = re.compile(
    r"(?:[A-Za-z]:[\\/]Users|/home|/Users)[\\/](?:[^\\/\"':;,]+(?=[\\/])|[^\\/\"'\s:;,]+)", re.IGNORECASE
)


def _trimmed(text: str) -> str:
    return text.rstrip("\\/")


def _any_slash(text: str) -> str:
    """``text`` as a pattern in which both slashes mean the same; the name ends where the folder does."""
    return re.sub(r"(?:\\\\|/)", lambda _found: r"[\\/]", re.escape(text)) + r"(?![^\\/\"'\s:;,.])"


def _home() -> str:
    return os.path.expanduser("~")  # noqa: PTH111 - it never raises


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody here has a name
        return ""
