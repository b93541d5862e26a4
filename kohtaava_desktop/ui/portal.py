"""What the desktop portal says of the colours and the contrast that the user prefers.

Qt follows the portal on some desktops only, and on those not from the start. Most desktops on Linux have one.
"""

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant

SERVICE, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SETTINGS, APPEARANCE = "org.freedesktop.portal.Settings", "org.freedesktop.appearance"
SCHEME, CONTRAST = "color-scheme", "contrast"
PATIENCE_MS = 200  # for an answer before the first frame; it takes one or two


class Portal(QObject):
    """The preferences as they are now; told by ``changed`` that they are others. Without a portal there are none."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._bus = QDBusConnection.sessionBus()
        self._values = {name: self._ask(name) for name in (SCHEME, CONTRAST)}
        slot = SLOT("heard(QDBusMessage)")  # Qt for Python takes a text here, whatever its types say
        self._bus.connect(SERVICE, PATH, SETTINGS, "SettingChanged", self, slot)  # type: ignore[call-overload]

    @property
    def dark(self) -> bool | None:
        """Whether dark colours are preferred; ``None`` when neither dark nor light ones are."""
        return {1: True, 2: False}.get(self._values[SCHEME])

    @property
    def strong(self) -> bool:
        """Whether high contrast is."""
        return self._values[CONTRAST] == 1

    @Slot(QDBusMessage)
    def heard(self, message: QDBusMessage) -> None:
        """A setting of the desktop has changed."""
        arguments = message.arguments()
        if len(arguments) != 3 or arguments[0] != APPEARANCE or arguments[1] not in self._values:
            return
        value = _number(arguments[2])
        if value != self._values[arguments[1]]:
            self._values[arguments[1]] = value
            self.changed.emit()

    def _ask(self, name: str) -> int:
        message = QDBusMessage.createMethodCall(SERVICE, PATH, SETTINGS, "Read")
        message.setArguments([APPEARANCE, name])
        message.setAutoStartService(False)  # a portal that does not run yet is not waited for
        answer = self._bus.call(message, timeout=PATIENCE_MS).arguments()
        return _number(answer[0]) if answer else 0


def _number(value: object) -> int:
    """The number in a variant, or in a variant of a variant; 0 when there is none."""
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value if isinstance(value, int) else 0
