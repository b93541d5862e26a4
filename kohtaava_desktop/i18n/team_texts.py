"""What a team's view says, as lines of text; what was skipped in its folder, and why."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import starmap
from math import ceil, floor
from pathlib import PurePath
from typing import Protocol

from kohtaava_desktop.domain.disclosure import PAIR_OF, Span
from kohtaava_desktop.domain.spread import Point, Spread
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.team import TeamGroup, TeamView
from kohtaava_desktop.domain.team_own import Own
from kohtaava_desktop.domain.team_pair import Elsewhere, elsewhere, others_of
from kohtaava_desktop.domain.team_values import AGAINST, OWN, TEAM, Comparison
from kohtaava_desktop.i18n import N_, _, formats, ngettext, sentences
from kohtaava_desktop.i18n.mirror_texts import counted

_LONGEST_NAME = 120
WHO = {TEAM: N_("Team"), AGAINST: N_("Other team"), OWN: N_("Own meetings")}
_SKIPPED = {
    "not-an-export": N_("its name is not that of an export (a renamed copy has no such name)"),
    "not-json": N_("it is not JSON"),
    "not-described": N_("it does not describe an export"),
    "other-format": N_("it has another format: {value}"),
    "month-not-over": N_("this month is not over, or there is none such: {value}"),
    "wrong-month": N_("it tells of another month than its folder: {value}"),
    "wrong-contributor": N_("it tells of another contributor than its folder: {value}"),
    "low-limits": N_("it was made with limits that are too low: {value}"),
    "high-limits": N_("it claims limits higher than those it was made with: {value}"),
    "not-utf8": N_("the text is not UTF-8"),
    "line-break": N_("the lines do not end as they were written"),
    "wrong-columns": N_("it has other columns: {value}"),
    "wrong-cells": N_("the row has other cells than it should: {value}"),
    "unknown-lengths": N_("there is no group of these planned lengths: {value}"),
    "unknown-step": N_("there is no such step: {value}"),
    "unknown-minutes": N_("there is no such bin of minutes: {value}"),
    "unknown-status": N_("there is no such status: {value}"),
    "not-a-count": N_("this is no number of meetings: {value}"),
    "too-few": N_("so few meetings are never exported: {value}"),
    "too-many": N_("nobody has so many meetings: {value}"),
    "repeated-row": N_("the row is there twice"),
    "wrong-order": N_("another row belongs here"),
    "incomplete": N_("rows are missing: it is half copied, or was edited"),
    "sums-differ": N_("the steps count different numbers of meetings: {value}"),
    "changed": N_("it was changed after it was written"),
    "missing": N_("it is missing"),
    "half-written": N_("it is half written"),
    "link": N_("it is a link"),
    "too-large": N_("it is too large: {value} bytes"),
    "same-meetings": N_("another export of this month tells exactly the same: the same meetings are not counted twice"),
    "made-up": N_("it is made up, and others here are real"),
}
_AWAY = {
    "gone": N_("there is no such folder, or the share is away"),
    "not-answering": N_("the share does not answer"),
    "link": N_("its links lead in a circle"),
    "policy": N_("a policy of your organisation cannot be read, and it may ask for more contributors"),
}


def iso_months(first: str, last: str) -> str:
    """``2026-08–2026-10``, as one would type it; the one month where they are the same."""
    return first if first == last else f"{first}–{last}"


def described(found: Comparison, span_of: Callable[[str, str], str] = iso_months) -> str:
    """``found`` in lines, by planned lengths: minutes on each step, with the range in which they surely lie.

    ``span_of`` writes the first and the last month.
    """
    return "\n".join(_lines(found, span_of))


def skipped(file: str, line: int, reason: str, value: str) -> str:
    """What was skipped in the folder, and why, in one line; ``value`` may be anything that anybody has written."""
    shown = printable(value).strip() or _("(empty)")
    known = _(_SKIPPED[reason]).format(value=shown) if reason in _SKIPPED else sentences.in_words(reason)
    if line:
        sentence = _("Skipped: {file}, line {line}: {reason}.")
        return sentence.format(file=printable(file), line=line, reason=known)
    return _("Skipped: {file}: {reason}.").format(file=printable(file), reason=known)


def more_skipped(count: int) -> str:
    """How many were skipped besides those that are named."""
    text = ngettext("Skipped besides: {count} more.", "Skipped besides: {count} more.", count)
    return text.format(count=formats.number(count))


class Skipped(Protocol):
    """What is known of something that was skipped: ``line`` 0 means all of the file."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def reason(self) -> str: ...
    @property
    def value(self) -> str: ...


