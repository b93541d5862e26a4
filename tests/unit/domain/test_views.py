import pytest

from kohtaava_desktop.domain.commands import Command, Finish, NoticeGap, StepBack, StepUp, Undo
from kohtaava_desktop.domain.errors import AlreadyFinished, NoMeeting
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.views import Habit, Look, View, view_of
from tests.unit.domain.played import minute, play

UP = StepUp()
CHOICES = [View.QUIET, View.OPEN, View.DISCREET]


def test_the_forms_have_the_stable_names_of_the_status() -> None:
    assert {view.value for view in View} == {"ready", "announcement", "quiet", "open", "discreet", "summary"}


@pytest.mark.parametrize("look", [Look(), Look(announcing=True), Look(discreet=True), Look(chosen=View.OPEN)])
@pytest.mark.parametrize("hovered", [False, True])
def test_without_a_meeting_the_overlay_is_ready(look: Look, hovered: bool) -> None:
    assert view_of(None, look, hovered) is View.READY


@pytest.mark.parametrize(
    ("habit", "views"),
    [
        (Habit.BY_STEP, [View.QUIET, View.QUIET, View.OPEN, View.OPEN]),
        (Habit.QUIET, [View.QUIET] * 4),
        (Habit.OPEN, [View.OPEN] * 4),
    ],
)
def test_each_step_has_its_form(habit: Habit, views: list[View]) -> None:
    played = play()
    seen = [view_of(played.now, Look(), habit=habit)]
    for number in (1, 2, 3):
        played.do(minute(number), UP)
        seen.append(view_of(played.now, Look(), habit=habit))
    assert seen == views


def test_by_itself_the_form_goes_by_the_step() -> None:
    assert view_of(play().now, Look()) is view_of(play().now, Look(), habit=Habit.BY_STEP)


def test_the_announcement_stands_over_the_step_until_it_leaves() -> None:
    look = Look(announcing=True)
    assert view_of(play().now, look) is View.ANNOUNCEMENT
    assert view_of(play().now, look, hovered=True) is View.ANNOUNCEMENT
    assert view_of(play().now, look.announced()) is View.QUIET


def test_the_pointer_opens_the_quiet_form_and_no_other() -> None:
    meeting = play().now
    assert view_of(meeting, Look(), hovered=True) is View.OPEN
    assert view_of(meeting, Look(discreet=True), hovered=True) is View.DISCREET
    assert view_of(play((1, Finish())).now, Look(), hovered=True) is View.SUMMARY


@pytest.mark.parametrize("view", CHOICES)
def test_what_the_expert_chooses_is_taken_at_once(view: View) -> None:
    for played in (play(), play((1, UP), (2, UP))):
        look = Look(announcing=True).choose(view, played.now)
        assert view_of(played.now, look) is view


@pytest.mark.parametrize("view", [View.QUIET, View.OPEN])
def test_a_choice_holds_until_the_next_step(view: View) -> None:
    played = play((1, UP), (2, UP))
    look = Look().choose(view, played.now)
    played.do(minute(3), StepBack())
    assert view_of(played.now, look) is View.QUIET
    played.do(minute(4), UP)  # the same step once more is another visit
    assert view_of(played.now, look) is View.OPEN


def test_a_step_taken_back_leaves_the_choice_as_it_was() -> None:
    played = play((1, UP), (2, UP))
    look = Look().choose(View.QUIET, played.now)
    played.do(minute(3), StepBack()).do(minute(3.1), Undo())
    assert view_of(played.now, look) is View.QUIET


def test_other_taps_and_gaps_leave_the_choice_alone() -> None:
    played = play()
    look = Look().choose(View.OPEN, played.now)
    played.do(minute(9), NoticeGap(300, GapKind.SLEEP))
    assert view_of(played.now, look) is View.OPEN


def test_discreet_holds_through_steps_and_the_finish_until_another_form_is_asked_for() -> None:
    played = play()
    look = Look().choose(View.DISCREET, played.now)
    steps: list[Command] = [UP, UP, StepBack(), UP, UP]
    for number, command in enumerate(steps, start=1):
        played.do(minute(number), command)
        assert view_of(played.now, look) is View.DISCREET
    assert view_of(played.now, look.choose(View.QUIET, played.now)) is View.QUIET
    assert view_of(played.do(minute(9), Finish()).now, look) is View.DISCREET


def test_discreet_stays_when_the_announcement_leaves() -> None:
    look = Look(announcing=True, discreet=True).announced()
    assert view_of(play().now, look) is View.DISCREET


@pytest.mark.parametrize("view", CHOICES)
def test_a_form_is_chosen_for_a_running_meeting_only(view: View) -> None:
    with pytest.raises(NoMeeting):
        Look().choose(view, None)
    with pytest.raises(AlreadyFinished):
        Look().choose(view, play((1, Finish())).now)
