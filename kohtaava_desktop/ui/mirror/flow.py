"""Controls in lines, as many beside each other as there is room for."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from kohtaava_desktop.ui.dialog_style import unit_of

GAP = 8  # design pixels
Size = tuple[int, int]


def flow(sizes: Sequence[Size], width: int, gap: int) -> tuple[list[tuple[int, int]], int]:
    """The place of each box in lines of ``width``, and the height of it all. A box wider than that has its own line."""
    places: list[tuple[int, int]] = []
    x = y = line = 0
    for w, h in sizes:
        if x > 0 and x + w > width:
            x, y, line = 0, y + line + gap, 0
        places.append((x, y))
        x, line = x + w + gap, max(line, h)
    return places, y + line


class FlowLayout(QLayout):
    """Lays its widgets out by ``flow``; those that are hidden take no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._parent = parent
        self.setContentsMargins(0, 0, 0, 0)

    @property
    def gap(self) -> int:
        """Between two controls, in logical pixels; it grows with the type."""
        return round(GAP * unit_of(self._parent))

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return flow(self._sizes(), width, self.gap)[1]

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        super().setGeometry(rect)
        sizes = self._sizes()
        for item, size, place in zip(self._shown(), sizes, flow(sizes, rect.width(), self.gap)[0], strict=True):
            item.setGeometry(QRect(rect.topLeft() + QPoint(*place), QSize(*size)))

    def sizeHint(self) -> QSize:
        sizes = self._sizes()
        return QSize(
            sum(w + self.gap for w, _h in sizes) - self.gap * bool(sizes), max((h for _w, h in sizes), default=0)
        )

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(max((w for w, _h in self._sizes()), default=0), max((h for _w, h in self._sizes()), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _sizes(self) -> list[Size]:
        return [(item.sizeHint().width(), item.sizeHint().height()) for item in self._shown()]
