"""The overlay: a frameless window that shows one form, never activates, and never takes the keyboard by itself."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QCursor, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import _
from kohtaava_desktop.integration.desktop import Desktop, PlainDesktop
from kohtaava_desktop.ui.boundaries import Boundaries
from kohtaava_desktop.ui.controls import FlatButton, SpokenText
from kohtaava_desktop.ui.forms import WIDTH, Control, Form, form_of
from kohtaava_desktop.ui.heard import HEEDED, Announcer, announce, to_be_heard
from kohtaava_desktop.ui.paint import RADIUS, paint_form, rounded
from kohtaava_desktop.ui.placement import Area, Extent, area_of
from kohtaava_desktop.ui.scene import Act, Scene
from kohtaava_desktop.ui.standing import Standing
from kohtaava_desktop.ui.theme import Palette, Type, scale_of

if TYPE_CHECKING:  # Qt for Python makes a class, and its enumerations, when it is first named
    from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QKeyEvent, QMouseEvent, QPaintEvent, QShowEvent

    from kohtaava_desktop.ui.boundary_handle import BoundaryHandle

OPEN_AFTER_MS = 120  # a pointer that only passes does not open the quiet form
CLOSE_AFTER_MS = 400
FLAGS = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
    | Qt.WindowType.NoDropShadowWindowHint
)
KEYS = {
    Qt.Key.Key_Up: Act.STEP_UP,
    Qt.Key.Key_Down: Act.STEP_BACK,
    Qt.Key.Key_P: Act.PIN,
    Qt.Key.Key_Z: Act.UNDO,
    Qt.Key.Key_Y: Act.REDO,
    Qt.Key.Key_V: Act.TOGGLE,
    Qt.Key.Key_D: Act.DISCREET,
    Qt.Key.Key_M: Act.MORE,
    Qt.Key.Key_Menu: Act.MORE,
    Qt.Key.Key_F10: Act.MORE,
    Qt.Key.Key_F1: Act.EXPLAIN,
    Qt.Key.Key_Question: Act.EXPLAIN,
    Qt.Key.Key_H: Act.GUIDE,
}
TO_READ = (View.ANNOUNCEMENT, View.SUMMARY)


class Overlay(QWidget):
    """Shows scenes and reports what is asked for; knows nothing of meetings being kept."""

    acted = Signal(str)  # an Act
    hovered = Signal(bool)
    menu_wanted = Signal(QPoint)
    mended = Signal(int, int)  # boundary, where to: seconds of meeting before it
    mending = Signal(int, int)  # the same, while the boundary is still held
    moved = Signal(str, int, int)  # arrangement of monitors, anchor
    painted = Signal()  # after each frame; the first one ends the start
    about_to_show = Signal()

    def __init__(
        self,
        palette: Palette,
        translucent: bool,
        places: dict[str, tuple[int, int]],
        desktop: Desktop | None = None,
        *,
        enlarged: float = 1.0,
    ) -> None:
        """``enlarged``: the size of everything, of what the system's own font makes it."""
        super().__init__(None, FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, translucent)
        self.setWindowTitle("Kohtaava")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # not by Tab: there is nothing to mark
        self.translucent = translucent
        self.desktop = desktop or PlainDesktop()
        self._standing = Standing(places, self.desktop)
        self.palette_in_use = palette
        self._enlarged, self._opacity = enlarged, 1.0
        self._measure()
        self.under_pointer = False
        self.has_keyboard = False
        self._tapped = False
        self._scene: Scene | None = None
        self.form: Form | None = None
        self._buttons: dict[Act, FlatButton] = {}
        self._boundaries = Boundaries(self, self, self._connect_boundary)
        self._sentence = SpokenText(self)
        self._announcer = Announcer()
        self._hover_timer = QTimer(self, singleShot=True)
        self._hover_timer.timeout.connect(self._hover_settled)

    # what is shown

    def show_scene(self, scene: Scene) -> None:
        """Show ``scene``; nothing moves that the scene does not change."""
        before, self._scene = self._scene, scene
        if scene == before:
            return
        form = form_of(scene, self.type_in_use)
        self._stand(form)
        self._cover()
        self._update_description(scene)
        self._speak(before, scene)

    def take_palette(self, palette: Palette) -> None:
        """Other colours, at once."""
        self.palette_in_use = palette
        self._cover()
        self.update()
        for button in self._buttons.values():
            button.update()

    def take_size(self, enlarged: float) -> None:
        """Another size, at once."""
        self._enlarged = enlarged
        self._measure()
        self.place_again()

    def take_opacity(self, opacity: float) -> None:
        """How much the overlay covers, 0 to 1, while there is nothing to read in it and nobody is at it."""
        self._opacity = opacity
        self._cover()

    def _cover(self) -> None:
        """Cover fully for whoever is here, for what is to be read, and in high contrast; else as was set."""
        scene = self._scene
        to_read = scene is not None and (scene.sentence.kind in HEEDED or scene.view in TO_READ)
        full = self.under_pointer or self.has_keyboard or to_read or self.palette_in_use.strong
        opacity = 1.0 if full else self._opacity
        if self.windowOpacity() != opacity:
            self.setWindowOpacity(opacity)

    def _measure(self) -> None:
        """The fonts, and with them the size of everything, follow the system's own font."""
        dots = float(self.logicalDpiX())
        self.type_in_use = Type(self.font(), dots)
        self.unit = scale_of(self.font(), dots) * self._enlarged

    def retranslate(self) -> None:
        """The language changed: the next scene is laid out anew."""
        self._scene = None
        self.setAccessibleName(_("Meeting stairs"))

    # where it stands

    def areas(self) -> list[Area]:
        """The usable part of every screen."""
        return self._standing.areas

    def room(self) -> QRect:
        """The usable part of the screen on which it stands."""
        middle = self.geometry().center()
        area = area_of((middle.x(), middle.y()), self.areas())
        return QRect(area.x, area.y, area.w, area.h)

    def place_again(self) -> None:
        """Monitors came or went, the panel moved, sizes changed: stand where this arrangement remembers it."""
        self._standing.look_again()
        if self._scene is not None:
            self._stand(form_of(self._scene, self.type_in_use))

    def _extent(self, form: Form) -> Extent:
        w, h, x, y, row = (round(each * self.unit) for each in (form.w, form.h, *form.anchor, form.row))
        return Extent(w, h, x, y, row)

    def _resting(self) -> Extent:
        """The form by which a place is judged: the pill that stands there most of the day."""
        return self._extent(Form(View.READY, WIDTH, 44, 44, anchor=(267.0, 22.0)))

    def _stand(self, form: Form) -> None:
        place = self._standing.spot(self._extent(form), self._resting())
        self.form = form = form.flipped() if place.flipped else form
        target = QRect(place.x, place.y, round(form.w * self.unit), round(form.h * self.unit))
        if self.geometry() != target:
            self.setGeometry(target)
            if not self.translucent:
                self.setMask(rounded(target.width(), target.height(), RADIUS * self.unit))
        self._arrange(form)
        self.update()

    def _arrange(self, form: Form) -> None:
        wanted = {control.act: control for control in form.controls}
        focus_goes = any(button.hasFocus() for act, button in self._buttons.items() if act not in wanted)
        for act, button in self._buttons.items():
            if act not in wanted:
                button.hide()
        previous: QWidget | None = None
        for act, control in wanted.items():
            button = self._buttons.get(act) or self._add_button(act, control)
            button.take(control)
            box, u = control.box, self.unit
            button.setGeometry(round(box.x * u), round(box.y * u), round(box.w * u), round(box.h * u))
            button.show()
            if previous is not None:
                QWidget.setTabOrder(previous, button)
            previous = button
        if focus_goes and self.has_keyboard:
            self._main_control().setFocus(Qt.FocusReason.OtherFocusReason)
        self._boundaries.arrange(form, self._scene.meeting if self._scene else None)

    def _main_control(self) -> QWidget:
        """The control at the place of step up; there is one in every form."""
        assert self.form is not None
        x, y = self.form.anchor
        return next(self._buttons[each.act] for each in self.form.controls if each.box.holds(x, y))

    def _add_button(self, act: Act, control: Control) -> FlatButton:
        button = FlatButton(self, self, control)
        button.clicked.connect(lambda: self.acted.emit(act.value))
        self._buttons[act] = button
        return button

    def _connect_boundary(self, handle: "BoundaryHandle") -> None:
        handle.mended.connect(self.mended)
        handle.mending.connect(self.mending)

    # what assistive technology hears

    def _update_description(self, scene: Scene) -> None:
        if not self.accessibleName():
            self.setAccessibleName(_("Meeting stairs"))
        if self.accessibleDescription() != scene.description:
            self.setAccessibleDescription(scene.description)
        self._sentence.say(scene.announcement if scene.view is View.ANNOUNCEMENT else scene.sentence.text)

    def _speak(self, before: Scene | None, scene: Scene) -> None:
        """Announce the sentence of the start, a reminder, a question or a notice, once."""
        standing, own = to_be_heard(before, scene)
        text = self._announcer.look(standing, scene.now, own)
        if text:
            announce(self, text)

    # the keyboard, by intent only

    def take_keyboard(self) -> None:
        """Accept the keyboard now, because somebody asked for it; leaving gives it back."""
        self.has_keyboard = True
        self.windowHandle().setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, False)
        self.raise_()
        self.activateWindow()
        self._main_control().setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.take_pointer(True)  # whoever works here by keyboard sees what a pointer would open, and has as much time

    def _give_keyboard_back(self) -> None:
        self.has_keyboard = False
        self.look_for_pointer()
        handle = self.windowHandle()
        if handle is not None:
            handle.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, True)
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Going elsewhere gives the keyboard back; live changes of fonts are taken up."""
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._give_keyboard_back()
        elif event.type() is QEvent.Type.FontChange and self._scene is not None:
            self._measure()
            self.place_again()
        super().changeEvent(event)

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """The overlay's own keys, while it has the keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self._give_keyboard_back()
            self.hide()  # the window manager hands the keyboard to whoever had it before
            self.show()
            return
        act, focused = KEYS.get(Qt.Key(event.key())), self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, FlatButton):
            focused.click()
        elif act is None:
            super().keyPressEvent(event)
        else:
            self.acted.emit(act.value)

    # the pointer

    def enterEvent(self, event: "QEnterEvent") -> None:
        """The pointer came: open in a moment."""
        self._hover_timer.start(OPEN_AFTER_MS)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went: close in a moment."""
        self._hover_timer.start(CLOSE_AFTER_MS)
        super().leaveEvent(event)

    def _hover_settled(self) -> None:
        inside = self.isVisible() and self.geometry().contains(QCursor.pos())
        inside = inside or self.has_keyboard or QApplication.activePopupWidget() is not None
        self.take_pointer(inside)

    def look_for_pointer(self) -> None:
        """See in a moment where the pointer is now: it may have gone while a menu was open."""
        self._hover_timer.start(CLOSE_AFTER_MS)

    def take_pointer(self, inside: bool) -> None:
        """As if the pointer had come or gone."""
        self._hover_timer.stop()
        if inside != self.under_pointer:
            self.under_pointer = inside
            self._cover()
            self.hovered.emit(inside)
            for button in self._buttons.values():
                button.update()

    def pointer_tapped(self) -> None:
        """The pointer does something here before it was taken to have come: no need to wait any longer."""
        if self._hover_timer.isActive():
            self._hover_timer.stop()
            self._hover_settled()

    def press(self, act: Act) -> None:
        """As if the control for ``act`` had been tapped; raises ``KeyError`` when the form has none."""
        button = self._buttons[act]
        if button.isHidden():
            raise KeyError(act)
        button.click()

    def contextMenuEvent(self, event: "QContextMenuEvent") -> None:
        """Everything that can be done, on one menu."""
        self.menu_wanted.emit(event.globalPos())

    def mousePressEvent(self, event: "QMouseEvent") -> None:
        """A press on the ground begins a tap or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.drag_from(event.globalPosition().toPoint())
            self._tapped = True

    def mouseMoveEvent(self, event: "QMouseEvent") -> None:
        """Past the drag distance, move along."""
        where = event.globalPosition().toPoint()
        if self._standing.dragged_by(where) >= QApplication.startDragDistance():
            self._tapped = False
        if not self._tapped:
            self.drag_to(where)

    def mouseReleaseEvent(self, event: "QMouseEvent") -> None:
        """A tap on the ground opens or closes the form; a drag ends. A control that is off is no ground."""
        if not self._standing.dragged:
            return
        if self._tapped:
            self._standing.let_go()
            self.pointer_tapped()
            where = event.position().toPoint()
            if not any(each.isVisible() and each.geometry().contains(where) for each in self._buttons.values()):
                self.acted.emit(Act.TOGGLE.value)
        else:
            self.drop()

    def drag_from(self, where: QPoint) -> None:
        """A drag began at ``where``."""
        self._standing.drag_from(where, self._resting())

    def drag_to(self, where: QPoint) -> None:
        """The window goes along with the pointer."""
        corner = self._standing.drag_to(where, self._extent(self.form)) if self.form is not None else None
        if corner is not None:
            self.move(corner)

    def drop(self) -> None:
        """The drag ended: settle on a screen, snap to an edge, remember the place."""
        place = self._standing.drop(self._resting())
        if place is not None and self._scene is not None:
            self._stand(form_of(self._scene, self.type_in_use))
            self.moved.emit(*place)

    # painting

    def showEvent(self, event: "QShowEvent") -> None:
        """Whoever has something to arrange with the desktop does it now: the desktop has not seen the window yet."""
        self.about_to_show.emit()
        super().showEvent(event)

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Ground, stairs, texts; the controls paint themselves."""
        form, palette = self.form, self.palette_in_use
        if form is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.translucent:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.edge))
            painter.drawRect(self.rect())
        painter.scale(self.unit, self.unit)
        paint_form(painter, form, palette, self.type_in_use)
        painter.end()
        self.painted.emit()
