"""Takes time and chance out of a package of Windows Installer, in place.

wixl writes the time of day and a random package code into the summary information. Windows Installer takes two packages
with one code for the same file, so the code is made of the contents: the same contents have the same, others another.
"""

import hashlib
import struct
import uuid
from collections.abc import Iterator
from pathlib import Path

from release.windows.product import UPGRADE_CODE, Unfit, braced

_SUMMARY = uuid.UUID("f29f85e0-4ff9-1068-ab91-08002b27b3d9").bytes_le
_REVISION, _CREATED, _SAVED = 9, 12, 13
_CODE = len(braced(uuid.UUID(int=0)))
_1601_TO_1970 = 11644473600


def stamp(package: Path, seconds: int) -> uuid.UUID:
    """Pin the summary information of ``package`` to the time ``seconds`` since 1970, and return its package code.

    Raises ``Unfit`` where there is no summary information as wixl writes it.
    """
    content = bytearray(package.read_bytes())
    time = struct.pack("<Q", (seconds + _1601_TO_1970) * 10_000_000)
    code_at = 0
    for number, start in _properties(content):
        if number in (_CREATED, _SAVED):
            content[start + 4 : start + 12] = time
        elif number == _REVISION:
            code_at = start + 8
    if not content[code_at : code_at + 1] == b"{" or content[code_at + _CODE - 1 : code_at + _CODE] != b"}":
        raise Unfit(f"{package.name} has no package code where it belongs.")
    content[code_at : code_at + _CODE] = bytes(_CODE)
    code = uuid.uuid5(UPGRADE_CODE, f"package {hashlib.sha256(content).hexdigest()}")
    content[code_at : code_at + _CODE] = braced(code).encode()
    package.write_bytes(content)
    return code


def _properties(content: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """The number of every property of the summary information, and where in ``content`` it begins."""
    found = content.find(_SUMMARY)
    if found < 0 or content.find(_SUMMARY, found + 1) >= 0:
        raise Unfit("The package has no summary information, or more than one.")
    section = found - 28 + struct.unpack_from("<I", content, found + 16)[0]
    size, count = struct.unpack_from("<II", content, section)
    if size > 4096 or count > 32:
        raise Unfit("The summary information of the package is not to be understood.")
    for index in range(count):
        number, offset = struct.unpack_from("<II", content, section + 8 + 8 * index)
        yield number, section + offset
