"""What windows have asked for when the program ends."""

import asyncio
from typing import Any

from kohtaava_desktop.ui.errands import Errands
from tests.ui.stage import Stage


async def never() -> None:
    await asyncio.Event().wait()


def test_the_end_waits_for_what_changes_something_and_for_nothing_else() -> None:
    async def scene() -> list[str]:
        errands, done = Errands(), []

        async def delete() -> None:
            for _turn in range(5):
                await asyncio.sleep(0)
            done.append("deleted")

        errands.do(never())
        errands.do(delete(), to_the_end=True)
        await errands.end()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return done

    assert asyncio.run(scene()) == ["deleted"]


def test_what_is_written_to_a_share_that_never_answers_does_not_hold_up_the_end() -> None:
    async def scene() -> None:
        errands = Errands()
        errands.do(never(), to_the_end=True)
        await errands.end(0.001)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(scene())


def test_the_end_with_nothing_under_way() -> None:
    asyncio.run(Errands().end())


def test_after_the_end_nothing_begins_any_more() -> None:
    """A meeting that is kept, or a deletion from outside, still has open windows look again."""

    async def scene() -> None:
        errands = Errands()
        await errands.end()
        errands.do(never())
        errands.do(never(), to_the_end=True)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        await errands.done()

    asyncio.run(scene())


def test_windows_that_still_look_are_let_go_at_the_end(stage: Stage) -> None:
    """The store answers nobody any more."""

    class Silent:
        def __getattr__(self, _asked: str) -> object:
            return lambda *_values: never()

    opener = stage.presenter.opener
    silent: Any = Silent()
    for each in (opener.mirror, opener.trust, opener.exporting):
        each.store = silent
        each.open()
    stage.run(asyncio.sleep(0))
    assert asyncio.all_tasks(stage.loop)
    stage.run(opener.end())
    assert not asyncio.all_tasks(stage.loop)
