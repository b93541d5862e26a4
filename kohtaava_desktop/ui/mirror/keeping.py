"""Writing what somebody keeps of a window, off the painting thread."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kohtaava_desktop.i18n import _, export_texts

if TYPE_CHECKING:
    from kohtaava_desktop.ui.mirror.frame import ChartWindow


async def keep_picture(window: "ChartWindow", path: Path) -> str:
    """Write the charts of ``window``, the kind by the ending of ``path``; what is to be said of it."""
    if not window.drawn:  # they went while somebody chose the file
        return _("Nothing was saved: the charts are not there any more.")
    return await keep(path, window.picture("svg" if path.suffix.lower() == ".svg" else "png"))


async def keep(path: Path, content: bytes) -> str:
    """Write ``content`` to ``path``, whole or not at all; what is to be said of it. Never raises for the system."""
    from kohtaava_desktop.store.patience import NotAnswering
    from kohtaava_desktop.ui.share.aside import aside

    try:
        await aside(lambda _goes_on: _write(path, content))
    except NotAnswering:
        return export_texts.not_answering(path)
    except OSError as error:
        return _("{path} could not be written: {reason}.").format(path=path, reason=error.strerror or str(error))
    return _("Saved: {path}").format(path=path)


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink()
