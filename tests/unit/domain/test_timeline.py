import pytest

from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.timeline import Mark, Reading, begin, gap_between

BOOTED = Reading(wall=1_800_000_000.0, steady=5_000.0, awake=4_000.0, boot="first")


def later(seconds: float, *, asleep: float = 0.0, leapt: float = 0.0) -> Reading:
    """The clocks ``seconds`` later: so long ``asleep`` of them, the wall clock set ahead by ``leapt``."""
    return Reading(
        wall=BOOTED.wall + seconds + leapt,
        steady=BOOTED.steady + seconds,
        awake=BOOTED.awake + seconds - asleep,
        boot=BOOTED.boot,
    )


def after_reboot(seconds: float, *, leapt: float = 0.0) -> Reading:
    return Reading(wall=BOOTED.wall + seconds + leapt, steady=12.0, awake=12.0, boot="second")


def test_the_timeline_begins_with_the_wall_clock() -> None:
    assert begin(BOOTED) == Mark(1_800_000_000.0, BOOTED)
    assert begin(BOOTED).instant(BOOTED) == 1_800_000_000.0


@pytest.mark.parametrize("leapt", [0.0, 3600.0, -3600.0, -2e9])
def test_within_one_boot_the_wall_clock_is_ignored(leapt: float) -> None:
    assert begin(BOOTED).instant(later(90, leapt=leapt)) == BOOTED.wall + 90


def test_sleep_passes_on_the_timeline() -> None:
    assert begin(BOOTED).instant(later(600, asleep=500)) == BOOTED.wall + 600


def test_after_a_reboot_the_wall_clock_goes_on() -> None:
    assert Mark(70.0, BOOTED).instant(after_reboot(300)) == 370.0


def test_after_a_reboot_with_the_clock_set_back_the_timeline_stands_still() -> None:
    assert Mark(70.0, BOOTED).instant(after_reboot(300, leapt=-3600)) == 70.0


def test_a_reboot_is_seen_by_a_steady_clock_that_began_anew_too() -> None:
    nameless = after_reboot(300)._replace(boot=BOOTED.boot)
    assert Mark(70.0, BOOTED).instant(nameless) == 370.0


def test_marks_follow_one_another_on_one_line() -> None:
    first = begin(BOOTED)
    second = first.renewed(later(100))
    assert second.instant(later(250, leapt=999)) == first.instant(later(250)) == BOOTED.wall + 250


@pytest.mark.parametrize("leapt", [0.0, -3600.0])
def test_renewed_after_a_reboot_the_timeline_runs_with_the_steady_clock_again(leapt: float) -> None:
    restarted = after_reboot(300, leapt=leapt)
    mark = Mark(70.0, BOOTED).renewed(restarted)
    assert mark.at == 70.0 + max(0.0, 300 + leapt)
    set_anew = restarted._replace(wall=restarted.wall + 7200, steady=restarted.steady + 10)
    assert mark.instant(set_anew) == mark.at + 10


@pytest.mark.parametrize(
    ("reading", "gap"),
    [
        (later(0), None),
        (later(3600), None),  # a long time in which nothing was due is no gap
        (later(120, asleep=120), None),
        (later(121, asleep=121), (121.0, GapKind.SLEEP)),
        (later(900, asleep=600), (600.0, GapKind.SLEEP)),
        (later(10, leapt=120), None),
        (later(10, leapt=121), (121.0, GapKind.CLOCK)),
        (later(10, leapt=-86400), None),  # set back: nothing is hidden
        (later(700, asleep=600, leapt=3600), (600.0, GapKind.SLEEP)),  # sleep counts first
        (later(700, asleep=600, leapt=-3600), (600.0, GapKind.SLEEP)),
        (later(100, asleep=60, leapt=300), (300.0, GapKind.CLOCK)),
        (later(100, asleep=100, leapt=100), None),  # two short ones are not one long one
    ],
)
def test_gaps_of_over_two_minutes_are_noticed(reading: Reading, gap: tuple[float, GapKind] | None) -> None:
    assert gap_between(BOOTED, reading) == gap
