"""Where files live. Everything stays on the workstation, in the local (never the roaming) folders of one user."""

from pathlib import Path

from kohtaava_desktop.integration.folders import config_folder, data_folder


def data_dir() -> Path:
    """The folder of meetings and journal; ``KOHTAAVA_DATA_DIR`` moves it. It may not exist yet."""
    return Path(data_folder())


def config_dir() -> Path:
    """The folder of settings; ``KOHTAAVA_CONFIG_DIR`` moves it. It may not exist yet."""
    return Path(config_folder())


def resources_dir() -> Path:
    """The folder of icons: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"
