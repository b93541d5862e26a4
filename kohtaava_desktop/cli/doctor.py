"""``kohtaava doctor``: what stands in the way of the program, in one row for each thing looked at.

Half of the rows are looked at here, whether the program runs or not, and nothing is changed by it; for the other half
the running program is asked. Of meetings there is never more than their number. ``--mend`` alone changes something, and
``--bundle`` writes a new file.
"""

import json
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kohtaava_desktop import __version__
from kohtaava_desktop.cli import say
from kohtaava_desktop.cli.command_line import ALONE
from kohtaava_desktop.control.client import NoAnswer, Unreachable, ask
from kohtaava_desktop.control.misuse import Misuse, shown
from kohtaava_desktop.control.report import Row, State, row_of, worst
from kohtaava_desktop.i18n import (
    LANGUAGES,
    LOCALE_FOLDER,
    N_,
    _,
    ngettext,
    sentences,
    set_language,
    stored_texts,
    team_texts,
)
from kohtaava_desktop.integration import autostart
from kohtaava_desktop.integration.folders import data_folder
from kohtaava_desktop.integration.paths import config_dir
from kohtaava_desktop.settings import policy
from kohtaava_desktop.settings.layers import Origin
from kohtaava_desktop.settings.loader import Settings, load
from kohtaava_desktop.settings.report import complaints
from kohtaava_desktop.store import examination
from kohtaava_desktop.store.errors import Locked, StoreError
from kohtaava_desktop.store.patience import NotAnswering, patiently
from kohtaava_desktop.store.team_folder import FolderAway, look_into

FAULT = 3
LITTLE_BYTES = 100 << 20
TOO_LITTLE_BYTES = 1 << 20
SHARE_SECONDS = 5.0  # a share that does not answer for so long is said to be away
_STATES = {State.OK: N_("in order"), State.WARNING: N_("note"), State.FAULT: N_("fault")}
_STARTS = {
    autostart.State.OFF: N_("The program does not start at sign-in."),
    autostart.State.ON: N_("The program starts at sign-in."),
    autostart.State.SWITCHED_OFF: N_("The start at sign-in is switched off in the system's own settings."),
    autostart.State.BY_OTHERS: N_("The program starts at sign-in by an entry that is not its own."),
    autostart.State.NOT_HERE: N_("Its folders are moved, so the program leaves the start at sign-in as it is."),
}


@dataclass(frozen=True, slots=True)
class Around:
    """What the rows are about."""

    settings: Settings
    data: Path
    locale: Path


def run(words: list[str]) -> int:
    """Carry out ``kohtaava doctor`` with ``words``; the exit code is 3 where there is a fault, 2 for other words."""
    settings = load(config_dir(), policy.sources())
    set_language(settings.text("language"))
    if words == ["--mend"]:
        return mend(Path(data_folder()))
    bundle = words[1] if words[:1] == ["--bundle"] and len(words) == 2 and words[1][:1] not in ("", "-") else None
    if bundle is None and words not in ([], ["--json"]):
        usage = f"kohtaava doctor {'|'.join(ALONE['doctor'])}"
        sentence = N_("{value} cannot be understood; the command is: {usage}")
        misuse = Misuse("unknown-value", sentence, value=shown(" ".join(words)), usage=usage)
        return say.fail(say.USAGE, misuse.sentence)
    rows = examine(Around(settings, Path(data_folder()), Path(LOCALE_FOLDER)))
    if bundle is not None:
        return _write_bundle(Path(bundle), settings, rows)
    told = say.tell(_as_json(rows) if words else _as_text(rows))
    return FAULT if worst(rows) is State.FAULT else told


def _write_bundle(path: Path, settings: Settings, rows: list[Row]) -> int:
    from kohtaava_desktop.cli import abbreviation, support_bundle

    short = abbreviation.of_this_user(data_folder(), str(config_dir()), settings.text("team_folder"))
    return support_bundle.write(path, support_bundle.Found(settings, rows, short))


def mend(folder: Path) -> int:
    """Throw away sums that are wrong; beside the running program, in one transaction. Meetings are not touched."""
    from kohtaava_desktop.store.meetings import Meetings
    from kohtaava_desktop.store.shelf import MEETINGS

    kept = Meetings(folder / MEETINGS, mends=False)
    try:
        if kept.tallies_are_right():
            return say.tell(_("There is nothing to mend."))
        kept.add_up_anew()
    except StoreError as error:
        return say.fail(FAULT, sentences.store_problem(error.code, error.values))
    return say.tell(_("The wrong sums are gone; they are made anew when My meetings is next opened."))


