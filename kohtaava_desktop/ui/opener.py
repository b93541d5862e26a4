"""Opens what is opened from the overlay, always by intent: menus, cards, questions, the guide, the settings.

A window that was opened by keyboard gives the keyboard back to the overlay in the end.
"""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from kohtaava_desktop import __version__
from kohtaava_desktop.controller import Controller, Ready
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.plan import LONGEST_MINUTES, SHORTEST_MINUTES
from kohtaava_desktop.domain.record import iso_week
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.i18n import _, language, sentences
from kohtaava_desktop.integration.clock import local_day
from kohtaava_desktop.integration.paths import data_dir
from kohtaava_desktop.ui.cards.stage_cards import StageCards
from kohtaava_desktop.ui.help.opener import GuideOpener
from kohtaava_desktop.ui.menus import first_entry
from kohtaava_desktop.ui.mirror.opening import Mirror
from kohtaava_desktop.ui.overlay import Overlay
from kohtaava_desktop.ui.qt_words import QtWords
from kohtaava_desktop.ui.settings.opener import SettingsOpener
from kohtaava_desktop.ui.share.opening import Exporting
from kohtaava_desktop.ui.share.team import TeamReader
from kohtaava_desktop.ui.team.opening import TeamOpener
from kohtaava_desktop.ui.trust.opening import Trust

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog


