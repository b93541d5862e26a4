"""Every sentence that the program makes of values, in the language in use.

One line each, for an expert who has a client in front of them: what is, and what can be done. Nothing here says *late*.
"""

from collections import defaultdict
from collections.abc import Mapping

from kohtaava_desktop.domain import errors
from kohtaava_desktop.domain.errors import MeetingError
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.reminders import Reminder
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.i18n import LANGUAGES, N_, _, formats, language, ngettext

SOURCE = (
    "Juha Lahti: Kohtaava asiakastyö ohjauksellisena lähestymistapana ja käytännön työotteena. "
    "Raportteja 3/2021, Kaakkois-Suomen ELY-keskus. URN:ISBN:978-952-314-900-7"
)
"""Where the method comes from; a title is not translated."""

LONGEST_TAG = 20  # letters of a language's tag that are repeated to whoever gave it

_STAGES = {
    Stage.EMPATHY: N_("Empathy"),
    Stage.GUIDANCE: N_("Guidance"),
    Stage.ADVICE: N_("Advice"),
    Stage.FAREWELL: N_("Farewell"),
}

_STEPS_UP = {
    Stage.GUIDANCE: N_("Step up to Guidance"),
    Stage.ADVICE: N_("Step up to Advice"),
    Stage.FAREWELL: N_("Step up to Farewell"),
}

_REMINDERS = {
    Reminder.RESERVE: N_("Good to leave time for the farewell now"),
    Reminder.NEW_TIME: N_("You can also agree on a new time"),
    Reminder.TIME_FULL: N_("The planned time has passed. Close gently."),
}

_GAPS = {
    GapKind.SLEEP: N_("The computer slept for {time}. Was it part of the meeting?"),
    GapKind.AWAY: N_("The program was closed for {time}. Was it part of the meeting?"),
    GapKind.CLOCK: N_("The clock jumped {time} ahead. Was it part of the meeting?"),
}

_REFUSALS = {
    MeetingError: N_("That is not possible just now."),
    errors.AlreadyRunning: N_("A meeting is still open. Finish or discard it first."),
    errors.NoMeeting: N_("No meeting is running. Start one first."),
    errors.AlreadyFinished: N_("The meeting is already finished. Undo the finish to go on with it."),
    errors.NotFinished: N_("The meeting is still running. Finish it first."),
    errors.OnTopStep: N_("Farewell is the highest step; from here you can step back or finish."),
    errors.OnBottomStep: N_("Empathy is the lowest step; from here you can only step up."),
    errors.SkippingNotOffered: N_("No step is skipped: the next one is {allowed}, not {asked}."),
    errors.NothingToUndo: N_("There is nothing left to undo. A meeting started by mistake can be discarded."),
    errors.NothingToRedo: N_("There is nothing to redo: redo brings back what was undone last."),
    errors.LengthOutOfRange: N_("The planned length cannot be {minutes} min: choose {lowest} to {highest} minutes."),
    errors.NoChange: N_("0 minutes changes nothing. Add or take away whole minutes, like +5 or -5."),
    errors.NothingToComeBackTo: N_("In Farewell it is time to come back to what was pinned; pin before it."),
    errors.NoReminder: N_("No reminder is showing, so there is nothing to put off."),
    errors.PutOffTwice: N_("The reminder has been put off twice, which is the most it can be."),
    errors.NoGap: N_("There is no question to answer just now."),
    errors.NoSuchBoundary: N_("There is no boundary {boundary} to move; this meeting has {count}, counted from 0."),
}

