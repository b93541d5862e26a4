"""The icons keep to one grid, one stroke and one colour token, and to what QtSvg (SVG Tiny 1.2) can draw.

The rules are those of ``resources/icons/README.md``. Nothing here needs Qt.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kohtaava_desktop.domain.stages import BY_KEY

ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"
FILES = sorted(ICONS.glob("*.svg"))
APPLICATION = "kohtaava"
ACTIONS = [
    "step-up",
    "step-back",
    "undo",
    "redo",
    "pin",
    "more",
    "more-time",
    "finish",
    "discard",
    "quiet",
    "open",
    "discreet",
    "card",
    "keyboard",
    "check",
]

SVG = "{http://www.w3.org/2000/svg}"
TOKEN = "#23272B"
STAGE_COLOURS = {"#BA5419", "#0F766E", "#2F5FB3", "#7A3E8E"}
TILE_COLOURS = {"#FBFAF7", "#D8D3C8"}

GRID_ROOT = {
    "viewBox": "0 0 24 24",
    "fill": "none",
    "stroke": TOKEN,
    "stroke-width": "2",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
GRID_ATTRIBUTES = {"path": {"d", "fill", "stroke"}, "circle": {"cx", "cy", "r", "fill", "stroke"}}
APPLICATION_ATTRIBUTES = {
    "g": {"fill", "fill-opacity", "stroke-width", "stroke-linecap", "stroke-linejoin"},
    "path": {"d", "fill", "stroke"},
    "rect": {"x", "y", "width", "height", "rx", "fill"},
}

NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7, "Z": 0}
"""How many numbers each path command takes."""


def local_name(element: ET.Element) -> str:
    """The name without the SVG namespace; a foreign element keeps its own, and so is on no list."""
    return element.tag.removeprefix(SVG)


def path_commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each drawing command of ``data`` with the numbers of one repetition."""
    for letter, body in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", body)]
        size = NUMBERS[letter.upper()]
        if size == 0:
            yield letter, []
            continue
        assert numbers, f"{letter} without numbers"
        assert len(numbers) % size == 0, f"{letter} with {len(numbers)} numbers"
        for start in range(0, len(numbers), size):
            yield letter, numbers[start : start + size]


def path_points(data: str) -> Iterator[tuple[float, float]]:
    """The end point of every command of ``data``, in the units of the canvas."""
    x = y = start_x = start_y = 0.0
    for letter, numbers in path_commands(data):
        base_x, base_y = (x, y) if letter.islower() else (0.0, 0.0)
        match letter.upper():
            case "Z":
                x, y = start_x, start_y
            case "H":
                x = base_x + numbers[0]
            case "V":
                y = base_y + numbers[0]
            case _:
                x, y = base_x + numbers[-2], base_y + numbers[-1]
        if letter.upper() == "M":
            start_x, start_y = x, y
        yield x, y


def general_faults(text: str, root: ET.Element, allowed: dict[str, set[str]]) -> list[str]:
    """What no icon may hold: declarations, references, text, and elements or attributes that are not on the list."""
    faults = [f"{banned} in the file" for banned in ("<!", "<?", "href", "url(", "currentColor") if banned in text]
    for element in root.iter():
        if (element.text or "").strip() or (element.tail or "").strip():
            faults.append(f"text in {local_name(element)}")
        if element is root:
            continue
        if local_name(element) not in allowed:
            faults.append(f"element {local_name(element)}")
            continue
        unknown = set(element.attrib) - allowed[local_name(element)]
        faults += [f"attribute {name} of {local_name(element)}" for name in sorted(unknown)]
    return faults


def grid_faults(text: str) -> list[str]:
    """How the icon ``text`` breaks the rules of the 24 grid; empty when it keeps them."""
    root = ET.fromstring(text)
    faults = general_faults(text, root, GRID_ATTRIBUTES)
    if local_name(root) != "svg" or root.attrib != GRID_ROOT:
        faults.append(f"root {local_name(root)} {root.attrib}")
    for element in root:
        solid = element.get("fill") == TOKEN and element.get("stroke") == "none"
        if not solid and ("fill" in element.attrib or "stroke" in element.attrib):
            faults.append(f"colour {element.get('fill')} {element.get('stroke')}")
        faults += [f"{x:g},{y:g} in the padding" for x, y in outline(element) if not inside(x, y, 2 if solid else 3)]
    return faults


def outline(element: ET.Element) -> list[tuple[float, float]]:
    """Points that bound what ``element`` draws, without the width of its stroke."""
    if local_name(element) == "path":
        return list(path_points(element.get("d", "")))
    x, y, r = (float(element.get(name, "0")) for name in ("cx", "cy", "r"))
    return [(x - r, y - r), (x + r, y + r)]


