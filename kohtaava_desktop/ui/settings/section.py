"""One group in the settings window, and how settings are found by words."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QGroupBox, QVBoxLayout, QWidget

from kohtaava_desktop.i18n import _
from kohtaava_desktop.settings.schema import Group, Setting
from kohtaava_desktop.ui.settings.parts import Words
from kohtaava_desktop.ui.settings.row import SettingRow


class Section(QWidget):
    """The settings of one group under its title."""

    def __init__(self, group: Group, rows: Sequence[SettingRow]) -> None:
        super().__init__()
        self._group, self._rows = group, rows
        self._heading, self._box = Words("heading"), QGroupBox()
        self._inner = QVBoxLayout(self._box)
        self._inner.setSpacing(0)
        self._lines = [_line() for _row in rows]
        for line, row in zip(self._lines, rows, strict=True):
            self._inner.addWidget(line)
            self._inner.addWidget(row)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self._heading)
        self._outer.addWidget(self._box)

    def speak(self) -> None:
        """Take texts anew, in the language in use."""
        self._heading.setText(_(self._group.value))
        self._box.setAccessibleName(_(self._group.value))
        for row in self._rows:
            row.speak()

    @property
    def narrowest(self) -> int:
        """The width of the longest word."""
        return max(self._heading.minimumSizeHint().width(), *(row.longest_word for row in self._rows))

    def fit(self, u: float) -> None:
        """Leave some air, in design pixels of ``u``."""
        self._inner.setContentsMargins(round(16 * u), round(3 * u), round(10 * u), round(3 * u))
        self._outer.setSpacing(round(8 * u))

    def filter(self, words: Sequence[str]) -> int:
        """Show the settings with all of ``words``, which are in plain letters; how many there are."""
        count = 0
        for line, row in zip(self._lines, self._rows, strict=True):
            found = all(word in searched(row.setting) for word in words)
            row.setVisible(found)
            line.setVisible(found and count > 0)
            count += found
        self.setVisible(count > 0)
        return count


def searched(setting: Setting) -> str:
    """All that ``setting`` is found by, in plain letters."""
    choices = (_(label) for _value, label in setting.choices)
    texts = (_(setting.title), _(setting.description), setting.name, _(setting.group.value), *choices)
    return plain_letters("\n".join(texts))


def plain_letters(text: str) -> str:
    """``text`` in small letters without marks: *ä* is found by *a*."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("line")
    line.setFixedHeight(1)
    return line
