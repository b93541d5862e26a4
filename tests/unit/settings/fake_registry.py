"""A registry of Windows in memory, for where there is none: as much of ``winreg`` as reading policies takes."""

from dataclasses import dataclass, field
from typing import Any

Row = tuple[str, Any, int]


@dataclass
class Key:
    """An open key; ``breaks`` is what reading its values raises."""

    rows: list[Row]
    breaks: OSError | None = None

    def __enter__(self) -> "Key":
        return self

    def __exit__(self, *_why: object) -> None:
        self.rows = []  # closed


@dataclass
class FakeRegistry:
    """Keys by hive and path; one that holds an ``OSError`` cannot be opened. Names of keys ignore case, as there."""

    keys: dict[tuple[int, str], list[Row] | OSError] = field(default_factory=dict)
    breaks: OSError | None = None
    opened: list[tuple[int, str]] = field(default_factory=list)

    HKEY_CURRENT_USER = 1
    HKEY_LOCAL_MACHINE = 2
    KEY_READ = 0x20019
    KEY_WOW64_64KEY = 0x0100
    REG_SZ, REG_BINARY, REG_DWORD, REG_MULTI_SZ = 1, 3, 4, 7

    def write(self, hive: int, path: str, name: str, value: Any) -> None:
        """Put a value into a key, of the type that its Python type stands for."""
        kinds = {int: self.REG_DWORD, str: self.REG_SZ, list: self.REG_MULTI_SZ, bytes: self.REG_BINARY}
        rows = self.keys.setdefault((hive, path.lower()), [])
        assert isinstance(rows, list)
        rows.append((name, value, kinds[type(value)]))

    def OpenKey(self, hive: int, path: str, reserved: int, access: int) -> Key:  # noqa: N802 - as in winreg
        assert reserved == 0
        assert access & self.KEY_READ
        self.opened.append((hive, path))
        found = self.keys.get((hive, path.lower()))
        if found is None:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        if isinstance(found, OSError):
            raise found
        return Key(list(found), self.breaks)

    def QueryInfoKey(self, key: Key) -> tuple[int, int, int]:  # noqa: N802 - as in winreg
        return 0, len(key.rows), 0

    def EnumValue(self, key: Key, index: int) -> Row:  # noqa: N802 - as in winreg
        if key.breaks is not None:
            raise key.breaks
        return key.rows[index]