def examine(around: Around) -> list[Row]:
    """All rows: those looked at here, and those of the running program."""
    return [*(look(around) for look in LOOKS), *ask_program(around.data)]


def version(_around: Around) -> Row:
    """Which version this is."""
    return Row("version", State.OK, f"Kohtaava Desktop {__version__}, Python {platform.python_version()}")


def settings_(around: Around) -> Row:
    """Whether all that was set could be used."""
    said = complaints(around.settings.in_force)
    if around.settings.bad_places:
        return Row("settings", State.FAULT, " ".join(said))
    if said:
        return Row("settings", State.WARNING, " ".join(said))
    return Row("settings", State.OK, _("All settings can be used."))


def policies(around: Around) -> Row:
    """What an organisation has set, and where."""
    settings = around.settings
    names = [name for name in settings.in_force.origins if settings.origin(name) >= Origin.USER_POLICY]
    if not names:
        return Row("policy", State.OK, _("No organisation has set anything."))
    places = ", ".join(dict.fromkeys(settings.place(name) for name in names))
    sentence = _("Set by the organisation in {place}: {names}.").format(place=places, names=", ".join(names))
    return Row("policy", State.OK, sentence)


def data(around: Around) -> Row:
    """Whether the data folder can be used, and by nobody else."""
    found = examination.look_at_folder(around.data)
    if not found.is_folder:
        return Row("data", State.FAULT, _("{path} is not a folder.").format(path=around.data))
    if not found.writable:
        return Row("data", State.FAULT, _("{path} cannot be written.").format(path=around.data))
    if not found.exists:
        sentence = _("{path} is not there yet; the first start makes it.").format(path=around.data)
        return Row("data", State.OK, sentence)
    if found.open_to_others:
        return Row("data", State.WARNING, _("Other users can look into {path}.").format(path=around.data))
    return Row("data", State.OK, _("{path} can be written, and only you can look into it.").format(path=around.data))


def space(around: Around) -> Row:
    """Whether there is room."""
    free = examination.look_at_folder(around.data).free
    sentence = _("Free on the disk: {megabytes} MiB.").format(megabytes=free >> 20)
    return Row("space", _by_size(free), sentence)


def meetings(around: Around) -> Row:
    """Whether every meeting can be read, and how many there are."""
    try:
        count = examination.count_meetings(around.data)
    except StoreError as error:
        state = State.WARNING if isinstance(error, Locked) else State.FAULT
        return Row("meetings", state, sentences.store_problem(error.code, error.values))
    if count is None:
        return Row("meetings", State.OK, _("No meeting has been stored yet."))
    sentence = ngettext("{count} meeting is stored, and sound.", "{count} meetings are stored, and sound.", count)
    return Row("meetings", State.OK, sentence.format(count=count))


def waiting(around: Around) -> Row:
    """Whether finished meetings wait because the database could not be used."""
    if not examination.waiting_meetings(around.data):
        return Row("waiting", State.OK, _("No finished meeting waits to be stored."))
    return Row("waiting", State.WARNING, _("Finished meetings wait until the database can be used."))


def sums(around: Around) -> Row:
    """Whether the sums behind the statistics are what the meetings say."""
    try:
        right = examination.sums_are_right(around.data)
    except (StoreError, ValueError):
        return Row("sums", State.WARNING, _("The sums of the statistics could not be looked at."))
    if right is False:
        sentence = _("The sums of the statistics are wrong. This makes them anew: {command}")
        return Row("sums", State.WARNING, sentence.format(command="kohtaava doctor --mend"))
    return Row("sums", State.OK, _("The sums of the statistics are right."))


def exported(around: Around) -> Row:
    """How many months are put together for an export, so that they stay the same; written or not."""
    try:
        months = len(examination.prepared_months(around.data))
    except StoreError:
        return Row("exported", State.WARNING, _("What was put together for an export could not be looked at."))
    sentence = ngettext(
        "{count} month is put together for an export.", "{count} months are put together for an export.", months
    )
    return Row("exported", State.OK, sentence.format(count=months))


