"""Reading an export back: what we wrote comes back whole, and nothing else does."""

import json
import random
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaava_desktop.domain.disclosure import Thresholds, released
from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.domain.release_files import DESCRIPTION, TABLE, files_of
from kohtaava_desktop.domain.release_reading import HEADER, MOST_MEETINGS, BadExport, named, read
from tests.unit.domain.exports import LATEST, MONTH, contributor, export, meetings
from tests.unit.domain.test_disclosure import months

SAMPLE = export(1, [*meetings(40, 45), *meetings(14, 30), *meetings(3, 15)])
FILES = files_of(SAMPLE)
LINES = FILES[TABLE].decode("ascii").split("\r\n")
BEGINNING = f"{MONTH},{contributor(1)},"


def reading(table: bytes, **about: object) -> Release:
    """What is read when the description is made to fit ``table``; ``about`` changes what it says of the export."""
    content: dict[str, Any] = json.loads(FILES[DESCRIPTION])
    content["resources"][0]["hash"] = f"sha256:{sha256(table).hexdigest()}"
    content["kohtaava"] |= about
    return read(SAMPLE.name, LATEST, json.dumps(content).encode(), table)


def refused(table: bytes, **about: object) -> tuple[str, int, str]:
    with pytest.raises(BadExport) as caught:
        reading(table, **about)
    return caught.value.file, caught.value.line, caught.value.reason


def with_line(number: int, line: str | None) -> bytes:
    """The sample with another line (none: without it), counted from 1."""
    lines = [*LINES]
    lines[number - 1 : number] = [] if line is None else [line]
    return "\r\n".join(lines).encode()


def cells(number: int, **changed: str) -> bytes:
    """The sample with other cells in one line."""
    row = dict(zip(LINES[0].split(","), LINES[number - 1].split(","), strict=True)) | changed
    return with_line(number, ",".join(row.values()))


def lines_of(part: str) -> list[int]:
    """The numbers of the lines of the sample that are of ``part``."""
    return [number for number, line in enumerate(LINES, 1) if line.startswith(BEGINNING + part)]


@given(months, st.builds(Thresholds, st.integers(12, 40), st.integers(5, 12)) | st.just(Thresholds()), st.booleans())
def test_what_was_given_out_is_read_as_it_was(month: list[Any], limits: Thresholds, made_up: bool) -> None:
    release = Release(MONTH, contributor(3), released(month, limits), limits, made_up)
    files = files_of(release)
    if not release.groups:  # never given out
        with pytest.raises(BadExport, match="incomplete"):
            read(release.name, LATEST, files[DESCRIPTION], files[TABLE])
    else:
        assert read(release.name, LATEST, files[DESCRIPTION], files[TABLE]) == release


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"meetings": "-6"}, "not-a-count"),
        ({"meetings": "six"}, "not-a-count"),
        ({"meetings": "6.0"}, "not-a-count"),
        ({"meetings": "06"}, "not-a-count"),
        ({"meetings": "６"}, "not-a-count"),
        ({"meetings": ""}, "not-a-count"),
        ({"meetings": "=1+1"}, "not-a-count"),
        ({"meetings": "4"}, "too-few"),
        ({"meetings": str(MOST_MEETINGS + 1)}, "too-many"),
        ({"meetings": "9" * 5000}, "too-many"),
        ({"stage": "attic"}, "unknown-step"),
        ({"stage": "Empathy"}, "unknown-step"),
        ({"status": "guessed"}, "unknown-status"),
        ({"planned_from": "31"}, "unknown-lengths"),
        ({"planned_to": "two"}, "unknown-lengths"),
        ({"minutes_from": "11"}, "unknown-minutes"),
        ({"minutes_from": ""}, "unknown-minutes"),
        ({"minutes_to": "241"}, "unknown-minutes"),
        ({"minutes_to": "0"}, "unknown-minutes"),
        ({"minutes_to": "9" * 400}, "unknown-minutes"),
        ({"includes_never": "maybe"}, "unknown-minutes"),
        ({"month": "2026-09"}, "wrong-month"),
        ({"contributor": contributor(2)}, "wrong-contributor"),
        ({"status": "published,"}, "wrong-cells"),
        ({"status": "published\n"}, "line-break"),
        ({"month": "\n"}, "line-break"),
    ],
)
def test_a_bad_cell_is_named_with_its_line(changed: dict[str, str], reason: str) -> None:
    last_of_empathy = lines_of("45,59,empathy")[-1]
    assert refused(cells(last_of_empathy, **changed)) == (TABLE, last_of_empathy, reason)


def test_steps_that_count_different_meetings_are_named_where_it_shows() -> None:
    last_of_empathy, last_of_guidance = lines_of("45,59,empathy")[-1], lines_of("45,59,guidance")[-1]
    more = str(int(LINES[last_of_empathy - 1].split(",")[-2]) + 1)
    assert refused(cells(last_of_empathy, meetings=more)) == (TABLE, last_of_guidance, "sums-differ")