_STORE = {
    "folder-unusable": N_("{path} cannot hold the data: {reason}. Meetings go on and are saved once that is mended."),
    "read-only": N_("{path} is read-only. Meetings go on and are saved as soon as writing is allowed."),
    "disk-full": N_("The disk is full: no room for {path}. Meetings go on and are saved as soon as there is room."),
    "disk-trouble": N_("{path} could not be used: {reason}. Meetings go on, and saving is tried again."),
    "locked": N_("Another program keeps {path} locked. Meetings go on, and saving is tried again."),
    "damaged": N_("{path} is damaged. Nothing is deleted; at the next start all that is readable is saved from it."),
    "database-from-newer-version": N_(
        "A newer version of the program wrote {path} (format {version}, known here up to {known}). "
        "It is left as it is; please update the program."
    ),
    "record-refused": N_("A meeting could not be stored in {path}: {reason}."),
    "database-set-aside": N_(
        "{path} was damaged and is set aside as {set_aside}. "
        "Meetings saved from it: {meetings}, of these incomplete: {incomplete}."
    ),
    "journal-set-aside": N_("{path} was damaged and is set aside as {set_aside}. Taps saved from it: {taps}."),
    "copy-set-aside": N_(
        "When the program last ran, a damaged file was set aside as {set_aside}. What could be read of it is saved."
    ),
    "meeting-waits": N_("A finished meeting waits in {path}: {reason}. It is stored as soon as that is possible."),
    "not-overwritten": N_("{path} still has the times of a meeting: {reason}. It is overwritten as soon as possible."),
}
_STORE_OTHER = N_("Something could not be saved ({code}). Meetings go on, and saving is tried again.")

_BAD_SETTINGS = {
    "bad-setting": N_("The setting {name} in {path} cannot be {value}; allowed: {allowed}. The default is used."),
    "bad-policy": N_("The policy {name} in {path} cannot be {value}; allowed: {allowed}. It has no effect."),
    "stricter-than-strictest": N_(
        "The policy {name} in {path} cannot be {value}; allowed: {allowed}. The strictest of these is used."
    ),
    "unknown-setting": N_("There is no setting {name}, as in {path}; kohtaava settings list shows all that there are."),
    "users-limit": N_("The setting {name} in {path} has no effect: only the organisation can set this limit."),
    "shortcut-taken": N_("The shortcut {name} in {path} has no effect: {value} is already that of {allowed}."),
}
_BAD_SETTINGS_FILE = N_("The settings in {path} cannot be read ({reason}). The defaults are used.")
_BAD_POLICY = N_("The organisation's policy in {path} cannot be read ({reason}). It has no effect.")
_SETTING_REFUSED = {
    "unknown-setting": N_("There is no setting {name}; there are: {allowed}."),
    "value-not-allowed": N_("{name} cannot be {value}; allowed: {allowed}."),
    "shortcut-taken": N_("{name} cannot be {value}: that is already the shortcut of {allowed}."),
    "managed": N_("{name} is set by the organisation, in {path}, and cannot be changed here."),
    "limit": N_("{name} is a limit that only the organisation can set."),
    "settings-not-writable": N_("{path} cannot be written: {reason}. The setting is as it was."),
}

_REASONS = {
    "not-a-folder": N_("it is not a folder"),
    "not-allowed": N_("access is not allowed"),
    "no-space": N_("the disk is full"),
    "folder-unusable": N_("the data folder cannot be used"),
    "read-only": N_("the file is read-only"),
    "disk-full": N_("the disk is full"),
    "disk-trouble": N_("the disk cannot be used just now"),
    "locked": N_("another program keeps it locked"),
    "damaged": N_("the file is damaged"),
    "database-from-newer-version": N_("a newer version of the program wrote it"),
    "record-refused": N_("the record breaks a rule of the data format"),
    "not-a-file": N_("it is not a file"),
    "not-root": N_("it must belong to root, and only root may write to it"),
    "too-large": N_("it is larger than 1 MiB"),
    "not-json": N_("it is not JSON"),
    "not-an-object": N_("it is not a JSON object"),
    "too-deep": N_("its values lie too deep in one another"),
    "no-folder": N_("there is no folder for it"),
}
"""The reasons that have a code; any other stands in the system's own words."""


def refusal(error: MeetingError) -> str:
    """Why a command was refused: the value that was asked for and what is allowed."""
    sentence = next(_REFUSALS[kind] for kind in type(error).__mro__ if kind in _REFUSALS)
    shown = {name: stage_name(value) if isinstance(value, Stage) else value for name, value in error.values.items()}
    return _(sentence).format(**shown)


def stage_name(stage: Stage) -> str:
    """The name of a step, like *Ohjaus*."""
    return _(_STAGES[stage])


def step_up(to: Stage) -> str:
    """The name of the control that steps up to ``to``; there is none for Empathy."""
    return _(_STEPS_UP[to])


