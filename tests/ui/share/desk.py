"""A desk: the real store, settings with a team folder, *My meetings* and the export window."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.domain.release_files import files_of
from kohtaava_desktop.settings.files import Unreadable
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.loader import Settings, user_layer
from kohtaava_desktop.store import exports
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS
from kohtaava_desktop.store.worker import Store
from kohtaava_desktop.ui.mirror.opening import Mirror
from kohtaava_desktop.ui.mirror.window import MirrorWindow
from kohtaava_desktop.ui.share.export_window import ExportWindow
from kohtaava_desktop.ui.share.opening import Exporting
from kohtaava_desktop.ui.share.team import TeamReader
from tests.unit.domain.exports import export, meetings

TODAY = date(2026, 11, 22)
POLICY = "/etc/kohtaava-desktop/policies.json"


def held(count: int, week: str, planned: int = 45, seed: int = 0) -> list[Record]:
    """So many finished meetings of ``week``."""
    made = meetings(count, planned, seed)
    return [replace(each, key=f"{seed:016x}{number:016x}", iso_week=week) for number, each in enumerate(made)]


@dataclass
class Desk:
    """One workstation in ``place``, and the folder of its team."""

    app: QApplication
    loop: asyncio.AbstractEventLoop
    place: Path
    policy: Layer = field(default_factory=lambda: Layer(Origin.MACHINE_POLICY, POLICY, {}))

    def __post_init__(self) -> None:
        self.team_folder = self.place / "team"
        self.team_folder.mkdir()
        sources = (lambda: user_layer(self.place / "config"), lambda: self.policy)
        self.settings = Settings(sources, self.place / "config")
        october = [*held(24, "2026-W42", seed=1), *held(3, "2026-W43", 90, seed=2)]
        others = [*held(20, "2026-W38", seed=3), *held(1, "2026-W47", seed=4)]
        (self.place / "data").mkdir()
        Meetings(self.place / "data" / MEETINGS).add_all([*october, *others])
        self.store = Store(self.place / "data")
        self.exporting = Exporting(self.settings, lambda: TODAY)
        self.exporting.store = self.store
        self.mirror = Mirror(lambda: "2026-W47")
        self.mirror.store = self.store
        self.mirror.read_team = TeamReader(self.settings, lambda: TODAY).read

    def fill_team(self, people: int, months: tuple[str, ...] = ("2026-09", "2026-10")) -> None:
        """Exports of so many people in the team's folder."""
        for month in months:
            for number in range(people):
                release = export(number, meetings(20, 45, number), month)
                exports.write(self.team_folder, release.name, files_of(release))

    def break_policy(self) -> None:
        """From now on the policy cannot be read."""
        self.policy = Layer(Origin.MACHINE_POLICY, POLICY, bad=Unreadable("not-json"))
        self.settings.reload()

    def open_export(self) -> ExportWindow:
        """The window with its months."""
        self.do(self.exporting.open)
        assert self.exporting.window is not None
        return self.exporting.window

    def open_mirror(self) -> MirrorWindow:
        """*My meetings*, with all that it asked for."""
        self.do(self.mirror.open)
        assert self.mirror.window is not None
        return self.mirror.window

    def do(self, work: object) -> None:
        """Carry out ``work`` within the loop, and all that it asks for."""
        assert callable(work)

        async def run() -> None:
            work()
            await self.exporting.done()
            await self.mirror.done()

        self.loop.run_until_complete(run())
        self.app.processEvents()
