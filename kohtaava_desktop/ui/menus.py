"""The context menu with everything, and the menu of planned lengths."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from kohtaava_desktop.controller import Controller, Ready
from kohtaava_desktop.domain import commands, reminders
from kohtaava_desktop.domain.errors import MeetingError
from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import LANGUAGES, _, formats, language, sentences
from kohtaava_desktop.ui.scene import Act

Do = Callable[[Act], None]
Perform = Callable[[commands.Command], None]


class Talks(Protocol):
    """What a menu asks in a window of its own; those windows are ordinary ones, opened by intent."""

    def ask_length(self) -> None:
        """Ask for any whole number of minutes."""

    def ask_discard(self) -> None:
        """Ask once before a meeting is thrown away."""

    def explain(self, stage: Stage) -> None:
        """What a step is for, on a card beside the overlay."""

    def open_guide(self) -> None:
        """The user guide."""

    def open_mirror(self) -> None:
        """What one's own meetings say."""

    def open_team(self) -> None:
        """What the team's exports say together."""

    def open_trust(self) -> None:
        """What is stored."""

    def open_settings(self) -> None:
        """The settings."""

    def tell_about(self) -> None:
        """What the program is, and whose method it serves."""


def _ignoring_check(do: Callable[[], object], _checked: bool = False) -> None:
    """Qt says whether an entry is checked now; ours know already."""
    do()


def first_entry(menu: QMenu) -> QAction:
    """The first entry that can be chosen and opens no other menu."""
    return next(each for each in menu.actions() if each.isEnabled() and not each.isSeparator() and each.menu() is None)


