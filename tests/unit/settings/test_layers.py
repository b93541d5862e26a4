"""Which value is in force: the rules of precedence, whatever anybody has written anywhere."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.settings.layers import Layer, Origin, Wrong, combine
from kohtaava_desktop.settings.schema import BY_NAME, SETTINGS, Kind, Setting, Value
from tests.unit.settings.test_schema import json_values

ORIGINS = (Origin.USER, Origin.USER_POLICY, Origin.MACHINE_POLICY)
FOLDERS = tuple(str(Path(path).absolute()) for path in ("/srv/team", "/media/Tiimin jako/ä"))
KEYS = ("Ctrl+Alt+Up", "Meta+F9", "F12")


def good_values(setting: Setting) -> st.SearchStrategy[Any]:
    """Values that ``setting`` takes."""
    match setting.kind:
        case Kind.SWITCH:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(setting.words)
        case Kind.SHORTCUT:
            return st.sampled_from(("", *KEYS))
        case Kind.FOLDER:
            return st.sampled_from(("", *FOLDERS))
        case Kind.NUMBERS:
            return st.lists(st.integers(setting.lowest, setting.highest), min_size=1, max_size=4)
    return st.integers(setting.lowest, setting.highest)


def values_of(settings: Sequence[Setting]) -> st.SearchStrategy[dict[str, Any]]:
    """What may stand in a place about some of ``settings``: good values and bad ones."""
    each = [st.tuples(st.just(setting.name), good_values(setting) | json_values) for setting in settings]
    return st.lists(st.one_of(each), max_size=5).map(dict)


def places(settings: Sequence[Setting]) -> st.SearchStrategy[list[Layer]]:
    """Up to one layer of each origin, with names that are none among the others."""
    layers = [
        st.builds(
            lambda origin, known, strange: Layer(origin, f"place of {origin.name}", {**strange, **known}),
            st.just(origin),
            values_of(settings),
            st.dictionaries(st.text(max_size=5), json_values, max_size=1),
        )
        for origin in ORIGINS
    ]
    some = st.tuples(*layers).map(list)
    return st.tuples(some, st.sets(st.sampled_from(ORIGINS))).map(
        lambda given: [layer for layer in given[0] if layer.origin not in given[1]]
    )


LIMITS = [setting for setting in SETTINGS if setting.limit]
SHORTCUTS = [setting for setting in SETTINGS if setting.kind is Kind.SHORTCUT]
layers_given = places(SETTINGS)


def sound_in(layers: Sequence[Layer], setting: Setting) -> Mapping[Origin, Value]:
    """The values that the layers may set, by origin."""
    found = {}
    for layer in layers:
        if setting.name in layer.given and (layer.origin.policy or not setting.limit):
            value = layer.given[setting.name]
            try:
                found[layer.origin] = setting.check(value)
            except ValueError:
                if setting.limit and type(value) is int and value > setting.highest:
                    found[layer.origin] = setting.highest
    return found


def expected(setting: Setting, sound: Mapping[Origin, Value]) -> tuple[Value, Origin]:
    """The rule in the words of the document: the order, strongest first."""
    order = [Origin.MACHINE_POLICY, Origin.USER_POLICY, Origin.USER]
    if not setting.lockable:
        order = [Origin.USER, Origin.MACHINE_POLICY, Origin.USER_POLICY]
    return next(((sound[origin], origin) for origin in order if origin in sound), (setting.default, Origin.DEFAULT))


@given(layers=layers_given)
def test_the_strongest_layer_that_is_sound_wins(layers: list[Layer]) -> None:
    result = combine(layers)
    for setting in SETTINGS:
        if setting.limit or setting.kind is Kind.SHORTCUT:
            continue
        value, origin = expected(setting, sound_in(layers, setting))
        assert (result.values[setting.name], result.origins[setting.name]) == (value, origin)
        assert result.places[setting.name] == ("" if origin is Origin.DEFAULT else f"place of {origin.name}")


@given(layers=places(LIMITS))
def test_a_limit_is_never_below_what_any_policy_says_nor_below_the_default(layers: list[Layer]) -> None:
    result = combine(layers)
    for setting in LIMITS:
        in_force: Any = result.values[setting.name]
        sound = sound_in(layers, setting)
        assert in_force == max((setting.default, *sound.values()))
        assert result.origins[setting.name] is not Origin.USER
        assert result.origins[setting.name] is Origin.DEFAULT or sound[result.origins[setting.name]] == in_force


@given(layers=places(LIMITS), more=values_of(LIMITS), origin=st.sampled_from(ORIGINS))
def test_one_more_layer_never_makes_a_limit_laxer(layers: list[Layer], more: dict[str, Any], origin: Origin) -> None:
    before, after = combine(layers), combine([*layers, Layer(origin, "one more", more)])
    for setting in LIMITS:
        lower: Any = before.values[setting.name]
        higher: Any = after.values[setting.name]
        assert lower <= higher


@given(layers=places(SHORTCUTS))
def test_no_two_settings_have_one_shortcut_and_the_users_own_keeps_it(layers: list[Layer]) -> None:
    result = combine(layers)
    shortcuts = [setting.name for setting in SHORTCUTS]
    held = [result.values[name] for name in shortcuts if result.values[name]]
    assert len(set(held)) == len(held)
    own = [value for name in shortcuts if (value := sound_in(layers, BY_NAME[name]).get(Origin.USER))]
    kept = [result.values[name] for name in shortcuts if result.origins[name] is Origin.USER and result.values[name]]
    assert set(own) == set(kept)


@given(layers=layers_given, seed=st.randoms(use_true_random=False))
def test_the_order_in_which_places_are_read_is_all_the_same(layers: list[Layer], seed: Any) -> None:
    shuffled = list(layers)
    seed.shuffle(shuffled)
    assert combine(shuffled) == combine(layers)


@given(layers=layers_given)
def test_whatever_is_not_used_is_told(layers: list[Layer]) -> None:
    result = combine(layers)
    for layer in layers:
        wrong = [
            name for name in layer.given if name not in BY_NAME or layer.origin not in sound_in(layers, BY_NAME[name])
        ]
        mended = (Wrong.TAKEN, Wrong.STRICTER)
        told = [each.name for each in result.problems if each.place == layer.place and each.wrong not in mended]
        assert len(told) == len(wrong)
    assert all(len(each.value) <= 60 and json.dumps([each.name, each.value]) for each in result.problems)


def test_of_two_policies_with_one_limit_the_machine_is_named() -> None:
    given = {"smallest_group": 25}
    layers = [Layer(origin, origin.name, given) for origin in (Origin.MACHINE_POLICY, Origin.USER_POLICY)]
    result = combine(layers)
    assert result.places["smallest_group"] == "MACHINE_POLICY"
    assert combine([Layer(Origin.MACHINE_POLICY, "x", {"smallest_group": 9})]).values["smallest_group"] == 10


@pytest.mark.parametrize(
    ("asked", "in_force"), [(9, 10), (1001, 1000), (10**30, 1000), ("50", 10), (True, 10), (-1, 10)]
)
def test_beyond_the_strictest_the_strictest_holds_and_all_else_has_no_effect(asked: object, in_force: int) -> None:
    result = combine([Layer(Origin.MACHINE_POLICY, "x", {"smallest_group": asked})])
    assert result.values["smallest_group"] == in_force
    assert len(result.problems) == 1


def test_a_user_may_keep_their_own_form_and_not_their_own_retention() -> None:
    own = Layer(Origin.USER, "mine", {"view": "open", "retention_months": 120})
    theirs = Layer(Origin.USER_POLICY, "theirs", {"view": "quiet", "retention_months": 6})
    result = combine([own, theirs])
    assert (result.values["view"], result.values["retention_months"]) == ("open", 6)
    assert combine([theirs]).values["view"] == "quiet"
