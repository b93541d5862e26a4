"""What the expert should know though the meeting goes on: sentences that stand, one at a time, until they are read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath

from kohtaava_desktop.domain.errors import MeetingError
from kohtaava_desktop.i18n import sentences
from kohtaava_desktop.store.errors import StoreError, StoreNotice


@dataclass(slots=True)
class Notices:
    """A queue of sentences, and in front of it why the last tap was refused."""

    _refusal: str | None = None
    _queue: list[str] = field(default_factory=list)
    _troubles: set[str] = field(default_factory=set)
    _copies: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str | None:
        """The sentence to show: a refusal first, which leaves by itself with the next tap that counts."""
        return self._refusal or self.standing

    @property
    def standing(self) -> str | None:
        """The first of the sentences that stay until they are dismissed."""
        return self._queue[0] if self._queue else None

    def say(self, sentence: str) -> None:
        """Queue ``sentence``; the same one only once."""
        if sentence not in self._queue:
            self._queue.append(sentence)

    def unsay(self, sentence: str) -> None:
        """``sentence`` holds no longer, and need not be read any more."""
        if sentence in self._queue:
            self._queue.remove(sentence)

    def pass_on(self, notices: Iterable[StoreNotice]) -> None:
        """Queue what the store has to say."""
        for notice in notices:
            sentence = sentences.store_problem(notice.code, notice.values)
            self.say(sentence)
            if "set_aside" in notice.values:
                self._copies[sentence] = PurePath(str(notice.values["set_aside"])).name

    def copies_told(self) -> list[str]:
        """The names of the damaged files set aside whose notice was read since this was last asked."""
        read = [sentence for sentence in self._copies if sentence not in self._queue]
        return [self._copies.pop(sentence) for sentence in read]

    def complain(self, error: StoreError) -> None:
        """Something could not be kept; this stands until it is read, or until ``relent``."""
        trouble = sentences.store_problem(error.code, error.values)
        self._troubles.add(trouble)
        self.say(trouble)

    def relent(self) -> None:
        """What was in the way is saved now, and need not be read any more."""
        self._queue = [sentence for sentence in self._queue if sentence not in self._troubles]
        self._troubles.clear()

    def refuse(self, error: MeetingError) -> None:
        """Say why the last tap was refused."""
        self._refusal = sentences.refusal(error)

    def tap_counted(self) -> None:
        """The refusal before it is past."""
        self._refusal = None

    def dismiss(self) -> None:
        """The sentence shown was read; the next one shows."""
        if self._refusal is None:
            del self._queue[:1]
        self._refusal = None
