"""The handles on the boundaries between visits, in the summary."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kohtaava_desktop.i18n import _
from kohtaava_desktop.ui.controls import Stand
from kohtaava_desktop.ui.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from kohtaava_desktop.domain.meeting import Meeting
    from kohtaava_desktop.ui.boundary_handle import BoundaryHandle

HALF = 7.0  # design pixels on each side of a boundary that take hold of it


class Boundaries:
    """As many handles on ``parent`` as the form has boundaries, each where its boundary lies."""

    def __init__(self, parent: QWidget, stand: Stand, connect: "Callable[[BoundaryHandle], None]") -> None:
        self._parent, self._stand, self._connect = parent, stand, connect
        self._handles: list[BoundaryHandle] = []

    def arrange(self, form: Form, meeting: "Meeting | None") -> None:
        """Follow ``form``, which shows ``meeting``; a handle that the pointer holds stays in its hand."""
        for handle in self._handles[len(form.handles) :]:
            handle.hide()
            handle.deleteLater()
        del self._handles[len(form.handles) :]
        if not form.handles or meeting is None or meeting.finished_at is None:
            return
        from kohtaava_desktop.ui.boundary_handle import BoundaryHandle  # a slider is not for the first frame

        while len(self._handles) < len(form.handles):
            handle = BoundaryHandle(self._parent, self._stand, len(self._handles))
            self._connect(handle)
            self._handles.append(handle)
        self._place(form, meeting, meeting.finished_at)

    def _place(self, form: Form, meeting: "Meeting", end: float) -> None:
        from kohtaava_desktop.ui.boundary_handle import boundary_names, boundary_place

        stairs, unit = form.stairs[0][0], self._stand.unit
        seconds = [visit.seconds(end) for visit in meeting.visits]
        per_second = stairs.box.w / max(sum(seconds), 1.0) * unit
        template = _("Move the boundary: {earlier} – {later}")
        half, at = round(HALF * unit), 0.0
        for number, (handle, x) in enumerate(zip(self._handles, form.handles, strict=True)):
            lowest, at, highest = at, at + seconds[number], at + seconds[number] + seconds[number + 1]
            handle.setAccessibleDescription(boundary_place(seconds[number], seconds[number + 1]))
            if handle.held:
                continue
            handle.stand_at(round(at), round(lowest), round(highest), per_second)
            stages = meeting.visits[number].stage, meeting.visits[number + 1].stage
            handle.setAccessibleName(boundary_names(*stages, template))
            handle.setToolTip(_("Drag a boundary if a tap was forgotten"))
            top, height = round(stairs.box.y * unit), round(stairs.box.h * unit)
            levels = stairs.treads[number].y, stairs.treads[number + 1].y
            handle.lie_on((sum(levels) / 2 - stairs.box.y) * unit)
            handle.setGeometry(round(x * unit) - half, top, 2 * half, height)
            handle.show()