def copies(around: Around) -> Row:
    """Whether damaged files were set aside, which nobody else deletes."""
    names = examination.damaged_copies(around.data)
    if not names:
        return Row("copies", State.OK, _("No damaged file has been set aside."))
    sentence = _("Damaged files were set aside, and are kept until somebody deletes them: {names}.")
    return Row("copies", State.WARNING, sentence.format(names=", ".join(names)))


def retention(around: Around) -> Row:
    """How long meetings are kept, and who says so."""
    settings = around.settings
    by_organisation = settings.origin("retention_months") >= Origin.USER_POLICY
    place = settings.place("retention_months") if by_organisation else ""
    return Row("retention", State.OK, stored_texts.kept_for(settings.number("retention_months"), place))


def team(around: Around) -> Row:
    """Whether the team folder that is set can be read; who and what is in it is not looked at."""
    named = around.settings.text("team_folder")
    if not named:
        return Row("team", State.OK, _("No team folder is set."))
    folder = Path(named)
    try:
        patiently(lambda _goes_on: look_into(folder), SHARE_SECONDS)
    except FolderAway as error:
        return Row("team", State.WARNING, team_texts.away(folder, error.reason))
    except NotAnswering:
        return Row("team", State.WARNING, team_texts.away(folder, "not-answering"))
    return Row("team", State.OK, _("The team folder {path} is there and can be read.").format(path=folder))


def journal(around: Around) -> Row:
    """Whether a meeting is in hand."""
    if examination.has_journal(around.data):
        return Row("journal", State.OK, _("A meeting is in hand."))
    return Row("journal", State.OK, _("No meeting is in hand."))


def start_at_sign_in(around: Around) -> Row:
    """Whether the program starts as the setting says."""
    try:
        state = autostart.own_autostart().state()
    except OSError as error:
        reason = _("It cannot be told whether the program starts at sign-in: {reason}.")
        return Row("autostart", State.WARNING, reason.format(reason=error.strerror or str(error)))
    wanted = around.settings.switch("autostart")
    as_wanted = wanted is (state in (autostart.State.ON, autostart.State.BY_OTHERS))
    default = around.settings.origin("autostart") is Origin.DEFAULT and state is autostart.State.BY_OTHERS
    return Row("autostart", State.OK if as_wanted or default else State.WARNING, _(_STARTS[state]))


def translations(around: Around) -> Row:
    """Whether the texts are there in every language."""
    missing = [tag for tag in LANGUAGES if not (around.locale / tag / "LC_MESSAGES" / "kohtaava.mo").is_file()]
    if missing:
        sentence = _("The texts are missing in: {languages}.").format(languages=", ".join(missing))
        return Row("translations", State.FAULT, sentence)
    return Row("translations", State.OK, _("The texts are there in every language."))


LOOKS: tuple[Callable[[Around], Row], ...] = (
    version,
    settings_,
    policies,
    data,
    space,
    meetings,
    waiting,
    sums,
    exported,
    copies,
    retention,
    team,
    journal,
    start_at_sign_in,
    translations,
)


def ask_program(folder: Path) -> list[Row]:
    """The rows of the running program, and above them whether it runs."""
    try:
        answer = json.loads(ask(str(folder), b'{"command":"doctor"}\n'))
        rows = [row_of(each) for each in answer["rows"]]
    except Unreachable:
        sentence = _("The program is not running; what only it knows was not looked at.")
        return [Row("program", State.OK, sentence)]
    except (NoAnswer, ValueError, LookupError, TypeError):
        return [Row("program", State.FAULT, _("The program runs, but does not answer as it should."))]
    return [Row("program", State.OK, _("The program runs and answers.")), *rows]


def _by_size(free: int) -> State:
    if free < TOO_LITTLE_BYTES:
        return State.FAULT
    return State.WARNING if free < LITTLE_BYTES else State.OK


def _as_json(rows: list[Row]) -> str:
    return json.dumps({"state": worst(rows).value, "rows": [row.as_json() for row in rows]})


def _as_text(rows: list[Row]) -> str:
    words = {state: _(word) for state, word in _STATES.items()}
    wide, long = max(map(len, words.values())), max(len(row.name) for row in rows)
    return "\n".join(f"{words[row.state]:{wide}}  {row.name:{long}}  {row.sentence}" for row in rows)
