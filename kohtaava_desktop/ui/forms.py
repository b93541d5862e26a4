"""The seven forms of the overlay as plain geometry, in design pixels.

In every form the place of *step up* is the same: ``UP`` seen from the right and lower edge. What lies in the lowest
band (``row``) stays there; the rest grows above it, or below it where there is no room above (``flipped``).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import _
from kohtaava_desktop.ui.scene import Act, Kind, Scene
from kohtaava_desktop.ui.staircase import Box, Stairs, emblem, finished_stairs, running_stairs
from kohtaava_desktop.ui.theme import SMALLEST_TYPE, Ink, Role

if TYPE_CHECKING:
    from kohtaava_desktop.domain.meeting import Meeting

WIDTH = 344.0
MARGIN = 14.0
ROW = 40.0  # the lowest band: a button and its margins
BUTTON = 24.0
UP = Box(204.0, 8.0, 126.0, BUTTON)  # the place of step up within the lowest band
LINE = 17.0  # one line of a sentence, at least


class Measure(Protocol):
    """How wide text is, in design pixels."""

    def width(self, text: str, role: Role) -> float:
        """The width of ``text`` on one line."""

    def height(self, text: str, role: Role, width: float) -> float:
        """How high ``text`` is when it is wrapped at ``width``."""


class Text(NamedTuple):
    """A text in a box; ``align`` is ``left`` or ``right``, vertically it is centred."""

    box: Box
    text: str
    role: Role
    ink: Ink | Stage = Ink.TEXT
    align: str = "left"
    wrap: bool = False


class Control(NamedTuple):
    """A button. ``fill`` colours it like a stage; ``bare`` ones show no ground; ``icon`` names a drawing.

    Assistive technology reads ``spoken`` as its name and ``more`` as its description.
    """

    act: Act
    box: Box
    label: str
    spoken: str
    role: Role = Role.BUTTON
    fill: Stage | None = None
    bare: bool = False
    icon: str = ""
    detail: str = ""
    ink: Ink | Stage = Ink.TEXT
    only_hovered: bool = False
    see_through: bool = False
    more: str = ""
    enabled: bool = True


class Form(NamedTuple):
    """One form, ready to paint. ``dots`` is the stage shown by four dots; ``handles`` are boundaries to mend.

    ``warm`` and ``to_read`` are the wordless signs of a reminder and of anything else that there is to read.
    """

    view: View
    w: float
    h: float
    row: float = ROW
    texts: tuple[Text, ...] = ()
    controls: tuple[Control, ...] = ()
    stairs: tuple[tuple[Stairs, float], ...] = ()
    dots: Stage | None = None
    warm: bool = False
    to_read: bool = False
    handles: tuple[float, ...] = ()
    anchor: tuple[float, float] = (0.0, 0.0)

    def flipped(self) -> "Form":
        """The same form growing downwards: the lowest band on top, the rest below it."""
        body = self.h - self.row

        def moved(box: Box) -> Box:
            in_row = box.y + box.h / 2 >= body
            return box._replace(y=box.y - body if in_row else box.y + self.row)

        return self._replace(
            texts=tuple(each._replace(box=moved(each.box)) for each in self.texts),
            controls=tuple(each._replace(box=moved(each.box)) for each in self.controls),
            stairs=tuple((_shifted(each, moved(each.box).y - each.box.y), thick) for each, thick in self.stairs),
            anchor=(self.anchor[0], self.anchor[1] - body),
        )


def form_of(scene: Scene, measure: Measure) -> Form:
    """The form for ``scene``."""
    return _BUILDERS[scene.view](scene, measure)


def _shifted(stairs: Stairs, by: float) -> Stairs:
    treads = tuple(each._replace(y=each.y + by) for each in stairs.treads)
    return stairs._replace(box=stairs.box._replace(y=stairs.box.y + by), treads=treads)


def _anchored(form: Form) -> Form:
    return form._replace(anchor=(UP.x + UP.w / 2, form.h - form.row + UP.y + UP.h / 2))


def _in_row(height: float, x: float, w: float) -> Box:
    return Box(x, height - ROW + UP.y, w, BUTTON)


def _up_box(height: float) -> Box:
    return _in_row(height, UP.x, UP.w)


def _button_width(measure: Measure, label: str, role: Role, least: float) -> float:
    return max(least, measure.width(label, role) + 18)


def _ready(scene: Scene, measure: Measure) -> Form:
    body = _sentence_height(scene, measure)
    height = body + 44
    middle = body + 22
    start = _button_width(measure, scene.up_label, Role.BUTTON, 76)
    right = UP.x + UP.w
    controls = [
        Control(
            Act.LENGTH,
            Box(56, middle - 13, right - start - 8 - 56, 26),
            scene.length,
            _("Planned length"),
            role=Role.TITLE,
            bare=True,
            detail=scene.until,
            more=scene.description,
        ),
        Control(
            Act.START, Box(right - start, middle - 13, start, 26), scene.up_label, scene.up_spoken, fill=Stage.EMPATHY
        ),
    ]
    texts, more = _sentence_row(scene, measure, 6)
    form = Form(View.READY, WIDTH, height, 44, texts, (*controls, *more))
    form = form._replace(stairs=((emblem(Box(13, middle - 8, 36, 18)), 2.4),))
    return form._replace(anchor=(UP.x + UP.w / 2, middle))


def _announcement(scene: Scene, measure: Measure) -> Form:
    width = WIDTH - 2 * MARGIN
    say = measure.height(scene.announcement, Role.SAY, width)
    height = 36 + say + 6 + ROW
    card = _("Show client card")
    ok = _("Got it")
    card_width = min(measure.width(card, Role.SMALL) + 8, UP.x - 8 - 12)
    texts = (
        Text(Box(MARGIN, 14, width, 18), _("Tell the client:"), Role.SMALL, Ink.MUTED),
        Text(Box(MARGIN, 34, width, say), scene.announcement, Role.SAY, wrap=True),
    )
    controls = (
        Control(
            Act.CARD,
            _in_row(height, 12, card_width),
            card,
            card,
            Role.SMALL,
            bare=True,
            ink=Stage.ADVICE,
            more=_("Show in the client's language"),
        ),
        Control(Act.GOT_IT, _up_box(height), ok, ok, Role.BUTTON),
    )
    return _anchored(Form(View.ANNOUNCEMENT, WIDTH, height, ROW, texts, controls))


def _quiet(scene: Scene, _measure: Measure) -> Form:
    assert scene.meeting is not None
    height = 26.0
    stairs = running_stairs(Box(10, 4, WIDTH - 20, 17), scene.meeting, scene.now)
    up = Control(_up_act(scene), Box(UP.x, 0, UP.w, height), "", scene.up_spoken, bare=True, see_through=True)
    to_read = scene.sentence.kind in (Kind.NOTICE, Kind.GAP)
    form = Form(View.QUIET, WIDTH, height, height, (), (up,), ((stairs, 2.2),), warm=scene.warm)
    return form._replace(to_read=to_read, anchor=(UP.x + UP.w / 2, height / 2))


def _open(scene: Scene, measure: Measure) -> Form:
    assert scene.meeting is not None
    sentence = _sentence_height(scene, measure)
    height = 72 + sentence + ROW
    stairs = running_stairs(Box(MARGIN, 14, 222, 54), scene.meeting, scene.now)
    right = WIDTH - MARGIN
    texts = (
        Text(Box(right - 92, 12, 92, 36), scene.number, Role.NUMBER, align="right"),
        Text(Box(right - 92, 48, 92, 16), scene.number_label, Role.SMALL, Ink.MUTED, align="right"),
        Text(_in_row(height, MARGIN, 104), scene.stage_name, Role.TITLE, scene.meeting.stage),
    )
    said, answers = _sentence_row(scene, measure, 73)
    controls = (*_corner(scene.meeting), *answers, *_row_controls(scene, measure, height))
    return _anchored(Form(View.OPEN, WIDTH, height, ROW, (*texts, *said), controls, ((stairs, 3.0),), warm=scene.warm))


def _row_controls(scene: Scene, measure: Measure, height: float) -> tuple[Control, ...]:
    meeting = scene.meeting
    assert meeting is not None
    above = meeting.stage.above
    reminding = scene.sentence.kind is Kind.REMINDER
    up = Control(
        _up_act(scene),
        _up_box(height),
        scene.up_label,
        scene.up_spoken,
        fill=Stage.FAREWELL if reminding and above is Stage.FAREWELL else None,
    )
    if _puts_off_beside(scene, measure):
        label = _("A moment more")
        width = min(_button_width(measure, label, Role.BUTTON_SMALL, 74), _room_beside(scene, measure))
        beside = Control(Act.PUT_OFF, _in_row(height, UP.x - 6 - width, width), label, label, Role.BUTTON_SMALL)
        return (beside, up)
    if meeting.stage.below is None:
        return (up,)
    return (Control(Act.STEP_BACK, _in_row(height, UP.x - 6 - 34, 34), "‹", _("Step back")), up)


def _room_beside(scene: Scene, measure: Measure) -> float:
    """The width between the name of the step and the place of step up."""
    return UP.x - 6 - (MARGIN + measure.width(scene.stage_name, Role.TITLE) + 8)


def _puts_off_beside(scene: Scene, measure: Measure) -> bool:
    """Whether *a moment more* is offered and fits beside step up; otherwise it stands below the sentence."""
    needed = measure.width(_("A moment more"), Role.BUTTON_SMALL) * SMALLEST_TYPE + 12
    return scene.sentence.can_put_off and needed <= _room_beside(scene, measure)


def _corner(meeting: "Meeting") -> tuple[Control, ...]:
    """Small drawings in the corner that the stairs reach last; they show under the pointer only."""
    from kohtaava_desktop.i18n import sentences  # not for the first frame

    pins = str(meeting.pins) if meeting.pins else ""
    pin_width = 34.0 if pins else 24.0
    undo = Control(Act.UNDO, Box(8, 6, 24, 24), "", _("Undo"), icon="undo", enabled=meeting.can_undo)
    pin = Control(
        Act.PIN,
        Box(34, 6, pin_width, 24),
        "",
        _("Pin"),
        icon="pin",
        detail=pins,
        enabled=meeting.stage is not Stage.FAREWELL,
        more=sentences.pins(meeting.pins) if pins else "",
    )
    more = Control(Act.MORE, Box(36 + pin_width, 6, 24, 24), "", _("More"), icon="more")
    return tuple(each._replace(bare=True, only_hovered=True) for each in (undo, pin, more))


def _discreet(scene: Scene, _measure: Measure) -> Form:
    assert scene.meeting is not None
    width, height = 96.0, 26.0
    act, spoken = (_up_act(scene), scene.up_spoken) if scene.meeting.running else (Act.TOGGLE, _("Open view"))
    up = Control(act, Box(0, 0, width, height), "", spoken, bare=True, see_through=True)
    return Form(
        View.DISCREET, width, height, height, (), (up,), dots=scene.meeting.stage, anchor=(width / 2, height / 2)
    )


def _summary(scene: Scene, measure: Measure) -> Form:
    assert scene.meeting is not None
    sentence = _sentence_height(scene, measure)
    height = 110 + sentence + ROW
    stairs = finished_stairs(Box(MARGIN, 14, WIDTH - 2 * MARGIN, 58), scene.meeting)
    column = (WIDTH - 2 * MARGIN) / 4
    texts: list[Text] = []
    for place, each in enumerate(scene.columns):
        x = MARGIN + place * column
        texts.append(Text(Box(x, 78, column - 2, 15), each.name, Role.BUTTON_SMALL, each.stage))
        texts.append(Text(Box(x, 93, column - 2, 16), each.minutes, Role.BUTTON))
    said, more = _sentence_row(scene, measure, 111)
    form = Form(
        View.SUMMARY, WIDTH, height, ROW, (*texts, *said), (*_summary_row(scene, height), *more), ((stairs, 3.0),)
    )
    return _anchored(form._replace(handles=stairs.boundaries))


def _summary_row(scene: Scene, height: float) -> tuple[Control, ...]:
    assert scene.meeting is not None
    done_x = 238.0
    half = (done_x - MARGIN - 12) / 2
    undo = _("Undo") if scene.meeting.mended else _("Undo finish")
    labels = ((Act.UNDO_FINISH, undo), (Act.DO_NOT_STORE, _("Do not store")))
    plain = tuple(
        Control(act, _in_row(height, MARGIN + place * (half + 6), half), label, label, Role.BUTTON_SMALL)
        for place, (act, label) in enumerate(labels)
    )
    right = UP.x + UP.w
    done = Control(
        Act.DONE, _in_row(height, done_x, right - done_x), _("Done"), _("Done"), Role.BUTTON, fill=Stage.GUIDANCE
    )
    return (*plain, done)


def _up_act(scene: Scene) -> Act:
    assert scene.meeting is not None
    return Act.FINISH if scene.meeting.stage is Stage.FAREWELL else Act.STEP_UP


def _sentence_role(scene: Scene) -> Role:
    return Role.SENTENCE if scene.sentence.kind in (Kind.REMINDER, Kind.GAP) else Role.BODY


def _sentence_lines(scene: Scene, measure: Measure) -> float:
    """How high the sentence itself is."""
    return max(LINE, measure.height(scene.sentence.text, _sentence_role(scene), _sentence_width(scene)))


def _sentence_width(scene: Scene) -> float:
    return WIDTH - 2 * MARGIN - (28 if scene.sentence.kind is Kind.NOTICE else 0)


def _sentence_height(scene: Scene, measure: Measure) -> float:
    """How much a form grows for the sentence, and for the answers to it."""
    if scene.sentence.kind is Kind.NONE:
        return 0.0
    return 8 + _sentence_lines(scene, measure) + (BUTTON + 8 if _answers(scene, measure) else 0)


def _answers(scene: Scene, measure: Measure) -> tuple[tuple[Act, str], ...]:
    """What can be said to the sentence, in a row of its own below it."""
    if scene.sentence.kind is Kind.GAP:
        return (Act.GAP_YES, _("It was")), (Act.GAP_NO, _("It was not"))
    if scene.sentence.can_put_off and not _puts_off_beside(scene, measure):
        return ((Act.PUT_OFF, _("A moment more")),)
    return ()


def _sentence_row(scene: Scene, measure: Measure, y: float) -> tuple[tuple[Text, ...], tuple[Control, ...]]:
    sentence = scene.sentence
    if sentence.kind is Kind.NONE:
        return (), ()
    role, width = _sentence_role(scene), _sentence_width(scene)
    height = _sentence_lines(scene, measure)
    ink = {Kind.REMINDER: Ink.WARM, Kind.GAP: Ink.TEXT}.get(sentence.kind, Ink.MUTED)
    text = Text(Box(MARGIN, y + 2, width, height), sentence.text, role, ink, wrap=True)
    if sentence.kind is Kind.NOTICE:
        close = Box(WIDTH - MARGIN - 22, y - 2, 24, 24)
        return (text,), (Control(Act.READ_NOTICE, close, "×", _("Close"), bare=True, ink=Ink.MUTED),)
    x, controls = MARGIN, []
    for act, label in _answers(scene, measure):
        w = _button_width(measure, label, Role.BUTTON_SMALL, 74)
        controls.append(Control(act, Box(x, y + height + 8, w, BUTTON), label, label, Role.BUTTON_SMALL))
        x += w + 6
    return (text,), tuple(controls)


_BUILDERS: dict[View, Callable[[Scene, Measure], Form]] = {
    View.READY: _ready,
    View.ANNOUNCEMENT: _announcement,
    View.QUIET: _quiet,
    View.OPEN: _open,
    View.DISCREET: _discreet,
    View.SUMMARY: _summary,
}
