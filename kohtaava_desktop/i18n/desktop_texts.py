"""What the program says of its ties to the desktop: shortcuts that work everywhere, the icon, the start at sign-in."""

from kohtaava_desktop.i18n import N_, _

TAKEN = N_("{shortcut} belongs to another program already: choose another for “{what}”.")
NO_KEY = N_("This keyboard has no key for {shortcut}: choose another for “{what}”.")
UNAVAILABLE = N_("This session lets no program take shortcuts: the system's keyboard settings can run {command}.")
_ONLY_X11 = N_(
    "In a Wayland session shortcuts are heard only while an X11 program has the keyboard: "
    "the system's keyboard settings can run {command} instead."
)


def refused_shortcut(sentence: str, shortcut: str, what: str, command: str) -> str:
    """Why ``shortcut`` does not work for ``what``; ``command`` does the same from outside."""
    return _(sentence).format(shortcut=shortcut, what=_(what), command=command)


def only_x11(command: str) -> str:
    """What shortcuts can do in a Wayland session."""
    return _(_ONLY_X11).format(command=command)


def autostart_failed(reason: str) -> str:
    """The start at sign-in could not be set."""
    return _("Start at sign-in could not be changed: {reason}.").format(reason=reason)
