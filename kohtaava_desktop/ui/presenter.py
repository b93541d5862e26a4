"""Between controller and overlay: makes scenes of what is, and taps into commands."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu, QMessageBox, QWidget

from kohtaava_desktop import __version__
from kohtaava_desktop.controller import Controller, Ready
from kohtaava_desktop.domain import commands, reminders
from kohtaava_desktop.domain.errors import MeetingError
from kohtaava_desktop.domain.plan import LONGEST_MINUTES, SHORTEST_MINUTES
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import _, formats, language, sentences, set_language
from kohtaava_desktop.ui.menus import Menus
from kohtaava_desktop.ui.overlay import Overlay
from kohtaava_desktop.ui.qt_words import QtWords
from kohtaava_desktop.ui.scene import Act, Facts, scene_of

UNGUARDED = (Act.LENGTH, Act.MORE, Act.READ_NOTICE)
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
        self, controller: Controller, overlay: Overlay, app: QApplication, quit_program: Callable[[], None]
    ) -> None:
        self._controller, self._overlay, self._app, self._quit = controller, overlay, app, quit_program
        self._tasks: set[asyncio.Task[None]] = set()
        self._reminded: reminders.Reminder | None = None
        self._menus = Menus(controller, self.act, self._tap, self)
        self._card: object | None = None
        self._card_languages: dict[str, str] = {}
        controller.window = self
        controller.listen(self.refresh)
        self._qt_words = QtWords(app)
        overlay.acted.connect(lambda act: self.act(Act(act)))
        overlay.hovered.connect(controller.hover)
        overlay.menu_wanted.connect(self._open_menu)
        overlay.mended.connect(self._mend)

    # from the controller to the screen

    def refresh(self) -> None:
        """Show what is."""
        controller = self._controller
        self._overlay.show_scene(scene_of(self._facts()))
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
                self._pop_up(self._menus.lengths, overlay.mapToGlobal(overlay.rect().bottomLeft()))
            case Act.MORE:
                self._pop_up(self._menus.everything, overlay.mapToGlobal(QPoint(10, overlay.height())))
            case Act.CARD:
                self.show_card()
            case Act.GOT_IT:
                controller.dismiss_announcement()
            case Act.READ_NOTICE:
                controller.dismiss_notice()
            case Act.DONE:
                self._spawn(self._settle())
            case Act.TOGGLE:
                self._toggle()
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
        meeting = self._controller.meeting
        if meeting is None or meeting.running or boundary >= len(meeting.visits):
            return
        end = meeting.visits[boundary].end
        assert end is not None
        before = sum(visit.seconds(end) for visit in meeting.visits[: boundary + 1])
        self._spawn(self._controller.attempt(commands.Mend(boundary, end + place - before)))

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

    # windows of their own

    def _open_menu(self, where: QPoint) -> None:
        self._pop_up(self._menus.everything, where)

    def _pop_up(self, make: Callable[[QWidget], QMenu], where: QPoint) -> None:
        self._qt_words.speak(language())
        menu = make(self._overlay)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.aboutToHide.connect(self._overlay.look_for_pointer)
        menu.popup(where)

    def show_card(self) -> None:
        """The sentence of the start, large, in the client's language."""
        from kohtaava_desktop.ui.client_card import ClientCard  # Babel loads with it

        meeting = self._controller.meeting
        if meeting is None or not meeting.running:
            return
        card = ClientCard(
            self._overlay.palette_in_use,
            self._card_languages.get(meeting.key, language()),
            meeting.plan.planned_minutes,
            *self._facts().end,
            self._controller.settings.number("announcement_seconds"),
            translucent=self._overlay.translucent,
        )
        # the client's language is remembered for this meeting only, and never written down
        card.language_chosen.connect(lambda tag: self._card_languages.update({meeting.key: tag}))
        self._card = card
        self._controller.dismiss_announcement()
        card.show_on(self._overlay.screen())

    def ask_length(self) -> None:
        """Ask for any whole number of minutes."""
        dialog = QInputDialog()
        dialog.setWindowTitle(_("Planned length"))
        dialog.setLabelText(
            _("Whole minutes from {lowest} to {highest}").format(lowest=SHORTEST_MINUTES, highest=LONGEST_MINUTES)
        )
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(SHORTEST_MINUTES, LONGEST_MINUTES)
        dialog.setIntValue(self._controller.ready.minutes)
        controller = self._controller
        dialog.intValueSelected.connect(lambda minutes: controller.get_ready(Ready(minutes, controller.ready.marks)))
        self._talk(dialog)

    def ask_discard(self) -> None:
        """Ask once before a meeting is thrown away; the answer is about that meeting and no later one."""
        meeting = self._controller.meeting
        if meeting is None:
            return
        box = QMessageBox(QMessageBox.Icon.Question, _("Discard meeting"), _("Throw this meeting away for good?"))
        discard = box.addButton(_("Discard meeting"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(_("Keep meeting"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        discard.clicked.connect(lambda: self._discard(meeting.key))
        self._talk(box)

    def _discard(self, key: str) -> None:
        meeting = self._controller.meeting
        if meeting is not None and meeting.key == key:
            self._tap(commands.Discard())

    def tell_about(self) -> None:
        """What the program is, and whose method it serves."""
        self._talk(QMessageBox(QMessageBox.Icon.NoIcon, _("About Kohtaava Desktop"), sentences.about(__version__)))

    def _talk(self, dialog: QInputDialog | QMessageBox) -> None:
        from kohtaava_desktop.ui.icons import icon  # the overlay stands in no task bar: it needs neither icon nor QtSvg

        self._qt_words.speak(language())
        self._dialog = dialog
        dialog.setWindowIcon(icon("kohtaava", size=256))
        dialog.setModal(False)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()
        dialog.activateWindow()

    def speak(self, tag: str) -> None:
        """Use another language from now on."""
        set_language(tag)
        self._overlay.retranslate()
        self.refresh()

    def clock_in(self, minutes: int) -> str:
        """The clock time so many minutes from now."""
        clock = self._controller.clock
        local = clock.local_time(clock.read().wall + minutes * 60)
        return formats.clock_time(local.hour, local.minute)

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
