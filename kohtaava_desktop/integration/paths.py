"""Where files live. Everything stays on the workstation, in the local (never the roaming) folders of one user."""

import os
import sys
from pathlib import Path

_NAME = "Kohtaava Desktop" if sys.platform == "win32" else "kohtaava-desktop"


def data_dir() -> Path:
    """The folder of meetings and journal; ``KOHTAAVA_DATA_DIR`` moves it. It may not exist yet."""
    return _folder("KOHTAAVA_DATA_DIR", "XDG_DATA_HOME", ".local/share")


def config_dir() -> Path:
    """The folder of settings; ``KOHTAAVA_CONFIG_DIR`` moves it. It may not exist yet."""
    return _folder("KOHTAAVA_CONFIG_DIR", "XDG_CONFIG_HOME", ".config")


def _folder(own: str, standard: str, below_home: str) -> Path:
    if moved := os.environ.get(own):
        return Path(moved).absolute()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / _NAME
    base = os.environ.get(standard, "")
    return (Path(base) if base.startswith("/") else Path.home() / below_home) / _NAME


def resources_dir() -> Path:
    """The folder of icons: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"
