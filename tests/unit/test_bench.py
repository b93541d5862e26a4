"""The arithmetic of the measurements. What they come to is never asserted: that depends on the machine."""

import pytest

from bench.figures import Figure, compared, percentile, shown, spread, table
from bench.sockets import bound_in, families_of

TRACE = """\
17 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3
17 connect(3, {sa_family=AF_UNIX, sun_path=@"/tmp/.X11-unix/X99"}, 20) = 0
18 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 5
18 bind(5, {sa_family=AF_UNIX, sun_path="/home/user/data/control.sock.new"}, 110) = 0
19 socketpair(AF_UNIX, SOCK_STREAM, 0, [6, 7]) = 0
"""
NETWORK = """\
17 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 8
17 bind(8, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("0.0.0.0")}, 16) = 0
"""


@pytest.mark.parametrize(("percent", "expected"), [(0, 1), (25, 1), (26, 2), (50, 2), (51, 3), (99, 4), (100, 4)])
def test_a_percentile_is_the_nearest_rank(percent: float, expected: float) -> None:
    assert percentile([4, 2, 1, 3], percent) == expected


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_the_99th_of_a_thousand_leaves_ten_above() -> None:
    assert percentile(range(1000), 99) == 989


def test_the_middle_half() -> None:
    assert spread([1.0, 1.1, 1.2, 1.3, 9.0]) == "1.10–1.30"


def test_a_comparison_is_the_median_of_the_ratios_of_the_pairs() -> None:
    # the second pair ran in a moment three times as slow; its ratio is none the worse
    figure = compared("start", [120.0, 390.0, 110.0], [100.0, 300.0, 100.0], "bare", goal=1.3)
    assert figure.value == pytest.approx(1.2)
    assert figure.unit == "× bare"
    assert figure.note == "120 against 100 ms; middle half 1.10–1.30; 3 pairs"
    assert figure.detail == {"ours": [120.0, 390.0, 110.0], "theirs": [100.0, 300.0, 100.0]}


def test_pairs_must_be_pairs() -> None:
    with pytest.raises(ValueError, match="shorter"):
        compared("start", [1.0, 2.0], [1.0], "bare", goal=1.3)


@pytest.mark.parametrize(
    ("value", "goal", "verdict"),
    [(1.3, 1.3, "reached"), (1.31, 1.3, "missed"), (0.0, 0.0, "reached"), (7.0, None, ""), (None, 5.0, "not measured")],
)
def test_the_verdict(value: float | None, goal: float | None, verdict: str) -> None:
    figure = Figure("start", value, "ms", goal)
    assert figure.verdict == verdict
    assert figure.as_json()["verdict"] == verdict


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (0.0, "0"), (0.05, "0.05"), (1.204, "1.20"), (16.04, "16.0"), (151.2, "151"), (-2.5, "-2.50")],
)
def test_values_are_shown_with_the_figures_that_count(value: float | None, text: str) -> None:
    assert shown(value) == text


def test_the_table_has_columns_and_no_trailing_spaces() -> None:
    lines = table(
        [Figure("start", 1.2, "× bare", 1.3, "21 pairs"), Figure("peer", None, "", note="NOT MEASURED")]
    ).split("\n")
    assert lines == [
        "what   reached      goal                  how",
        "start  1.20 × bare  ≤ 1.30  reached       21 pairs",
        "peer   –                    not measured  NOT MEASURED",
    ]


def test_sockets_are_counted_by_family() -> None:
    assert families_of([TRACE]) == {"UNIX": 3}
    assert families_of([TRACE, NETWORK, TRACE]) == {"UNIX": 6, "INET": 1}


def test_what_is_bound_is_named() -> None:
    assert bound_in([TRACE]) == ["control.sock.new"]
    assert bound_in([NETWORK, TRACE]) == ["control.sock.new", "?"]
