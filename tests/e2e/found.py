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
    """All that shows now, once ``names`` are among it, is without fault."""
    found: list[Node] = []

    def look() -> bool:
        found[:] = reader.showing()
        return {*names} <= {each.name for each in found}

    until(f"{names} in the tree", look)
    wrong = [f"{node.role} {node.name!r} {fault}" for node in found for fault in faults(node)]
    assert wrong == []
    scrolled = {node.path[:1] for node in found if node.role == "scroll bar"}
    for node in found:
        if len(node.path) > 1 and node.role in PRESSED | MOVED and node.path[:1] not in scrolled:
            _check_inside(node, next(each for each in found if each.path == node.path[:1]))
    buttons = [(node.path[0], node.name) for node in found if node.role in PRESSED]
    assert len(buttons) == len(set(buttons)), f"two buttons of one name: {sorted(buttons)}"
    return found


def _check_inside(node: Node, window: Node) -> None:
    assert node.box is not None
    assert window.box is not None
    inside = QRect(*window.box).contains(QRect(*node.box))
    assert inside, f"{node.name} {node.box} reaches out of {window.name} {window.box}"