@pytest.mark.parametrize(
    ("table", "line", "reason"),
    [
        (b"", 1, "incomplete"),
        (HEADER.encode(), 1, "incomplete"),
        (f"{HEADER}\r\n".encode(), 2, "incomplete"),
        (FILES[TABLE].replace(b"\r\n", b"\n"), 1, "line-break"),
        (FILES[TABLE].replace(b"\r\n", b"\r"), 1, "line-break"),
        (b"\xef\xbb\xbf" + FILES[TABLE], 1, "wrong-columns"),
        (FILES[TABLE].replace(b",", b";"), 1, "wrong-columns"),
        (FILES[TABLE].decode().encode("utf-16"), 1, "not-utf8"),
        (with_line(3, LINES[2] + "ä").decode().encode("latin-1"), 3, "not-utf8"),
        (with_line(4, LINES[2]), 4, "repeated-row"),
        ("\r\n".join([*LINES[:2], LINES[3], LINES[2], *LINES[4:]]).encode(), 3, "wrong-order"),
        (with_line(3, None), 3, "wrong-order"),
        (FILES[TABLE][:-40], len(LINES) - 1, "incomplete"),
        (FILES[TABLE] + FILES[TABLE][len(HEADER) + 2 :], len(LINES), "repeated-row"),
        ("\r\n".join([*LINES[:3], ""]).encode(), 3, "incomplete"),
        (with_line(2, ""), 2, "wrong-cells"),
        (with_line(2, "\x00" * 300), 2, "wrong-cells"),
    ],
)
def test_a_bad_table_is_named_with_its_line(table: bytes, line: int, reason: str) -> None:
    assert refused(table) == (TABLE, line, reason)


def test_a_withheld_row_says_nothing_but_its_lengths() -> None:
    withheld = next(number for number, line in enumerate(LINES, 1) if line.endswith(",withheld"))
    assert refused(cells(withheld, meetings="5")) == (TABLE, withheld, "wrong-cells")
    assert refused(cells(withheld, planned_to="19")) == (TABLE, withheld, "unknown-lengths")
    assert refused(with_line(withheld, f"{LINES[withheld - 1]}\r\n{LINES[withheld - 1]}")) == (
        TABLE,
        withheld + 1,
        "repeated-row",
    )


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        ({"format": 2}, "other-format"),
        ({"format": 0}, "other-format"),
        ({"format": True}, "other-format"),
        ({"format": [[[]]]}, "other-format"),
        ({"month": "2026-09"}, "wrong-month"),
        ({"contributor": contributor(9)}, "wrong-contributor"),
        ({"smallest_group": 3}, "low-limits"),
        ({"smallest_bin": 1}, "low-limits"),
        ({"smallest_group": MOST_MEETINGS + 1}, "high-limits"),
        ({"smallest_group": 10**30, "smallest_bin": 10**30}, "high-limits"),
        ({"smallest_bin": 10**9}, "high-limits"),
        ({"smallest_group": 15}, "high-limits"),  # the table has a group of 14, and is what was written
        ({"smallest_bin": 8}, "high-limits"),
        ({"smallest_bin": "5"}, "not-described"),
        ({"made_up": False}, "not-described"),
        ({"made_up": "true"}, "not-described"),
        ({"made_up": 1}, "not-described"),
        ({"smallest_group": 10.5}, "not-described"),
    ],
)
def test_another_description_is_refused(about: dict[str, object], reason: str) -> None:
    assert refused(FILES[TABLE], **about) == (DESCRIPTION, 0, reason)


def test_few_meetings_are_the_fault_of_the_table_where_it_was_changed_or_no_limit_allows_them() -> None:
    [first, *_rest] = lines_of("30,44,empathy")
    edited = cells(first, meetings="6")
    assert edited != FILES[TABLE]
    content: dict[str, Any] = json.loads(FILES[DESCRIPTION])
    content["kohtaava"] |= {"smallest_bin": 8}
    with pytest.raises(BadExport) as caught:
        read(SAMPLE.name, LATEST, json.dumps(content).encode(), edited)
    assert (caught.value.file, caught.value.line, caught.value.reason) == (TABLE, first, "too-few")
    assert refused(cells(first, meetings="4"), smallest_bin=8) == (TABLE, first, "too-few")


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("1.5", "1.5"),
        ("null", "null"),
        ("1e999", "Infinity"),
        ("true", "true"),
        ('""', '""'),
        ('"1"', '"1"'),
        ("[[[]]]", "[…]"),
        ("{}", "{…}"),
        ("[" * 900 + "]" * 900, "[…]"),
        ("12345678901234567890123456789012345678901234567890", "1234567890123456789012345678901234567890"),
    ],
)
@pytest.mark.parametrize("key", ["format", "month"])
def test_whatever_stands_in_the_description_is_named(key: str, written: str, named: str) -> None:
    content: dict[str, Any] = json.loads(FILES[DESCRIPTION])
    content["kohtaava"][key] = "HERE"
    description = json.dumps(content).replace('"HERE"', written)
    with pytest.raises(BadExport) as caught:
        read(SAMPLE.name, LATEST, description.encode(), FILES[TABLE])
    assert caught.value.reason == ("other-format" if key == "format" else "wrong-month")
    assert caught.value.value == (named.strip('"') if key == "month" else named)