def reminder(standing: Reminder) -> str:
    """The one sentence that stands on the overlay; a kind colleague's, never a reproach."""
    return _(_REMINDERS[standing])


def gap_question(kind: GapKind, minutes: int) -> str:
    """Whether ``minutes`` that the program could not see were part of the meeting."""
    return _(_GAPS[kind]).format(time=formats.minutes_short(minutes))


def forgotten() -> str:
    """What became of a meeting that nobody ended."""
    return _("A meeting left open was closed at its last tap. It is not counted in the statistics.")


def announcement(minutes: int, hour: int, minute: int) -> str:
    """The sentence to say to the client: how much time there is, and until when."""
    return _("We have {duration} today, until {time}.").format(
        duration=formats.minutes_long(minutes), time=formats.clock_time(hour, minute)
    )


def remaining_label(remaining: int) -> tuple[str, str]:
    """The number and the words under it: minutes left, or minutes since the planned end."""
    if remaining < 0:
        return f"+{-remaining}", _("min extra")
    return str(remaining), _("min left")


def description(stage: Stage, remaining: int) -> str:
    """The overlay in words, for a screen reader: the step and the whole minutes left."""
    name = stage_name(stage)
    if remaining > 0:
        return _("{stage}, {duration} left").format(stage=name, duration=formats.minutes_long(remaining))
    if remaining == 0:
        return _("{stage}, the planned time has passed").format(stage=name)
    return _("{stage}, {duration} extra").format(stage=name, duration=formats.minutes_long(-remaining))


def pins(count: int) -> str:
    """How many things there are to come back to."""
    return ngettext("{count} thing to come back to", "{count} things to come back to", count).format(count=count)


def store_problem(code: str, values: Mapping[str, object]) -> str:
    """What could not be saved, where, and what that means; for every code of the store, and safely for any other."""
    sentence = _(_STORE.get(code, _STORE_OTHER))
    shown = defaultdict(lambda: "?", {**values, "code": code})
    if isinstance(given := values.get("reason"), str):
        shown["reason"] = in_words(given)
    return sentence.format_map(shown)


def bad_setting(path: object, name: str, value: str, allowed: str, wrong: str = "bad-setting") -> str:
    """A value in a settings file, or in a policy, that was not used, and why."""
    return _(_BAD_SETTINGS[wrong]).format(name=name, path=path, value=value, allowed=allowed)


def further_bad_settings(count: int) -> str:
    """How many values were not used, beside those that were told one by one."""
    return _("Further values that have no effect: {count}.").format(count=count)


def bad_settings_file(path: object, reason: str, line: int = 0, policy: bool = False) -> str:
    """A settings file or a policy of which nothing could be used; ``line`` is where it broke off, 0 where unknown."""
    sentence = _BAD_POLICY if policy else _BAD_SETTINGS_FILE
    said = in_words(reason)
    shown = _("{reason}, line {line}").format(reason=said, line=line) if line else said
    return _(sentence).format(path=path, reason=shown)


def setting_refused(code: str, values: Mapping[str, str]) -> str:
    """Why a setting was not changed."""
    return _(_SETTING_REFUSED[code]).format_map({**values, "reason": in_words(values.get("reason", ""))})


def in_words(code: str) -> str:
    """The reason that has this code; any other text stands for itself."""
    return _(_REASONS[code]) if code in _REASONS else code


def unknown_language(tag: str) -> str:
    """A language was asked for that the interface does not have; what it has, and which one is used instead."""
    return _("The program has no language {language}: it has {spoken}. In use now: {used}.").format(
        language=tag[:LONGEST_TAG], spoken=", ".join(LANGUAGES.values()), used=LANGUAGES[language()]
    )


def about(version: str) -> str:
    """What the program is, whose method it serves, and under what terms, in paragraphs."""
    lines = (
        f"Kohtaava Desktop {version}",
        _("A quiet aid for the four steps of a client meeting."),
        _("The method and its steps: {source}").format(source=SOURCE),
        _("Everything stays on this computer. Of a finished meeting no name, day or time of day is kept."),
        _("Free software under EUPL-1.2. It uses Qt for Python under LGPL-3.0."),
    )
    return "\n\n".join(lines)
