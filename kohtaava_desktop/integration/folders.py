"""Where this user's folders are, as plain text.

Every ``kohtaava`` command needs the data folder before it can ask anything, and importing ``pathlib`` for it would cost
as much as half the start of a bare Python. Everybody else takes the same folders from ``paths``.
"""

# ruff: noqa: PTH109, PTH111, PTH118 - no pathlib here, that is the point
import os
import sys

_NAME = "Kohtaava Desktop" if sys.platform == "win32" else "kohtaava-desktop"


def data_folder() -> str:
    """The folder of meetings and journal; ``KOHTAAVA_DATA_DIR`` moves it. It may not exist yet."""
    return _folder("KOHTAAVA_DATA_DIR", "XDG_DATA_HOME", ".local/share")


def config_folder() -> str:
    """The folder of settings; ``KOHTAAVA_CONFIG_DIR`` moves it. It may not exist yet."""
    return _folder("KOHTAAVA_CONFIG_DIR", "XDG_CONFIG_HOME", ".config")


def _here() -> str:
    """The folder in which the program was started; empty where somebody has removed it since."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def _folder(own: str, standard: str, below_home: str) -> str:
    if moved := os.environ.get(own):
        return os.path.join(_here(), moved)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
        return f"{local}\\{_NAME}"
    base = os.environ.get(standard, "")
    return f"{base if base.startswith('/') else os.path.expanduser(f'~/{below_home}')}/{_NAME}"
