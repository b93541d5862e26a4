"""Start at sign-in by the registry of Windows: a value below ``Run``.

Tested on other systems with a registry made up for it; not tested here: that Windows itself starts what stands there.
"""

import subprocess
from collections.abc import Sequence
from typing import Any

from kohtaava_desktop.integration.autostart import State

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""Where Windows keeps what the user has switched off in its own list of startup apps."""
NAME = "Kohtaava Desktop"


class RunEntry:
    """The value of this user that runs ``command``; ``registry`` is the module ``winreg``."""

    def __init__(self, command: Sequence[str], registry: Any = None) -> None:
        if registry is None:
            import winreg as registry
        self._registry = registry
        self._line = subprocess.list2cmdline(command) if len(command) > 1 else f'"{command[0]}"'

    def state(self) -> State:
        """What there is now. In Windows' own list the user has the last word, also on the organisation's entry."""
        registry = self._registry
        if self._value(registry.HKEY_CURRENT_USER, RUN) is not None:
            return State.SWITCHED_OFF if self._switched_off() else State.ON
        return State.BY_OTHERS if self._value(registry.HKEY_LOCAL_MACHINE, RUN) is not None else State.OFF

    def change(self, on: bool | None) -> None:
        """Set our value or take it away. The organisation's entry cannot be hidden from here, and is left alone.

        Where it starts the program already, no second entry is made.
        """
        registry = self._registry
        if on and self._value(registry.HKEY_LOCAL_MACHINE, RUN) is None:
            self._set()
        elif not on and self._value(registry.HKEY_CURRENT_USER, RUN) is not None:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, RUN, 0, registry.KEY_SET_VALUE) as key:
                registry.DeleteValue(key, NAME)

    def verify(self, on: bool | None) -> None:
        """Mend what our value starts."""
        stands = self._value(self._registry.HKEY_CURRENT_USER, RUN)
        if on and stands is not None and stands != self._line:
            self._set()

    def _set(self) -> None:
        registry = self._registry
        with registry.CreateKeyEx(registry.HKEY_CURRENT_USER, RUN, 0, registry.KEY_SET_VALUE) as key:
            registry.SetValueEx(key, NAME, 0, registry.REG_SZ, self._line)

    def _value(self, hive: Any, path: str) -> Any:
        try:
            with self._registry.OpenKey(hive, path, 0, self._registry.KEY_QUERY_VALUE) as key:
                return self._registry.QueryValueEx(key, NAME)[0]
        except OSError:
            return None

    def _switched_off(self) -> bool:
        approved = self._value(self._registry.HKEY_CURRENT_USER, APPROVED)
        return isinstance(approved, bytes) and bool(approved) and approved[0] % 2 == 1  # an odd first byte: off
