"""Values of settings as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.settings.schema import BY_NAME, SETTINGS, Setting
from kohtaava_desktop.settings.text import text_of, value_of
from tests.unit.settings.test_layers import good_values


@pytest.mark.parametrize("setting", SETTINGS, ids=[setting.name for setting in SETTINGS])
@given(data=st.data())
def test_what_is_printed_can_be_typed(setting: Setting, data: st.DataObject) -> None:
    value = setting.check(data.draw(good_values(setting)))
    assert setting.check(value_of(setting, text_of(value))) == value


@pytest.mark.parametrize("setting", SETTINGS, ids=[setting.name for setting in SETTINGS])
@given(text=st.text(max_size=12))
def test_any_text_is_a_value_or_is_refused(setting: Setting, text: str) -> None:
    try:
        value = setting.check(value_of(setting, text))
    except ValueError:
        return
    assert setting.check(value_of(setting, text_of(value))) == value


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("chime", "true", True),
        ("chime", "false", False),
        ("opacity", "40", 40),
        ("lengths", "15,30,45", (15, 30, 45)),
        ("lengths", "[15, 30, 45]", (15, 30, 45)),
        ("language", '""', ""),
        ("language", "", ""),
        ("shortcut_up", "win+f9", "Meta+F9"),
    ],
)
def test_what_can_be_typed(name: str, text: str, value: object) -> None:
    assert BY_NAME[name].check(value_of(BY_NAME[name], text)) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("chime", "True"),
        ("chime", "1"),
        ("chime", ""),
        ("opacity", "40.0"),
        ("opacity", "-40"),
        ("opacity", "４０"),
        ("opacity", "1" * 5000),
        ("lengths", ""),
        ("lengths", "15,"),
        ("lengths", "15 30"),
        ("lengths", "[]"),
        ("view", "Open"),
    ],
)
def test_what_cannot(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=name):
        BY_NAME[name].check(value_of(BY_NAME[name], text))
