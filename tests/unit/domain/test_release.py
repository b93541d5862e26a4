"""What leaves: the rows of a release, and its files byte by byte."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.disclosure import NEVER, Bin, Group, Thresholds, released
from kohtaava_desktop.domain.release import COLUMNS, LETTERS, NAME_LENGTH, Release
from kohtaava_desktop.domain.release_files import DATASET, DESCRIPTION, TABLE, files_of
from kohtaava_desktop.domain.stages import Stage
from tests.unit.domain.test_disclosure import months

ROOT = Path(__file__).parents[3]
NAME = LETTERS[:NAME_LENGTH]
BINS = (Bin(NEVER, NEVER, 6), Bin(0, 4, 5), Bin(5, 5, 7), Bin(6, None, 9))
EVERY = tuple((stage, BINS if stage is Stage.FAREWELL else (Bin(NEVER, 9, 20), Bin(10, None, 7))) for stage in Stage)
SMALL = Release("2026-10", NAME, (Group(5, 29), Group(30, 44, EVERY), Group(60, 240)))

releases = st.builds(
    lambda month, made_up: Release("2026-10", NAME, released(month), made_up=made_up), months, st.booleans()
)


def table(release: Release) -> list[dict[str, str]]:
    """The rows as any reader of CSV has them."""
    return list(csv.DictReader(io.StringIO(files_of(release)[TABLE].decode("utf-8"), newline="")))


@given(releases)
def test_what_leaves_is_kept_and_read_again(release: Release) -> None:
    kept = json.loads(json.dumps(release.content()))
    again = Release.from_content("2026-10", NAME, kept)
    assert again == release
    assert files_of(again) == files_of(release)


@given(releases)
def test_what_is_made_up_says_so_and_nothing_else_does(release: Release) -> None:
    files = files_of(release)
    said = [
        json.loads(files[DESCRIPTION])["kohtaava"].get("made_up"),
        json.loads(files[DATASET])["extension"]["kohtaava"].get("made_up"),
        release.content().get("made_up"),
    ]
    assert said == [True if release.made_up else None] * 3


@given(releases)
def test_no_cell_is_anything_but_a_number_or_a_word_of_ours(release: Release) -> None:
    words = {"", "true", "false", "published", "withheld", *(stage.key for stage in Stage)}
    for row in table(release):
        for name, cell in row.items():
            assert cell.isdigit() or cell in words or (name, cell) in (("month", "2026-10"), ("contributor", NAME))
    assert files_of(release)[TABLE].isascii()


@given(releases)
def test_the_dataset_says_the_same_as_the_table(release: Release) -> None:
    dataset = json.loads(files_of(release)[DATASET])
    sizes, ids = dataset["size"], dataset["id"]
    assert ids == ["month", "contributor", "planned", "stage", "minutes"]
    names = [dataset["dimension"][each]["category"]["index"] for each in ids]
    assert [len(each) for each in names] == sizes

    def place(planned: str, stage: str, minutes: str) -> str:
        of_planned, of_stage, of_minutes = names[2].index(planned), names[3].index(stage), names[4].index(minutes)
        return str((of_planned * sizes[3] + of_stage) * sizes[4] + of_minutes)

    told, withheld = {}, []
    for row in table(release):
        planned = f"{row['planned_from']}..{row['planned_to']}"
        if row["status"] == "withheld":
            withheld += [place(planned, stage.key, "never..") for stage in Stage]
        else:
            low = "never" if row["includes_never"] == "true" else row["minutes_from"]
            high = row["minutes_to"] if row["minutes_from"] else "never"
            told[place(planned, row["stage"], f"{low}..{high}")] = int(row["meetings"])
    assert dataset["value"] == told
    assert dataset.get("status", {}) == dict.fromkeys(withheld, "withheld")


def test_the_table_by_example() -> None:
    lines = files_of(SMALL)[TABLE].decode().split("\r\n")
    start = f"2026-10,{NAME},"
    assert lines[0].split(",") == list(COLUMNS)
    assert lines[1] == f"{start}5,29,,,,,,withheld"
    assert lines[2] == f"{start}30,44,empathy,true,0,9,20,published"
    assert lines[-7:] == [
        f"{start}30,44,advice,false,10,,7,published",
        f"{start}30,44,farewell,true,,,6,published",
        f"{start}30,44,farewell,false,0,4,5,published",
        f"{start}30,44,farewell,false,5,5,7,published",
        f"{start}30,44,farewell,false,6,,9,published",
        f"{start}60,240,,,,,,withheld",
        "",
    ]


def test_the_description_carries_the_checksum_and_the_thresholds() -> None:
    files = files_of(Release("2026-10", NAME, SMALL.groups, Thresholds(12, 6)))
    described = json.loads(files[DESCRIPTION])
    [resource] = described["resources"]
    assert resource["hash"] == f"sha256:{sha256(files[TABLE]).hexdigest()}"
    assert resource["bytes"] == len(files[TABLE])
    assert [field["name"] for field in resource["schema"]["fields"]] == list(COLUMNS)
    own = described["kohtaava"]
    assert own == {
        "format": 1,
        "month": "2026-10",
        "contributor": NAME,
        "smallest_group": 12,
        "smallest_bin": 6,
    }


def test_the_bytes_do_not_depend_on_the_machine() -> None:
    """Another hash seed, another locale, another time zone, another default encoding."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from tests.unit.domain.test_release import *; "
        "sys.stdout.buffer.write(b''.join(files_of(SMALL).values()))"
    )
    for seed, locale, zone in (("1", "C", "UTC"), ("2", "fi_FI.ISO-8859-1", "Pacific/Apia")):
        world = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONUTF8": "0"}
        done = subprocess.run([sys.executable, "-c", code, ROOT], capture_output=True, check=True, env=world, cwd=ROOT)
        assert done.stdout == b"".join(files_of(SMALL).values())


