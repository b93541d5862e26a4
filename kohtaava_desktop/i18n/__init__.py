"""The interface's language: gettext over compiled catalogues, switchable while the program runs.

Light on purpose: the overlay paints before Babel is imported, and the command-line client starts in a few milliseconds,
so nothing but ``os`` is imported before the first text is asked for. Without compiled catalogues every text is its
English original; nothing here ever fails.
"""

# ruff: noqa: PTH100, PTH118, PTH120, PTH123 - importing pathlib would cost the command-line client half its start
import os

TYPE_CHECKING = False  # as type checkers know it; importing typing would cost as much as all the rest
if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
"""The interface languages and their own names, which are not translated."""

DEFAULT = "fi"
LOCALE_FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "locale")
"""Where the build puts ``<language>/LC_MESSAGES/*.mo`` and ``cldr.json``."""

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_catalogues: dict[tuple[str, str], "NullTranslations"] = {}


class _InUse:
    """One language for the whole program; empty until the first text is asked for."""

    tag = ""


def set_language(tag: str | None) -> None:
    """Use the language of ``tag`` (``sv``, ``sv-FI``, ``sv_FI.UTF-8``) from now on.

    ``None`` or an empty tag follows the system; a language that the interface does not speak becomes Finnish.
    """
    _InUse.tag = (_spoken(tag) or DEFAULT) if tag else _system_language()


def speaks(tag: str) -> bool:
    """Whether ``tag`` names a language of the interface."""
    return _spoken(tag) is not None


def language() -> str:
    """The language in use: ``fi``, ``sv`` or ``en``."""
    if not _InUse.tag:
        set_language(None)
    return _InUse.tag


def _(text: str) -> str:
    """``text`` in the language in use."""
    return catalogue("kohtaava", language()).gettext(text)


def ngettext(one: str, other: str, number: int) -> str:
    """``one`` or ``other``, whichever ``number`` asks for, in the language in use."""
    return catalogue("kohtaava", language()).ngettext(one, other, number)


def pgettext(context: str, text: str) -> str:
    """``text`` as it is said in ``context``, in the language in use."""
    return catalogue("kohtaava", language()).pgettext(context, text)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Mark ``text`` for translation; it is translated where it is shown."""
    return text


def catalogue(domain: str, tag: str) -> "NullTranslations":
    """The compiled catalogue of ``domain`` for ``tag``; one that answers in English where it is missing or damaged."""
    known = _catalogues.get((domain, tag))
    if known is None:
        known = _catalogues[domain, tag] = _load(os.path.join(LOCALE_FOLDER, tag, "LC_MESSAGES", f"{domain}.mo"))
    return known


def _load(path: str) -> "NullTranslations":
    import gettext
    import struct

    try:
        with open(path, "rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, ValueError, struct.error):
        return gettext.NullTranslations()


def _spoken(tag: str) -> str | None:
    """The interface language that ``tag`` names, if there is one."""
    code = tag.replace("-", "_").split("_")[0].split(".")[0].strip().lower()
    return code if code in LANGUAGES else None


def _system_language() -> str:
    """The first spoken language of the user's locale; Finnish where it names none."""
    wanted = [tag for variable in _VARIABLES for tag in os.environ.get(variable, "").split(":")]
    if os.name == "nt":
        wanted.append(_windows_language())
    return next((code for code in map(_spoken, wanted) if code), DEFAULT)


def _windows_language() -> str:
    """The language in which Windows shows itself to this user, like ``fi_FI``; empty where it cannot be asked."""
    import ctypes
    import locale

    kernel = getattr(getattr(ctypes, "windll", None), "kernel32", None)
    return locale.windows_locale.get(kernel.GetUserDefaultUILanguage(), "") if kernel else ""