@pytest.mark.parametrize(
    ("description", "line", "reason"),
    [
        (b"", 1, "not-json"),
        (FILES[DESCRIPTION][:900], 0, "not-json"),
        (b"[" * 60_000, 0, "not-json"),
        (b"1" * 60_000, 0, "not-json"),
        (b"\xff\xfe\x00", 0, "not-json"),
        (b"null", 0, "not-described"),
        (b"[]", 0, "not-described"),
        (b'{"kohtaava": {"format": 1}, "resources": []}', 0, "not-described"),
        (b'{"kohtaava": {"format": 1}, "resources": [{"hash": 5}]}', 0, "not-described"),
    ],
)
def test_a_description_that_is_none_is_refused(description: bytes, line: int, reason: str) -> None:
    with pytest.raises(BadExport) as caught:
        read(SAMPLE.name, LATEST, description, FILES[TABLE])
    assert (caught.value.file, caught.value.reason) == (DESCRIPTION, reason)
    assert not line or caught.value.line == line


def test_a_table_that_is_sound_but_not_what_was_written_is_refused() -> None:
    other = files_of(export(1, meetings(30, 45, seed=8)))[TABLE]
    with pytest.raises(BadExport) as caught:
        read(SAMPLE.name, LATEST, FILES[DESCRIPTION], other)
    assert (caught.value.file, caught.value.line, caught.value.reason) == (TABLE, 0, "changed")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (f"kohtaava-2026-11-{contributor(1)}", "month-not-over"),
        (f"kohtaava-2026-13-{contributor(1)}", "month-not-over"),
        (f"kohtaava-0000-01-{contributor(1)}", "month-not-over"),
        (f"{SAMPLE.name} (2)", "not-an-export"),
        (f"{SAMPLE.name}\n", "not-an-export"),
        (SAMPLE.name.upper(), "not-an-export"),
        ("kohtaava-", "not-an-export"),
        (f"kohtaava-２０２６-10-{contributor(1)}", "not-an-export"),
    ],
)
def test_a_name_that_is_none_is_refused(name: str, reason: str) -> None:
    with pytest.raises(BadExport, match=reason):
        named(name, LATEST)


# whatever comes


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """The table with some of it changed, cut out, doubled or put elsewhere."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    table = bytearray(FILES[TABLE])
    for _ in range(chance.randint(1, 4)):
        begin = chance.randrange(len(table) + 1)
        end = min(len(table), begin + chance.choice((0, 1, 1, 3, 40)))
        part = bytes(table[begin:end])
        table[begin:end] = chance.choice((b"", part * 2, chance.randbytes(len(part)), b",", b"\r\n", b"9", b"-"))
    return bytes(table)


cell = st.sampled_from(sorted({cell for line in LINES for cell in line.split(",")})) | st.text(max_size=4)
random_rows = st.lists(st.lists(cell, min_size=8, max_size=8), max_size=6).map(
    lambda rows: "\r\n".join([HEADER, *(BEGINNING + ",".join(row) for row in rows), ""]).encode("utf-8", "replace")
)


@pytest.mark.proof
@settings(max_examples=10 * settings().max_examples)
@given(spoilt() | random_rows | st.binary(max_size=300))
def test_any_table_is_read_or_refused_by_name(table: bytes) -> None:
    found = outcome(reading, table)
    if isinstance(found, Release):
        assert files_of(found)[TABLE] == table, "what is read is exactly what we would write"
    else:
        assert 0 <= found.line <= table.count(b"\n") + 2
        assert len(found.value) <= 40


def outcome(work: Callable[..., Release], *given: object) -> Release | BadExport:
    """What was read, or how it was refused; any other error is raised."""
    try:
        return work(*given)
    except BadExport as bad:
        return bad


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("kohtaava", "resources", "hash", "format", "month")), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.proof
@settings(max_examples=2 * settings().max_examples)
@given(json_values, json_values, json_values, json_values)
def test_any_description_is_read_or_refused_by_name(a: object, b: object, c: object, d: object) -> None:
    about: dict[str, Any] = json.loads(FILES[DESCRIPTION])
    shapes: tuple[object, ...] = (
        a,
        about | {"kohtaava": a},
        about | {"resources": b},
        about | {"kohtaava": about["kohtaava"] | {"format": a, "month": b}},
        about | {"kohtaava": about["kohtaava"] | {"contributor": c, "smallest_bin": d}},
    )
    for content in shapes:
        found = outcome(read, SAMPLE.name, LATEST, json.dumps(content).encode(), FILES[TABLE])
        assert found.file in (DESCRIPTION, TABLE) if isinstance(found, BadExport) else found == SAMPLE
