"""A settings window on a folder of its own, and what tests do with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.loader import Settings, user_layer
from kohtaava_desktop.settings.schema import BY_NAME, SETTINGS, Kind, Setting, Value
from kohtaava_desktop.ui.settings.dialog import SettingsDialog
from kohtaava_desktop.ui.settings.editors import Numbers
from kohtaava_desktop.ui.settings.row import SettingRow

FOLDER = str(Path("/srv/team").absolute())
POLICY = "/etc/kohtaava-desktop/policies.json"
OTHER: dict[Kind, Callable[[Setting], Value]] = {
    Kind.SWITCH: lambda setting: not setting.default,
    Kind.CHOICE: lambda setting: next(word for word in reversed(setting.words) if word != setting.default),
    Kind.NUMBER: lambda setting: setting.highest if setting.default != setting.highest else setting.lowest,
    Kind.NUMBERS: lambda setting: (setting.lowest, 77),
    Kind.FOLDER: lambda _setting: FOLDER,
    Kind.SHORTCUT: lambda setting: f"Ctrl+Alt+F{SETTINGS.index(setting) % 12 + 1}",
}
"""A value of each kind that is not the default."""


def other(name: str) -> Value:
    """A value of the setting ``name`` that is not its default."""
    return OTHER[BY_NAME[name].kind](BY_NAME[name])


@dataclass
class Room:
    """The window, its settings, the policy over them and what is wrong with shortcuts, by name."""

    folder: Path
    writable: bool = True
    policy: dict[str, Value] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # windows of earlier tests go for good
        sources = (lambda: user_layer(self.folder), lambda: Layer(Origin.MACHINE_POLICY, POLICY, self.policy))
        self.settings = Settings(sources, self.folder if self.writable else None)
        self.dialog = SettingsDialog(self.settings, self.troubles.get)
        self.dialog.open_up()
        self.settle()

    def settle(self) -> None:
        """Let everything take its place."""
        for _turn in range(4):
            QApplication.processEvents()

    def row(self, name: str) -> SettingRow:
        return self.dialog.rows[name]

    def shown(self) -> list[str]:
        """The names of the settings that can be seen, from the top."""
        rows = [row for row in self.dialog.rows.values() if row.isVisibleTo(self.dialog)]
        return [row.setting.name for row in sorted(rows, key=lambda row: row.mapTo(self.dialog, QPoint(0, 0)).y())]

    def focus(self) -> QWidget:
        """Whatever a key would go to."""
        focused: QWidget | None = self.dialog.focusWidget()
        return self.dialog if focused is None else focused

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on whatever has the keyboard."""
        QTest.keyClick(self.focus(), key, held)
        self.settle()

    def type(self, text: str) -> None:
        """Type letters into whatever has the keyboard."""
        QTest.keyClicks(self.focus(), text)
        self.settle()

    def choose(self, name: str, value: Value) -> None:
        """Set a value by the keyboard, as somebody would who stands in the control."""
        editor = self.row(name).editor
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        match BY_NAME[name].kind:
            case Kind.SWITCH:
                self.key(Qt.Key.Key_Space)
            case Kind.CHOICE:
                assert isinstance(editor, QComboBox)
                at = editor.findData(value) - editor.currentIndex()
                for _step in range(abs(at)):
                    self.key(Qt.Key.Key_Down if at > 0 else Qt.Key.Key_Up)
            case Kind.NUMBER:
                editor.selectAll()  # type: ignore[attr-defined]
                self.type(str(value))
                self.key(Qt.Key.Key_Return)
            case Kind.NUMBERS:
                assert isinstance(editor, Numbers)
                assert isinstance(value, tuple)
                editor.selectAll()
                self.type(" ".join(map(str, value)))
                self.key(Qt.Key.Key_Return)
            case Kind.FOLDER:
                editor.selectAll()  # type: ignore[attr-defined]
                self.type(str(value))
                self.key(Qt.Key.Key_Return)
            case Kind.SHORTCUT:
                self.press_shortcut(str(value))

    def press_shortcut(self, text: str) -> None:
        """Press the keys of a shortcut."""
        *held, key = text.split("+")
        self.key(KEYS[key], modifiers(held))

    def stops(self) -> Iterator[QWidget]:
        """Where Tab goes from the search, until it comes back there."""
        self.dialog.search.setFocus(Qt.FocusReason.OtherFocusReason)
        while True:
            yield self.focus()
            self.key(Qt.Key.Key_Tab)
            if self.focus() is self.dialog.search:
                return


KEYS = {
    **{key.name.removeprefix("Key_"): key for key in Qt.Key},
    "PgUp": Qt.Key.Key_PageUp,
    "PgDown": Qt.Key.Key_PageDown,
    "Ins": Qt.Key.Key_Insert,
    "Del": Qt.Key.Key_Delete,
}


def modifiers(held: list[str]) -> Qt.KeyboardModifier:
    """Modifiers by their names in a setting."""
    together = Qt.KeyboardModifier.NoModifier
    for name in held:
        together |= getattr(Qt.KeyboardModifier, {"Ctrl": "Control"}.get(name, name) + "Modifier")
    return together
