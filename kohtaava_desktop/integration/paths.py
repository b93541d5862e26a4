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
    return _shipped("resources")


def documents_dir() -> Path:
    """The folder of the documents, with the user guide in ``guide``: found like that of the icons."""
    return _shipped("docs")


def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parent.parent
    installed = package / name
    return installed if installed.is_dir() else package.parent / name
