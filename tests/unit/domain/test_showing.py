"""The form that shows, and how long it stays."""

import pytest

from kohtaava_desktop.domain.commands import Finish, StepUp
from kohtaava_desktop.domain.errors import AlreadyFinished, NoMeeting
from kohtaava_desktop.domain.showing import Showing
from kohtaava_desktop.domain.views import Habit, View
from tests.unit.domain.played import play

BY_STEP = Habit.BY_STEP
EMPATHY, ADVICE = play((3, StepUp())).now, play((3, StepUp()), (8, StepUp())).now
SUMMARY = play((3, StepUp()), (30, Finish())).now


def test_the_announcement_stands_until_its_instant_or_the_first_tap() -> None:
    announcing = Showing().announcing(20.0)
    assert announcing.view(EMPATHY, BY_STEP) is View.ANNOUNCEMENT
    assert [announcing.leaves_by(now) for now in (0.0, 19.9, 20.0, 1e6)] == [False, False, True, True]
    assert announcing.announced().view(EMPATHY, BY_STEP) is View.QUIET
    assert not announcing.announced().leaves_by(1e6)


def test_the_pointer_opens_what_is_quiet_but_not_what_was_made_quiet_under_it() -> None:
    under = Showing().under_pointer(True)
    assert under.view(EMPATHY, BY_STEP) is View.OPEN
    assert under.resting_view(EMPATHY, BY_STEP) is View.QUIET
    made_quiet = under.chosen(View.QUIET, EMPATHY)
    assert made_quiet.view(EMPATHY, BY_STEP) is View.QUIET
    assert made_quiet.under_pointer(True).view(EMPATHY, BY_STEP) is View.OPEN


def test_the_summary_leaves_unless_the_pointer_is_on_it() -> None:
    assert Showing().summary(10.0).until == 10.0
    assert Showing().under_pointer(True).summary(10.0).until is None


def test_discreet_holds_into_the_summary_until_it_is_asked_for() -> None:
    discreet = Showing().chosen(View.DISCREET, ADVICE)
    assert discreet.view(SUMMARY, BY_STEP) is View.DISCREET
    assert discreet.revealed().view(SUMMARY, BY_STEP) is View.SUMMARY


def test_at_rest_only_the_pointer_is_remembered() -> None:
    before = Showing().under_pointer(True).chosen(View.DISCREET, EMPATHY).staying(60.0)
    assert before.at_rest() == Showing(hovered=True, hover_opens=False)


def test_a_form_is_chosen_in_a_running_meeting_only() -> None:
    with pytest.raises(NoMeeting):
        Showing().chosen(View.OPEN, None)
    with pytest.raises(AlreadyFinished):
        Showing().chosen(View.OPEN, SUMMARY)
