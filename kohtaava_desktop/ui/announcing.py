"""When the overlay's one sentence is announced to a screen reader; plain values, and told the time."""

from dataclasses import dataclass

SECONDS_APART = 60.0


@dataclass(slots=True)
class Announcer:
    """Lets each sentence through once: at once where the expert's own tap brought it, otherwise once a minute at most.

    A sentence that comes too soon waits; it is let through at the first look after the minute, if it still stands.
    """

    _standing: str = ""
    _last: float | None = None

    def look(self, text: str, now: float, own: bool) -> str:
        """What of ``text``, which stands at ``now`` (seconds), is to be announced now; empty for nothing."""
        if not text or text == self._standing:
            self._standing = text
            return ""
        if not own and self._last is not None and 0 <= now - self._last < SECONDS_APART:
            return ""
        self._standing, self._last = text, now
        return text