# judged by libraries made for it


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name, data in files_of(SMALL).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def frictionless_says(folder: Path) -> tuple[bool, str]:
    """Whether the Data Package in ``folder`` is valid, and what frictionless has to say.

    In a process of its own: what it imports and warns of is no business of the other tests.
    """
    command = [sys.executable, "-m", "frictionless", "validate", "--json", DESCRIPTION]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    return done.returncode == 0 and json.loads(done.stdout)["valid"], done.stdout + done.stderr


def jsonstat_says(dataset: object) -> str:
    """Empty when ``dataset`` is JSON-stat 2.0, else what is wrong with it."""
    code = (
        "import json, sys, jsonstat_validator\n"
        "try: jsonstat_validator.validate_jsonstat(json.load(sys.stdin))\n"
        "except jsonstat_validator.JSONStatValidationError as error: print(error)"
    )
    given_in = json.dumps(dataset)
    return subprocess.run(
        [sys.executable, "-c", code], input=given_in, capture_output=True, text=True, check=True
    ).stdout


ALL_WITHHELD = Release("2026-10", NAME, (Group(5, 29),))
NONE_WITHHELD = Release("2026-10", NAME, (Group(30, 44, EVERY),), Thresholds(20, 5))


@pytest.mark.parametrize("release", [SMALL, ALL_WITHHELD, NONE_WITHHELD], ids=["some", "all", "none"])
def test_both_formats_are_valid(release: Release, tmp_path: Path) -> None:
    for name, data in files_of(release).items():
        (tmp_path / name).write_bytes(data)
    valid, words = frictionless_says(tmp_path)
    assert valid, words
    assert jsonstat_says(json.loads(files_of(release)[DATASET])) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [(b",20,published", b",21,published"), (b",20,published", b",x,published"), (b"5,29,,", b"4,29,,")],
)
def test_frictionless_finds_what_was_changed(package: Path, old: bytes, new: bytes) -> None:
    """So that the test above can fail: another number, text for a number, a length under the least."""
    table_file = package / TABLE
    assert old in table_file.read_bytes()
    table_file.write_bytes(table_file.read_bytes().replace(old, new))
    valid, words = frictionless_says(package)
    assert not valid
    assert re.search(r"hash|type-error|constraint-error", words)


def test_the_schema_refuses_a_count_under_the_threshold(package: Path) -> None:
    changed = (package / TABLE).read_bytes().replace(b",5,published", b",4,published")
    (package / TABLE).write_bytes(changed)
    described = json.loads((package / DESCRIPTION).read_bytes())
    described["resources"][0]["hash"] = f"sha256:{sha256(changed).hexdigest()}"
    (package / DESCRIPTION).write_text(json.dumps(described))
    valid, words = frictionless_says(package)
    assert not valid
    assert "constraint-error" in words


def test_the_judge_of_json_stat_finds_what_was_changed() -> None:
    dataset = json.loads(files_of(SMALL)[DATASET])
    assert jsonstat_says({**dataset, "size": [1]}) != ""
    assert jsonstat_says({**dataset, "value": "many"}) != ""


def test_the_name_of_the_folder_is_safe_everywhere() -> None:
    assert re.fullmatch(r"kohtaava-\d{4}-\d{2}-[a-z]{16}", SMALL.name)
