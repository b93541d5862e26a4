"""Between controller and overlay: makes scenes of what is, and taps into commands."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from kohtaava_desktop.controller import Controller
from kohtaava_desktop.domain import commands, reminders
from kohtaava_desktop.domain.errors import MeetingError
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import language, set_language
from kohtaava_desktop.ui.menus import Menus
from kohtaava_desktop.ui.opener import Opener
from kohtaava_desktop.ui.overlay import Overlay
from kohtaava_desktop.ui.roles import give_roles
from kohtaava_desktop.ui.scene import Act, Facts, scene_of

UNGUARDED = (Act.LENGTH, Act.MORE, Act.READ_NOTICE, Act.EXPLAIN, Act.GUIDE)
"""These change nothing of a meeting; what they open may be tapped at once."""
PERFORM: dict[Act, commands.Command | None] = {
    Act.START: None,
    Act.STEP_UP: commands.StepUp(),
    Act.STEP_BACK: commands.StepBack(),
    Act.UNDO: commands.Undo(),
    Act.REDO: commands.Redo(),
    Act.PIN: commands.Pin(),
    Act.PUT_OFF: commands.PutOff(),
    Act.GAP_YES: commands.AnswerGap(True),
    Act.GAP_NO: commands.AnswerGap(False),
    Act.FINISH: commands.Finish(),
    Act.UNDO_FINISH: commands.Undo(),
    Act.DO_NOT_STORE: commands.Discard(),
}


class Presenter:
    """Keeps the overlay in step with the controller."""

    def __init__(
        self,
        controller: Controller,
        overlay: Overlay,
        app: QApplication,
        quit_program: Callable[[], None],
        language_given: bool = False,
    ) -> None:
        """With ``language_given`` the setting does not change the language of this run; the menu does."""
        self._controller, self._overlay, self._app, self._quit = controller, overlay, app, quit_program
        self._tasks: set[asyncio.Task[None]] = set()
        self._language_given = language_given
        self._reminded: reminders.Reminder | None = None
        self.opener = Opener(controller, overlay, app, self._tap)
        self.menus = Menus(controller, self.act, self._tap, self.opener, self.speak)
        controller.window = self
        controller.listen(self.refresh)
        controller.settings.listen(self._settings_changed)
        give_roles(overlay)
        overlay.acted.connect(lambda act: self.act(Act(act)))
        overlay.hovered.connect(controller.hover)
        overlay.menu_wanted.connect(lambda where: self.opener.pop_up(self.menus.everything, where))
        overlay.mended.connect(self._mend)
        overlay.mending.connect(self._show_mending)

    # from the controller to the screen

    def refresh(self) -> None:
        """Show what is."""
        controller = self._controller
        self._overlay.show_scene(scene_of(self._facts()))
        self.opener.stage_cards.follow()
        meeting = controller.meeting
        reminder = None if meeting is None else reminders.standing(meeting, controller.now())
        if reminder is not None and reminder is not self._reminded and controller.settings.switch("chime"):
            self._app.beep()
        self._reminded = reminder

    def _facts(self) -> Facts:
        controller = self._controller
        reading = controller.clock.read()
        meeting = controller.meeting
        ready = controller.ready
        minutes = ready.minutes
        if meeting is None:
            if ready.until_appointed_end:
                minutes = controller.minutes_to_appointed_end() or minutes
            end = reading.wall + minutes * 60
        else:
            end = controller.wall_of(meeting.plan.end)
        local = controller.clock.local_time(end)
        return Facts(
            controller.view,
            controller.now(),
            meeting,
            (local.hour, local.minute),
            minutes,
            ready.marks,
            controller.notice,
            refused=controller.notice != controller.standing_notice(),
        )

    # from the screen to the controller

    def act(self, act: Act) -> None:
        """Do what a control or an entry of the menu stands for.

        Forms change under the pointer: what a double tap began (*Finish*) must not go on as another tap (*Done*).
        """
        controller, overlay = self._controller, self._overlay
        if act not in UNGUARDED and not controller.counts_as_tap():
            return
        match act:
            case Act.LENGTH:
                self.opener.pop_up(self.menus.lengths, overlay.mapToGlobal(overlay.rect().bottomLeft()))
            case Act.MORE:
                self.opener.pop_up(self.menus.everything, overlay.mapToGlobal(QPoint(10, overlay.height())))
            case Act.CARD:
                self.opener.show_card()
            case Act.EXPLAIN:
                self.opener.explain(controller.meeting.stage if controller.meeting else Stage.EMPATHY)
            case Act.GUIDE:
                self.opener.open_guide()
            case Act.GOT_IT:
                controller.dismiss_announcement()
            case Act.READ_NOTICE:
                controller.dismiss_notice()
            case Act.DONE:
                self._spawn(self._settle())
            case Act.TOGGLE:
                self._toggle()
            case Act.DISCREET:
                with suppress(MeetingError):  # without a meeting there is nothing to hide
                    controller.choose(View.DISCREET)
            case _:
                self._spawn(controller.attempt(PERFORM[act]))

    def _tap(self, command: commands.Command) -> None:
        if self._controller.counts_as_tap():
            self._spawn(self._controller.attempt(command))

    def _toggle(self) -> None:
        controller = self._controller
        if controller.view is View.ANNOUNCEMENT:
            controller.dismiss_announcement()
        elif controller.meeting is not None and not controller.meeting.running:
            controller.reveal_summary()
        elif controller.meeting is not None:
            resting = controller.resting_view
            controller.choose(View.OPEN if resting in (View.QUIET, View.DISCREET) else View.QUIET)

    def _mend(self, boundary: int, place: int) -> None:
        """Move a boundary to where ``place`` seconds of meeting lie before it."""
        instant = self._instant_at(boundary, place)
        if instant is not None:
            self._spawn(self._controller.attempt(commands.Mend(boundary, instant)))

    def _show_mending(self, boundary: int, place: int) -> None:
        """Stairs and minutes go along with a boundary that is still held."""
        instant, facts = self._instant_at(boundary, place), self._facts()
        if instant is not None and facts.meeting is not None:
            self._overlay.show_scene(scene_of(facts._replace(meeting=facts.meeting.with_boundary(boundary, instant))))

    def _instant_at(self, boundary: int, place: int) -> float | None:
        """The instant with ``place`` seconds of the finished meeting before it, measured along that boundary."""
        meeting = self._controller.meeting
        if meeting is None or meeting.running or boundary >= len(meeting.visits):
            return None
        end = meeting.visits[boundary].end
        assert end is not None
        before = sum(visit.seconds(end) for visit in meeting.visits[: boundary + 1])
        return end + place - before

    async def _settle(self) -> None:
        with suppress(MeetingError):  # it was settled by itself at the same moment
            await self._controller.settle()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def done(self) -> None:
        """Wait until all taps so far have been carried out."""
        while self._tasks:
            await asyncio.gather(*self._tasks)
            await asyncio.sleep(0)  # what was done at once has yet to be taken off the list

    # in a language

    def speak(self, tag: str) -> None:
        """Use another language from now on, and write that down."""
        from kohtaava_desktop.settings.errors import SettingError
        from kohtaava_desktop.settings.report import refusal

        try:
            self._controller.settings.set("language", tag)
        except SettingError as error:  # for this run it is used all the same
            self._controller.say(refusal(error))
            self.refresh()
        if language() != tag:
            self._take_language(tag)

    def _settings_changed(self, names: frozenset[str]) -> None:
        if "language" in names and not self._language_given:
            self._take_language(self._controller.settings.text("language"))

    def _take_language(self, tag: str) -> None:
        set_language(tag)
        self._overlay.retranslate()
        self.opener.speak_anew()
        self.refresh()

    # what the remote control asks of the window

    def show_up(self, keyboard: bool) -> None:
        """Bring the overlay up; with ``keyboard``, give it the keyboard."""
        self._overlay.show()
        self._overlay.raise_()
        if keyboard:
            self._overlay.take_keyboard()

    def quit(self) -> None:
        """End the program."""
        self._quit()
