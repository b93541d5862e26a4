"""What statistics say, as lines of text: on the command line, and to be copied out of the window."""

from collections.abc import Callable, Iterator

from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.domain.statistics import ENOUGH, Distribution, Statistics, Week
from kohtaava_desktop.i18n import _, formats, ngettext, sentences

NEWEST_WEEKS = 12
"""So many weeks are told one by one; the window and the other forms of ``kohtaava stats`` have all of them."""


def described(found: Statistics) -> str:
    """How many meetings, and ``found`` in lines."""
    return f"{counted(found.n)}\n{figures(found)}"


def figures(found: Statistics, week_of: Callable[[str], str] = str) -> str:
    """``found`` in lines: every number with the count that it comes from; ``week_of`` writes a week."""
    return "\n".join(_lines(found, week_of))


def _lines(found: Statistics, week_of: Callable[[str], str]) -> Iterator[str]:
    yield from left_out(found)
    if found.too_few:
        yield _("Too few yet: with {count} meetings there is something to see.").format(count=ENOUGH)
        return
    names = {stage: sentences.stage_name(stage) for stage in found.stages}
    width = max(map(len, names.values()))
    for stage, spread in found.stages.items():
        yield f"{names[stage]:{width}}  {_spread_with_p90(spread)}"
    some, everything = formats.number(found.reached_farewell), formats.number(found.n)
    yield _("The farewell was reached in {some} of {all} meetings.").format(some=some, all=everything)
    back = formats.number(found.stepped_back)
    yield _("A step was taken back in {some} of {all} meetings.").format(some=back, all=everything)
    if found.over is not None:
        yield _over(found.over)
    yield from _weeks(found.weeks, week_of)


def _weeks(weeks: tuple[Week, ...], week_of: Callable[[str], str]) -> Iterator[str]:
    if not weeks:
        return
    if len(weeks) > NEWEST_WEEKS:
        yield _("The farewell, week by week, in the newest {count} weeks with one:").format(count=NEWEST_WEEKS)
    else:
        yield _("The farewell, week by week:")
    names = [week_of(week.iso_week) for week in weeks[-NEWEST_WEEKS:]]
    width = max(map(len, names))
    for name, week in zip(names, weeks[-NEWEST_WEEKS:], strict=True):
        median = formats.minutes_short(whole(week.median))
        yield f"{name:{width}}  " + _("median {median}, n = {count}").format(
            median=median, count=formats.number(week.n)
        )


def _over(over: Distribution) -> str:
    sentence = _("Against the planned length: median {median}, half of them from {lower} to {upper}, n = {count}")
    return sentence.format(
        median=signed(over.median), lower=signed(over.lower), upper=signed(over.upper), count=formats.number(over.n)
    )


def _spread_with_p90(spread: Distribution) -> str:
    sentence = _("median {median}, half of them {lower}–{upper}, 9 of 10 at most {most}, n = {count}")
    return sentence.format(
        median=formats.minutes_short(whole(spread.median)),
        lower=whole(spread.lower),
        upper=formats.minutes_short(whole(spread.upper)),
        most=formats.minutes_short(whole(spread.p90)),
        count=formats.number(spread.n),
    )


def counted(meetings: int) -> str:
    """How many meetings, in words."""
    return ngettext("{count} meeting", "{count} meetings", meetings).format(count=formats.number(meetings))


def left_out(found: Statistics) -> Iterator[str]:
    """The meetings that are left out, where there are any, by reason."""
    reasons = {
        Quality.INTERRUPTED: _("Left out as interrupted: {count}"),
        Quality.FORGOTTEN: _("Left out as forgotten: {count}"),
    }
    for quality, text in reasons.items():
        if found.left_out.get(quality):
            yield text.format(count=formats.number(found.left_out[quality]))


def spread_of(spread: Distribution) -> str:
    """Median, middle half and count of one step."""
    return _("median {median}, half of them {lower}–{upper}, n = {count}").format(
        median=formats.minutes_short(whole(spread.median)),
        lower=whole(spread.lower),
        upper=formats.minutes_short(whole(spread.upper)),
        count=formats.number(spread.n),
    )


def signed(seconds: float) -> str:
    """A difference in whole minutes with its sign, like ``+1 min``; nothing is ``0 min``."""
    minutes = whole(seconds)
    sign = "+" if minutes > 0 else "−" if minutes < 0 else ""
    return sign + formats.minutes_short(abs(minutes))


def whole(seconds: float) -> int:
    """Seconds as the nearest whole minutes, halves away from zero."""
    minutes = int(abs(seconds) / 60 + 0.5)
    return minutes if seconds >= 0 else -minutes
