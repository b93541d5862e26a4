"""Knows programs and libraries, and takes out of a library where it was built to look for others."""

import struct
from pathlib import Path

MAGIC = b"\x7fELF\x02\x01"
"""64 bits, the least significant byte first: what x86-64 has."""
_HEADER = struct.Struct("<16x2HI3QI6H")
_SEGMENT = struct.Struct("<2I6Q")
_ENTRY = struct.Struct("<2Q")
_DYNAMIC_SEGMENT = 2
_END, _RPATH, _RUNPATH = 0, 15, 29


def is_elf(path: Path) -> bool:
    """Whether the file ``path`` is a program or a library."""
    with path.open("rb") as file:
        return file.read(4) == MAGIC[:4]


def forget_search_path(library: Path) -> None:
    """Remove the search paths (``RPATH``, ``RUNPATH``) of ``library``; a file that is no library stays as it is."""
    content = bytearray(library.read_bytes())
    if not content.startswith(MAGIC):
        return
    for start, size in _dynamic_segments(content):
        entries = [_ENTRY.unpack_from(content, at) for at in range(start, start + size, _ENTRY.size)]
        kept = [entry for entry in entries if entry[0] not in {_RPATH, _RUNPATH}]
        kept += [(_END, 0)] * (len(entries) - len(kept))
        content[start : start + size] = b"".join(_ENTRY.pack(*entry) for entry in kept)
    library.write_bytes(content)


def _dynamic_segments(content: bytes | bytearray) -> list[tuple[int, int]]:
    """Where the tables are by which a library is loaded: offset and size."""
    fields = _HEADER.unpack_from(content)
    first, size, count = fields[4], fields[8], fields[9]
    segments = [_SEGMENT.unpack_from(content, first + number * size) for number in range(count)]
    return [(segment[2], segment[5]) for segment in segments if segment[0] == _DYNAMIC_SEGMENT]