def all_skipped(first: Sequence[Skipped], problems: int, folder: PurePath | None = None) -> list[str]:
    """A line for each of the ``first`` that were skipped, and one for the rest of ``problems``.

    ``folder`` is named where there are several.
    """
    files = [each.file if folder is None else str(folder / each.file) for each in first]
    lines = [skipped(file, one.line, one.reason, one.value) for file, one in zip(files, first, strict=True)]
    more = problems - len(lines)
    return [*lines, *([more_skipped(more)] if more else [])]


def away(path: object, reason: str) -> str:
    """Why a folder cannot be read at all."""
    known = _(_AWAY[reason]) if reason in _AWAY else sentences.in_words(reason)
    return _("The team folder {path} cannot be read now: {reason}.").format(path=printable(str(path)), reason=known)


def nothing_to_show(found: Comparison, path: object) -> str:
    """Why nothing of the exports is shown."""
    shown = printable(str(path))
    if not any(view.months for view in found.views.values()):
        return _("There is no export in {path} to be shown.").format(path=shown)
    sentence = _("Nothing in {path} can be shown: no planned length has {count} contributors in one month.")
    return sentence.format(path=shown, count=found.fewest)


def made_up_beside_real(path: object) -> str:
    """Why the folder ``path`` is not compared."""
    sentence = _("The exports in {path} are made up: they are not compared with real ones.")
    return sentence.format(path=printable(str(path)))


