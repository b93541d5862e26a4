"""``kohtaava settings``: lists and changes settings, whether the program runs or not.

A program that runs takes a change at once.
"""

import json

from kohtaava_desktop.cli import say
from kohtaava_desktop.cli.command_line import ALONE
from kohtaava_desktop.control.client import NoAnswer, Unreachable, ask
from kohtaava_desktop.control.misuse import Misuse, shown
from kohtaava_desktop.i18n import N_, _, set_language
from kohtaava_desktop.integration.folders import data_folder
from kohtaava_desktop.integration.paths import config_dir
from kohtaava_desktop.settings import policy
from kohtaava_desktop.settings.errors import NotAllowed, SettingError, UnknownSetting
from kohtaava_desktop.settings.layers import Origin
from kohtaava_desktop.settings.loader import Settings, load
from kohtaava_desktop.settings.report import complaints, refusal
from kohtaava_desktop.settings.schema import BY_NAME
from kohtaava_desktop.settings.text import text_of, value_of

REFUSED = 3
RELOAD_SECONDS = 3.0
_ORIGINS = {
    Origin.DEFAULT: N_("default"),
    Origin.USER: N_("yours"),
    Origin.USER_POLICY: N_("policy"),
    Origin.MACHINE_POLICY: N_("policy of the machine"),
}


def run(words: list[str]) -> int:
    """Carry out ``kohtaava settings`` with ``words`` and return the exit code: 0 done, 2 usage, 3 refused."""
    settings = load(config_dir(), policy.sources())
    set_language(settings.text("language"))
    try:
        return _carry_out(settings, words)
    except Misuse as misuse:
        return say.fail(say.USAGE, misuse.sentence)
    except (UnknownSetting, NotAllowed) as error:
        return say.fail(say.USAGE, refusal(error))
    except SettingError as error:
        return say.fail(REFUSED, refusal(error))


def _carry_out(settings: Settings, words: list[str]) -> int:
    match words:
        case ["list"]:
            return _complain(settings, _table(settings))
        case ["list", "--json"]:
            return _complain(settings, json.dumps(_as_json(settings)))
        case ["get", name]:
            return say.tell(text_of(settings.value(_known(name))))
        case ["set", name, text]:
            settings.set(name, value_of(BY_NAME[_known(name)], text))
        case ["reset", "--all"]:
            settings.reset_all()
        case ["reset", name]:
            settings.reset(name)
        case _:
            raise _misuse(words)
    return _tell_the_program()


def _known(name: str) -> str:
    if name not in BY_NAME:
        raise UnknownSetting(name)
    return name


def _misuse(words: list[str]) -> Misuse:
    usages = {each.split(maxsplit=1)[0]: f"kohtaava settings {each}" for each in ALONE["settings"]}
    if not words or words[0] not in usages:
        sentence = N_("kohtaava settings takes one of these: {allowed}.")
        return Misuse("unknown-command", sentence, allowed=", ".join(usages))
    sentence = N_("{value} cannot be understood; the command is: {usage}")
    return Misuse("unknown-value", sentence, value=shown(" ".join(words)), usage=usages[words[0]])


def _table(settings: Settings) -> str:
    rows = [
        (name, text_of(settings.value(name)) or '""', _(_ORIGINS[settings.origin(name)]), settings.place(name))
        for name in BY_NAME
    ]
    names, values, origins = (max(len(row[column]) for row in rows) for column in range(3))
    return "\n".join(
        f"{name:{names}}  {value:{values}}  {origin:{origins}}  {place}".rstrip() for name, value, origin, place in rows
    )


def _as_json(settings: Settings) -> dict[str, dict[str, object]]:
    return {
        name: {
            "value": settings.value(name),
            "default": setting.default,
            "origin": settings.origin(name).name.lower().replace("_", "-"),
            "place": settings.place(name),
            "managed": settings.managed(name),
        }
        for name, setting in BY_NAME.items()
    }


def _complain(settings: Settings, text: str) -> int:
    """Say ``text``, and beside it what could not be used; the exit code is that of ``text``."""
    for sentence in complaints(settings.in_force):
        say.fail(say.DONE, sentence)
    return say.tell(text)


def _tell_the_program() -> int:
    """The change is written; a program that runs takes it at once, another one at its next start."""
    try:
        ask(data_folder(), b'{"command":"reload-settings"}\n', RELOAD_SECONDS)
    except Unreachable:
        pass
    except NoAnswer:
        return say.fail(say.DONE, _("The setting is stored. Kohtaava Desktop did not answer; it may take it later."))
    return say.DONE
