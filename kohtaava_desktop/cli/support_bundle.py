"""``kohtaava doctor --bundle FILE``: what a support person needs, in one file that can be sent on.

Guaranteed: nothing of a meeting (no number of them, no week, no journal, no file of the data folder), no value that may
name a person or a place, no name of the user or the computer. Every sentence in it is one of those allowed here by its
row, with the folders taken out; of any other row only its name and state are told. A file that is there already is
never touched. The same computer in the same state gives the same bytes: there is no time in it.
"""

import json
import os
import platform
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from kohtaava_desktop import __version__
from kohtaava_desktop.cli import say
from kohtaava_desktop.cli.abbreviation import Abbreviation
from kohtaava_desktop.control.report import Row, worst
from kohtaava_desktop.i18n import N_, _
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.settings.schema import BY_NAME, Kind

REFUSED = 3
TOLD = frozenset(
    ("version", "policy", "data", "space", "sums", "retention", "autostart", "translations", "program",
     "qt", "session", "screens", "compositor", "capture", "tray", "fonts")
)  # fmt: skip
"""The doctor's rows whose sentence tells of the computer only. ``settings`` is told in a file of its own."""
LIBRARIES = ("PySide6-Essentials", "shiboken6", "qasync", "sqlite-utils", "babel")
PARTS = {
    "README.txt": N_("what this is, and what is not in it"),
    "about.json": N_("versions of the program, its libraries and the system"),
    "doctor.json": N_("what kohtaava doctor found; of meetings only whether they can be read"),
    "settings.json": N_("the settings and where each comes from; no folder is named"),
}
_HARMLESS = (Kind.SWITCH, Kind.NUMBER, Kind.NUMBERS, Kind.CHOICE, Kind.SHORTCUT)


@dataclass(frozen=True, slots=True)
class Found:
    """What the bundle is made of."""

    settings: Settings
    rows: list[Row]
    short: Abbreviation


def write(path: Path, found: Found) -> int:
    """Tell what the bundle holds, then write it to ``path``; the exit code is 3 where nothing could be written."""
    parts = contents(found)
    wide = max(map(len, parts))
    say.tell(_("The support bundle holds:"))
    for name in parts:
        say.tell(f"  {name:{wide}}  {_(PARTS[name])}")
    say.tell(_("Nothing of any meeting is in it. Every file in it is text that can be read before it is sent."))
    try:
        _write_new(path, packed(parts))
    except FileExistsError:
        return say.fail(REFUSED, _("{path} is there already, and stays as it is.").format(path=path))
    except (OSError, ValueError) as error:  # ValueError: a name that no system takes
        reason = getattr(error, "strerror", None) or str(error)
        return say.fail(REFUSED, _("{path} could not be written: {reason}.").format(path=path, reason=reason))
    return say.tell(_("Written: {path}").format(path=path))


def contents(found: Found) -> dict[str, str]:
    """The files of the bundle, by their names, in their order."""
    texts = (_readme(), _text(about(found)), _text(doctor(found)), _text(settings(found)))
    return dict(zip(PARTS, texts, strict=True))


def packed(parts: Mapping[str, str]) -> bytes:
    """``parts`` as a zip, uncompressed, so that any viewer shows what is in it."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for name, text in parts.items():
            entry = ZipInfo(f"kohtaava-support/{name}")  # of 1980, like every one made without a time
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return stream.getvalue()


def about(found: Found) -> dict[str, object]:
    """Versions and system; of environment variables, the names of those that change how the program works."""
    own = sorted(name for name in os.environ if name.startswith(("KOHTAAVA_", "QT_")))
    session = ("XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "LANG")
    return {
        "program": __version__,
        "folder": installed(found.short.path(str(Path(__file__).resolve().parents[2]))),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "libraries": _libraries(),
        "system": {
            "name": platform.system(),
            "release": platform.release(),
            "version": platform.version(),
            "machine": platform.machine(),
            "distribution": _distribution(),
        },
        "session": {name: found.short.text(os.environ[name]) for name in session if name in os.environ},
        "variables_set": own,
        "encoding": {"files": sys.getfilesystemencoding(), "output": getattr(sys.stdout, "encoding", None)},
        "log": None,
    }


def doctor(found: Found) -> dict[str, object]:
    """The doctor's rows: all names and states, and those sentences that tell of the computer only."""
    rows = [
        {"name": row.name if row.name.isidentifier() else "?", "state": row.state.value}
        | ({"sentence": found.short.text(row.sentence)} if row.name in TOLD else {})
        for row in found.rows
    ]
    return {"state": worst(found.rows).value, "rows": rows}


def settings(found: Found) -> dict[str, object]:
    """Every setting with its origin, and its value unless it is a folder; what is wrong, without what was written."""
    own = found.settings
    problems = [
        {
            "name": bad.name if bad.name in BY_NAME else None,
            "what": bad.wrong.value,
            "place": found.short.path(bad.place),
        }
        for bad in own.problems
    ]
    unread = [{"place": found.short.path(bad.place), "line": bad.line, "policy": bad.policy} for bad in own.bad_places]
    return {
        "settings": {name: _setting(found, name) for name in BY_NAME},
        "problems": problems,
        "unreadable": unread,
    }


def _setting(found: Found, name: str) -> dict[str, object]:
    own = found.settings
    value = own.value(name)
    told = {"value": value} if BY_NAME[name].kind in _HARMLESS else {"set": bool(value), "shape": shape(str(value))}
    return {
        **told,
        "origin": own.origin(name).name.lower().replace("_", "-"),
        "managed": own.managed(name),
        "place": found.short.path(own.place(name)),
    }


def installed(folder: str) -> str:
    """Where the program is: whole where installers put it, and otherwise without names that people gave to folders."""
    usual = (
        r"<home>\AppData\Local\Programs\Kohtaava Desktop",
        os.environ.get("PROGRAMFILES", "") + r"\Kohtaava Desktop",
    )
    if folder.startswith(("/usr/", "/opt/", *usual)):
        return folder
    return "<home>" if folder.startswith("<home>") else "elsewhere"


def shape(folder: str) -> str | None:
    """What kind of path ``folder`` is, without a word of it."""
    if not folder:
        return None
    if folder.startswith(("\\\\", "//")):
        return "network share"
    return "drive" if folder[1:2] == ":" else "path"


def _readme() -> str:
    lines = [
        f"Kohtaava Desktop {__version__}",
        "",
        *(f"{name}: {_(about)}" for name, about in PARTS.items()),
        "",
        _("Not in it: meetings, their number, weeks or lengths, the journal, exports, the data folder's files."),
        _("Not in it either: your name, the computer's name, the team folder. Folders are shortened, like <home>."),
        _("The program keeps no log, so there is none here."),
    ]
    return "\n".join(lines) + "\n"


def _text(given: Mapping[str, object]) -> str:
    return json.dumps(given, ensure_ascii=False, indent=1) + "\n"


def _libraries() -> dict[str, str]:
    """The versions of what is installed beside the program; nothing in a package, whose version says it all."""
    known = {}
    for name in LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            known[name] = metadata.version(name)
    return known


def _distribution() -> str | None:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME")
    except OSError:
        return None


def _write_new(path: Path, content: bytes) -> None:
    """Write ``content`` to a new file; one that could not be written whole is removed. Raises ``OSError``."""
    with path.open("xb") as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            file.close()
            path.unlink(missing_ok=True)
            raise
