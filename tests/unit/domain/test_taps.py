from kohtaava_desktop.domain.taps import TapGuard


def let_through(*instants: float) -> list[float]:
    guard = TapGuard()
    return [at for at in instants if guard.lets_through(at)]


def test_two_taps_within_400_ms_count_as_one() -> None:
    assert let_through(10.0, 10.0, 10.125, 10.375) == [10.0]


def test_taps_400_ms_apart_both_count() -> None:
    assert let_through(0.0, 0.4) == [0.0, 0.4]


def test_a_tap_that_did_not_count_holds_nobody_up() -> None:
    assert let_through(10.0, 10.25, 10.5, 10.75, 11.0) == [10.0, 10.5, 11.0]


def test_the_first_tap_counts_whatever_the_clock_says() -> None:
    assert let_through(0.0) == [0.0]
    assert let_through(-5.0) == [-5.0]


def test_a_steady_clock_that_began_anew_locks_nobody_out() -> None:
    assert let_through(50_000.0, 0.25, 0.5, 1.0) == [50_000.0, 0.25, 1.0]


def test_each_guard_watches_its_own_taps() -> None:
    one, other = TapGuard(), TapGuard()
    assert one.lets_through(1.0)
    assert other.lets_through(1.0)
