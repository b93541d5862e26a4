"""Qt's own words (OK, Cancel, the names of keys) in the language of the interface."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator


class QtWords:
    """Installs Qt's translation of a language when a menu or a dialog first needs it."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._translator: QTranslator | None = None
        self._language = "en"

    def speak(self, language: str) -> None:
        """Use ``language`` from now on; where Qt has no words for it, English ones stay."""
        if language == self._language:
            return
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
        self._translator, self._language = QTranslator(self._app), language
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{language}", folder):
            self._app.installTranslator(self._translator)
