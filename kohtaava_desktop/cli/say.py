"""What the command line says: answers on the standard output, the one sentence of a failure on the standard error.

Every function returns the exit code that belongs to what it said. Sentences of the program are printed as they came;
only what is said here itself needs the language of the settings.
"""

import json
import os
import sys
from contextlib import suppress

from kohtaava_desktop.control.misuse import Misuse

TYPE_CHECKING = False  # importing typing would cost more than all this
if TYPE_CHECKING:
    from kohtaava_desktop.settings.loader import Settings

DONE = 0
USAGE = 2
REFUSED = 3
UNREACHABLE = 4


def answer(line: bytes, as_json: bool) -> int:
    """What the program answered."""
    try:
        given = json.loads(line)
        if not given["ok"]:
            return fail(int(given["exit"]), str(given["message"]))
        if "status" in given:
            tell(json.dumps(given["status"]) if as_json else _status(given["status"]))
        return fail(DONE, str(given["notice"])) if "notice" in given else DONE
    except (ValueError, LookupError, TypeError, AttributeError):
        return no_answer()  # whatever listens there, it is not Kohtaava Desktop


def usage(misuse: Misuse) -> int:
    """The command line is none that can be carried out."""
    choose_language()
    return fail(USAGE, misuse.sentence)


def unreachable(request: dict[str, object]) -> int:
    """No program listens. Nobody but this side can then say what is wrong with the request itself."""
    from kohtaava_desktop.control import grammar
    from kohtaava_desktop.i18n import _

    try:
        grammar.read(request)
    except Misuse as misuse:
        return usage(misuse)
    choose_language()
    return fail(UNREACHABLE, _("Kohtaava Desktop is not running; start it with kohtaava-desktop."))


def no_answer() -> int:
    """A program listens but did not answer."""
    from kohtaava_desktop.i18n import _

    choose_language()
    sentence = _("Kohtaava Desktop did not answer; kohtaava status tells whether the command was carried out.")
    return fail(UNREACHABLE, sentence)


def fail(code: int, sentence: str) -> int:
    """Say ``sentence`` on the standard error."""
    if sys.__stderr__ is not None:  # without one, print would take the standard output
        with suppress(OSError):
            print(sentence, file=sys.stderr)  # this stream never fails on a character
    return code


def tell(text: str) -> int:
    """Say ``text`` on the standard output, with a question mark for what its encoding does not have.

    Nobody has to listen: an output that is closed, or a pipe that is left, is no failure. A full disk is.
    """
    if sys.__stdout__ is None:
        return DONE
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(encoding, "replace").decode(encoding), flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the rest is not tried again at the exit
        return DONE if isinstance(error, BrokenPipeError) else _unwritten(error)
    return DONE


def _unwritten(error: OSError) -> int:
    from kohtaava_desktop.i18n import _

    return fail(REFUSED, _("The answer could not be written: {reason}.").format(reason=error.strerror or str(error)))


def choose_language() -> None:
    """Speak the language of the settings from now on."""
    from kohtaava_desktop.i18n import set_language

    set_language(settings_in_force().text("language"))


def settings_in_force() -> "Settings":
    """The settings as the program would have them."""
    from kohtaava_desktop.integration.paths import config_dir
    from kohtaava_desktop.settings import policy
    from kohtaava_desktop.settings.loader import load

    return load(config_dir(), policy.sources())


def _status(status: dict[str, object]) -> str:
    from kohtaava_desktop.cli.status_text import status_text

    choose_language()
    return status_text(status)
