"""The team's window on folders of the test's own and a real store; nothing here waits for time to pass."""

import asyncio
from collections.abc import Callable
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
from kohtaava_desktop.ui.team.opening import TeamOpener
from kohtaava_desktop.ui.team.shown import Wanted
from kohtaava_desktop.ui.team.window import TeamWindow
from tests.unit.domain.exports import export, meetings

TODAY = date(2026, 11, 22)
POLICY = "/etc/kohtaava-desktop/policies.json"
MONTHS = ("2026-08", "2026-09", "2026-10")
WEEKS = {"2026-08": "2026-W33", "2026-09": "2026-W38", "2026-10": "2026-W42"}


@dataclass
class Room:
    """One workstation in ``place``; its team's folder is ``folder``, that of another team ``other``."""

    app: QApplication
    loop: asyncio.AbstractEventLoop
    place: Path
    policy: Layer = field(default_factory=lambda: Layer(Origin.MACHINE_POLICY, POLICY, {}))

    def __post_init__(self) -> None:
        self.folder, self.other = self.place / "team", self.place / "other"
        self.settings = Settings(
            (lambda: user_layer(self.place / "config"), lambda: self.policy), self.place / "config"
        )
        self.opener = TeamOpener(self.settings, lambda: TODAY)
        (self.place / "data").mkdir()
        self.store = Store(self.place / "data")
        self.opener.store = self.store

    def fill(
        self,
        folder: Path,
        people: int,
        months: tuple[str, ...] = MONTHS,
        planned: tuple[int, ...] = (45,),
        first: int = 0,
    ) -> None:
        """Exports of so many people in ``folder``, each with 20 meetings of every length in ``planned``."""
        folder.mkdir(exist_ok=True)
        for month in months:
            for number in range(first, first + people):
                held = [one for each in planned for one in meetings(20, each, number)]
                release = export(number, held, month)
                exports.write(folder, release.name, files_of(release))

    def hold(self, count: int, month: str, planned: int = 45) -> None:
        """So many own meetings of ``month``."""
        made = [replace(each, iso_week=WEEKS[month]) for each in meetings(count, planned, 99)]
        Meetings(self.place / "data" / MEETINGS).add_all(_keyed(made, month))

    def raise_limit(self, fewest: int) -> None:
        """IT asks for more contributors."""
        self.policy = Layer(Origin.MACHINE_POLICY, POLICY, {"fewest_contributors": fewest})
        self.settings.reload()

    def break_policy(self) -> None:
        """From now on the policy cannot be read."""
        self.policy = Layer(Origin.MACHINE_POLICY, POLICY, bad=Unreadable("not-json"))
        self.settings.reload()

    def open(self, folder: Path | None = None) -> TeamWindow:
        """The window, with what is in the team's folder."""
        self.settings.set("team_folder", str(folder or self.folder))
        return self.open_as_set()

    def open_as_set(self) -> TeamWindow:
        """The window, with the folder that is set, if one is."""
        self.do(self.opener.open)
        assert self.opener.window is not None
        return self.opener.window

    def choose(self, month: str | None, span: tuple[int, int] = (45, 59)) -> None:
        """Choose a month and a group, as the lists and chips do."""
        assert self.opener.window is not None
        self.opener.window.bar._take(Wanted(month, span))
        self.app.processEvents()

    def do(self, work: Callable[[], object]) -> None:
        """Carry out ``work`` within the loop, and all that it asks for."""

        async def run() -> None:
            work()
            await self.opener.done()

        self.loop.run_until_complete(run())
        self.app.processEvents()


def _keyed(records: list[Record], month: str) -> list[Record]:
    return [replace(each, key=f"{int(month[-2:]):016x}{number:016x}") for number, each in enumerate(records)]
