"""Qt's own words (OK, Cancel, the names of keys) in the language of the interface."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from kohtaava_desktop.i18n import N_, _

_MISSING = {
    ("QFileDialog", "&Look in:"): N_("&Look in:"),
    ("QFileDialog", "Files of &type:"): N_("Files of &type:"),
    ("QAbstractFileIconProvider", "Drive"): N_("Drive"),
    ("QAbstractFileIconProvider", "Folder"): N_("Folder"),
}
"""What Qt's own translations lack of its dialog for files, where the desktop has none."""


class QtWords:
    """Installs Qt's translation of a language when a menu or a dialog first needs it."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._translators: list[QTranslator] = []
        self._language = "en"

    def speak(self, language: str) -> None:
        """Use ``language`` from now on; where neither Qt nor we have a word for something, the English one stays."""
        if language == self._language:
            return
        for old in self._translators:
            self._app.removeTranslator(old)
        self._translators, self._language = [], language
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        of_qt = QTranslator(self._app)
        self._install(_Gaps(self._app))  # first, so that it is asked last
        if of_qt.load(f"qtbase_{language}", folder):
            self._install(of_qt)

    def _install(self, translator: QTranslator) -> None:
        self._translators.append(translator)
        self._app.installTranslator(translator)


class _Gaps(QTranslator):
    """Our words for what Qt's translations lack."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, *_more: object) -> str | None:
        """Our word; ``None``, which Qt takes but its declaration does not have, where there is none."""
        ours = _MISSING.get((context, text))
        return None if ours is None else _(ours)
