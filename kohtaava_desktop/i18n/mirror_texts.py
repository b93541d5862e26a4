"""What statistics say, as lines of text: on the command line, and to be copied out of the window."""

from collections.abc import Iterator

from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.domain.statistics import ENOUGH, Distribution, Statistics
from kohtaava_desktop.i18n import _, formats, ngettext, sentences


def described(found: Statistics) -> str:
    """``found`` in lines: every number with the count that it comes from."""
    return "\n".join(_lines(found))


def _lines(found: Statistics) -> Iterator[str]:
    yield counted(found.n)
    yield from left_out(found)
    if found.too_few:
        yield _("Too few yet: with {count} meetings there is something to see.").format(count=ENOUGH)
        return
    names = {stage: sentences.stage_name(stage) for stage in found.stages}
    width = max(map(len, names.values()))
    for stage, spread in found.stages.items():
        yield f"{names[stage]:{width}}  {spread_of(spread)}"
    yield _("The farewell was reached in {some} of {all} meetings.").format(some=found.reached_farewell, all=found.n)
    yield _("A step was taken back in {some} of {all} meetings.").format(some=found.stepped_back, all=found.n)
    if found.over is not None:
        yield _("Against the planned length: median {minutes}.").format(minutes=signed(found.over.median))


def counted(meetings: int) -> str:
    """How many meetings, in words."""
    return ngettext("{count} meeting", "{count} meetings", meetings).format(count=meetings)


def left_out(found: Statistics) -> Iterator[str]:
    """The meetings that are left out, where there are any, by reason."""
    reasons = {
        Quality.INTERRUPTED: _("Left out as interrupted: {count}"),
        Quality.FORGOTTEN: _("Left out as forgotten: {count}"),
    }
    for quality, text in reasons.items():
        if found.left_out.get(quality):
            yield text.format(count=found.left_out[quality])


def spread_of(spread: Distribution) -> str:
    """Median, middle half and count of one step."""
    return _("median {median}, half of them {lower}–{upper}, n = {count}").format(
        median=formats.minutes_short(whole(spread.median)),
        lower=whole(spread.lower),
        upper=formats.minutes_short(whole(spread.upper)),
        count=spread.n,
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
