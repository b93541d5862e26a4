"""The shortcuts that work whichever program has the keyboard, as they are set. Nothing is loaded while none is set.

They do what the controls of the overlay do, by the same way: a double tap counts once, the overlay tells a refusal.
None of them but *show* takes the keyboard from the program in use.
"""

from collections.abc import Callable, Mapping

from kohtaava_desktop.i18n import desktop_texts
from kohtaava_desktop.integration.shortcuts import Reason, Refused, Taker
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.settings.schema import BY_NAME, SETTINGS, Kind
from kohtaava_desktop.settings.shortcut import parse

NAMES = tuple(setting.name for setting in SETTINGS if setting.kind is Kind.SHORTCUT)
COMMANDS = {
    "shortcut_show": "kohtaava show --keyboard",
    "shortcut_up": "kohtaava up",
    "shortcut_back": "kohtaava back",
    "shortcut_undo": "kohtaava undo",
    "shortcut_pin": "kohtaava pin",
    "shortcut_view": "kohtaava open",
    "shortcut_discreet": "kohtaava discreet",
}
"""What does the same from outside, for sessions in which no program may take shortcuts."""
_SENTENCES = {
    Reason.TAKEN: desktop_texts.TAKEN,
    Reason.NO_KEY: desktop_texts.NO_KEY,
    Reason.UNAVAILABLE: desktop_texts.UNAVAILABLE,
}


class GlobalShortcuts:
    """Keeps the shortcuts of ``settings`` taken.

    ``acts`` says what each setting's shortcut does, ``make_taker`` gets at the system when the first one is set (it is
    given what to call when the keys have moved, and may raise ``Refused``). ``say`` and ``unsay`` tell the expert of a
    shortcut that could not be taken, and take that back.
    """

    def __init__(
        self,
        settings: Settings,
        acts: Mapping[str, Callable[[], None]],
        make_taker: Callable[[Callable[[], None]], Taker],
        say: Callable[[str], None],
        unsay: Callable[[str], None],
    ) -> None:
        self._settings, self._acts, self._make_taker = settings, acts, make_taker
        self._say, self._unsay = say, unsay
        self._taker: Taker | None = None
        self._paused = False
        self._troubles: dict[str, Callable[[], str]] = {}
        self._said: tuple[str, ...] = ()
        self._listen_no_more = settings.listen(self._settings_changed)
        self._take_all()

    def trouble(self, name: str) -> str | None:
        """Why the shortcut of the setting ``name`` does not work, in one sentence; ``None`` when it does, or is off."""
        tell = self._troubles.get(name)
        return None if tell is None else tell()

    def pause(self, paused: bool) -> None:
        """Let the keys through for a while, such as to a field that asks for a shortcut."""
        self._paused = paused
        if not paused:
            self._take_all()
        elif self._taker is not None:
            self._taker.release_all()

    def end(self) -> None:
        """Let other programs have them again, for good."""
        self._listen_no_more()
        self._let_go()

    def _let_go(self) -> None:
        if self._taker is not None:
            self._taker.close()
            self._taker = None

    def _wanted(self) -> dict[str, str]:
        set_to = {name: self._settings.text(name) for name in NAMES}
        return {name: shortcut for name, shortcut in set_to.items() if shortcut}

    def _settings_changed(self, names: frozenset[str]) -> None:
        if names & {*NAMES} and not self._paused:
            self._take_all()

    def _keys_moved(self) -> None:
        if not self._paused:
            self._take_all()

    def _take_all(self) -> None:
        wanted = self._wanted()
        self._troubles = {}
        if self._taker is not None:
            self._taker.release_all()
        if not wanted:
            self._let_go()
        for name, shortcut in wanted.items():  # each shortcut once: the settings see to that
            self._take(name, shortcut)
        self._tell()

    def _take(self, name: str, shortcut: str) -> None:
        try:
            if self._taker is None:
                self._taker = self._make_taker(self._keys_moved)
            self._taker.take(parse(shortcut), self._acts[name])
        except Refused as refused:
            self._troubles[name] = _refused(refused.reason, name, shortcut)

    def _tell(self) -> None:
        """Each trouble is said once, and no longer than it lasts."""
        before, self._said = self._said, tuple(dict.fromkeys(tell() for tell in self._troubles.values()))
        for sentence in before:
            if sentence not in self._said:
                self._unsay(sentence)
        for sentence in self._said:
            if sentence not in before:
                self._say(sentence)


def _refused(reason: Reason, name: str, shortcut: str) -> Callable[[], str]:
    """The sentence in whichever language is in use when it is asked for."""
    what, command = BY_NAME[name].title, COMMANDS[name]
    return lambda: desktop_texts.refused_shortcut(_SENTENCES[reason], shortcut, what, command)
