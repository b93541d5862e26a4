"""What everything that assistive technology finds must tell: a name, a role, fitting states, a place."""

from collections.abc import Iterator

from PySide6.QtCore import QRect

from tests.e2e.reader import Node, Reader
from tests.e2e.screen import until

WINDOWS = {"frame", "dialog", "alert"}
CHOSEN = {"toggle button", "check box", "radio button"}
PRESSED = {"push button", *CHOSEN}
MOVED = {"slider", "spin button"}
WRITTEN = {"text", "combo box", "tree"}
READ = {"label", "table", "table cell", "table column header", "chart"}
SILENT = {"filler", "panel", "split pane", "scroll bar", "image", "unknown"}
"""What holds other things, moves along with the keyboard, or only looks nice."""


def faults(node: Node) -> Iterator[str]:
    """What is wrong with something that can be seen."""
    if node.role in SILENT:
        return
    if not node.name:
        yield "has no name"
    if node.description == node.name and node.role != "text":  # there Qt passes the hint in the field on
        yield "is described by its name again"
    if node.role == "combo box" and not node.labels:  # its name is what is chosen
        yield "has no label"
    if not {"visible", "showing"} <= node.states or "defunct" in node.states:
        yield f"is not to be seen: {sorted(node.states)}"
    if ("enabled" in node.states) != ("sensitive" in node.states):
        yield "is half enabled"
    if node.box is None or min(node.box[2:]) <= 0:
        yield f"has no place: {node.box}"
    if node.role in PRESSED | MOVED:
        yield from _faults_of_control(node)
    elif node.role not in WINDOWS | WRITTEN | READ:
        yield f"has the role {node.role}"


def _faults_of_control(node: Node) -> Iterator[str]:
    if "focusable" not in node.states:
        yield "cannot have the keyboard"
    if "enabled" in node.states and not node.actions:
        yield "can do nothing"
    if node.box is not None and min(node.box[2:]) < 14:
        yield f"is too small: {node.box}"
    if (node.role in CHOSEN) != ("checkable" in node.states):
        yield f"does not tell whether it is chosen: {sorted(node.states)}"
    if node.role in MOVED and (node.value is None or not node.value[0] <= node.value[1] <= node.value[2]):
        yield f"has no value: {node.value}"


def check(reader: Reader, *names: str) -> list[Node]:
    """All that shows, once ``names`` are among it, is without fault; what is just changing may take its time."""
    found: list[Node] = []
    wrong: list[str] = []

    def look() -> bool:
        found[:] = reader.showing()
        missing = {*names} - {each.name for each in found}
        wrong[:] = [f"there is no {name!r}" for name in missing] or [*_all_faults(found)]
        return not wrong

    try:
        until(f"{names} in the tree, without fault", look)
    except AssertionError as failure:
        raise AssertionError(f"{failure}; {wrong}") from None
    return found


def _all_faults(found: list[Node]) -> Iterator[str]:
    """What is wrong with any of ``found``, or with all of them together."""
    yield from (f"{node.role} {node.name!r} {fault}" for node in found for fault in faults(node))
    scrolled = {node.path[:1] for node in found if node.role == "scroll bar"}
    for node in found:
        if len(node.path) > 1 and node.role in PRESSED | MOVED and node.path[:1] not in scrolled:
            window = next((each for each in found if each.path == node.path[:1]), None)
            if window is None or None in (node.box, window.box) or not _lies_in(node, window):
                yield f"{node.name} {node.box} reaches out of its window: {window}"
    buttons = [(node.path[0], node.name) for node in found if node.role in PRESSED]
    if len(buttons) != len(set(buttons)):
        yield f"two buttons of one name: {sorted(buttons)}"


def _lies_in(node: Node, window: Node) -> bool:
    assert node.box is not None
    assert window.box is not None
    return QRect(*window.box).contains(QRect(*node.box))
