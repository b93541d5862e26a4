"""Everything is deleted while windows show it: whoever asked for that, no window goes on showing what was."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kohtaava_desktop.domain.release_files import files_of
from kohtaava_desktop.store import exports
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS
from kohtaava_desktop.store.worker import Store
from kohtaava_desktop.ui.opener import Opener
from kohtaava_desktop.ui.team.shown import Beside
from tests.ui.share.desk import held
from tests.ui.stage import Stage
from tests.unit.domain.exports import export, meetings


@pytest.fixture
def stage(make_stage: Callable[..., Stage], tmp_path: Path) -> Stage:
    """The program at its start; a team's folder is set."""
    return make_stage(settings={"team_folder": str(tmp_path / "team")})


@pytest.fixture
def opener(stage: Stage, tmp_path: Path) -> Iterator[Opener]:
    """What opens windows, with meetings of last October on a real disk, and the exports of a team."""
    data, team = tmp_path / "data", tmp_path / "team"
    data.mkdir()
    team.mkdir()
    Meetings(data / MEETINGS).add_all(held(24, "2026-W42"))
    for number in range(3):
        release = export(number, meetings(20, 45, number))
        exports.write(team, release.name, files_of(release))
    opener, store = stage.presenter.opener, Store(data)
    for part in (opener.mirror, opener.team, opener.exporting, opener.trust):
        part.store = store
    stage.store.delete_everything = store.delete_everything  # type: ignore[method-assign]
    yield opener
    for window in (opener.mirror.window, opener.team.window, opener.exporting.window, opener.trust.window):
        if window is not None:
            window.close()
    stage.run(done(opener))
    stage.run(store.close())


async def done(opener: Opener) -> None:
    for part in (opener.mirror, opener.team, opener.exporting, opener.trust):
        await part.done()


def test_no_window_shows_what_was_deleted(stage: Stage, opener: Opener) -> None:
    async def look() -> None:
        opener.open_mirror()
        opener.open_team()
        opener.open_trust()
        opener._open_export()
        await done(opener)
        assert opener.team.window is not None
        assert opener.exporting.window is not None
        opener.team.window.beside_wanted.emit(Beside.OWN)
        opener.exporting.window.show_rows.click()
        await done(opener)

    stage.run(look())
    mirror, team, exporting = opener.mirror.window, opener.team.window, opener.exporting.window
    assert mirror is not None
    assert mirror.drawn
    assert team is not None
    assert team.shown is not None
    assert team.shown.beside is not None
    assert exporting is not None
    assert exporting.release is not None

    async def delete() -> None:
        await stage.controller.delete_everything()  # as the command line asks for it
        await done(opener)

    stage.run(delete())
    assert not mirror.drawn
    assert team.shown.beside is None
    assert exporting.release is None
