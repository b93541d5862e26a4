"""Every moment that the overlay can have to show, as scenes in the language in use, and a language 40 % longer."""

import re
from collections.abc import Iterator
from gettext import NullTranslations

from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.errors import OnTopStep
from kohtaava_desktop.domain.events import Channel, GapKind, Marks
from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.plan import LENGTHS
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import sentences
from kohtaava_desktop.ui.scene import Facts, Scene, scene_of
from tests.unit.domain.played import BEGUN, minute, play

UP, BACK, FINISH, PIN = commands.StepUp(), commands.StepBack(), commands.Finish(), commands.Pin()
END = (22, 45)
PATH = "/home/asiantuntija.esimerkkinen@tyollisyysalue.example/.local/share/kohtaava-desktop/meeting-in-hand.db"
RUNNING = (View.ANNOUNCEMENT, View.QUIET, View.OPEN, View.DISCREET)


LONGER = "longer"
"""The tag of a language that does not exist, with the texts of ``Longer``."""


class Longer(NullTranslations):
    """English with each word 40 % longer, as a translation can be."""

    def gettext(self, message: str) -> str:
        return "".join(part if part.startswith("{") else _longer(part) for part in re.split(r"(\{[^}]*\})", message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


def _longer(text: str) -> str:
    longer, owed = "", 0.0
    for letter in text:
        longer, owed = longer + letter, owed + 0.4 * letter.isalpha()
        if owed >= 1:
            longer, owed = longer + letter, owed - 1
    return longer


def notices() -> dict[str, str]:
    """Short and long sentences of the program, in the language in use."""
    return {
        "forgotten": sentences.forgotten(),
        "refused": sentences.refusal(OnTopStep()),
        "disk full": sentences.store_problem("disk-full", {"path": PATH}),
        "newer": sentences.store_problem("database-from-newer-version", {"path": PATH, "version": 12, "known": 1}),
    }


def scenes() -> Iterator[tuple[str, Scene]]:
    """Every form in every state, by name, in the language in use."""
    for name, facts in (*_ready(), *_running(), *_finished()):
        yield name, scene_of(facts)


def _ready() -> Iterator[tuple[str, Facts]]:
    for minutes in (5, *LENGTHS, 240):
        for marks in (Marks(), Marks(Channel.PHONE), Marks(Channel.VIDEO, new_client=True, interpreter=True)):
            yield f"ready {minutes} {marks.channel}", Facts(View.READY, BEGUN, None, END, minutes, marks)
    for name, notice in notices().items():
        yield f"ready {name}", Facts(View.READY, BEGUN, None, END, 240, Marks(), notice)


def _running() -> Iterator[tuple[str, Facts]]:
    for stage in Stage:
        steps = [(1.0 + step, UP) for step in range(stage)]
        plain = play(*steps).now
        pinned = play((0.1, PIN), (0.2, PIN), *steps).now
        put_off = play(*steps, (38.0, commands.PutOff()), (40.5, commands.PutOff())).now if stage < 3 else plain
        long = play(*steps, minutes=240).now
        meetings = {"plain": (plain, 10), "due": (plain, 39), "over": (plain, 104), "pinned": (pinned, 12)}
        meetings |= {"twice put off": (put_off, 46), "long": (long, 10)}
        for kind in GapKind:
            gap = commands.NoticeGap(239 * 60.0, kind)
            meetings[f"gap {kind}"] = play(*steps, (9, gap), minutes=240).now, 10
        for name, (meeting, at) in meetings.items():
            yield from _in_each_view(f"{stage.key} {name}", meeting, at)
        for name, notice in notices().items():
            for view_name, facts in _in_each_view(f"{stage.key} {name}", plain, 10):
                yield view_name, facts._replace(notice=notice)


def _in_each_view(name: str, meeting: Meeting, at: float) -> Iterator[tuple[str, Facts]]:
    for view in RUNNING:
        yield f"{view} {name}", Facts(view, minute(at), meeting, END, 45)


def _finished() -> Iterator[tuple[str, Facts]]:
    meetings = {
        "whole": play((5, UP), (12, UP), (20, BACK), (23, UP), (38, UP), (46, FINISH)).now,
        "long": play((50, UP), (110, UP), (180, UP), (239, FINISH), minutes=240).now,
        "on the first step": play((11, FINISH)).now,
        "at once": play((0, FINISH)).now,
    }
    for name, meeting in meetings.items():
        for view in (View.SUMMARY, View.DISCREET):
            yield f"{view} {name}", Facts(view, minute(240), meeting, END, 45)
    for name, notice in notices().items():
        yield f"summary {name}", Facts(View.SUMMARY, minute(240), meetings["whole"], END, 45, Marks(), notice)