def printable(text: str) -> str:
    """``text`` on one line and short, with question marks for what would not be seen or would command a terminal."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in text)
    return shown if len(shown) <= _LONGEST_NAME else f"{shown[: _LONGEST_NAME - 1]}…"


def _lines(found: Comparison, span_of: Callable[[str, str], str]) -> Iterator[str]:
    for who, view in found.views.items():
        yield f"{_(WHO[who])}: {_months(view, found.fewest, span_of)}"
        if view.made_up:
            yield f"  {made_up()}"
    yield _("Minutes on each step: the median, between what it surely lies, and the middle half of the meetings.")
    for span in found.spans:
        yield ""
        yield from _span_lines(found, span)
    if any(group.withheld_months for view in found.views.values() for group in view.groups):
        yield ""
        yield withheld(found.fewest)


def made_up() -> str:
    """That nobody ever held these meetings."""
    return _("MADE-UP DATA: nobody held these meetings")


def withheld(fewest: int) -> str:
    """What *withheld* means."""
    sentence = _("Withheld: fewer than {count} contributors in a month, or too few meetings of theirs.")
    return sentence.format(count=fewest)


def lengths(span: Span, others: bool) -> str:
    """``45–59 min``; with ``others``, that it is the rest of a pair of which a band stands by itself."""
    shown = f"{span[0]}–{formats.minutes_short(span[1])}"
    return _("{lengths}, others").format(lengths=shown) if others else shown


def _months(view: TeamView, fewest: int, span_of: Callable[[str, str], str]) -> str:
    months = [each.month for each in view.months]
    if not months:
        return _("no month")
    exports = sum(each.contributors or 0 for each in view.months)
    told = ngettext("{count} export", "{count} exports", exports).format(count=formats.number(exports))
    few = [each.month for each in view.months if each.contributors is None]
    if few:  # how many there are of them is not told, neither by subtraction
        told = _("{exports}, and fewer than {count} in {months}").format(
            exports=told, count=fewest, months=month_count(len(few))
        )
    return f"{span_of(months[0], months[-1])}, {month_count(len(months))}, {told}"


def month_count(count: int) -> str:
    """How many months, in words."""
    return ngettext("{count} month", "{count} months", count).format(count=count)


def _span_lines(found: Comparison, span: Span) -> Iterator[str]:
    """One group of planned lengths: who tells of it, then a table of the steps with a column for each of them."""
    held = {who: {each.span: each for each in view.groups} for who, view in found.views.items()}
    others = {who: span in others_of(groups) for who, groups in held.items() if span in groups}
    yield _("Planned for {lengths}").format(lengths=lengths(span, all(others.values())))
    columns: list[list[str]] = []
    for who, view in found.views.items():
        group = held[who].get(span)
        said = _told_elsewhere(elsewhere(view.groups, span)) if group is None else _counted(group)
        if others.get(who) and not all(others.values()):
            said += ", " + without(view.groups, span)
        yield f"  {_(WHO[who])}: {said}"
        if group is not None and not group.withheld:
            columns.append(_column(_(WHO[who]), group.steps, group.reached, group.meetings))
    if found.own is not None and (own := found.own.get(span)) is not None:
        yield f"  {_(WHO[OWN])}: {_own_counted(own)}"
        if own.steps:
            columns.append(_column(_(WHO[OWN]), own.steps, (own.reached, own.reached), own.meetings))
    if columns:
        names = ["", *(sentences.stage_name(stage) for stage in Stage), _("Farewell reached")]
        table = [names, *columns]
        widths = [max(map(len, column)) for column in table]
        for row in zip(*table, strict=True):
            yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def without(groups: Iterable[TeamGroup], pair: Span) -> str:
    """Of which lengths a group of ``pair`` has none, as they are told by themselves."""
    bands = [each.span for each in groups if PAIR_OF[each.span] == pair != each.span]
    return _("without those told as {lengths}").format(lengths=listed((band, False) for band in bands))


def listed(spans: Iterable[tuple[Span, bool]]) -> str:
    """Several planned lengths, each as ``lengths`` writes it."""
    return "; ".join(starmap(lengths, spans))


def _told_elsewhere(where: Elsewhere | None) -> str:
    """Why there is no group of some lengths."""
    if where is None:
        return _("no meetings")
    if where.withheld:
        sentence = _("if any, withheld with {lengths}") if where.together else _("withheld as {lengths}")
    else:
        sentence = _("told together as {lengths}") if where.together else _("told apart as {lengths}")
    return sentence.format(lengths=listed(where.lengths))


def _counted(group: TeamGroup) -> str:
    if group.withheld:
        return _("shown in other months only") if group.left_out else _("withheld")
    people = people_of(group.contributors)
    sentence = _("{meetings}, {people} contributors a month, {months}")
    text = sentence.format(meetings=counted(group.meetings), people=people, months=month_count(len(group.months)))
    if group.withheld_months:
        text += ", " + _("withheld in {months}").format(months=month_count(len(group.withheld_months)))
    if group.left_out:
        text += ", " + _("{months} left out").format(months=month_count(len(group.left_out)))
    return text


def people_of(contributors: tuple[int, int]) -> str:
    """How few and how many there were in a month, in digits."""
    fewest, most = contributors
    return str(fewest) if fewest == most else f"{fewest}–{most}"


def _own_counted(own: Own) -> str:
    meetings = counted(own.meetings)
    return meetings if own.steps else _("{meetings}: too few yet").format(meetings=meetings)


def _column(name: str, steps: Mapping[Stage, Spread], reached: tuple[int, int], meetings: int) -> list[str]:
    return [name, *(_spread(steps[stage]) for stage in Stage), share_of(reached, meetings)]


def _spread(spread: Spread) -> str:
    median = formats.minutes_short(whole(spread.median.value))
    half = f"{whole(spread.lower.value)}–{whole(spread.upper.value)}"
    if spread.median.exact:
        return f"{median}, {half}"
    return f"{median} ({sure_range(spread.median)}), {half}"


def sure_range(point: Point) -> str:
    """Between what ``point`` surely lies, in whole minutes that take it in; without a unit."""
    lowest = floor(point.lowest)
    if point.highest is None:
        return _("{minutes} or more").format(minutes=lowest)
    return f"{lowest}–{ceil(point.highest)}"


def share_of(reached: tuple[int, int], meetings: int) -> str:
    """From the least to the most that ``reached`` something, of all ``meetings``, in whole percent."""
    fewest, most = (formats.percent(each, meetings) for each in reached)
    return _("{share} %").format(share=fewest if fewest == most else f"{fewest}–{most}")


def whole(minutes: float) -> int:
    """The nearest whole minutes, halves upwards."""
    return int(minutes + 0.5)