def inside(x: float, y: float, padding: float) -> bool:
    """Whether the point keeps ``padding`` to each side of the 24 grid, but for the rounding of relative steps."""
    return all(padding - 1e-6 <= value <= 24 - padding + 1e-6 for value in (x, y))


def application_faults(text: str) -> list[str]:
    """How the application icon ``text`` breaks its own rules; empty when it keeps them."""
    root = ET.fromstring(text)
    faults = general_faults(text, root, APPLICATION_ATTRIBUTES)
    if root.attrib != {"viewBox": "0 0 256 256"}:
        faults.append(f"root {root.attrib}")
    colours = {element.get(name) for element in root.iter() for name in ("fill", "stroke")} - {None, "none"}
    if colours != STAGE_COLOURS | TILE_COLOURS:
        faults.append(f"colours {sorted(map(str, colours))}")
    widths = {element.get("stroke-width") for element in root.iter()} - {None}
    if widths != {"32"}:
        faults.append(f"stroke widths {sorted(map(str, widths))}")
    return faults


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_icon_keeps_the_rules(file: Path) -> None:
    check = application_faults if file.stem == APPLICATION else grid_faults
    assert check(file.read_text(encoding="utf-8")) == []


def test_every_icon_that_the_program_names_exists_and_no_other() -> None:
    stages = {f"stage-{key}" for key in BY_KEY}
    assert {file.stem for file in FILES} == {APPLICATION, *stages, *ACTIONS}


def test_readme_lists_exactly_the_icons() -> None:
    rows = re.findall(r"^\| `([^`]+\.svg)` \|", (ICONS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == [file.name for file in FILES]


def test_no_two_icons_are_the_same_drawing() -> None:
    assert len({file.read_bytes() for file in FILES}) == len(FILES)


def grid_icon(body: str, root: str = "") -> str:
    """An icon with the right root, or with ``root`` in the place of its view box."""
    attributes = " ".join(f'{name}="{value}"' for name, value in GRID_ROOT.items())
    if root:
        attributes = attributes.replace('viewBox="0 0 24 24"', root)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'


def test_a_plain_icon_has_no_faults() -> None:
    assert grid_faults(grid_icon('<path d="M3 3h18v18l-9-9a2 2 0 0 1-2-2z"/>')) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (grid_icon('<text x="3" y="9">i</text>'), "element text"),
        (grid_icon("<path d='M3 3h9'/>i"), "text in path"),
        (grid_icon("<script/>"), "element script"),
        (grid_icon("<linearGradient/>"), "element linearGradient"),
        (grid_icon('<image href="https://example.org/i.png"/>'), "href in the file"),
        (grid_icon('<path d="M3 3h9" style="opacity:0"/>'), "attribute style of path"),
        (grid_icon('<path d="M3 3h9" stroke-width="1"/>'), "attribute stroke-width of path"),
        (grid_icon('<path d="M3 3h9" stroke="#FF0000"/>'), "colour None #FF0000"),
        (grid_icon('<path d="M3 3h9v9z" fill="#23272B"/>'), "colour #23272B None"),
        (grid_icon('<path d="M3 3h9" stroke="currentColor"/>'), "currentColor in the file"),
        (grid_icon('<path d="M3 3h19"/>'), "22,3 in the padding"),
        (grid_icon('<path d="M3 3v9l4-11"/>'), "7,1 in the padding"),
        (grid_icon('<circle cx="3" cy="12" r="2" fill="#23272B" stroke="none"/>'), "1,10 in the padding"),
        ("<!DOCTYPE svg>" + grid_icon('<path d="M3 3h9"/>'), "<! in the file"),
    ],
)
def test_a_fault_is_named(text: str, fault: str) -> None:
    assert fault in grid_faults(text)


@pytest.mark.parametrize("root", ['viewBox="0 0 32 32"', 'viewBox="0 0 24 24" width="24"', 'id="a"'])
def test_another_canvas_is_a_fault(root: str) -> None:
    assert [fault for fault in grid_faults(grid_icon("", root)) if fault.startswith("root svg")]


@pytest.mark.parametrize(
    ("found", "put", "fault"),
    [
        ("#0F766E", "#00FF00", "colours"),
        ('stroke-width="32"', 'stroke-width="8"', "stroke widths"),
        ("0 0 256 256", "0 0 24 24", "root"),
        ("<g ", '<g filter="a" ', "attribute filter of g"),
    ],
)
def test_a_fault_of_the_application_icon_is_named(found: str, put: str, fault: str) -> None:
    text = (ICONS / f"{APPLICATION}.svg").read_text(encoding="utf-8")
    assert found in text
    assert any(named.startswith(fault) for named in application_faults(text.replace(found, put)))
