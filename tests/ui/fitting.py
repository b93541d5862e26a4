"""Whether all that stands in a window of Qt's own widgets can be read there."""

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QMenu, QWidget

SMALL_SCREEN = (1366, 728)
"""The usable part of the smallest screen that a workstation has, in logical pixels."""


def cut(window: QWidget) -> list[str]:
    """The texts in ``window`` that have less room than they need."""
    return [text for text, fits in _texts(window) if text and not fits]


def overflowing(window: QWidget) -> bool:
    """Whether ``window`` is larger than a small screen."""
    size = window.sizeHint().expandedTo(window.minimumSizeHint())
    return size.width() > SMALL_SCREEN[0] or size.height() > SMALL_SCREEN[1]


def menus(menu: QMenu) -> Iterator[QMenu]:
    """``menu`` and all menus in it."""
    yield menu
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from menus(inner)


def _texts(window: QWidget) -> Iterator[tuple[str, bool]]:
    for label in window.findChildren(QLabel):
        if label.isVisible():
            yield label.text(), _holds(label)
    named: list[tuple[QWidget, str]] = [(each, each.text()) for each in window.findChildren(QAbstractButton)]
    named += [(box, box.currentText()) for box in window.findChildren(QComboBox)]
    for control, text in named:
        if control.isVisible():
            needed = min(control.minimumSizeHint().width(), control.sizeHint().width())  # Qt rounds them differently
            yield text, needed <= control.width()


def _holds(label: QLabel) -> bool:
    if label.wordWrap():
        high = label.heightForWidth(label.width()) <= label.height()
        return high and label.minimumSizeHint().width() <= label.width()
    needed = label.minimumSizeHint()
    return needed.width() <= label.width() and needed.height() <= label.height()