class Opener:
    """Opens windows from ``overlay``; what they decide about a meeting goes through ``perform``."""

    def __init__(
        self,
        controller: Controller,
        overlay: Overlay,
        app: QApplication,
        perform: Callable[[commands.Command], None],
    ) -> None:
        self._controller, self._overlay, self._perform = controller, overlay, perform
        self._qt_words = QtWords(app)
        self._card: object | None = None
        self._card_languages: dict[str, str] = {}
        self._dialog: object | None = None
        self.stage_cards = StageCards(controller, overlay)
        self.guide = GuideOpener()
        self.settings = SettingsOpener(controller.settings)
        self.mirror = Mirror(self._week_that_runs)
        self.trust = Trust(data_dir, controller.settings, controller.delete_everything)
        self.exporting = Exporting(controller.settings, self._today)
        self.mirror.read_team = TeamReader(controller.settings, self._today).read
        self.mirror.export = self._open_export
        self.team = TeamOpener(controller.settings, self._today)
        self.mirror.open_team = self._open_team_from_mirror
        controller.settings.listen(self._follow)
        for forget in (self.mirror.look_again, self.team.forget_own, self.exporting.forget, self.trust.look_again):
            controller.listen_for_deletion(forget)
        for take_in in (self.mirror.meeting_kept, self.trust.look_again):
            controller.listen_for_keeping(take_in)

    def speak_anew(self) -> None:
        """The language changed: what is open stands there in the new one."""
        self._qt_words.speak(language())
        self.stage_cards.speak_anew()
        self.guide.speak(language())
        self.settings.speak_anew()
        self.mirror.speak_anew()
        self.trust.speak_anew()
        self.team.speak_anew()
        self.exporting.speak_anew()

    async def end(self) -> None:
        """The program ends: what windows have begun is finished or let go, while there is a store to ask."""
        await self.trust.end()  # first: once everything is deleted, the others are told to look again
        await asyncio.gather(self.exporting.end(), self.mirror.end(), self.team.end())

    def pop_up(self, make: Callable[[QWidget], QMenu], where: QPoint) -> None:
        """Open the menu that ``make`` makes at ``where`` on the screen."""
        self._qt_words.speak(language())
        menu = make(self._overlay)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.aboutToHide.connect(self._overlay.look_for_pointer)
        give_back = self._overlay.desktop.keyboard_for_menu(int(self._overlay.winId()))
        menu.popup(where)
        if give_back is not None:
            menu.activateWindow()
            menu.aboutToHide.connect(lambda: QTimer.singleShot(0, give_back))  # once it has gone
        if self._overlay.has_keyboard:  # then a screen reader says where one is, and Enter works at once
            menu.setActiveAction(first_entry(menu))

    # cards

    def show_card(self) -> None:
        """The sentence of the start, large, in the client's language; nothing without a meeting."""
        from kohtaava_desktop.ui.cards.client_card import ClientCard  # Babel loads with it

        controller = self._controller
        meeting = controller.meeting
        if meeting is None or not meeting.running:
            return
        end = controller.clock.local_time(controller.wall_of(meeting.plan.end))
        card = ClientCard(
            self._overlay.palette_in_use,
            self._card_languages.get(meeting.key, language()),
            meeting.plan.planned_minutes,
            end.hour,
            end.minute,
            controller.settings.number("announcement_seconds"),
            translucent=self._overlay.translucent,
        )
        # the client's language is remembered for this meeting only, and never written down
        card.language_chosen.connect(lambda tag: self._card_languages.update({meeting.key: tag}))
        self._card = card
        by_keyboard = self._overlay.has_keyboard
        controller.dismiss_announcement()
        card.show_on(self._overlay.screen())
        if by_keyboard:
            card.take_keyboard()
            card.left_by_keyboard.connect(self._overlay.take_keyboard)

    def explain(self, stage: Stage) -> None:
        """What a step is for, on a card beside the overlay."""
        self.stage_cards.show(stage)

    # questions

    def ask_length(self) -> None:
        """Ask for any whole number of minutes."""
        from PySide6.QtWidgets import QInputDialog

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
        from PySide6.QtWidgets import QMessageBox

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
            self._perform(commands.Discard())

    def tell_about(self) -> None:
        """What the program is, and whose method it serves."""
        from PySide6.QtWidgets import QMessageBox

        self._talk(QMessageBox(QMessageBox.Icon.NoIcon, _("About Kohtaava Desktop"), sentences.about(__version__)))

    def _talk(self, dialog: "QDialog") -> None:
        from kohtaava_desktop.ui.beside import stand_beside
        from kohtaava_desktop.ui.icons import icon  # the overlay stands in no task bar: it needs neither icon nor QtSvg

        self._qt_words.speak(language())
        self._dialog = dialog
        dialog.setWindowIcon(icon("kohtaava", size=256))
        dialog.setStyleSheet("QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }")  # the words are enough
        dialog.setModal(False)
        dialog.finished.connect(dialog.deleteLater)
        stand_beside(dialog, self._overlay)
        self._lead_back_from(dialog, self._overlay.has_keyboard)
        dialog.show()
        stand_beside(dialog, self._overlay)  # a message box takes its size only as it shows
        dialog.activateWindow()

    # windows of which there is one at most

    def open_guide(self) -> None:
        """The user guide."""
        self._qt_words.speak(language())
        by_keyboard = self._overlay.has_keyboard
        self.guide.open(language(), self._overlay.room(), self._overlay.geometry())
        self._lead_back_from(self.guide.window, by_keyboard)

    def open_mirror(self) -> None:
        """What one's own meetings say."""
        self._qt_words.speak(language())
        by_keyboard = self._overlay.has_keyboard
        self.mirror.open(self._overlay.room(), self._overlay.geometry())
        self._lead_back_from(self.mirror.window, by_keyboard)

    def open_team(self) -> None:
        """What the team's exports say together."""
        self._qt_words.speak(language())
        by_keyboard = self._overlay.has_keyboard
        self.team.open(self._overlay.room(), self._overlay.geometry())
        self._lead_back_from(self.team.window, by_keyboard)

    def _open_team_from_mirror(self) -> None:
        """The same; the keyboard comes back to where it was asked for."""
        self.open_team()
        window, mirror = self.team.window, self.mirror.window
        if window is not None and mirror is not None:
            window.closed.connect(mirror.activateWindow)

    def _open_export(self) -> None:
        """A month to be given out; the keyboard comes back to where it was asked for."""
        self._qt_words.speak(language())
        self.exporting.open(self._overlay.room(), self._overlay.geometry())
        window, mirror = self.exporting.window, self.mirror.window
        if window is not None and mirror is not None:
            window.closed.connect(mirror.activateWindow)

    def _follow(self, changed: frozenset[str]) -> None:
        if changed & {"team_folder", "fewest_contributors"}:
            self.mirror.look_at_team()
            self.team.look_again()

    def _today(self) -> date:
        clock = self._controller.clock
        return local_day(clock, clock.read().wall)

    def _week_that_runs(self) -> str:
        return iso_week(self._today())

    def open_trust(self) -> None:
        """What is stored."""
        self._qt_words.speak(language())
        by_keyboard = self._overlay.has_keyboard
        self.trust.open(self._overlay.room(), self._overlay.geometry())
        self._lead_back_from(self.trust.window, by_keyboard)

    def open_settings(self) -> None:
        """The settings."""
        self._qt_words.speak(language())
        by_keyboard = self._overlay.has_keyboard
        self.settings.open(self._overlay.room(), self._overlay.geometry())
        self._lead_back_from(self.settings.dialog, by_keyboard)

    def _lead_back_from(self, window: QWidget | None, by_keyboard: bool) -> None:
        """Opened while the overlay had the keyboard, ``window`` gives it back there in the end."""
        if window is not None and by_keyboard:
            from kohtaava_desktop.ui.way_back import WayBack

            WayBack(window, self._overlay)
