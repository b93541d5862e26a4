"""Months of whole weeks, against the calendar of the standard library."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.months import check_month, closes_on, is_closed, last_closed, month_of, weeks_of
from kohtaava_desktop.domain.record import iso_week

days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@given(days)
def test_every_week_is_in_one_month(day: date) -> None:
    week = iso_week(day)
    assert week in weeks_of(month_of(week))
    thursday = day + timedelta(days=3 - day.weekday())
    assert month_of(week) == f"{thursday:%Y-%m}"


@given(days)
def test_weeks_of_a_month_follow_each_other(day: date) -> None:
    month = f"{day:%Y-%m}"
    weeks = weeks_of(month)
    assert len(weeks) in (4, 5)
    assert {month_of(week) for week in weeks} == {month}
    assert list(weeks) == sorted(weeks)


@given(days)
def test_a_month_is_closed_when_no_day_of_it_is_left(day: date) -> None:
    month = month_of(iso_week(day))
    assert not is_closed(month, day)
    last = weeks_of(month)[-1]
    sunday = date.fromisocalendar(int(last[:4]), int(last[6:]), 7)
    assert not is_closed(month, sunday)
    assert is_closed(month, sunday + timedelta(days=1))


@given(days)
def test_the_last_closed_month_is_closed_and_the_next_is_not(day: date) -> None:
    month = last_closed(day)
    assert is_closed(month, day)
    assert day >= closes_on(month)
    assert not is_closed(month_of(iso_week(day)), day)
    assert month_of(iso_week(closes_on(month))) == month_of(iso_week(day))


def test_a_week_belongs_to_the_month_of_its_thursday() -> None:
    assert month_of("2026-W44") == "2026-10"  # 26 October to 1 November
    assert month_of("2026-W01") == "2026-01"  # from 29 December 2025
    assert weeks_of("2026-10") == ("2026-W40", "2026-W41", "2026-W42", "2026-W43", "2026-W44")
    assert not is_closed("2026-10", date(2026, 11, 1))
    assert is_closed("2026-10", date(2026, 11, 2))


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "2026-1", "0000-01", "9999-12", "2026-10-01", "October", "２０２６-10"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        check_month(text)


@pytest.mark.parametrize("week", ["", "2026-W54", "2026-W00", "2026-47", "2026-W4"])
def test_what_is_no_week_is_refused(week: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the calendar's own words
        month_of(week)
