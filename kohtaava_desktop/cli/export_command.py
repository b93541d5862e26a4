"""``kohtaava export``: shows what leaves of one closed month, and writes it where it is told to.

To be shown is to be put together for good: the month gets its row in the table ``release``, as in the window.

It opens ``kohtaava.db`` beside the running program, if one runs: each of its calls is one short transaction under
SQLite's own locks, and the journal of the meeting in hand is not touched. What needs more than that, mending a damaged
file or moving waiting meetings in, is left to the program.
"""

import shlex
from datetime import date
from pathlib import Path

from kohtaava_desktop.cli import say
from kohtaava_desktop.control.misuse import N_, Misuse, shown
from kohtaava_desktop.domain.disclosure import Thresholds
from kohtaava_desktop.domain.months import check_month, last_closed
from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.domain.release_files import files_of
from kohtaava_desktop.i18n import _, export_texts, set_language
from kohtaava_desktop.integration.clock import SystemClock, local_day
from kohtaava_desktop.integration.paths import data_dir
from kohtaava_desktop.store.errors import StoreError
from kohtaava_desktop.store.exports import NotWritten, write
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.releases import NotReleased
from kohtaava_desktop.store.shelf import MEETINGS, WAITING

REFUSED = 3
USAGE = "kohtaava export [--month YYYY-MM] [--to DIR]"


def run(words: list[str]) -> int:
    """Carry out ``kohtaava export`` with ``words`` and return the exit code: 0 done, 2 usage, 3 refused."""
    settings = say.settings_in_force()
    set_language(settings.text("language"))
    clock = SystemClock()
    today = local_day(clock, clock.read().wall)
    try:
        given = _options(words)
        month = _month(given.get("--month") or last_closed(today))
    except Misuse as misuse:
        return say.fail(say.USAGE, misuse.sentence)
    if any(bad.policy for bad in settings.bad_places):
        return say.fail(REFUSED, export_texts.limits_unknown())
    path = data_dir() / MEETINGS
    try:
        release = _release(path, month, today, Thresholds(settings.number("smallest_group")))
        return _show_and_write(release, given.get("--to"), settings.text("team_folder") or "DIR")
    except NotReleased as refused:
        return say.fail(REFUSED, export_texts.not_released(refused.code, refused.values))
    except NotWritten as refused:
        return say.fail(REFUSED, export_texts.not_written(refused.path, refused.reason))
    except StoreError as error:
        return say.fail(REFUSED, export_texts.not_used(path, error.code))


def _release(path: Path, month: str, today: date, thresholds: Thresholds) -> Release:
    if path.with_name(WAITING).exists():
        raise MeetingsWait(month)
    return Meetings(path, mends=False).release(month, today, thresholds)


class MeetingsWait(NotReleased):
    """Finished meetings are not in ``kohtaava.db`` yet; what is given out would lack them for good."""

    code = "meetings-wait"


def _show_and_write(release: Release, to: str | None, usual: str) -> int:
    """Without ``to`` no export is written, also where there is a ``usual`` folder: to look is not to hand over."""
    say.tell(export_texts.preview(release))
    say.tell("")
    if to is None:
        command = f"kohtaava export --month {release.month} --to {shlex.quote(usual)}"
        sentence = _("No file has been written; {month} is put together for good. This writes it: {command}")
        return say.tell(sentence.format(month=release.month, command=command))
    written = write(Path(to), release.name, files_of(release))
    sentence = _("Written: {path}") if written else _("It is there already, and the same: {path}")
    return say.tell(sentence.format(path=Path(to) / release.name))


def _options(words: list[str]) -> dict[str, str]:
    """The values of the options; raises ``Misuse``."""
    given: dict[str, str] = {}
    rest = [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]
    while rest:
        name = rest.pop(0)
        if name not in ("--month", "--to") or name in given:
            sentence = N_("{value} does not belong here; the command is: {usage}")
            raise Misuse("unknown-value", sentence, value=shown(name), usage=USAGE)
        if not rest or not rest[0]:
            option = {"--month": "--month YYYY-MM", "--to": "--to DIR"}[name]
            raise Misuse("missing-value", N_("{option} needs a value."), option=option)
        given[name] = rest.pop(0)
    return given


def _month(text: str) -> str:
    try:
        return check_month(text)
    except ValueError:
        raise Misuse("bad-month", N_("A month is written like 2026-10, not {value}."), value=shown(text)) from None
