"""Packs the policy templates by themselves: whoever sets policies centrally need not install the program for them."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

from release.moment import moment
from release.windows.product import POLICY_TEMPLATES


def pack(archive: Path) -> None:
    """Write the zip file ``archive``, with the same contents as the package's folder ``policy``.

    Two of the same moment are the same, byte for byte.
    """
    date = datetime.fromtimestamp(moment(), UTC).timetuple()[:6]
    with zipfile.ZipFile(archive, "w") as files:
        for path in sorted(POLICY_TEMPLATES.rglob("*.adm?")):
            member = zipfile.ZipInfo(path.relative_to(POLICY_TEMPLATES).as_posix(), date)
            files.writestr(member, path.read_bytes(), zipfile.ZIP_DEFLATED)
