"""``kohtaava delete-everything``: all that is kept of meetings, overwritten and removed.

The running program does it itself, for it has a meeting in hand; without one it is done here, as the one instance.
"""

from pathlib import Path

from kohtaava_desktop.cli import say
from kohtaava_desktop.control.client import NoAnswer, Unreachable, ask
from kohtaava_desktop.control.misuse import N_, Misuse, shown
from kohtaava_desktop.i18n import _, sentences, set_language, stored_texts
from kohtaava_desktop.integration.instance import InstanceLock
from kohtaava_desktop.integration.paths import data_dir
from kohtaava_desktop.store.errors import StoreError
from kohtaava_desktop.store.examination import Kept, kept
from kohtaava_desktop.store.shelf import Shelf

USAGE = "kohtaava delete-everything --yes"
OVERWRITING_SECONDS = 120.0
"""A disk that is slow may need so long for a large file."""


def run(words: list[str]) -> int:
    """Carry out ``kohtaava delete-everything``: 0 done, 2 usage, 3 refused or not confirmed, 4 no answer."""
    set_language(say.settings_in_force().text("language"))
    if words not in ([], ["--yes"]):
        sentence = N_("{value} does not belong here; the command is: {usage}")
        return say.fail(
            say.USAGE, Misuse("unknown-value", sentence, value=shown(" ".join(words)), usage=USAGE).sentence
        )
    folder = data_dir()
    return _delete(folder) if words else _tell(kept(folder))


def _tell(found: Kept) -> int:
    """What would go; nothing goes without ``--yes``."""
    lines = stored_texts.what_goes(found.meetings, found.waiting, found.prepared, found.in_hand, found.set_aside)
    for line in (
        [_("This would go:"), *(f"- {line}" for line in lines)] if lines else [_("There is nothing to delete.")]
    ):
        say.tell(line)
    say.tell(stored_texts.what_stays(found.prepared))
    sentence = _("Nothing has been deleted. This deletes it: {command}")
    return say.fail(say.REFUSED, sentence.format(command=USAGE))


def _delete(folder: Path) -> int:
    try:
        answer = ask(str(folder), b'{"command":"delete-everything"}\n', OVERWRITING_SECONDS)
    except NoAnswer:
        return say.no_answer()
    except Unreachable:
        return _delete_here(folder)
    code = say.answer(answer, as_json=False)
    return say.tell(stored_texts.deleted()) if code == say.DONE else code


def _delete_here(folder: Path) -> int:
    if not folder.exists():
        return say.tell(_("There is nothing to delete."))
    lock = InstanceLock(folder / "kohtaava.lock")
    try:
        if not lock.acquire():
            sentence = _("Kohtaava Desktop runs but cannot be reached from here: delete in its window What is stored.")
            return say.fail(say.REFUSED, sentence)
        Shelf(folder).delete_everything()
    except StoreError as error:
        return say.fail(say.REFUSED, sentences.store_problem(error.code, error.values))
    finally:
        lock.release()
    return say.tell(stored_texts.deleted())
