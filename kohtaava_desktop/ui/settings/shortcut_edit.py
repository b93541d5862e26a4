"""A field that takes a shortcut by its keys being pressed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from kohtaava_desktop.i18n import _
from kohtaava_desktop.settings import shortcut
from kohtaava_desktop.settings.schema import Value

_KEY, _HELD = Qt.Key, Qt.KeyboardModifier
_MODIFIERS = {
    "Ctrl": _HELD.ControlModifier,
    "Alt": _HELD.AltModifier,
    "Shift": _HELD.ShiftModifier,
    "Meta": _HELD.MetaModifier,
}
_ALONE = (_KEY.Key_Control, _KEY.Key_Alt, _KEY.Key_Shift, _KEY.Key_Meta, _KEY.Key_Super_L, _KEY.Key_Super_R)
_NAMES = {
    _KEY.Key_PageUp: "PgUp",
    _KEY.Key_PageDown: "PgDown",
    _KEY.Key_Insert: "Ins",
    _KEY.Key_Delete: "Del",
}
_CLEARING = (_KEY.Key_Backspace, _KEY.Key_Delete)


class ShortcutEdit(QLineEdit):
    """Takes the keys pressed in it. Tab goes on, Escape leaves, Backspace or Delete alone clear it.

    While it has the keyboard no shortcut of the window works; ``listening`` tells whoever has shortcuts that work
    everywhere, so that they too let the keys through.
    """

    listening = Signal(bool)

    def __init__(self, choose: Callable[[Value], None], refuse: Callable[[str], None]) -> None:
        super().__init__()
        self._choose, self._refuse = choose, refuse
        self._value = ""
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.speak()

    def show_value(self, value: Value) -> None:
        """Show the shortcut ``value``; this is not the user choosing."""
        self._value = str(value)
        self.setText(shown(self._value))

    def speak(self) -> None:
        """Take texts anew, in the language in use."""
        self.setPlaceholderText(_("Press keys") if self.hasFocus() else _("Off"))
        self.setText(shown(self._value))

    def commit(self) -> None:
        """It is chosen with the keys."""

    def event(self, event: QEvent) -> bool:
        """Keep the window's shortcuts away from what is pressed here."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys as the shortcut, or say why not."""
        key, held = _KEY(event.key()), held_in(event)
        if key is _KEY.Key_Escape and not held:
            self.focusNextChild()
        elif key in _CLEARING and not held:
            self._choose("")
        elif key in _ALONE:
            self.setText("".join(f"{shown_modifier(modifier)}+" for modifier in _with(held, key)))
        else:
            self._take("+".join((*held, name_of(key))))

    def keyReleaseEvent(self, _event: QKeyEvent) -> None:
        """Modifiers alone are no shortcut: what stood there comes back."""
        self.setText(shown(self._value))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin to take keys."""
        super().focusInEvent(event)
        self.speak()
        self.listening.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take no more keys."""
        super().focusOutEvent(event)
        self.speak()
        self.listening.emit(False)

    def _take(self, text: str) -> None:
        try:
            value = str(shortcut.parse(text))
        except ValueError:
            self.setText(shown(self._value))
            self._refuse(
                _("Hold Ctrl, Alt or the Windows key and press a letter, a digit or an arrow; or press F1–F24.")
            )
        else:
            self._choose(value)


def held_in(event: QKeyEvent) -> tuple[str, ...]:
    """The modifiers held, by their names, in the order in which they are written."""
    return tuple(name for name in shortcut.MODIFIERS if _MODIFIERS[name] in event.modifiers())


def name_of(key: Qt.Key) -> str:
    """The name of ``key`` as a setting writes it; of one that no shortcut has, some other name."""
    return _NAMES.get(key, str(key.name).removeprefix("Key_"))


def shown(value: str) -> str:
    """A shortcut as its keys are named to the user."""
    named = QKeySequence(value).toString(QKeySequence.SequenceFormat.NativeText)
    return "+".join(shown_modifier(part) for part in named.split("+")) if value else ""


def shown_modifier(name: str) -> str:
    """What stands on the key; nobody's keyboard says *Meta*."""
    return "Win" if name == "Meta" else name


def _with(held: tuple[str, ...], key: Qt.Key) -> tuple[str, ...]:
    """``held`` and the modifier that is just being pressed, which some systems do not count as held yet."""
    pressed = {"Control": "Ctrl", "Super_L": "Meta", "Super_R": "Meta"}.get(name_of(key), name_of(key))
    return tuple(name for name in shortcut.MODIFIERS if name in held or name == pressed)
