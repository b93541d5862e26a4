from kohtaava_desktop.domain.stages import BY_KEY, Stage


def test_the_staircase_has_four_steps_in_the_order_of_the_method() -> None:
    assert [stage.key for stage in sorted(Stage)] == ["empathy", "guidance", "advice", "farewell"]


def test_each_step_leads_to_its_neighbours_only() -> None:
    assert [stage.above for stage in Stage] == [Stage.GUIDANCE, Stage.ADVICE, Stage.FAREWELL, None]
    assert [stage.below for stage in Stage] == [None, Stage.EMPATHY, Stage.GUIDANCE, Stage.ADVICE]


def test_stages_are_found_by_their_stable_names() -> None:
    assert {key: BY_KEY[key] for key in ("empathy", "guidance", "advice", "farewell")} == BY_KEY