def _named(name: str, parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAccessibleName(name)
    return menu


def _entry(menu: QMenu, text: str, do: Callable[[], object], enabled: bool = True, key: str = "") -> None:
    action = menu.addAction(text)
    action.triggered.connect(partial(_ignoring_check, do))
    action.setEnabled(enabled)
    if key:
        action.setShortcut(QKeySequence(key))


def _choice(menu: QMenu, text: str, checked: bool, do: Callable[[], object]) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(checked)
    action.triggered.connect(partial(_ignoring_check, do))
    return action


def _one_of(menu: QMenu, choices: Iterable[tuple[str, bool, Callable[[], object]]]) -> None:
    """Entries of which one holds: its name, whether it holds now, what choosing it does."""
    group = QActionGroup(menu)
    for text, checked, do in choices:
        group.addAction(_choice(menu, text, checked, do))


class Menus:
    """Builds menus for the moment at which they open; what they do goes through the presenter."""

    def __init__(
        self, controller: Controller, do: Do, perform: Perform, talks: Talks, speak: Callable[[str], None]
    ) -> None:
        """``speak`` takes the tag of the language to use from now on."""
        self._controller, self._do, self._perform = controller, do, perform
        self._talks, self._speak = talks, speak

    def lengths(self, parent: QWidget) -> QMenu:
        """Planned lengths, the end of a late start, and the marks of the next meeting."""
        menu, ready = _named(_("Planned length"), parent), self._controller.ready
        self._fill_lengths(menu, ready)
        menu.addSeparator()
        self._fill_marks(menu, ready.marks, self._mark_ready)
        return menu

    def everything(self, parent: QWidget) -> QMenu:
        """All that can be done now."""
        menu = _named(_("More"), parent)
        self.fill(menu)
        return menu

    def fill(self, menu: QMenu) -> None:
        """Add all that can be done now to ``menu``."""
        meeting = self._controller.meeting
        if meeting is None:
            _entry(menu, _("Start meeting"), lambda: self._do(Act.START))
            planned = menu.addMenu(_("Planned length"))
            self._fill_lengths(planned, self._controller.ready)
            self._fill_marks(menu, self._controller.ready.marks, self._mark_ready)
            self._fill_steps(menu)
        elif meeting.running:
            self._fill_running(menu, meeting)
        else:
            self._fill_summary(menu, meeting)
        menu.addSeparator()
        self._fill_program(menu)

    def _fill_lengths(self, menu: QMenu, ready: Ready) -> None:
        group = QActionGroup(menu)
        offered = sorted({*self._controller.settings.numbers("lengths"), ready.minutes})
        for minutes in offered:
            action = menu.addAction(formats.minutes_short(minutes))
            action.setCheckable(True)
            action.setChecked(minutes == ready.minutes)
            action.triggered.connect(partial(_ignoring_check, partial(self._get_ready, minutes, ready.marks)))
            group.addAction(action)
        _entry(menu, _("Other length…"), self._talks.ask_length)
        self._fill_late_start(menu, ready)

    def _fill_late_start(self, menu: QMenu, ready: Ready) -> None:
        clock, shorter = self._controller.clock, self._controller.minutes_to_appointed_end()
        if shorter is None:
            return
        menu.addSeparator()
        end = clock.local_time(clock.read().wall + shorter * 60)
        time = formats.clock_time(end.hour, end.minute)
        text = _("Until {time} ({minutes})").format(time=time, minutes=formats.minutes_short(shorter))
        ends = ((text, True), (_("Full length"), False))
        take = self._controller.get_ready
        _one_of(
            menu,
            [
                (label, ready.until_appointed_end is until, partial(take, Ready(ready.minutes, ready.marks, until)))
                for label, until in ends
            ],
        )

    def _fill_marks(self, menu: QMenu, marks: Marks, set_marks: Callable[[Marks], None]) -> None:
        channels = menu.addMenu(_("How we meet"))
        names = {Channel.IN_PERSON: _("In person"), Channel.PHONE: _("By phone"), Channel.VIDEO: _("By video")}
        _one_of(
            channels,
            [
                (name, channel is marks.channel, partial(set_marks, replace(marks, channel=channel)))
                for channel, name in names.items()
            ],
        )
        turned = Marks(marks.channel, not marks.new_client, marks.interpreter)
        _choice(menu, _("New client"), marks.new_client, lambda: set_marks(turned))
        voiced = Marks(marks.channel, marks.new_client, not marks.interpreter)
        _choice(menu, _("Interpreter"), marks.interpreter, lambda: set_marks(voiced))

    def _fill_steps(self, menu: QMenu) -> None:
        steps = menu.addMenu(_("What the steps are for"))
        for stage in Stage:
            _entry(steps, sentences.stage_name(stage), partial(self._talks.explain, stage))

    def _fill_running(self, menu: QMenu, meeting: Meeting) -> None:
        above, perform = meeting.stage.above, self._perform
        self._fill_gap(menu, meeting)
        if above is not None:
            _entry(menu, sentences.step_up(above), lambda: self._do(Act.STEP_UP), key="Up")
        _entry(menu, _("Step back"), lambda: self._do(Act.STEP_BACK), meeting.stage.below is not None, "Down")
        _entry(menu, _("Undo"), lambda: self._do(Act.UNDO), meeting.can_undo, "Z")
        _entry(menu, _("Redo"), lambda: self._do(Act.REDO), meeting.can_redo, "Y")
        pin = _("Pin: come back to this at the end")
        _entry(menu, pin, lambda: self._do(Act.PIN), meeting.stage is not Stage.FAREWELL, "P")
        if reminders.standing(meeting, self._controller.now()) and reminders.can_put_off(meeting):
            _entry(menu, _("A moment more"), lambda: self._do(Act.PUT_OFF))
        menu.addSeparator()
        more = menu.addMenu(_("More time"))
        _entry(more, _("5 more minutes"), lambda: perform(commands.Extend(5)))
        _entry(more, _("5 fewer minutes"), lambda: perform(commands.Extend(-5)))
        if not meeting.given_its_time:
            _entry(menu, _("This meeting needs its time"), lambda: perform(commands.GiveItsTime()))
        self._fill_marks(menu, meeting.marks, lambda marks: perform(commands.Mark(marks)))
        menu.addSeparator()
        views = {View.QUIET: _("Quiet view"), View.OPEN: _("Open view"), View.DISCREET: _("Discreet view")}
        resting = self._controller.resting_view
        _one_of(menu, [(name, resting is view, partial(self._choose, view)) for view, name in views.items()])
        menu.actions()[-1].setShortcut(QKeySequence("D"))  # V goes between the other two
        _entry(menu, _("Show client card"), lambda: self._do(Act.CARD))
        _entry(menu, _("What is this step for?"), lambda: self._do(Act.EXPLAIN), key="F1")
        menu.addSeparator()
        _entry(menu, _("Finish meeting"), lambda: self._do(Act.FINISH))
        _entry(menu, _("Discard meeting"), self._talks.ask_discard)

    def _fill_gap(self, menu: QMenu, meeting: Meeting) -> None:
        gap = meeting.open_gap
        if gap is not None:
            question = menu.addMenu(sentences.gap_question(gap.kind, round(gap.seconds / 60)))
            _entry(question, _("It was"), lambda: self._do(Act.GAP_YES))
            _entry(question, _("It was not"), lambda: self._do(Act.GAP_NO))

    def _choose(self, view: View) -> None:
        with suppress(MeetingError):  # the meeting ended while the menu was open
            self._controller.choose(view)

    def _fill_summary(self, menu: QMenu, meeting: Meeting) -> None:
        _entry(menu, _("Done"), lambda: self._do(Act.DONE))
        undo = _("Undo") if meeting.mended else _("Undo finish")
        _entry(menu, undo, lambda: self._do(Act.UNDO), meeting.can_undo, "Z")
        _entry(menu, _("Redo"), lambda: self._do(Act.REDO), meeting.can_redo, "Y")
        _entry(menu, _("Do not store"), lambda: self._do(Act.DO_NOT_STORE))

    def _fill_program(self, menu: QMenu) -> None:
        _entry(menu, _("Use with the keyboard"), lambda: self._controller.show(True))
        languages = menu.addMenu(_("Language"))
        _one_of(
            languages,
            [(name, tag == language(), partial(self._speak, tag)) for tag, name in LANGUAGES.items()],
        )
        _entry(menu, _("My meetings…"), self._talks.open_mirror)
        _entry(menu, _("Our team…"), self._talks.open_team)
        _entry(menu, _("What is stored…"), self._talks.open_trust)
        _entry(menu, _("Settings…"), self._talks.open_settings)
        _entry(menu, _("User guide"), self._talks.open_guide, key="H")
        _entry(menu, _("About Kohtaava Desktop"), self._talks.tell_about)
        _entry(menu, _("Quit"), self._controller.quit)

    def _mark_ready(self, marks: Marks) -> None:
        self._controller.get_ready(replace(self._controller.ready, marks=marks))

    def _get_ready(self, minutes: int, marks: Marks) -> None:
        self._controller.get_ready(Ready(minutes, marks, False))
