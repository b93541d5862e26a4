"""Reads the user's settings. Whatever the file holds, the program starts: a bad value is reported and not used."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import Any

from kohtaava_desktop.settings.schema import BY_NAME, SETTINGS, Value

FILE_NAME = "settings.json"
LARGEST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class BadValue:
    """A value that was not used: where it stands, what it is, what is allowed."""

    path: Path
    name: str
    value: str
    allowed: str


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file of which nothing could be used; ``reason`` is in the words of whoever tried to read it."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force, and what was wrong with the file."""

    values: dict[str, Value] = field(default_factory=lambda: {each.name: each.default for each in SETTINGS})
    problems: tuple[BadValue, ...] = ()
    bad_file: BadFile | None = None

    def text(self, name: str) -> str:
        """The value of a setting that is a choice."""
        return str(self.values[name])

    def number(self, name: str) -> int:
        """The value of a setting that is a whole number."""
        value = self.values[name]
        assert isinstance(value, int), name
        return value

    def switch(self, name: str) -> bool:
        """The value of a setting that is on or off."""
        return self.values[name] is True

    def numbers(self, name: str) -> tuple[int, ...]:
        """The value of a setting that is a list of whole numbers."""
        value = self.values[name]
        assert isinstance(value, tuple), name
        return value


def load(folder: Path) -> Settings:
    """The settings from ``folder``; defaults for whatever is missing or not allowed."""
    path = folder / FILE_NAME
    try:
        given = read_json(path)
    except ValueError as error:
        return Settings(bad_file=BadFile(path, str(error)))
    values: dict[str, Value] = {each.name: each.default for each in SETTINGS}
    problems = []
    for name, value in given.items():
        setting = BY_NAME.get(name)
        if setting is None:
            problems.append(BadValue(path, _cut(name), _short(value), ", ".join(BY_NAME)))
            continue
        try:
            values[name] = setting.check(value)
        except ValueError:
            problems.append(BadValue(path, name, _short(value), setting.allowed))
    return Settings(values, tuple(problems))


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in ``path``, empty when there is no such file; raises ``ValueError`` when it holds no object."""
    try:
        info = path.stat()
        if not S_ISREG(info.st_mode):
            raise ValueError("not a file")
        if info.st_size > LARGEST_BYTES:
            raise ValueError(f"larger than {LARGEST_BYTES} bytes")
        given = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if not isinstance(given, dict):
        raise ValueError("not a JSON object")
    return given


def _short(value: object) -> str:
    return _cut(json.dumps(value, ensure_ascii=False))


def _cut(text: str) -> str:
    """``text`` short enough for a sentence, and of letters only that can be written anywhere."""
    text = text.encode(errors="replace").decode()
    return text if len(text) <= 60 else text[:59] + "…"
