"""A small screen reader without a voice, run by the system's own Python: requests and answers are JSON lines.

``{"do": "tree"}`` answers with everything of the program that can be found, ``{"do": "press", "path": […], "name": …}``
presses, ``{"do": "keyboard"}`` answers where the keyboard is that was heard to move, ``{"do": "move", "path": […],
"value": n}`` moves a slider, ``{"do": "table", "path": […]}`` goes through a table cell by cell, ``{"do": "text",
"path": […]}`` reads a field, and ``{"do": "heard"}`` answers with all events so far, each with the reading of the
steady clock. Without a program to be found, the tree is empty.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found]  # noqa: E402 - the version is asked for first

Request = dict[str, Any]
Accessible = Any  # an Atspi.Accessible; its bindings tell no types

PROGRAM = "kohtaava-desktop"
PATIENCE_MS = 10_000
"""For one answer; its own 0.8 s are short on a busy machine. From whom an event came is asked, and it is lost else."""
EVENTS = ("object:announcement", "object:property-change:accessible-description", "object:state-changed:focused")
STATES = (
    "SHOWING",
    "VISIBLE",
    "ENABLED",
    "SENSITIVE",
    "FOCUSABLE",
    "FOCUSED",
    "ACTIVE",
    "CHECKABLE",
    "CHECKED",
    "MODAL",
    "DEFUNCT",
)


class Client:
    """One program, looked at from outside."""

    def __init__(self) -> None:
        self._heard: list[dict[str, Any]] = []
        self._focused: Accessible | None = None
        self._moves = 0
        self._listener = Atspi.EventListener.new(self._hear)
        for event in EVENTS:
            self._listener.register(event)

    def _hear(self, event: Any) -> None:
        source = event.source
        heard = {"at": time.monotonic(), "event": event.type, "detail": event.detail1}
        try:
            heard |= {"role": source.get_role_name(), "name": source.get_name() or ""}
            heard["path"] = _path_to(source)
            if event.type.startswith("object:state-changed:focused"):
                self._focused, self._moves = source if event.detail1 else None, self._moves + 1
        except GLib.Error:  # it has gone again
            return
        self._heard.append({**heard, "said": event.any_data if isinstance(event.any_data, str) else ""})

    def heard(self, _request: Request) -> list[dict[str, Any]]:
        """All events so far."""
        return self._heard

    def tree(self, _request: Request) -> list[dict[str, Any]]:
        """Everything of the program, the outermost first."""
        program = self._program()
        return [] if program is None else list(self._nodes(program, []))

    def press(self, request: Request) -> bool | None:
        """Do the first thing that can be done with a node; whether it could be, ``None`` where it has another name."""
        node = self._at(request["path"])
        return bool(Atspi.Action.do_action(node, 0)) if node.get_name() == request["name"] else None

    def keyboard(self, _request: Request) -> dict[str, Any]:
        """How often the keyboard was heard to move, and where it is, if that is so: out to the window.

        All that the program said before it answered has been heard by then.
        """
        path: list[str] = []
        moves = -1
        while moves != self._moves:
            moves, path = self._moves, self._where_heard()
            self._hear_what_came()
        return {"moves": moves, "path": path}

    def _where_heard(self) -> list[str]:
        """From what was heard to have the keyboard out to its window, if it has it."""
        with suppress(GLib.Error):  # it has gone again
            if self._focused is not None:
                self._focused.clear_cache()
                if self._focused.get_state_set().contains(Atspi.StateType.FOCUSED):
                    return _path_to(self._focused)
        return []

    def _hear_what_came(self) -> None:
        """Take up the events that came along with an answer."""
        context = GLib.MainContext.default()
        while context.pending():
            context.iteration(False)

    def move(self, request: Request) -> float:
        """Give a node a value; the value it has then."""
        node = self._at(request["path"])
        Atspi.Value.set_current_value(node, request["value"])
        return float(Atspi.Value.get_current_value(node))

    def table(self, request: Request) -> list[list[dict[str, Any]]]:
        """The cells of a table row by row, each with the headers that belong to it."""
        node = self._at(request["path"])
        rows, columns = Atspi.Table.get_n_rows(node), Atspi.Table.get_n_columns(node)
        return [[_cell(node, row, column) for column in range(columns)] for row in range(rows)]

    def text(self, request: Request) -> str:
        """All that stands in a field."""
        node = self._at(request["path"])
        return str(Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node)))

    def _program(self) -> Accessible | None:
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        found = [desktop.get_child_at_index(each) for each in range(desktop.get_child_count())]
        return next((each for each in found if each is not None and each.get_name() == PROGRAM), None)

    def _at(self, path: list[int]) -> Accessible:
        node: Accessible = self._program()
        for place in path:
            node = node.get_child_at_index(place)
        return node

    def _nodes(self, node: Accessible, path: list[int]) -> Iterator[dict[str, Any]]:
        node.clear_cache()
        described = self._described(node, path)
        yield described
        if described["role"] == "list" and "showing" not in described["states"]:
            return  # a closed one may have many entries, and each question takes its time
        for place in range(node.get_child_count()):
            child = node.get_child_at_index(place)
            if child is not None:
                yield from self._nodes(child, [*path, place])

    def _described(self, node: Accessible, path: list[int]) -> dict[str, Any]:
        states, can = node.get_state_set(), node.get_interfaces()
        box = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN) if "Component" in can else None
        of_value = (Atspi.Value.get_minimum_value, Atspi.Value.get_current_value, Atspi.Value.get_maximum_value)
        return {
            "path": path,
            "role": node.get_role_name(),
            "name": node.get_name() or "",
            "description": node.get_description() or "",
            "states": [each.lower() for each in STATES if states.contains(getattr(Atspi.StateType, each))],
            "actions": Atspi.Action.get_n_actions(node) if "Action" in can else 0,
            "value": [get(node) for get in of_value] if "Value" in can else None,
            "labels": [name for each in node.get_relation_set() for name in _labels(each)],
            "box": None if box is None else [box.x, box.y, box.width, box.height],
        }


def _labels(relation: Any) -> list[str]:
    """The names of the labels, where ``relation`` is that to a label."""
    if relation.get_relation_type() != Atspi.RelationType.LABELLED_BY:
        return []
    targets = [relation.get_target(place) for place in range(relation.get_n_targets())]
    return [each.get_name() for each in targets if each is not None]


def _cell(table: Accessible, row: int, column: int) -> dict[str, Any]:
    """A cell as it is said: what it holds, and the headers of its row and its column."""
    cell = Atspi.Table.get_accessible_at(table, row, column)
    headers = (Atspi.TableCell.get_row_header_cells(cell), Atspi.TableCell.get_column_header_cells(cell))
    of_row, of_column = ([each.get_name() for each in those] for those in headers)
    return {"role": cell.get_role_name(), "name": cell.get_name(), "row": of_row, "column": of_column}


def _path_to(node: Accessible) -> list[str]:
    """The names from ``node`` outwards to its window."""
    names = []
    while node is not None and node.get_role_name() != "application":
        names.append(node.get_name() or "")
        node = node.get_parent()
    return names


def serve(client: Client, loop: Any) -> None:
    """Answer each line that comes, until there are no more."""

    def answer(channel: Any, _condition: Any) -> bool:
        line = channel.readline()
        if not line:
            loop.quit()
            return False
        request = json.loads(line)
        try:
            said = {"answer": getattr(client, request["do"])(request)}
        except (GLib.Error, AttributeError) as gone:  # a window closed while it was looked at
            said = {"gone": str(gone)}
        print(json.dumps(said), flush=True)
        return True

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, answer)


def main() -> None:
    """Serve, and say so."""
    Atspi.set_timeout(PATIENCE_MS, PATIENCE_MS)
    loop = GLib.MainLoop()
    serve(Client(), loop)
    print(json.dumps({"answer": "ready"}), flush=True)
    loop.run()


if __name__ == "__main__":
    main()
