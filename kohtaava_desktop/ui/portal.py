"""What the desktop portal says of the colours and the contrast that the user prefers.

Qt follows the portal on some desktops only, and on those not from the start. Most desktops on Linux have one.
"""

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant

SERVICE, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SETTINGS, APPEARANCE = "org.freedesktop.portal.Settings", "org.freedesktop.appearance"
SCHEME, CONTRAST = "color-scheme", "contrast"
OF_THE_BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
PATIENCE_MS = 200  # for an answer before the first frame; it takes one or two


class Portal(QObject):
    """The preferences as they are now; told by ``changed`` that they are others. Without a portal there are none.

    A portal that comes later, as at sign-in, or that is slow to answer, is heard once it speaks.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._bus = QDBusConnection.sessionBus()
        self._values = {SCHEME: 0, CONTRAST: 0}
        changed, came = SLOT("heard(QDBusMessage)"), SLOT("came(QDBusMessage)")  # a text, whatever their types say
        self._bus.connect(SERVICE, PATH, SETTINGS, "SettingChanged", self, changed)  # type: ignore[call-overload]
        self._bus.connect(*OF_THE_BUS, "NameOwnerChanged", [SERVICE], "sss", self, came)  # type: ignore[call-overload]
        for name in self._values:
            answer = self._bus.call(_question(name), timeout=PATIENCE_MS)
            if answer.errorName():
                self._ask_without_waiting(name)
            else:
                self._values[name] = _number(*answer.arguments()[:1])

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
        self._take(arguments[1], arguments[2])

    @Slot(QDBusMessage)
    def came(self, message: QDBusMessage) -> None:
        """The portal came or went; of one that came it is not known what it says."""
        if message.arguments()[-1:] != [""]:
            for name in self._values:
                self._ask_without_waiting(name)

    @Slot(QDBusMessage)
    def scheme_told(self, message: QDBusMessage) -> None:
        """A late answer to which colours are preferred."""
        self._take(SCHEME, *message.arguments()[:1])

    @Slot(QDBusMessage)
    def contrast_told(self, message: QDBusMessage) -> None:
        """A late answer to which contrast is preferred."""
        self._take(CONTRAST, *message.arguments()[:1])

    def _take(self, name: str, *told: object) -> None:
        value = _number(*told)
        if value != self._values[name]:
            self._values[name] = value
            self.changed.emit()

    def _ask_without_waiting(self, name: str) -> None:
        """What fails is not told: then nothing is known, as before."""
        slot = SLOT("scheme_told(QDBusMessage)" if name == SCHEME else "contrast_told(QDBusMessage)")
        self._bus.callWithCallback(_question(name), self, slot)  # type: ignore[call-overload]


def _question(name: str) -> QDBusMessage:
    message = QDBusMessage.createMethodCall(SERVICE, PATH, SETTINGS, "Read")
    message.setArguments([APPEARANCE, name])
    message.setAutoStartService(False)  # the desktop starts its portal when it thinks fit
    return message


def _number(value: object = 0) -> int:
    """The number in a variant, or in a variant of a variant; 0 when there is none."""
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value if isinstance(value, int) else 0
