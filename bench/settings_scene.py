"""The settings window as somebody sees it whose organisation manages a part of it."""

import asyncio
from typing import TYPE_CHECKING

from kohtaava_desktop.settings.layers import Layer, Origin

if TYPE_CHECKING:
    from bench.studio import Studio

MANAGED = {"lengths": [20, 30, 45, 60], "hide_from_capture": True, "retention_months": 12, "smallest_group": 20}
OWN = {"announcement_seconds": 30, "chime": True, "shortcut_up": "Ctrl+Alt+Up", "shortcut_undo": "Ctrl+Alt+Z"}
VIEWS = {"settings": "theme", "settings-managed": "lengths", "settings-shortcuts": "shortcut_show"}
"""The pictures, and the setting at the top of each."""
TURNS = 20
TOP = 46  # logical pixels above that setting


def policy() -> Layer:
    """What the organisation has set."""
    return Layer(Origin.MACHINE_POLICY, "/etc/kohtaava-desktop/policies.json", MANAGED)


async def settings(studio: "Studio") -> None:
    """Keep the window at several places of the table."""
    presenter, values = studio.stage.presenter, studio.stage.controller.settings
    for name, value in OWN.items():
        values.set(name, value)
    presenter.opener.settings.shortcut_trouble = lambda _name: None  # whatever the computer says that paints this
    presenter.opener.open_settings()
    dialog = presenter.opener.settings.dialog
    assert dialog is not None
    for picture, name in VIEWS.items():
        await settle()
        row, content = dialog.rows[name], dialog.area.widget()
        assert content is not None
        dialog.area.verticalScrollBar().setValue(row.mapTo(content, row.rect().topLeft()).y() - TOP)
        dialog.setFocus()
        studio.keep(picture, dialog.grab().toImage())
    dialog.close()


async def settle() -> None:
    """Let everything take its place."""
    for _turn in range(TURNS):
        await asyncio.sleep(0)
