"""The named reasons for which something could not be kept, and what the store has to say for itself.

As in ``domain.errors``: the values are here, the sentences in ``i18n.sentences``, and ``code`` is stable. Paths are
given as text. After an error, what was durable before is still durable, and the same call may be made again.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoreNotice:
    """Something the expert should know, though the program goes on. Codes that are not those of an error:

    - ``database-set-aside``: ``path``, ``set_aside``, ``meetings`` (salvaged), ``incomplete`` (of these)
    - ``journal-set-aside``: ``path``, ``set_aside``, ``taps`` (that could be read)
    - ``copy-set-aside``: ``set_aside``, by an earlier run, of which nobody has been told
    - ``meeting-waits``: ``path`` (where it waits), ``reason`` (the code of the error in the way)
    - ``not-overwritten``: ``path``, ``reason``: a file with exact times could not be overwritten yet
    """

    code: str
    values: Mapping[str, object]


class StoreError(Exception):
    """Something could not be read or made durable."""

    code = "store"

    def __init__(self, **values: object) -> None:
        super().__init__(self.code, values)
        self.values = values

    @property
    def notice(self) -> StoreNotice:
        """The same, as a notice."""
        return StoreNotice(self.code, self.values)


class FolderUnusable(StoreError):
    """There is no data folder and none can be made.

    ``reason``: ``not-a-folder``, ``not-allowed`` or ``no-space``, or else the system's own words.
    """

    code = "folder-unusable"

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(path=str(path), reason=reason)


class ReadOnly(StoreError):
    """The folder or file can be read but not written."""

    code = "read-only"

    def __init__(self, path: object) -> None:
        super().__init__(path=str(path))


class DiskFull(StoreError):
    """No space is left for it."""

    code = "disk-full"

    def __init__(self, path: object) -> None:
        super().__init__(path=str(path))


class DiskTrouble(StoreError):
    """Anything else that the system or SQLite refuses; ``reason`` holds its own words."""

    code = "disk-trouble"

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(path=str(path), reason=reason)


class Locked(StoreError):
    """Another program has held the file for longer than ``database.BUSY_SECONDS``."""

    code = "locked"

    def __init__(self, path: object) -> None:
        super().__init__(path=str(path))


class Damaged(StoreError):
    """The file is no database of ours, or no longer a sound one."""

    code = "damaged"

    def __init__(self, path: object) -> None:
        super().__init__(path=str(path))


class DatabaseFromNewerVersion(StoreError):
    """A later version of the program wrote the file; it is not touched. ``known`` is the newest format known here."""

    code = "database-from-newer-version"

    def __init__(self, path: object, version: int, known: int) -> None:
        super().__init__(path=str(path), version=version, known=known)


class RecordRefused(StoreError):
    """A record breaks a rule of the tables; ``reason`` names the rule."""

    code = "record-refused"

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(path=str(path), reason=reason)
