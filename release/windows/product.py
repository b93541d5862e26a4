"""What the installers for Windows say of the product, and the identities that must never change."""

import re
import uuid
from dataclasses import dataclass
from pathlib import Path

from release.project import PROGRAMS, ROOT

NAME = "Kohtaava Desktop"
PUBLISHER = "The authors of Kohtaava Desktop"
WINDOW, COMMAND_LINE = (f"{program}.exe" for program in PROGRAMS)
ABOUT = "A quiet overlay for the four steps of a client meeting"
LICENCE = "EUPL-1.2"
LOWEST_BUILD = 17763
"""Windows 10, version 1809: Qt runs on nothing older."""

NAMESPACE = uuid.UUID("8c0c3b0e-6f0c-5f0a-9b66-2f5a54b0d0c1")
"""Every identity below is made of this one. If it changes, Windows no longer knows one version by the next."""
UPGRADE_CODE = uuid.uuid5(NAMESPACE, "upgrade")

POLICY_KEY = r"Software\Policies\Kohtaava\Desktop"
OWN_KEY = r"Software\Kohtaava\Desktop"
"""Below HKLM: where the package for IT notes where it is installed, and with which properties."""
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"

POLICY_TEMPLATES = ROOT / "packaging" / "windows" / "policy"


class Unfit(Exception):
    """What was given cannot become an installer; the text says why."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version as Windows Installer takes it: three numbers, below 256, 256 and 65536."""

    major: int
    minor: int
    patch: int

    @classmethod
    def of(cls, text: str) -> "Version":
        """``text`` like 1.2.3; raises ``Unfit`` for anything else: two versions must not become one."""
        if not re.fullmatch(r"\d+\.\d+\.\d+", text):
            raise Unfit(f"Windows compares versions of three numbers, like 1.2.3; {text!r} is none.")
        version = cls(*(int(part) for part in text.split(".")))
        if version.major > 255 or version.minor > 255 or version.patch > 65535:
            raise Unfit(f"{text}: Windows Installer takes versions up to 255.255.65535.")
        return version

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def product_code(self) -> uuid.UUID:
        """The identity of this version: one for each, whatever was built."""
        return uuid.uuid5(UPGRADE_CODE, f"version {self}")


def braced(identity: uuid.UUID) -> str:
    """``identity`` as the registry and Windows Installer write it."""
    return f"{{{str(identity).upper()}}}"


def files_of(layout: Path) -> list[Path]:
    """Every file of ``layout``, relative to it, always in the same order.

    Raises ``Unfit`` where the programs are missing, or a name is one that an installer of another code page loses.
    """
    missing = [name for name in (WINDOW, COMMAND_LINE) if not (layout / name).is_file()]
    if missing:
        raise Unfit(f"{layout} is not the folder to install: {' and '.join(missing)} is not in it.")
    files = sorted((path.relative_to(layout) for path in layout.rglob("*") if path.is_file()), key=Path.as_posix)
    for path in files:
        if not path.as_posix().isascii() or re.search(r'[<>:"|?*$]', path.as_posix()):
            raise Unfit(f"{path.as_posix()}: installers take plain names only.")
    return files
