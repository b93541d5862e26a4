"""Where an organisation's policies stand: a file on Linux, two keys of the registry on Windows.

Read before the first frame, so it costs one open where there is none. Whatever stands there is reported or used, and
never stops the program.
"""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kohtaava_desktop.settings.files import Unreadable, read_json
from kohtaava_desktop.settings.layers import Layer, Origin

if TYPE_CHECKING:
    from kohtaava_desktop.settings.loader import Source

FILE = Path("/etc/kohtaava-desktop/policies.json")


def sources(system: str = sys.platform) -> "tuple[Source, ...]":
    """What reads the policies on ``system``."""
    if system == "win32":
        from kohtaava_desktop.settings.registry import registry_layer

        return (
            partial(registry_layer, Origin.USER_POLICY, "HKEY_CURRENT_USER"),
            partial(registry_layer, Origin.MACHINE_POLICY, "HKEY_LOCAL_MACHINE"),
        )
    return (partial(file_layer, FILE),)


def file_layer(path: Path) -> Layer:
    """The policy in the file ``path``, for everybody on this machine.

    It counts only if root owns it and nobody else may write to it: who can write it decides, for other users, how
    long their meetings are kept. A link is followed to wherever such a file is.
    """
    try:
        return Layer(Origin.MACHINE_POLICY, str(path), read_json(path, of_root=True))
    except Unreadable as error:
        return Layer(Origin.MACHINE_POLICY, str(path), bad=error)
